"""Importar un archivo de una vez, sin páginas: para las órdenes de quien opera el portal."""

from contextlib import nullcontext
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone

from conectate.acciones import importaciones, lecturas
from conectate.acciones.sesiones import crear_sesion
from conectate.models import Importacion, Sesion, TipoSesion
from cuentas.models import Usuario
from trabajos.archivos import huella_de, sin_dejar_huerfano

Estado = Importacion.Estado
YA_CONTADA = [Estado.CONFIRMADA, Estado.REEMPLAZADA]


@dataclass
class Importada:
    importacion: Importacion
    sin_cambios: bool


def importar(
    ruta: Path,
    *,
    fecha: date,
    titulo: str = "",
    tipo: str = "informativa",
    sesion: Sesion | None = None,
    acepta_otro_dia: bool = False,
    por: Usuario | None = None,
) -> Importada:
    """Lo lee, halla o crea su sesión y lo confirma; todo o nada. Repetirla no cambia nada."""
    datos = ruta.read_bytes()
    importaciones.exigir_tamano(len(datos))
    archivo = ContentFile(datos, name=ruta.name)
    if contada := _ya_contada(huella_de(archivo), fecha, sesion):
        return Importada(contada, sin_cambios=True)
    leido = lecturas.interpretar(datos, nombre=ruta.name, fecha=fecha)
    if leido.lectura is None:
        raise ValidationError(leido.motivo, code=leido.estado)
    with transaction.atomic():
        sesion = sesion or _su_sesion(fecha, titulo or _titulo(leido, ruta), tipo, por)
        importacion, es_nueva = importaciones.recibir(
            sesion=sesion, archivo=archivo, nombre=ruta.name, por=por
        )
        with sin_dejar_huerfano(importacion) if es_nueva else nullcontext():
            lecturas.guardar_lectura(importacion, leido, lecturas.preparar(importacion, leido))
            importaciones.confirmar(
                importacion=importacion, por=por, acepta_otro_dia=acepta_otro_dia
            )
    importacion.refresh_from_db()
    return Importada(importacion, sin_cambios=False)


def _ya_contada(huella, fecha, sesion):
    contadas = Importacion.objects.filter(huella=huella, estado__in=YA_CONTADA)
    donde = {"sesion": sesion} if sesion else {"sesion__fecha": fecha}
    return contadas.filter(**donde).select_related("sesion").order_by("pk").first()


def _titulo(leido, ruta):
    return leido.lectura.reunion.titulo or ruta.stem


def _su_sesion(fecha, titulo, tipo, por):
    """La de ese día con ese título, o una nueva con todas las entidades de la fecha."""
    titulo = " ".join(titulo.split())[:250]
    de_ese_dia = Sesion.objects.filter(fecha=fecha, titulo=titulo)
    existente = de_ese_dia.exclude(estado=Sesion.Estado.CANCELADA).order_by("pk").first()
    if existente:
        return existente
    es_pasada = fecha <= timezone.localdate()
    return crear_sesion(
        por=por,
        titulo=titulo,
        tipo=_el_tipo(tipo),
        fecha=fecha,
        estado=Sesion.Estado.REALIZADA if es_pasada else Sesion.Estado.CONVOCADA,
    )


def _el_tipo(clave):
    tipos = {tipo.clave: tipo for tipo in TipoSesion.objects.filter(activo=True)}
    if clave not in tipos:
        raise ValidationError(
            f"No hay un tipo de sesión «{clave}». Los que hay: {', '.join(sorted(tipos))}.",
            code="tipo_desconocido",
        )
    return tipos[clave]
