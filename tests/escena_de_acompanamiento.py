"""Los objetos del acompañamiento que la tabla de acceso necesita: uno de cada clase."""

import uuid
from functools import cached_property

from django.core.files.base import ContentFile
from django.utils import timezone

from acompanamiento.acciones.archivos import subir_adjunto, subir_foto
from acompanamiento.acciones.calendario import MI_CALENDARIO
from acompanamiento.acciones.relevos import relevar
from acompanamiento.models import ListadoDeGrupos, ListadoDeInstituciones
from tests.archivos_de_prueba import un_pdf, una_imagen
from tests.fabricas_de_acompanamiento import (
    un_compromiso,
    un_conflicto,
    un_grupo,
    un_listado,
    un_padrinazgo,
    un_producto,
    una_actividad,
    una_evidencia,
    una_institucion,
    una_necesidad,
    una_presencialidad,
    una_visita,
)


class EscenaDeAcompanamiento:
    """Se mezcla en `Escena`, que trae `propia`, `ajena` y `personas`."""

    @cached_property
    def _grupo(self):
        """Acompaña a la propia; lo lidera la cuenta de líder."""
        return un_grupo(self.propia, lider=self.personas["lider_grupo"])

    @property
    def numero_de_grupo(self):
        return self._grupo.numero

    @property
    def integrante(self):
        return self._grupo.integrantes.get().pk

    @cached_property
    def relevo(self):
        """La profesional entrega al equipo del MEN la secretaría que apadrina."""
        de = self.personas["profesional"]
        un_padrinazgo(self.propia, de)
        return relevar(
            clave=uuid.uuid4(),
            de=de,
            a=self.personas["equipo_men"],
            fecha=timezone.localdate(),
            motivo="Cambió de equipo",
            por=self.personas["administracion"],
        ).objeto.clave

    @property
    def codigo_con_grupo(self):
        return self._grupo.pertenencias.get().entidad.codigo_dane

    @property
    def codigo_de_entidad(self):
        return self.propia.codigo_dane

    @cached_property
    def _visita(self):
        return una_visita(self.propia, acta="Se revisó el plan.", grupo=self._grupo)

    @property
    def contacto(self):
        return self._visita.contacto.clave

    @property
    def clase_de_registro(self):
        return "contacto"

    @cached_property
    def conflicto(self):
        """Otra versión de la visita, que llegó cuando ya había cambiado."""
        return un_conflicto(self._visita.contacto, por=self.personas["profesional"]).pk

    @cached_property
    def foto(self):
        """De la visita, con su miniatura."""
        return subir_foto(
            descripcion="Mesa de trabajo",
            autorizaron=True,
            **self._archivo_de_la_visita("mesa.png", una_imagen()),
        ).clave

    @cached_property
    def adjunto(self):
        return subir_adjunto(**self._archivo_de_la_visita("Guía.pdf", un_pdf())).clave

    def _archivo_de_la_visita(self, nombre, datos):
        return {
            "contacto": self._visita.contacto,
            "clave": uuid.uuid4(),
            "archivo": ContentFile(datos, nombre),
            "por": self.personas["profesional"],
        }

    @cached_property
    def _compromiso(self):
        """De la secretaría propia, salido de la visita."""
        return un_compromiso(self.propia, contacto=self._visita.contacto)

    @property
    def compromiso(self):
        return self._compromiso.clave

    @cached_property
    def _evidencia(self):
        return una_evidencia(self._compromiso)

    @property
    def evidencia(self):
        return self._evidencia.clave

    @cached_property
    def _necesidad(self):
        """Con su cadena: se registró y se le preguntó a la secretaría."""
        necesidad = una_necesidad(self.propia, turno="entidad")
        for clase, texto in (("registrada", ""), ("pregunta", "¿Cuántas sedes?")):
            necesidad.pasos.create(clase=clase, texto=texto, creado_por=self.personas["equipo_men"])
        return necesidad

    @property
    def necesidad(self):
        return self._necesidad.clave

    @cached_property
    def testigo_del_acompanamiento(self):
        return MI_CALENDARIO.firmar(MI_CALENDARIO.cambiar(por=self.personas["lider_grupo"]))

    @cached_property
    def _actividad(self):
        return una_actividad(entidades=[self.propia])

    @property
    def actividad(self):
        return self._actividad.clave

    @property
    def programa(self):
        return self._actividad.programa.slug

    @property
    def producto(self):
        return un_producto(self._actividad, self.propia).clave

    @cached_property
    def listado_de_grupos(self):
        """Por confirmar: una fila entra, otra espera a que se reconozca y otra no se puede."""
        filas = [
            {
                **{"fila": 2, "texto": "Entidad propia", "grupo": 77, "que": "reconocida"},
                **{"entidad": self.propia.pk, "lider": "", "padrino": "sin@cuenta.example"},
                "enlace": self.personas["profesional"].email,
            },
            {"fila": 3, "texto": "Propiá", "grupo": 77, "que": "bandeja", "sugerencias": []},
            {"fila": 4, "texto": "Otra", "que": "rechazada", "motivo": "No dice a qué grupo va."},
        ]
        return un_listado(ListadoDeGrupos, filas=filas).pk

    @cached_property
    def listado_de_instituciones(self):
        filas = [
            {"fila": 2, "texto": "Propiá", "que": "bandeja", "n": 2, "sugerencias": []},
            {"fila": 4, "texto": "IE Uno", "que": "cambia", "campos": ["nombre", "sector"]},
            {"fila": 5, "texto": "IE Dos", "que": "rechazada", "motivo": "No trae código DANE."},
        ]
        cuenta = {"nuevas": 3, "cambiadas": 1, "iguales": 4, "rechazadas": 1, "sin_reconocer": 2}
        resumen = {"sobran": ["telefono"], "cuenta": cuenta}
        return un_listado(ListadoDeInstituciones, filas=filas, resumen=resumen, fuente="DUE").pk

    @property
    def institucion(self):
        return una_institucion(self.propia, "Institución propia").codigo_dane

    @cached_property
    def presencialidad(self):
        return una_presencialidad(self.propia).clave

    @property
    def codigo_con_presencialidad(self):
        assert self.presencialidad
        return self.propia.codigo_dane
