"""Lo que se le muestra a quien va a confirmar un archivo de indicadores."""

from datetime import date
from itertools import islice

from django.db.models import Max
from django.template.defaultfilters import date as fecha_en_palabras

from indicadores.acciones.comparacion import Comparacion, Publicada
from indicadores.consultas.cifras import SIN_NUMERO, exacto
from indicadores.models import Carga, Hallazgo, Valor, Version

EN_LA_MUESTRA = 100
POR_INDICADOR = 10
LARGA = "j \\d\\e F \\d\\e Y"


def resumen_de(carga: Carga, comparacion: Comparacion) -> dict:
    lectura = comparacion.lectura
    anterior = _aviso_de_corte_anterior(carga, comparacion)
    avisos = [anterior, *_avisos(comparacion), *lectura.avisos]
    return {
        "filas": lectura.filas_del_archivo,
        "vigencias": sorted(set(lectura.vigencias)),
        "unidades": len(set(comparacion.unidades)),
        "indicadores": len(lectura.columnas),
        **comparacion.cuentas(),
        "rechazadas": len(lectura.rechazadas),
        "muestra": _muestra(comparacion),
        "reglas": _reglas(comparacion),
        "correcciones": [{"que": c.que, "celdas": c.celdas} for c in lectura.correcciones],
        "avisos": [aviso for aviso in avisos if aviso],
        "ausentes": [
            {"vigencia": rotura.vigencia, "cuantas": rotura.n_casos, "muestra": rotura.detalle}
            for rotura in comparacion.roturas
            if rotura.regla == Hallazgo.Regla.ENTIDADES_AUSENTES
        ],
        "sin_columna": lectura.sin_columna,
        "es_anterior": bool(anterior),
        "codificacion": lectura.codificacion,
        "separador": lectura.separador,
    }


def rechazadas_de(comparacion: Comparacion) -> list[dict]:
    return [{"fila": r.fila, "motivo": r.motivo} for r in comparacion.lectura.rechazadas]


def _muestra(comparacion):
    """Unas cuantas de cada indicador que cambia: lo que era y lo que sería."""
    lectura, retenidas = comparacion.lectura, comparacion.retenidas()
    return list(
        islice(
            (
                {
                    "fila": lectura.numeros[posicion],
                    "unidad": comparacion.nombres[comparacion.unidades[posicion]],
                    "codigo": codigo,
                    "indicador": comparacion.indicadores[codigo].nombre,
                    "vigencia": lectura.vigencias[posicion],
                    "antes": _lo_publicado(vieja),
                    "despues": _lo_que_entra(comparacion, codigo, posicion),
                    "en_revision": (codigo, posicion) in retenidas,
                }
                for codigo, cambiadas in comparacion.cambiadas.items()
                for posicion, vieja in islice(cambiadas.items(), POR_INDICADOR)
            ),
            EN_LA_MUESTRA,
        )
    )


def _lo_publicado(vieja: Publicada) -> str:
    return exacto(vieja.valor) if vieja.estado == Valor.Estado.VALOR else SIN_NUMERO[vieja.estado]


def _lo_que_entra(comparacion, codigo, posicion):
    valor = comparacion.lectura.columnas[codigo][posicion]
    return SIN_NUMERO[comparacion.estado_de(codigo, posicion)] if valor is None else exacto(valor)


def _reglas(comparacion):
    return [
        {
            "regla": rotura.regla,
            "nombre": Hallazgo.Regla(rotura.regla).label,
            "codigo": rotura.codigo,
            "indicador": getattr(comparacion.indicadores.get(rotura.codigo), "nombre", ""),
            "vigencia": rotura.vigencia,
            "casos": rotura.n_casos,
            "retenidas": len(celdas),
            "detalle": rotura.detalle,
        }
        for rotura, celdas in zip(comparacion.roturas, comparacion.en_revision, strict=True)
    ]


def _aviso_de_corte_anterior(carga, comparacion):
    """Una descarga más vieja que la publicada devolvería las cifras a lo de antes."""
    publicado = Version.objects.filter(
        conjunto=carga.conjunto, clase=Version.Clase.CARGA, revertida_por__isnull=True
    ).aggregate(Max("corte"))["corte__max"]
    if not carga.corte or not publicado or carga.corte >= publicado:
        return ""
    return (
        f"El corte de este archivo ({_dia(carga.corte)}) es anterior al de lo publicado "
        f"({_dia(publicado)}). Si lo confirma, {comparacion.n_cambiadas} cifras volverían a lo que "
        "decían entonces."
    )


def _dia(fecha: date) -> str:
    return fecha_en_palabras(fecha, LARGA)


def _avisos(comparacion):
    lectura = comparacion.lectura
    hasta, tope = max(lectura.vigencias, default=0), comparacion.tope_publicado
    if tope and hasta < tope and comparacion.n_cambiadas:
        yield (
            f"El archivo llega hasta {hasta} y ya hay cifras hasta {tope}: compruebe que no es "
            "una descarga vieja."
        )
    borradas = sum(
        vieja.estado == Valor.Estado.VALOR and lectura.columnas[codigo][posicion] is None
        for codigo, cambiadas in comparacion.cambiadas.items()
        for posicion, vieja in cambiadas.items()
    )
    if borradas:
        yield f"{borradas} cifras publicadas vienen vacías en este archivo y quedarían sin dato."
    if lectura.sin_columna:
        nombres = ", ".join(lectura.sin_columna[:6])
        y_mas = f" y {len(lectura.sin_columna) - 6} más" if len(lectura.sin_columna) > 6 else ""
        yield f"El archivo no trae {nombres}{y_mas}: esas cifras no se tocan."
