"""Las cifras publicadas que trae el portal: una carga más, con su archivo, su fila y su versión.

Pasan por lo mismo que cualquier archivo: se comparan, se revisan y lo que rompe una regla espera en
la bandeja. Lo propio es la forma de `catalogo/cifras.csv`, que explica `catalogo/LEEME.md`.
"""

import csv
import hashlib
import io
from datetime import date

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone

from indicadores.acciones import entrada, publicacion
from indicadores.acciones.calculo import METODO, recalcular
from indicadores.acciones.comparacion import comparar
from indicadores.cargas.catalogo import CATALOGO
from indicadores.consultas.cifras import en_espanol
from indicadores.lectura.resultado import Lectura
from indicadores.models import Carga, Conjunto, Indicador, Unidad, Valor, Version

ARCHIVO = "cifras.csv"
ANULADA = "x"
POR_QUE_ANULADA = "La fuente publicó en esta columna los valores de otra."
POBLACION = "poblacion_5_16"
# De cada conjunto: qué filas son suyas y hasta qué día llegan.
CONJUNTOS = {
    "municipal": (("municipio", "nacion", "entidad"), date(2022, 12, 31)),
    "departamental": (("departamento",), date(2024, 12, 31)),
}
Ambito, Estado, Metodo = Unidad.Ambito, Valor.Estado, Valor.Metodo


@transaction.atomic
def cargar_cifras() -> list[Version]:
    """Publica las cifras del catálogo. Si el portal ya publicó algo, no toca nada."""
    conjuntos = Conjunto.objects.select_for_update().filter(clave__in=CONJUNTOS).order_by("-clave")
    conjuntos = list(conjuntos)  # en fila: quien llegue después ya ve las versiones
    if Version.objects.exists():
        return []
    contenido = (CATALOGO / ARCHIVO).read_bytes()
    filas = list(enumerate(csv.DictReader(io.StringIO(contenido.decode("utf-8"))), 2))
    return [_publicar(conjunto, filas, contenido) for conjunto in conjuntos]


def _publicar(conjunto, filas, contenido) -> Version:
    ambitos, corte = CONJUNTOS[conjunto.clave]
    suyas = [(numero, fila) for numero, fila in filas if fila["ambito"] in ambitos]
    publicadas = [(numero, fila) for numero, fila in suyas if fila["ambito"] != Ambito.ENTIDAD]
    comparacion = comparar(_lectura(publicadas, conjunto.ambito))
    version = publicacion.abrir_version(
        conjunto=conjunto,
        clase=Version.Clase.CARGA,
        fuente=conjunto.cita,
        corte=corte,
        motivo="Las cifras que trae el portal.",
        por=None,
    )
    anuladas = list(_separar_anuladas(comparacion, publicadas, version))
    entrada.publicar(comparacion, version)
    publicacion.entrar(anuladas)
    calculadas = list(_de_las_entidades(suyas, version))
    publicacion.entrar(calculadas)
    carga = _guardar_carga(comparacion, contenido, version)
    entrada.dejar_en_la_bandeja(comparacion, carga=carga, version=version, responsable=None)

    version.nuevas = comparacion.n_nuevas + len(anuladas)
    version.retenidas, version.calculadas = comparacion.n_retenidas, len(calculadas)
    version.save(update_fields=["nuevas", "retenidas", "calculadas"])
    recalcular(version)
    return version


def _lectura(filas, ambito) -> Lectura:
    codigos = Indicador.objects.values_list("codigo", flat=True)
    return Lectura(
        ambito=ambito,
        numeros=[numero for numero, _ in filas],
        ambitos=[fila["ambito"] for _, fila in filas],
        codigos=[fila["codigo"] for _, fila in filas],
        vigencias=[int(fila["vigencia"]) for _, fila in filas],
        columnas={
            codigo: [
                None if fila[codigo] in ("", ANULADA) else float(fila[codigo]) for _, fila in filas
            ]
            for codigo in codigos
        },
        filas_del_archivo=len(filas),
    )


def _separar_anuladas(comparacion, filas, version):
    """No son «sin dato»: la fuente las dio, y mal."""
    for codigo, posiciones in comparacion.nuevas.items():
        for posicion in posiciones:
            numero, fila = filas[posicion]
            if fila[codigo] == ANULADA:
                yield _tupla(
                    comparacion.indicadores[codigo].pk,
                    comparacion.unidades[posicion],
                    int(fila["vigencia"]),
                    (Estado.ANULADO, None, POR_QUE_ANULADA),
                    metodo=Metodo.PUBLICADO,
                    fila=numero,
                    version=version,
                )
        comparacion.nuevas[codigo] = [
            posicion for posicion in posiciones if filas[posicion][1][codigo] != ANULADA
        ]


def _de_las_entidades(filas, version):
    """Lo que se calculó de los municipios que el portal no trae."""
    unidades = dict(Unidad.objects.filter(ambito=Ambito.ENTIDAD).values_list("codigo", "pk"))
    indicadores = list(Indicador.objects.all())
    for numero, fila in filas:
        if fila["ambito"] != Ambito.ENTIDAD:
            continue
        for indicador in indicadores:
            if celda := fila[indicador.codigo]:
                yield _tupla(
                    indicador.pk,
                    unidades[fila["codigo"]],
                    int(fila["vigencia"]),
                    _calculada(celda, municipios=fila["municipios"], poblacion=fila[POBLACION]),
                    metodo=METODO[indicador.agregacion],
                    fila=numero,
                    version=version,
                )


def _calculada(celda: str, *, municipios: str, poblacion: str) -> tuple:
    """«48.3» de todos; «48.3~115/580000» de 115, donde viven tantos; «!80» de 80 no se pudo."""
    if celda.startswith("!"):
        cuantos = celda.strip("!p")
        con_que = " y con qué pesarlo" if celda.endswith("p") else ""
        nota = f"{cuantos} de {municipios} municipios traen el dato{con_que}"
        return Estado.NO_CALCULABLE, None, nota
    numero, _, parte = celda.partition("~")
    cuantos, _, personas = parte.partition("/")
    nota = (
        f"{cuantos or municipios} de {municipios} municipios; "
        f"{en_espanol(float(personas or poblacion), 0)} personas de 5 a 16 años"
    )
    return Estado.VALOR, float(numero), nota


def _tupla(indicador, unidad, vigencia, cifra, *, metodo, fila, version) -> tuple:
    """En el orden de `publicacion.COLUMNAS`."""
    estado, valor, nota = cifra
    return (indicador, unidad, vigencia, estado, valor, metodo, fila, nota, version.pk, None)


def _guardar_carga(comparacion, contenido, version) -> Carga:
    carga = Carga(
        conjunto=version.conjunto,
        origen=Carga.Origen.CATALOGO,
        url=version.conjunto.url,
        nombre_del_archivo=ARCHIVO,
        tamano=len(contenido),
        huella=hashlib.sha256(contenido).hexdigest(),
        corte=version.corte,
        motivo=version.motivo,
        estado=Carga.Estado.CONFIRMADA,
        resumen={
            "filas": comparacion.lectura.filas_del_archivo,
            **comparacion.cuentas(),
        },
        version=version,
        confirmada_en=timezone.now(),
    )
    carga.archivo.save(ARCHIVO, ContentFile(contenido), save=False)
    carga.save()
    return carga
