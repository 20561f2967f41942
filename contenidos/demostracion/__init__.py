"""La biblioteca de demostración: contenidos inventados de todas las clases, con sus archivos."""

import csv
from datetime import datetime
from pathlib import Path

from django.db import transaction
from django.utils import timezone

from contenidos.acciones.borrado import borrar_contenidos
from contenidos.acciones.catalogos import la_clase
from contenidos.acciones.contenidos import (
    autor_llamado,
    crear_contenido,
    enviar_a_revision,
    publicar,
    retirar,
)
from contenidos.acciones.versiones import subir_version
from contenidos.demostracion.archivos import archivo_de
from contenidos.demostracion.reunidos import COLECCIONES, RUTAS
from contenidos.models import (
    Audiencia,
    Autor,
    Coleccion,
    Contenido,
    Eje,
    EnColeccion,
    Nivel,
    Paquete,
    Paso,
    Ruta,
    Tema,
)
from cuentas.models import Usuario

FICHAS = Path(__file__).with_name("contenidos.csv")
CON_DOS_VERSIONES = "plan-de-permanencia-paso-a-paso"


@transaction.atomic
def cargar(por: Usuario) -> int:
    """Crea lo que falte. Devuelve cuántos contenidos creó."""
    ya_estan = set(Contenido.objects.values_list("slug", flat=True))
    faltan = [ficha for ficha in _fichas() if ficha["slug"] not in ya_estan]
    for numero, ficha in enumerate(faltan):
        _crear(ficha, numero, por)
    for ficha in faltan:
        if ficha["retirado"]:
            _retirar(ficha, por)
    _reunir()
    return len(faltan)


def _fichas():
    with open(FICHAS, encoding="utf-8", newline="") as archivo:
        for fila in csv.DictReader(archivo):
            listas = {
                campo: fila[campo].split("|")
                for campo in ("temas", "audiencias", "niveles", "puntos")
            }
            yield fila | listas


def _crear(ficha, numero, por):
    contenido = crear_contenido(
        por=por,
        temas=Tema.objects.filter(nombre__in=ficha["temas"]),
        audiencias=Audiencia.objects.filter(clave__in=ficha["audiencias"]),
        niveles=Nivel.objects.filter(clave__in=ficha["niveles"]),
        slug=ficha["slug"],
        titulo=ficha["titulo"],
        resumen=ficha["resumen"],
        clase=la_clase(ficha["clase"]),
        eje=Eje.objects.filter(clave=ficha["eje"]).first(),
        vigencia=ficha["vigencia"],
        autor=autor_llamado(ficha["autor"]),
        enlace=ficha["enlace"],
        tiene_subtitulos=bool(ficha["enlace"]),
        es_demostracion=True,
    )
    if archivo := archivo_de(ficha):
        subir_version(contenido=contenido, archivo=archivo, por=por)
    if ficha["slug"] == CON_DOS_VERSIONES:
        ficha["puntos"].append("Qué hacer con quien ya se fue: buscarlo, escucharlo y recibirlo.")
        nota = "Añade qué hacer con quien ya se fue."
        subir_version(contenido=contenido, archivo=archivo_de(ficha), por=por, nota=nota)
    if ficha["estado"] == "revision":
        enviar_a_revision(contenido=contenido, por=por)
    elif not ficha["estado"]:
        publicar(contenido=contenido, por=por, desde=_cuando(ficha, numero))


def _cuando(ficha, numero):
    """Repartidos por el año de cada uno, siempre antes de hoy."""
    dia = datetime(int(ficha["vigencia"]), 1 + numero % 12, 1 + numero % 28, 9)
    return min(timezone.make_aware(dia), timezone.now())


def _retirar(ficha, por):
    retirar(
        contenido=Contenido.objects.get(slug=ficha["slug"]),
        por=por,
        motivo="Lo reúne, con lo demás del recorrido, un solo protocolo.",
        reemplazado_por=Contenido.objects.get(slug=ficha["retirado"]),
    )


def _reunir():
    de = {contenido.slug: contenido for contenido in Contenido.objects.all()}
    for orden, datos in enumerate(COLECCIONES, 1):
        coleccion, es_nueva = _una(Coleccion, datos, orden, ("titulo", "resumen"))
        if es_nueva:
            EnColeccion.objects.bulk_create(
                EnColeccion(coleccion=coleccion, contenido=de[slug], orden=lugar, nota=nota)
                for lugar, (slug, nota) in enumerate(datos["contenidos"], 1)
            )
    for orden, datos in enumerate(RUTAS, 1):
        ruta, es_nueva = _una(Ruta, datos, orden, ("titulo", "resumen", "para_quien"))
        if es_nueva:
            Paso.objects.bulk_create(
                Paso(
                    ruta=ruta,
                    contenido=de[slug],
                    orden=lugar,
                    titulo=titulo,
                    indicacion=indicacion,
                    minutos=minutos,
                )
                for lugar, (slug, titulo, indicacion, minutos) in enumerate(datos["pasos"], 1)
            )


def _una(modelo, datos, orden, campos):
    escrito = {campo: datos[campo] for campo in campos}
    return modelo.objects.get_or_create(
        slug=datos["slug"],
        defaults={"publicada": True, "orden": orden, "es_demostracion": True, **escrito},
    )


@transaction.atomic
def quitar() -> int:
    """Borra lo inventado y lo que las cuentas de prueba dejaron. Devuelve cuántos contenidos."""
    inventadas = Ruta.objects.filter(es_demostracion=True)
    for ruta in inventadas:
        ruta.certificados.all().delete()
    inventadas.delete()
    Coleccion.objects.filter(es_demostracion=True).delete()
    Paquete.objects.filter(pedido_por__es_demostracion=True).delete()
    inventados = Contenido.objects.filter(es_demostracion=True)
    autores = list(inventados.order_by().values_list("autor", flat=True).distinct())
    inventados.update(reemplazado_por=None)
    cuantos = borrar_contenidos(inventados)
    Autor.objects.filter(pk__in=autores, contenidos=None).delete()
    return cuantos


__all__ = ["cargar", "quitar"]
