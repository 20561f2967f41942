"""Meter en una versión lo que una comparación dejó por publicar, y lo que retienen las reglas."""

from collections.abc import Iterable, Iterator
from itertools import repeat

from cuentas.models import Usuario
from indicadores.acciones import publicacion
from indicadores.acciones.comparacion import Comparacion
from indicadores.models import Carga, Caso, Hallazgo, Valor, Version
from trabajos import carga_masiva

Estado = Valor.Estado
# Primero lo que comparten todas las cifras de una fila, que se escribe una sola vez.
DE_LA_FILA = ["unidad_id", "vigencia", "fila", "metodo", "nota", "desde"]
DE_LA_CIFRA = ["indicador_id", "estado", "valor"]
EN_LA_MUESTRA = 10
MUCHAS = 10_000


def publicar(comparacion: Comparacion, version: Version) -> None:
    """Sale lo que cambia y entra lo nuevo; lo igual no se toca."""
    publicacion.sacar(
        [
            *comparacion.reemplazadas,
            *(v.pk for suyas in comparacion.cambiadas.values() for v in suyas.values()),
        ],
        version=version,
    )
    carga_masiva.insertar_escritas(Valor, DE_LA_FILA + DE_LA_CIFRA, _escritas(comparacion, version))
    if comparacion.n_nuevas > MUCHAS:
        carga_masiva.contar_de_nuevo(Valor)


def _escritas(comparacion, version) -> Iterator[str]:
    """Las cifras que entran, por unidad: seguidas en el índice, que es lo que más cuesta."""
    lectura, unidades = comparacion.lectura, comparacion.unidades
    comienzos = carga_masiva.escribir(
        zip(
            unidades,
            lectura.vigencias,
            lectura.numeros,
            repeat(Valor.Metodo.PUBLICADO.value),
            repeat(""),
            repeat(version.pk),
            strict=False,
        )
    ).split("\n")
    retenidas = comparacion.retenidas()
    filas = list(
        zip(*(_cifras(comparacion, codigo, retenidas) for codigo in lectura.columnas), strict=True)
    )
    for posicion in sorted(range(len(filas)), key=unidades.__getitem__):
        cifras = filas[posicion]
        if None in cifras:
            cifras = [cifra for cifra in cifras if cifra is not None]
        if cifras:
            yield carga_masiva.repetir(comienzos[posicion], cifras)


def _cifras(comparacion, codigo, retenidas) -> list[str | None]:
    """Una columna, escrita; nada donde lo publicado queda como está."""
    columna = comparacion.lectura.columnas[codigo]
    nuevas, cambiadas = comparacion.nuevas[codigo], comparacion.cambiadas.get(codigo, {})
    if not nuevas and not cambiadas:
        return [None] * len(columna)
    escritas = carga_masiva.pegar(
        repeat(str(comparacion.indicadores[codigo].pk), len(columna)),
        _estados(comparacion, codigo, retenidas),
        carga_masiva.en_texto(columna),
    )
    if len(nuevas) == len(columna):
        return list(escritas)
    entran = {*nuevas, *cambiadas}
    return [cifra if posicion in entran else None for posicion, cifra in enumerate(escritas)]


def _estados(comparacion, codigo, retenidas) -> list[str]:
    columna = comparacion.lectura.columnas[codigo]
    estados = [Estado.VALOR.value] * len(columna)
    if None in columna:
        for posicion, valor in enumerate(columna):
            if valor is None:
                estados[posicion] = str(comparacion.estado_de(codigo, posicion))
    for otro, posicion in retenidas:
        if otro == codigo:
            estados[posicion] = str(Estado.RETENIDO)
    return estados


def dejar_en_la_bandeja(
    comparacion: Comparacion, *, carga: Carga, version: Version, responsable: Usuario | None
) -> None:
    """Un hallazgo por regla rota, con las cifras que retiene y alguien que responde."""
    valores = {
        (indicador, unidad, vigencia): pk
        for pk, indicador, unidad, vigencia in Valor.objects.filter(
            desde=version, estado=Estado.RETENIDO
        ).values_list("pk", "indicador_id", "unidad_id", "vigencia")
    }
    parejas = [
        (rotura, celdas)
        for rotura, celdas in zip(comparacion.roturas, comparacion.en_revision, strict=True)
        if celdas or (not rotura.posiciones and not _ya_se_sabe(carga, rotura))
    ]
    hallazgos = Hallazgo.objects.bulk_create(
        Hallazgo(
            carga=carga,
            regla=rotura.regla,
            indicador=comparacion.indicadores.get(rotura.codigo),
            vigencia=rotura.vigencia,
            n_casos=rotura.n_casos,
            detalle=rotura.detalle,
            muestra=_muestra(comparacion, celdas),
            responsable=responsable,
        )
        for rotura, celdas in parejas
    )
    carga_masiva.insertar(
        Caso,
        ["hallazgo_id", "valor_id"],
        _casos(comparacion, zip(hallazgos, parejas, strict=True), valores),
    )


def _ya_se_sabe(carga, rotura) -> bool:
    """Lo mismo, dicho al publicar otro archivo del conjunto: no se repite en la bandeja."""
    dichos = Hallazgo.objects.exclude(carga__estado=Carga.Estado.DESHECHA).filter(
        carga__conjunto=carga.conjunto,
        regla=rotura.regla,
        vigencia=rotura.vigencia,
        n_casos=rotura.n_casos,
        detalle=rotura.detalle,
    )
    return dichos.exists()


def _muestra(comparacion, celdas):
    lectura = comparacion.lectura
    return [
        [
            lectura.numeros[posicion],
            comparacion.nombres[comparacion.unidades[posicion]],
            lectura.columnas[codigo][posicion],
        ]
        for codigo, posicion in celdas[:EN_LA_MUESTRA]
    ]


def _casos(comparacion, hallazgos, valores) -> Iterable[tuple[int, int]]:
    lectura = comparacion.lectura
    for hallazgo, (_, celdas) in hallazgos:
        for codigo, posicion in celdas:
            clave = (
                comparacion.indicadores[codigo].pk,
                comparacion.unidades[posicion],
                lectura.vigencias[posicion],
            )
            yield hallazgo.pk, valores[clave]
