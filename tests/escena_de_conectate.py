"""Los objetos de Conéctate que la tabla de acceso necesita: uno de cada clase."""

from datetime import timedelta
from functools import cached_property

from django.core.files.base import ContentFile
from django.utils import timezone

from conectate.acciones.calendario import MI_CALENDARIO
from conectate.acciones.cierre import cerrar_sesion, guardar_acta
from conectate.acciones.constancias import emitir_constancias
from conectate.acciones.convocatoria import enviar_propuesta
from conectate.acciones.presencia import huella_de
from conectate.consultas.constancias import Alcance
from conectate.consultas.satisfaccion import firmar_testigo
from conectate.models import (
    Aforo,
    Decision,
    Importacion,
    ListaDeConvocadas,
    MismaPersona,
    Sesion,
)
from tests.fabricas import un_encuentro, una_opinion, una_participacion, una_sesion
from tests.fabricas_de_contenidos import un_material


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

    # ── Convocar ──────────────────────────────────────────────────────────────────────────────

    clase = "convocatoria"

    @cached_property
    def _por_venir(self):
        return una_sesion(
            "La que viene",
            estado="convocada",
            fecha=timezone.localdate() + timedelta(days=10),
            convocadas=[self.propia],
        )

    @property
    def por_venir(self):
        return self._por_venir.pk

    @cached_property
    def mensaje_escrito(self):
        return enviar_propuesta(
            sesion=self._por_venir, clase=self.clase, por=self.personas["equipo_men"]
        ).pk

    @cached_property
    def lista(self):
        lista = ListaDeConvocadas.objects.create(nombre="Región Andina")
        lista.entidades.add(self.propia)
        return lista.pk

    @cached_property
    def testigo_del_calendario(self):
        return MI_CALENDARIO.firmar(MI_CALENDARIO.cambiar(por=self.personas["secretario"]))

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

    @cached_property
    def encuentro(self):
        return un_encuentro(convocadas=[self.propia]).pk

    @cached_property
    def codigo_del_pase(self):
        """De la secretaría propia y vigente; la ventana de su sesión ya pasó."""
        self._sesion.pases.create(
            entidad=self.propia, huella=huella_de("pase"), vence_en="2999-01-01T00:00:00Z"
        )
        return "pase"

    @cached_property
    def reclamo(self):
        return self._sesion.reclamos.create(
            entidad=self.propia,
            personas=2,
            explicacion="Nos conectamos desde una sala.",
            creado_por=self.personas["secretario"],
        ).pk

    @property
    def codigo_propio(self):
        return self.propia.codigo_dane

    @cached_property
    def material(self):
        return un_material(self._sesion, archivo=b"%PDF-1.4").pk

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
