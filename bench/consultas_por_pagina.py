"""Cuántas consultas hace cada página con 3 sesiones y con 3.000: tienen que ser las mismas.

Se miran todas las páginas que listan algo, con cada papel que las ve, y las listas de la
administración. Crece todo a la vez: sesiones, asistencia, dudas, decisiones, trabajos y bitácora,
y la lista de personas de la sesión que se mira. El tiempo va al lado, para encontrar lo lento.
"""

import argparse
import statistics
from dataclasses import dataclass

from django.apps import apps
from django.contrib import admin
from django.core.files.base import ContentFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from bench import listas, poblacion
from bench.escenario import cronometro, decir, preparar
from conectate.acciones import importaciones, lecturas
from conectate.acciones.sesiones import crear_sesion
from conectate.models import Sesion, TipoSesion
from cuentas.models import Rol
from indicadores.cargas.compacta import cargar_cifras
from territorio import recordado
from territorio.models import EntidadTerritorial

POCAS, MUCHAS, VECES = 3, 3000, 3
PUBLICO, MINISTERIO, SECRETARIA, ADMINISTRACION = "público", "MEN", "secretaría", "administración"


@dataclass(frozen=True)
class Pagina:
    nombre: str
    papel: str
    direccion: str


@dataclass(frozen=True)
class Escena:
    """Una sesión con un archivo confirmado y otro por confirmar, y la secretaría que la mira."""

    sesion: Sesion
    entidad: EntidadTerritorial
    confirmada: int
    por_confirmar: int


def una_escena(quien, personas, entidad, dominios) -> Escena:
    sesion = crear_sesion(
        por=quien,
        titulo=f"La sesión de {personas} personas",
        tipo=TipoSesion.objects.get(clave="informativa"),
        fecha=listas.FECHA,
        audiencia=Sesion.Audiencia.COMUNIDAD,
        estado=Sesion.Estado.REALIZADA,
    )
    archivos = []
    for cuantas, se_confirma in ((personas, True), (personas + 1, False)):
        importacion, _ = importaciones.recibir(
            sesion=sesion,
            archivo=ContentFile(listas.en_csv(cuantas, cuantas, dominios)),
            nombre=f"lista-{cuantas}.csv",
            por=quien,
        )
        with importacion.archivo.open("rb") as guardado:
            leido = lecturas.interpretar(guardado.read(), nombre="l.csv", fecha=sesion.fecha)
        lecturas.guardar_lectura(importacion, leido, lecturas.preparar(importacion, leido))
        if se_confirma:
            importaciones.confirmar(importacion=importacion, por=quien)
        archivos.append(importacion.pk)
    return Escena(sesion, entidad, *archivos)


# ── Qué se mira ───────────────────────────────────────────────────────────────────────────────


