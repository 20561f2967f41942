"""Lo reservado no asoma por ningún lado: ni lista, ni cuenta, ni canal, ni corrección."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from contenidos.acciones.indice import reindexar_todo
from contenidos.models import Audiencia, Buscable, Contenido, DireccionAnterior
from cuentas.models import Rol
from tests.fabricas import un_tema, un_usuario
from tests.fabricas_de_contenidos import (
    un_autor,
    un_contenido,
    una_clase,
    una_coleccion,
    una_ruta,
    una_version,
)

pytestmark = pytest.mark.django_db
De, Estado = Contenido.Visibilidad, Contenido.Estado

EN_PREPARACION = {
    "borrador": {"estado": Estado.BORRADOR, "publicado_en": None},
    "revision": {"estado": Estado.REVISION, "publicado_en": None},
    "programado": {"publicado_en": timezone.now() + timedelta(days=400)},
}
DEL_MINISTERIO = {
    "ministerio": {"visibilidad": De.MINISTERIO},
    "prestado": {"visibilidad": De.PRESTADA},
}
DE_SECRETARIAS = {"secretarias": {"visibilidad": De.SECRETARIAS}}
QUIENES = {
    None: EN_PREPARACION | DEL_MINISTERIO | DE_SECRETARIAS,
    Rol.EQUIPO_SECRETARIA: EN_PREPARACION | DEL_MINISTERIO,
    Rol.PROFESIONAL: EN_PREPARACION,
}
PAGINAS = (
    *("/", "/aprender/", "/contenidos/", "/contenidos/?orden=titulo", "/contenidos/?q=comun"),
    *("/contenidos/?orden=descargas", "/contenidos/?q=zorr", "/contenidos/comun/"),
    *("/buscar/?q=comun", "/buscar/?q=zorr", "/buscar/?q=zorroborradr", "/temas/", "/temas/patio/"),
    *("/colecciones/", "/colecciones/juntos/", "/rutas/", "/rutas/camino/", "/mapa-del-sitio/"),
)


def uno_reservado(como, tema, n, **datos):
    """Todo lo suyo empieza por «zorro», que nada más del portal dice."""
    nombre = f"zorro{como}"
    contenido = un_contenido(
        f"{nombre} reservado",
        slug=nombre,
        resumen=f"{nombre} comun",
        temas=[tema],
        clase=una_clase(f"{nombre}c"),
        autor=un_autor(f"{nombre}a"),
        vigencia=1950 + n,
        audiencias=[Audiencia.objects.create(clave=nombre, nombre=f"{nombre}u")],
        **datos,
    )
    una_version(contenido, nombre=f"{nombre}.pdf", textos=[f"{nombre} comun adentro"])
    DireccionAnterior.objects.create(slug=f"viejo-{como}", contenido=contenido)
    return contenido


@pytest.fixture(params=QUIENES)
def reservados(client, request):
    """Los que quien mira no puede ver, puestos donde se alcancen desde lo que sí."""
    if request.param:
        client.force_login(un_usuario(request.param))
    tema = un_tema("Patio")
    visible = un_contenido("A la vista", slug="comun", resumen="Algo comun.", temas=[tema])
    casos = QUIENES[request.param].items()
    suyos = [uno_reservado(como, tema, n, **datos) for n, (como, datos) in enumerate(casos)]
    una_coleccion("Juntos", visible, *suyos)
    una_ruta("Camino", visible, *suyos)
    Contenido.objects.filter(pk=visible.pk).update(reemplazado_por=suyos[0])
    reindexar_todo()
    visible.relacionados.set(Buscable.objects.filter(clase="contenido"))
    return suyos


def test_lo_reservado_no_asoma_en_ninguna_pagina(client, reservados):
    canales = [reverse(f"contenidos:{canal}-de-tema", args=["patio"]) for canal in ("atom", "rss")]

    asoman = []
    for direccion in [*PAGINAS, *canales]:
        respuesta = client.get(direccion)
        assert respuesta.status_code == 200, direccion
        # Lo que la persona escribió se le repite; lo que no escribió, no.
        dicho = set(re.findall(r"zorro[a-z]+|\b195\d\b", respuesta.content.decode()))
        asoman += [(direccion, palabra) for palabra in dicho if palabra not in direccion]

    assert asoman == []


@pytest.mark.parametrize(
    "resto", ["", "archivo/", "ligero/", "v/1/", "v/1/miniatura/", "v/1/subtitulos/"]
)
def test_lo_reservado_no_esta_en_su_direccion_ni_en_la_anterior(client, reservados, resto):
    direcciones = [
        f"/contenidos/{slug}/{resto}"
        for contenido in reservados
        for slug in (contenido.slug, contenido.slug.replace("zorro", "viejo-"))
    ]

    respuestas = {client.get(direccion).status_code for direccion in direcciones}

    assert respuestas == {404}


def test_lo_reservado_no_entra_en_la_canasta(client, reservados):
    respuestas = {client.post(f"/canasta/agregar/{uno.slug}/").status_code for uno in reservados}

    assert respuestas == {404}
    assert "canasta" not in client.session
