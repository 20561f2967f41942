"""El boletín de un mes en PDF: lo mismo que su página, para archivar o mandar por correo."""

from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.text import capfirst

from conectate.avisos import cuando
from conectate.consultas.boletin import Boletin, boletin_de, con_cuantas
from conectate.informes.documento import rechazar_si
from conectate.models import Sesion, TipoSesion
from conectate.permisos import puede_ver_participacion
from conectate.templatetags.participacion import porcentaje
from territorio.models import EntidadTerritorial
from trabajos.pdf import componer_pdf


@dataclass(frozen=True)
class BoletinEnPdf:
    boletin: Boletin

    @property
    def nombre_del_archivo(self) -> str:
        return f"Boletín {self.boletin.primero:%Y-%m} {self.boletin.entidad.nombre}.pdf"

    def componer(self) -> bytes:
        return componer_pdf("boletin", datos_de(self.boletin))


def boletin_en_pdf(por, *, vigencia, mes, codigo_dane) -> BoletinEnPdf:
    """Con los permisos de quien lo pide en el momento de componerlo."""
    entidad = EntidadTerritorial.objects.filter(codigo_dane=codigo_dane).first()
    rechazar_si(
        entidad is None or not puede_ver_participacion(por, entidad),
        "Ya no tiene permiso para ver este boletín.",
    )
    return BoletinEnPdf(boletin_de(entidad, date(vigencia, mes, 1)))


def dia_y_hora(sesion: Sesion) -> str:
    """«Viernes 13 de noviembre de 2020, de 9:00 a.m. a 11:00 a.m. (hora de Colombia)»."""
    return capfirst(cuando(sesion).removeprefix("el "))


def direccion_de(boletin: Boletin) -> str:
    """La página del boletín, para abrirla desde fuera del portal."""
    ruta = reverse(
        "conectate:boletin",
        args=[boletin.primero.year, boletin.primero.month, boletin.entidad.codigo_dane],
    )
    return settings.DIRECCION_DEL_PORTAL + ruta


def datos_de(boletin: Boletin) -> dict:
    """Lo que la plantilla pone, ya en palabras."""
    entidad, siguiente = boletin.entidad, date_format(boletin.siguiente, "F")
    return {
        "titulo": f"Boletín de {boletin.mes}: {entidad.nombre}",
        "pie": f"Boletín de {boletin.mes} · {entidad.nombre}",
        "entidad": entidad.nombre,
        "mes": capfirst(boletin.mes),
        "resumen": boletin.resumen or "Este mes no tuvo sesiones, ni hay convocadas por venir.",
        "avisos": _avisos(boletin),
        "hasta": f"El año, hasta el {_dia(boletin.corte)}",
        "cuentas": [
            {
                "valor": str(una.cuenta) if una.cuenta.n else "Sin dato",
                "fraccion": una.cuenta.fraccion or 0,
                "tipo": una.tipo.plural,
                "detalle": _detalle(una),
            }
            for una in boletin.por_tipo
        ],
        "secciones": [
            {
                "titulo": "A las que asistió",
                "columnas": ["Fecha", "Sesión", "Personas", "Quién lo dice"],
                "filas": [_asistida(fila) for fila in boletin.asistio],
            },
            {
                "titulo": "Las que se perdió",
                "columnas": ["Fecha", "Sesión", "Qué dejó", "¿Ya la revisaron?"],
                "filas": [_perdida(una) for una in boletin.perdidas],
            },
            {
                "titulo": "Sin dato todavía",
                "columnas": ["Fecha", "Sesión"],
                "filas": [[_dia(sesion.fecha), _nombre(sesion)] for sesion in boletin.sin_dato],
            },
            {
                "titulo": f"Lo que {'seguía' if boletin.es_de_archivo else 'viene'} en {siguiente}",
                "columnas": ["Cuándo", "Sesión", "Respuesta"],
                "filas": [
                    [dia_y_hora(una.sesion), _nombre(una.sesion), una.respuesta]
                    for una in boletin.por_venir
                ],
            },
        ],
        "direccion": direccion_de(boletin),
    }


def _avisos(boletin):
    avisos = []
    if boletin.es_demostracion:
        avisos.append("Datos de demostración: estas sesiones y cifras son inventadas.")
    if boletin.esta_en_curso:
        avisos.append(f"El mes no ha terminado: cuenta hasta el {_dia(boletin.hoy)}.")
    return avisos


def _detalle(una):
    partes = [porcentaje(una.cuenta)] if una.cuenta.n else []
    if una.sin_dato:
        partes.append(f"{una.sin_dato} sin dato")
    return "; ".join(partes)


def _asistida(fila):
    quien = capfirst(fila.origenes)
    if fila.discrepa:
        quien += ". Los datos se contradicen: el equipo registró que no estuvo"
    return [_dia(fila.sesion.fecha), _nombre(fila.sesion), con_cuantas(fila), quien]


def _perdida(una):
    deja = una.deja or "Nada todavía"
    if una.por_confirmar:
        deja += ". Por confirmar: hay personas sin identificar en la lista"
    revisada = f"Sí, el {_dia(una.revisada_en)}" if una.revisada_en else "No"
    return [_dia(una.sesion.fecha), _nombre(una.sesion), deja, revisada]


def _dia(fecha):
    return date_format(fecha, r"j \d\e F")


def _nombre(sesion):
    aparte = ", se cuenta aparte" if sesion.tipo.conteo == TipoSesion.Conteo.APARTE else ""
    return {"titulo": sesion.titulo, "clase": f"{sesion.tipo}{aparte}"}