def paginas(escena: Escena) -> list[Pagina]:
    sesion, v = [escena.sesion.pk], poblacion.VIGENCIA
    codigo = escena.entidad.codigo_dane
    de_la_entidad = reverse("conectate:participacion-entidad", args=[v, codigo])
    lista = reverse("conectate:sesiones")
    de_todos = [
        ("portada", reverse("portada")),
        ("entrada", reverse("conectate:entrada")),
        ("sesiones", lista),
        ("sesiones, filtradas", f"{lista}?q=sesión&vigencia={v}&estado=realizada"),
        ("sesiones, última página", f"{lista}?page=9999"),
        ("sesión", reverse("conectate:sesion", args=sesion)),
        ("secretarías", reverse("territorio:entidades")),
        ("mapa del sitio", reverse("mapa-del-sitio")),
        ("calendario", reverse("conectate:calendario")),
        ("calendario, un mes", reverse("conectate:calendario-mes", args=[v, 6])),
        ("calendario, el año", reverse("conectate:calendario-vigencia", args=[v])),
        ("encuentros", reverse("conectate:encuentros")),
        ("menciones", reverse("conectate:menciones", args=[v])),
        *_de_indicadores(codigo),
        *_de_la_biblioteca(),
        *_de_juntos("entrada", "programas"),
    ]
    de_quien_entro = [
        *_de_juntos("contactos", "compromisos", "necesidades", "calendario", "informes"),
        ("juntos: secretaría", reverse("acompanamiento:secretaria", args=[codigo])),
        ("personas de la sesión", reverse("conectate:personas", args=sesion)),
        ("participación de una entidad", de_la_entidad),
        ("trabajos", reverse("trabajos:trabajos")),
        ("mi cuenta", reverse("cuentas:perfil")),
        ("mi portal", reverse("mi-portal")),
        ("historia de una entidad", reverse("conectate:historia-entidad", args=[codigo])),
        ("lo que se perdió", reverse("conectate:lo-que-se-perdio", args=[v, codigo])),
        (
            "constancias de la entidad",
            reverse("conectate:constancias-de-entidad", args=[v, codigo]),
        ),
        ("boletín", reverse("conectate:boletin", args=[v, 6, codigo])),
        ("satisfacción", reverse("conectate:resultados-de-satisfaccion", args=sesion)),
    ]
    del_ministerio = [
        *_de_juntos("grupos", "semaforo", "tablero", "secretarias", "nuevo-contacto"),
        *_de_juntos("instituciones", "conflictos"),
        ("crear sesión", reverse("conectate:nueva-sesion")),
        ("subir asistencia", reverse("conectate:subir-asistencia", args=sesion)),
        ("vista previa", reverse("conectate:importacion", args=[escena.por_confirmar])),
        ("archivo confirmado", reverse("conectate:importacion", args=[escena.confirmada])),
        ("participación", reverse("conectate:participacion", args=[v])),
        ("matriz", reverse("conectate:matriz", args=[v])),
        ("matriz, un trimestre", reverse("conectate:matriz", args=[v]) + "?trimestre=1"),
        ("revisión", reverse("conectate:revision")),
        ("revisión de la sesión", reverse("conectate:revision-de-sesion", args=sesion)),
        ("mismas personas", reverse("conectate:mismas-personas")),
        ("decisiones", reverse("conectate:decisiones")),
        ("convocatoria", reverse("conectate:convocatoria", args=sesion)),
        ("rejilla", reverse("conectate:rejilla", args=sesion)),
        ("cierre", reverse("conectate:cierre", args=sesion)),
        ("acta", reverse("conectate:acta", args=sesion)),
        ("constancias de la sesión", reverse("conectate:constancias", args=sesion)),
        ("reclamos pendientes", reverse("conectate:reclamos-pendientes")),
        ("listas de convocadas", reverse("conectate:listas")),
        ("indicadores: cargas", reverse("indicadores:cargas")),
        ("indicadores: calidad", reverse("indicadores:calidad")),
        ("indicadores: informes", reverse("indicadores:informes")),
        ("biblioteca: mesa de edición", reverse("contenidos:mesa-de-edicion")),
        ("biblioteca: enlaces rotos", reverse("contenidos:enlaces-rotos")),
        ("biblioteca: descargas", reverse("contenidos:descargas")),
        ("biblioteca: sin resultados", reverse("contenidos:busquedas-sin-resultados")),
    ]
    de_administracion = [
        ("trabajos", reverse("trabajos:trabajos")),
        ("bitácora", reverse("cuentas:bitacora")),
        ("invitaciones", reverse("cuentas:invitaciones")),
        ("administración", reverse("admin:index")),
        *_listas_de_la_administracion(),
    ]
    vistas = {
        PUBLICO: de_todos,
        SECRETARIA: [
            *de_todos,
            *de_quien_entro,
            ("mi secretaría", reverse("conectate:mi-secretaria")),
        ],
        MINISTERIO: [*de_todos, *de_quien_entro, *del_ministerio],
        ADMINISTRACION: de_administracion,
    }
    return [Pagina(nombre, papel, url) for papel, suyas in vistas.items() for nombre, url in suyas]


def _de_indicadores(codigo):
    """Con las cifras que trae el portal; con más, `paginas_de_indicadores`."""
    sin_nada = ("entrada", "mapa", "catalogo", "datos", "diccionario", "versiones", "recursos")
    return [
        *((f"indicadores: {nombre}", reverse(f"indicadores:{nombre}")) for nombre in sin_nada),
        ("indicadores: ficha", reverse("indicadores:ficha", args=[codigo])),
        ("indicadores: comparación", reverse("indicadores:comparar", args=[codigo])),
        ("indicadores: indicador", reverse("indicadores:indicador", args=["desercion"])),
        ("indicadores: versión", reverse("indicadores:version", args=[1])),
        ("indicadores: fe de erratas", reverse("indicadores:fe-de-erratas")),
        ("indicadores: documentos", reverse("indicadores:documentos")),
    ]


