"""Un corte de recursos para llevárselo: lo de cada entidad, lo reportado y de dónde sale."""

from django.conf import settings
from django.urls import reverse

from indicadores.consultas.balances import UNIDAD, Balance, en_fecha
from indicadores.consultas.recursos import PorEntidad
from indicadores.informes.columnas import ColumnaDeTabla
from indicadores.informes.tablas import FORMATOS, Tabla
from indicadores.models import MEDIDAS

EN_MILLONES = UNIDAD.replace(" ", "_")
COLUMNAS = [
    ColumnaDeTabla("codigo_dane", "Código DANE", "Texto con sus ceros: «05001»."),
    ColumnaDeTabla("entidad", "Entidad", "La secretaría."),
    ColumnaDeTabla("reporto", "Reportó", "«sí» o «no»."),
    *(
        ColumnaDeTabla(
            f"{medida}_{EN_MILLONES}",
            f"{medida.capitalize()} ({UNIDAD})",
            f"En {UNIDAD}. Vacío: la fuente no trae el dato; nunca es cero.",
            "decimal",
        )
        for medida in MEDIDAS
    ),
]


def tabla_del_corte(balance: Balance, entidades: PorEntidad) -> Tabla:
    corte = balance.corte
    return Tabla(
        nombre=balance.titulo.replace(":", ","),
        que_es=f"{balance.frase}. En {UNIDAD}.",
        columnas=COLUMNAS,
        filas=[
            [
                fila.entidad.codigo_dane,
                fila.entidad.nombre,
                "sí" if fila.recurso else "no",
                *(_numero(fila.recurso and getattr(fila.recurso, m)) for m in MEDIDAS),
            ]
            for fila in entidades.filas
        ],
        n_filas=len(entidades.filas),
        fuente=corte.fuente,
        corte=corte.corte,
        direccion=settings.DIRECCION_DEL_PORTAL + corte.get_absolute_url(),
        notas=list(_notas(balance)),
    )


def _numero(valor):
    return None if valor is None else float(valor)


def _notas(balance):
    """La unidad, de dónde sale y lo que dice la página que no cabe en la tabla."""
    corte = balance.corte
    yield "Unidad", UNIDAD
    yield "Fondo", corte.fondo.nombre
    if corte.sistema:
        yield "Sistema", corte.sistema
    if corte.corte or corte.periodo:
        yield "Corte", en_fecha(corte.corte) if corte.corte else corte.periodo
    for uno in (balance, *balance.partes):
        for renglon in uno.renglones:
            dicho = f"Según la fuente: {renglon.texto_reportado}."
            sumado = f"Sumando las entidades: {renglon.texto_calculado}."
            yield f"{uno.titulo}, {renglon.nombre.lower()}", f"{dicho} {sumado}"
    if corte.n_reportaron is not None:
        yield "Quién reportó", balance.reportaron
    for hecha in balance.comprobaciones:
        yield "Comprobación", f"{hecha.cuenta}. {'Cuadra.' if hecha.cuadra else hecha.detalle}"
    if corte.nota:
        yield "Nota", corte.nota


def enlaces_del_corte(clave: str) -> list[dict]:
    return [
        {
            "texto": formato.texto,
            "tipo": formato.tipo,
            "url": reverse("indicadores:descargar-corte", args=[clave, nombre]),
        }
        for nombre, formato in FORMATOS.items()
    ]
