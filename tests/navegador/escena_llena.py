"""La escena de la tabla de acceso, con de todo en cada página: para mirarlas llenas."""

from datetime import date, timedelta
from functools import cached_property

from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from django.core.files.base import ContentFile
from django.urls import reverse
from django.utils import timezone

from conectate.acciones.convocatoria import enviar_propuesta, responder
from conectate.acciones.revision import decidir
from conectate.acciones.sesiones import registrar_aforo
from conectate.models import Importacion, MismaPersona, PuestaAlDia
from cuentas.acciones import invitar
from cuentas.bitacora import anotar
from cuentas.models import Invitacion, Rol
from tests.conectate.archivos import de_zoom, importar, leer
from tests.fabricas import (
    un_encuentro,
    un_tema,
    un_tipo,
    una_direccion,
    una_entidad,
    una_opinion,
    una_participacion,
    una_sesion,
)
from tests.fabricas_de_acompanamiento import (
    un_compromiso,
    un_contacto,
    un_papel,
    un_producto,
    un_programa,
    un_tipo_de_actividad,
    una_actividad,
    una_cifra,
    una_necesidad,
    una_visita,
)
from tests.fabricas_de_contenidos import un_material
from tests.fabricas_de_indicadores import un_hallazgo
from tests.indicadores import archivos as de_cifras
from tests.tabla_de_acceso import Escena
from trabajos.models import Correo, Trabajo

Estado = Importacion.Estado
RARO = "Asistente;Lugar;Observaciones\nAna de Prueba;Neiva;llegó tarde\n".encode()
LISTA = [
    ("SEM Neiva - Ana de Prueba", "ana@semneiva.gov.example", "09:00", "10:00"),
    ("Luis de Prueba", "luis@semneiva.gov.example", "09:00", "10:30"),
    ("Marta de Prueba", "marta@correo.example", "09:00", "09:40"),
    ("Marta de Prueba", "", "09:50", "10:00"),  # ¿la misma?
    ("12025550100", "", "09:00", "09:20"),
    ("read.ai meeting notes", "", "09:00", "10:00"),
]