def _de_la_biblioteca():
    """Cada sesión que se puebla deja un contenido; `busqueda` mide con veinte mil."""
    lista = reverse("contenidos:biblioteca")
    sin_nada = ("entrada", "buscar", "canasta", "colecciones", "rutas", "temas", "glosario")
    return [
        *((f"biblioteca: {nombre}", reverse(f"contenidos:{nombre}")) for nombre in sin_nada),
        ("biblioteca: lista", lista),
        ("biblioteca: lista, buscando", f"{lista}?q=presentación"),
        ("biblioteca: lista, última página", f"{lista}?page=9999"),
        ("biblioteca: buscar algo", reverse("contenidos:buscar") + "?q=presentación"),
        ("biblioteca: ayuda", reverse("contenidos:ayuda")),
        ("biblioteca: políticas", reverse("contenidos:politicas")),
    ]


def _de_juntos(*nombres):
    """Con diez años de contactos, en `acompanamiento`."""
    return [(f"juntos: {nombre}", reverse(f"acompanamiento:{nombre}")) for nombre in nombres]


def _listas_de_la_administracion():
    return [
        (
            f"administración: {modelo._meta.verbose_name_plural}",
            reverse(f"admin:{modelo._meta.app_label}_{modelo._meta.model_name}_changelist"),
        )
        for modelo in apps.get_models()
        if admin.site.is_registered(modelo)
    ]


# ── Cómo se mide ──────────────────────────────────────────────────────────────────────────────


def mirar(pagina: Pagina, navegador) -> tuple[int, float]:
    """Consultas y milisegundos. La primera vez no vale: es la que llena lo que se recuerda."""
    consultas, segundos = [], []
    for _ in range(VECES):
        connection.queries_log.clear()  # guarda nueve mil, y son más páginas que eso
        with CaptureQueriesContext(connection) as hechas, cronometro() as tiempo:
            respuesta = navegador.get(pagina.direccion, follow=True)
        assert respuesta.status_code == 200, f"{pagina}: {respuesta.status_code}"
        consultas.append(len(hechas))
        segundos.append(tiempo.segundos)
    return min(consultas[1:]), statistics.median(segundos[1:]) * 1000


def recorrer(escena, quienes):
    navegadores = {papel: poblacion.navegador(persona) for papel, persona in quienes.items()}
    return {
        (pagina.papel, pagina.nombre): mirar(pagina, navegadores[pagina.papel])
        for pagina in paginas(escena)
    }


def medir(pocas, muchas):
    dominios = poblacion.ensenar_dominios()
    entidad = EntidadTerritorial.objects.get(codigo_dane="41")
    quienes = {
        PUBLICO: None,
        MINISTERIO: poblacion.una_persona(Rol.EQUIPO_MEN),
        SECRETARIA: poblacion.una_persona(Rol.SECRETARIO, entidad),
        ADMINISTRACION: poblacion.una_persona(Rol.ADMINISTRACION),
    }
    quien = quienes[MINISTERIO]

    cargar_cifras()
    poblacion.poblar(pocas)
    suyo = [poblacion.dominio_de(entidad)]  # con tan pocas personas, que sean de quien la mira
    antes = recorrer(una_escena(quien, pocas, entidad, suyo), quienes)
    poblacion.poblar(muchas - pocas)
    despues = recorrer(una_escena(quien, muchas, entidad, dominios), quienes)

    filas = [
        {
            "página": f"{nombre} ({papel})",
            "consultas": [antes[papel, nombre][0], despues[papel, nombre][0]],
            "ms": [round(antes[papel, nombre][1]), round(despues[papel, nombre][1])],
        }
        for papel, nombre in antes
    ]
    decir(
        f"consultas por página con {pocas} y con {muchas} sesiones, {connection.vendor}",
        paginas=len(filas),
        filas=filas,
        crecen=[fila["página"] for fila in filas if fila["consultas"][0] < fila["consultas"][1]],
        cambian=[fila["página"] for fila in filas if fila["consultas"][0] != fila["consultas"][1]],
        cumple=all(fila["consultas"][0] == fila["consultas"][1] for fila in filas),
    )


if __name__ == "__main__":
    opciones = argparse.ArgumentParser(description=__doc__)
    opciones.add_argument("--pocas", type=int, default=POCAS)
    opciones.add_argument("--muchas", type=int, default=MUCHAS)
    dado = opciones.parse_args()
    preparar()
    recordado.SEGUNDOS = 0  # que cada página pregunte siempre lo mismo, pase o no el minuto
    medir(dado.pocas, dado.muchas)
