"""Los objetos de Conéctate que la tabla de acceso necesita: uno de cada clase."""

from functools import cached_property

from django.core.files.base import ContentFile
from django.utils import timezone

from conectate.acciones.calendario import cambiar_enlace, firmar
from conectate.acciones.cierre import cerrar_sesion, guardar_acta
from conectate.acciones.constancias import emitir_constancias
from conectate.consultas.constancias import Alcance
from conectate.consultas.satisfaccion import firmar_testigo
from conectate.models import (
    Aforo,
    Decision,
    Importacion,
    Material,
    MismaPersona,
    Sesion,
)
from tests.fabricas import una_opinion, una_participacion, una_sesion


class EscenaDeConectate:
    """Se mezcla en `Escena`, que trae `propia`, `ajena` y `personas`.

    La sesión es para los equipos y convoca solo a la secretaría propia: la ajena no la ve.
    """

    vigencia = 2020
    mes = 6
    estado = "convocada"

    @cached_property
    def _sesion(self):
        return una_sesion(convocadas=[self.propia])

    @property
    def sesion(self):
        return self._sesion.pk

    @cached_property
    def testigo_del_calendario(self):
        return firmar(cambiar_enlace(por=self.personas["secretario"]))

    @cached_property
    def sesion_cerrada(self):
        sesion = una_sesion("Sesión ya cerrada", convocadas=[self.propia])
        guardar_acta(
            sesion=sesion, tratado="Lo tratado.", acuerdos="", por=self.personas["equipo_men"]
        )
        cerrar_sesion(sesion=sesion, por=self.personas["equipo_men"])
        return sesion.pk

    @property
    def clave_del_tipo(self):
        return self._sesion.tipo.clave

    @property
    def codigo_propio(self):
        return self.propia.codigo_dane

    @cached_property
    def material(self):
        return Material.objects.create(
            sesion=self._sesion,
            titulo="Presentación",
            nombre_del_archivo="presentacion.pdf",
            archivo=ContentFile(b"%PDF-1.4", "presentacion.pdf"),
        ).pk

    @cached_property
    def aforo(self):
        return Aforo.objects.create(
            sesion=self._sesion,
            personas=489,
            fuente="YouTube",
            registrado_por=self.personas["equipo_men"],
        ).pk

    @cached_property
    def importacion(self):
        """La subió el equipo del MEN y aún no se ha leído."""
        return Importacion.objects.create(
            sesion=self._sesion,
            archivo=ContentFile(b"Nombre,Correo\n", "lista.csv"),
            nombre_del_archivo="lista.csv",
            tamano=14,
            huella="0" * 64,
            creado_por=self.personas["equipo_men"],
        ).pk

    @cached_property
    def participacion(self):
        return una_participacion(self._sesion).pk

    # ── Después de la sesión ──────────────────────────────────────────────────────────────────

    @cached_property
    def _de_hoy(self):
        """Una sesión cuya encuesta está abierta, con la secretaría propia presente."""
        sesion = una_sesion("La de hoy", fecha=timezone.localdate(), convocadas=[self.propia])
        una_participacion(sesion, self.propia)
        return sesion

    @property
    def de_hoy(self):
        return self._de_hoy.pk

    @property
    def testigo(self):
        return firmar_testigo(self._de_hoy, "correo:asistente@ejemplo.test")

    @property
    def opinion(self):
        return una_opinion(self._de_hoy, comentario="Más ejemplos.").pk

    # ── Constancias ───────────────────────────────────────────────────────────────────────────

    @cached_property
    def _certificada(self):
        """Cerrada, con alguien del equipo de la secretaría propia y sus constancias emitidas."""
        sesion = una_sesion("La certificada", convocadas=[self.propia], estado="cerrada")
        una_participacion(sesion, self.propia, correo=self.personas["equipo_secretaria"].email)
        emitir_constancias(
            Alcance(Sesion.objects.filter(pk=sesion.pk)), por=self.personas["equipo_men"]
        )
        return sesion

    @property
    def certificada(self):
        return self._certificada.pk

    @property
    def codigo_de_constancia(self):
        return self._certificada.constancias.exclude(clave="").get().codigo

    @cached_property
    def pareja(self):
        return MismaPersona.objects.create(
            sesion=self._sesion, clave="nombre:una", principal="nombre:otra"
        ).pk

    @cached_property
    def decision(self):
        return Decision.objects.create(
            ambito="texto", valor="propia", muestra="Propia", entidad=self.propia
        ).pk
