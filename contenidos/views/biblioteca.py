"""La entrada de «Quiero aprender», la lista con sus facetas y la ficha de cada contenido."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.shortcuts import redirect, render
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from contenidos.acciones.busquedas import anotar_sin_resultados
from contenidos.acciones.canasta import en_la_canasta, se_puede_llevar
from contenidos.consultas import biblioteca as consultas
from contenidos.consultas.archivos import avisos_de, extension_en_paginas, formato_de
from contenidos.consultas.busqueda import fragmentos
from contenidos.consultas.ficha import (
    con_ficha_para,
    donde_esta,
    historia_de,
    slug_de_ahora,
    sucesor_de,
)
from contenidos.consultas.relacionados import los_relacionados, que_es
from contenidos.forms.biblioteca import FiltroDeBibliotecaForm
from contenidos.lengua.resaltado import marcar
from contenidos.models import Coleccion, Ruta
from contenidos.permisos import puede_editar

POR_PAGINA, NOVEDADES = 24, 6


@require_safe
@login_not_required
def entrada(request):
    publicados = consultas.publicados_para(request.user)
    repartos = dict(consultas.repartos(publicados, {}))
    por_clave = {faceta.clave: suyos for faceta, suyos in repartos.items()}
    novedades = consultas.novedades(publicados, NOVEDADES)

    return render(
        request,
        "contenidos/entrada.html",
        {
            "reportado": consultas.REPORTADO,
            "catalogados": publicados.count(),
            "clases": por_clave["clase"],
            "temas": [tema for tema in por_clave["tema"] if not tema.es_parte],
            "audiencias": por_clave["audiencia"],
            "novedades": [_tarjeta(uno) for uno in novedades],
            "colecciones": Coleccion.objects.publicadas(),
            "rutas": Ruta.objects.publicadas(),
            "edita": puede_editar(request.user),
        },
    )


@require_safe
@login_not_required
def biblioteca(request):
    filtro = FiltroDeBibliotecaForm(request.GET)
    hallados, consulta = consultas.buscados(filtro.texto, request.user)
    escogidos = filtro.escogidos
    lista = hallados.solo(
        lambda unos: consultas.con_lo_de_la_lista(consultas.filtrados(unos, escogidos))
    )
    if filtro.orden_puesto != consultas.PERTINENCIA:
        lista = consultas.en_orden(lista.contenidos, filtro.orden_puesto)
    pagina = Paginator(lista, POR_PAGINA).get_page(request.GET.get("page"))
    if consulta.grupos and not escogidos and not pagina.paginator.count:
        anotar_sin_resultados(consulta.texto)
    trozos = fragmentos(pagina, consulta) if not consulta.esta_vacia else {}

    return render(
        request,
        "contenidos/biblioteca.html",
        {
            "filtro": filtro,
            "que_busca": consulta,
            "pagina": pagina,
            "tarjetas": [_tarjeta(uno, trozos.get(uno.pk), consulta.formas) for uno in pagina],
            "ordenes": filtro.ordenes if pagina.paginator.count > 1 else [],
            "facetas": _facetas(filtro, consultas.repartos(hallados.contenidos, escogidos)),
            "puestos": _puestos(filtro),
            "consulta": filtro.consulta,
            "reportado": consultas.REPORTADO,
            "catalogados": consultas.publicados_para(request.user).count(),
            "en_la_canasta": en_la_canasta(request.session),
            "aqui": request.get_full_path(),
        },
    )


def _tarjeta(contenido, trozo=None, formas=()):
    version = contenido.version_actual
    return {
        "contenido": contenido,
        "titulo": marcar(contenido.titulo, formas),
        "trozo": trozo,
        "formato": formato_de(version).nombre if version else "",
        "extension": extension_en_paginas(version) if version else "",
        "se_puede_llevar": se_puede_llevar(contenido),
    }


def _facetas(filtro, repartos):
    """Cada valor con su cuenta y la dirección a la que lleva; lo escogido sale aunque dé cero."""
    facetas = []
    for faceta, suyos in repartos:
        puestos = filtro.escogidos.get(faceta.clave, {})
        estan = {reparto.valor for reparto in suyos}
        faltan = [
            consultas.Reparto(valor, rotulo, 0)
            for valor, rotulo in puestos.items()
            if valor not in estan
        ]
        opciones = [
            (reparto, filtro.al_pulsar(faceta.clave, reparto.valor), reparto.valor in puestos)
            for reparto in [*faltan, *suyos]
        ]
        if opciones:
            facetas.append((faceta, opciones, bool(puestos)))
    return facetas


def _puestos(filtro):
    """Lo escogido, para quitarlo de uno en uno."""
    return [
        (faceta.titulo, rotulo, filtro.al_pulsar(faceta.clave, valor))
        for faceta in consultas.FACETAS
        for valor, rotulo in filtro.escogidos.get(faceta.clave, {}).items()
    ]


@require_safe
@login_not_required
def contenido(request, slug):
    contenido = con_ficha_para(request.user).filter(slug=slug).first()
    if contenido is None:
        return no_esta(request, slug, "contenidos:contenido")
    if contenido.esta_retirado and not puede_editar(request.user):
        return retirado(request, contenido)

    version = contenido.version_actual
    historia = historia_de(contenido)
    direccion = settings.DIRECCION_DEL_PORTAL + contenido.get_absolute_url()
    colecciones, rutas = donde_esta(contenido)
    relacionados = los_relacionados(contenido, request.user)
    return render(
        request,
        "contenidos/contenido_detail.html",
        {
            "contenido": contenido,
            "sucesor": sucesor_de(contenido, request.user),
            "actual": next((una for una in historia if una.es_actual), None),
            "historia": historia,
            "avisos": avisos_de(version) if version else [],
            "se_puede_llevar": se_puede_llevar(contenido),
            "esta_en_la_canasta": contenido.pk in en_la_canasta(request.session),
            "reemplaza_a": consultas.publicados_para(request.user).filter(
                reemplazado_por=contenido
            ),
            "relacionados": [(entrada, que_es(entrada)) for entrada in relacionados],
            "colecciones": colecciones,
            "rutas": rutas,
            "n_descargas": contenido.descargas.count(),
            "direccion": direccion,
            "correo": urlencode(
                {"subject": contenido.titulo, "body": f"{contenido.titulo}\n{direccion}"}
            ).replace("+", "%20"),
            "edita": puede_editar(request.user),
        },
    )


def retirado(request, contenido):
    """Quien llega por un enlace viejo lee por qué no está y qué hay en su lugar."""
    ultimo = contenido.movimientos.filter(a=contenido.Estado.RETIRADO).first()
    return render(
        request,
        "contenidos/retirado.html",
        {
            "contenido": contenido,
            "sucesor": sucesor_de(contenido, request.user),
            "movimiento": ultimo,
        },
        status=410,
    )


def no_esta(request, slug, ruta, *argumentos):
    """Cambió de dirección, o no existe para quien mira: se le dice por dónde seguir."""
    if nuevo := slug_de_ahora(slug, request.user):
        return redirect(ruta, nuevo, *argumentos, permanent=True)
    return render(
        request,
        "contenidos/no_esta.html",
        {"palabras": slug.replace("-", " "), "aqui": request.get_full_path()},
        status=404,
    )