class EscenaLlena(Escena):
    def llenar(self):
        """Un año con presentes, ausentes, sin dato, aparte, sin convocatoria y por venir."""
        una_entidad("Neiva")
        una_entidad("Meta")
        falto = una_sesion("Faltó", convocadas=[self.propia, self.ajena])
        una_participacion(falto, self.ajena)
        una_participacion(una_sesion("Sin convocatoria", convocadas=[self.ajena]), self.propia)
        reunion = una_sesion(tipo=un_tipo("reunion", conteo="aparte"), convocadas=[self.propia])
        una_participacion(reunion, self.propia)
        una_participacion(
            una_sesion(tipo=un_tipo("dialogo"), convocadas=[self.propia]), self.propia
        )
        una_sesion(
            "Por venir",
            estado="convocada",
            fecha=timezone.localdate() + timedelta(days=3),
            audiencia="comunidad",
            convocadas=[self.propia],
            enlace="https://reunion.example/abc",
        )
        una_sesion("Se cayó", estado="cancelada", audiencia="comunidad")
        self.opiniones()
        self.invitaciones()
        self.decision_tomada()
        un_hallazgo()
        RecoveryCodes.activate(self.personas["administracion"])

    # ── Sesiones ──────────────────────────────────────────────────────────────────────────────

    @cached_property
    def _sesion(self):
        sesion = una_sesion(
            "Rutas para la permanencia",
            convocadas=[self.propia, self.ajena],
            temas=[un_tema("Permanencia", padre=un_tema("Trayectorias educativas"))],
            ponentes="Equipo técnico",
            descripcion="De qué se trata.",
            grabacion="https://ejemplo.test/video",
            direccion=una_direccion(),
            minutos_minimos=5,
            audiencia="comunidad",
            es_demostracion=True,
        )
        registrar_aforo(sesion=sesion, personas=312, fuente="Facebook", por=self.equipo)
        un_material(sesion, "Guía", enlace="https://ejemplo.test/guia")
        una_participacion(sesion, self.propia)
        return sesion

    @cached_property
    def encuentro(self):
        """De varios días, con lo que dice un documento y lo que se contó."""
        encuentro = un_encuentro(
            "Encuentro en Neiva",
            lema="Juntos",
            objetivos="Uno\nOtro",
            asuntos="Alternancia",
            participaron="Secretarias y secretarios",
            asistencia_reportada=94,
            fuente="Un informe, página 3",
            nota_de_la_fuente="Otra página dice otra fecha.",
            fecha=date(2020, 6, 29),
            fecha_fin=date(2020, 7, 1),
            lugar="Centro de convenciones",
            convocadas=[self.propia, self.ajena],
        )
        una_participacion(encuentro.sesion, self.propia)
        return encuentro.pk

    @property
    def equipo(self):
        return self.personas["equipo_men"]

    @cached_property
    def vacia(self):
        return una_sesion("Sin lista", convocadas=[self.propia], fecha=date(2020, 6, 10))

    # ── Un programa: cifras de toda clase, dos tipos de actividad y lo que dejaron ─────────────

    @cached_property
    def _actividad(self):
        programa = un_programa(
            aliado="Una universidad", descripcion="De qué se trata.", nota="Dos cifras distintas."
        )
        programa.temas.add(un_tema("Permanencia"))
        una_cifra(programa, es_titular=True, nota="Otra página dice 9.")
        una_cifra(programa, calculo="personas", valor=6000, calificador="mas_de")
        una_cifra(programa, calculo="planes", valor=None, estado="no_reportada")
        una_cifra(programa, calculo="", estado="en_revision")
        una_actividad(
            programa,
            tipo=un_tipo_de_actividad("webinar"),
            estado="cancelada",
            motivo_de_cancelacion="No hubo sede.",
        )
        una_actividad(programa, tipo=un_tipo_de_actividad("webinar"), personas=40)
        actividad = una_actividad(
            programa, entidades=[self.propia], donde="Auditorio", hasta=date(2020, 6, 10)
        )
        un_producto(actividad, self.propia)
        return actividad

    # ── Una visita con todo, y un compromiso con su historia ───────────────────────────────────

    @cached_property
    def _visita(self):
        visita = una_visita(
            self.propia,
            acta="Se recorrieron dos sedes.\n\nSe revisó el plan.",
            proposito="Revisar el plan de permanencia.",
            grupo=self._grupo,
            acuerdos="Volver a mirarlo en un mes.",
            notas="Llamar antes a planeación.",
            motivo_de_otro_grupo="Cubría una ausencia.",
            donde="https://reunion.example/abc",
            temas=[un_tema("Permanencia")],
            es_demostracion=True,
        )
        contacto, lider = visita.contacto, self.personas["lider_grupo"]
        contacto.del_ministerio.create(persona=lider, papel="lider", grupo=self._grupo)
        contacto.de_la_entidad.create(papel=un_papel(), personas=2)
        una_necesidad(self.propia, contacto=contacto, origen="observada")
        ayer = timezone.localdate() - timedelta(days=1)
        un_compromiso(self.propia, lado="ministerio", contacto=contacto, vence_el=ayer)
        un_contacto(self.propia, estado="cancelado", motivo_de_cancelacion="Hubo lluvia.")
        un_contacto(self.propia, estado="borrador")
        return visita

    # ── Convocar: con respuestas, un mensaje con entregas de todas y un cambio sin avisar ──────

    @cached_property
    def _por_venir(self):
        sesion = una_sesion(
            "La que viene",
            estado="convocada",
            fecha=timezone.localdate() + timedelta(days=10),
            convocadas=[self.propia, self.ajena],
            enlace="https://reunion.example/abc",
        )
        suya = {"respuesta": "si", "personas": 12}
        responder(sesion=sesion, entidad=self.propia, por=self.personas["secretario"], **suya)
        responder(
            sesion=sesion, entidad=self.ajena, respuesta="no", medio="llamada", por=self.equipo
        )
        return sesion

    @cached_property
    def mensaje_escrito(self):
        mensaje = enviar_propuesta(sesion=self._por_venir, clase="convocatoria", por=self.equipo)
        ahora = timezone.now()
        fallido = {"estado": "fallido", "terminado_en": ahora, "mensaje": "No lo aceptó."}
        for n, trabajo in enumerate([{}, {"intentos": 2, "mensaje": "Se intentará."}, fallido]):
            correo = Correo.objects.create(
                para=f"p{n}@ejemplo.test",
                asunto=mensaje.asunto,
                mensaje=b"",
                entregado_en=None if trabajo else ahora,
                trabajo=Trabajo.objects.create(tipo="prueba", titulo="Correo", **trabajo),
            )
            mensaje.entregas.create(para=correo.para, correo=correo, entidad=self.propia)
        self._por_venir.lugar = "Auditorio"
        self._por_venir.save()
        return mensaje.pk

    # ── Archivos de asistencia: uno en cada punto de su camino ────────────────────────────────

    @cached_property
    def confirmada(self):
        sesion = una_sesion("Con lista", convocadas=[self.propia, self.ajena])
        importacion = importar(sesion, de_zoom(*LISTA), "lista.csv", self.equipo)
        assert MismaPersona.objects.propuestas().exists()
        return importacion

    @property
    def importacion(self):
        return self.confirmada.pk

    @property
    def participacion(self):
        return self.confirmada.sesion.participaciones.get(nombre="Luis de Prueba").pk

    def archivos(self):
        sesion = self.vacia
        por_confirmar = leer(sesion, de_zoom(*LISTA), "de otro día.csv", self.equipo)
        por_emparejar = leer(sesion, RARO, "raro.csv", self.equipo)
        rechazado = leer(sesion, b"\x89PNG\r\n\x1a\n" + bytes(range(256)), "foto.csv", self.equipo)
        assert [i.estado for i in (por_confirmar, por_emparejar, rechazado)] == [
            Estado.VISTA_PREVIA,
            Estado.SIN_RECONOCER,
            Estado.RECHAZADA,
        ]
        cerrados = [
            self._cerrado(estado)
            for estado in (Estado.DESHECHA, Estado.REEMPLAZADA, Estado.DESCARTADA, Estado.RECIBIDA)
        ]
        self.por_emparejar = por_emparejar.pk
        return [por_confirmar, por_emparejar, rechazado, *cerrados]

    def _cerrado(self, estado):
        return Importacion.objects.create(
            sesion=self.vacia,
            archivo=ContentFile(b"x", "lista.csv"),
            nombre_del_archivo=f"{estado}.csv",
            tamano=1,
            huella=estado.ljust(64, "0"),
            estado=estado,
            creado_por=self.equipo,
            deshecha_en=timezone.now(),
            reemplazada_por=self.confirmada if estado == Estado.REEMPLAZADA else None,
        )

    def decision_tomada(self):
        grupo = self.confirmada.sesion.participaciones.get(nombre="12025550100").grupo
        decidir(grupo=grupo, por=self.equipo, ajena="Universidad de Prueba")

    def opiniones(self):
        """De las que se muestran, las que no y las que faltan por leer."""
        for moderacion in ("pendiente", "visible", "oculta"):
            una_opinion(
                self._de_hoy, comentario=f"Más ejemplos, {moderacion}.", moderacion=moderacion
            )
        PuestaAlDia.objects.create(sesion=self._otra_perdida, entidad=self.propia)

    @cached_property
    def _otra_perdida(self):
        sesion = una_sesion("Faltó y la revisó", convocadas=[self.propia])
        una_participacion(sesion, self.ajena)
        return sesion

    # ── Lo demás ──────────────────────────────────────────────────────────────────────────────

    @property
    def aviso(self):
        """El del catálogo, que las pruebas cargan."""
        return 1

    def invitaciones(self):
        """Una de cada estado."""
        administra = self.personas["administracion"]
        for n in range(2):
            invitar(
                correo=f"nueva{n}@ejemplo.test",
                rol=Rol.SECRETARIO,
                entidad=self.propia,
                por=administra,
                portal="http://localhost/",
            )
        Invitacion.objects.filter(email="nueva0@ejemplo.test").update(vence_en="2020-01-01T00:00Z")

    @cached_property
    def entrada(self):
        return anotar(
            por=self.equipo,
            verbo="cambió algo",
            objeto=self.propia,
            antes={"a": 1},
            despues={"a": 2},
        ).pk

    @cached_property
    def _trabajos(self):
        ahora = timezone.now()
        hace_una_hora = ahora - timedelta(hours=1)
        dueno = self.personas["administracion"]
        en_marcha = {"reclamo": "8d0f3b3e-0000-4000-8000-000000000000", "latido": ahora}
        archivo = {
            "nombre_del_archivo": "Participación 2020.xlsx",
            "bytes_del_archivo": 43_000,
            "vence_en": ahora + timedelta(days=30),
        }
        casos = [
            {"estado": "terminado", "terminado_en": ahora, "archivo": "trabajos/x.xlsx", **archivo},
            {"estado": "terminado", "terminado_en": ahora, **archivo},
            {"estado": "fallido", "terminado_en": ahora, "mensaje": "No se pudo.", "intentos": 3},
            {"estado": "en_curso", "hechas": 2, "total": 5, "paso": "Escribiendo", **en_marcha},
            {"estado": "pendiente", "no_antes_de": hace_una_hora},
        ]
        return [
            Trabajo.objects.create(tipo="prueba", titulo=f"Trabajo {n}", pedido_por=dueno, **caso)
            for n, caso in enumerate(casos)
        ]

    def cargas(self):
        """Un archivo de cifras por emparejar, uno ilegible, uno igual y uno por confirmar."""
        medellin, cali, con = de_cifras.MEDELLIN, de_cifras.CALI, de_cifras.con
        titulos = ["TASA" if t == "DESERCIÓN" else t for t in de_cifras.TITULOS]
        de_cifras.una_publicada(medellin, con(medellin, AÑO="2021", COBERTURA_NETA="20"))
        una_leida = de_cifras.una_leida
        return [
            una_leida(nombre="otras.csv", datos=de_cifras.un_csv(medellin, titulos=titulos)),
            una_leida(nombre="medio.csv", datos=de_cifras.un_csv(medellin, cali)[:-20]),
            una_leida(medellin, nombre="igual.csv"),
            una_leida(
                con(medellin, COBERTURA_NETA="96"),
                con(cali, APROBACIÓN="50"),
                con(cali, CÓDIGO_MUNICIPIO="99999"),
                nombre="cambia.csv",
            ),
            de_cifras.una_recibida(cali, nombre="sin_leer.csv"),
        ]

    # ── Las páginas que la tabla, con un objeto de cada clase, no alcanza a mostrar ───────────

    def ademas(self) -> list[str]:
        sesion, confirmada = self._sesion, self.confirmada.sesion
        return [
            *(uno.get_absolute_url() for uno in self.archivos()),
            *(uno.get_absolute_url() for uno in self._trabajos),
            *(carga.get_absolute_url() for carga in self.cargas()),
            sesion.get_absolute_url(),
            confirmada.get_absolute_url(),
            self.vacia.get_absolute_url(),
            reverse("conectate:deshacer-importacion", args=[self.importacion]),
            reverse("conectate:personas", args=[self.vacia.pk]),
            reverse("conectate:revision-de-sesion", args=[confirmada.pk]),
            reverse("conectate:mismas-personas-de-sesion", args=[confirmada.pk]),
            reverse("conectate:cambiar-estado", args=[sesion.pk, "cancelada"]),
            reverse("conectate:emparejar-columnas", args=[self.por_emparejar]),
            reverse("conectate:participacion", args=[2019]),
            reverse("conectate:menciones", args=[2019]),
            reverse("conectate:lo-que-se-perdio", args=[2019, self.codigo_propio]),
            reverse("conectate:resultados-de-satisfaccion", args=[sesion.pk]),
            reverse("conectate:calendario-mes", args=[2019, 5]),
            reverse("conectate:calendario-vigencia", args=[2019]) + "?modalidad=virtual",
            reverse("conectate:convocatoria", args=[self.vacia.pk]),
            reverse("conectate:convocatoria", args=[self.por_venir]) + "?ver=sin-correo",
            reverse("conectate:escribir", args=[self.por_venir, "cambio"]),
            reverse("conectate:cambiar-estado", args=[self.por_venir, "cancelada"]),
            reverse("conectate:sesiones") + "?q=nada",
            reverse("conectate:revision") + "?q=nada",
            reverse("conectate:matriz", args=[2020]) + "?trimestre=4",
        ]
