"""Meter en una versión lo que una comparación dejó por publicar, y lo que retienen las reglas."""

from collections.abc import Iterable
from itertools import repeat

from cuentas.models import Usuario
from indicadores.acciones import publicacion
from indicadores.acciones.comparacion import Comparacion
from indicadores.models import Carga, Caso, Hallazgo, Valor, Version
from trabajos import carga_masiva

Estado = Valor.Estado
# Primero lo que comparten todas las cifras de una fila: se escribe una vez y sirve para las 34.
DE_LA_FILA = ["unidad_id", "vigencia", "fila", "metodo", "nota", "desde"]
COLUMNAS = ["indicador_id", *DE_LA_FILA, "estado", "valor"]
EN_LA_MUESTRA = 10


def publicar(comparacion: Comparacion, version: Version) -> None:
    """Sale lo que cambia y entra lo nuevo; lo igual no se toca."""
    publicacion.sacar(
        [
            *comparacion.reemplazadas,
            *(v.pk for suyas in comparacion.cambiadas.values() for v in suyas.values()),
        ],
        version=version,
    )
    lectura, retenidas = comparacion.lectura, comparacion.retenidas()
    filas = carga_masiva.escribir(
        zip(
            comparacion.unidades,
            lectura.vigencias,
            lectura.numeros,
            repeat(Valor.Metodo.PUBLICADO.value),
            repeat(""),
            repeat(version.pk),
            strict=False,
        )
    ).split("\n")
    for codigo, columna in lectura.columnas.items():
        posiciones = [*comparacion.nuevas.get(codigo, ()), *comparacion.cambiadas.get(codigo, ())]
        if posiciones:
            escrito = carga_masiva.pegar(
                repeat(str(comparacion.indicadores[codigo].pk), len(posiciones)),
                [filas[posicion] for posicion in posiciones],
                _estados(comparacion, codigo, posiciones, retenidas),
                carga_masiva.en_texto(columna[posicion] for posicion in posiciones),
            )
            carga_masiva.insertar_escritas(Valor, COLUMNAS, escrito)


def _estados(comparacion, codigo, posiciones, retenidas) -> list[str]:
    suyas = {posicion for otro, posicion in retenidas if otro == codigo}
    columna, valor = comparacion.lectura.columnas[codigo], Estado.VALOR.value
    if not suyas and None not in columna:
        return [valor] * len(posiciones)
    return [
        str(Estado.RETENIDO)
        if posicion in suyas
        else valor
        if columna[posicion] is not None
        else str(comparacion.estado_de(codigo, posicion))
        for posicion in posiciones
    ]


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
    return Hallazgo.objects.filter(
        carga__conjunto=carga.conjunto,
        regla=rotura.regla,
        vigencia=rotura.vigencia,
        n_casos=rotura.n_casos,
        detalle=rotura.detalle,
    ).exists()


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
