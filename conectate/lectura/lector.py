"""El camino entero: abrir, hallar las tablas, fijar el calendario, leer y avisar."""

from collections.abc import Callable, Iterable
from datetime import date

from conectate.lectura import por_contenido
from conectate.lectura import tablas as busqueda
from conectate.lectura.abrir import Contenido, abrir
from conectate.lectura.contexto import Contexto
from conectate.lectura.errores import SoloEncabezado
from conectate.lectura.fechas import Calendario, fecha_del_nombre, hora_del_dia
from conectate.lectura.formatos import (
    a_mano,
    formularios,
    meet,
    teams_eventos,
    teams_informe,
    zoom,
)
from conectate.lectura.memoria import recolector_en_pausa
from conectate.lectura.resultado import Lectura
from conectate.lectura.reunion import fechas_del_preludio, leer_preludio
from conectate.lectura.tablas import Tabla

Lector = Callable[[list[Tabla], Contexto], None]

LECTORES: dict[str, Lector] = {
    "teams_lista": teams_eventos.leer_lista,
    "teams_evento_en_vivo": teams_eventos.leer_evento_en_vivo,
    "teams_informe_2021": teams_informe.leer_informe_2021,
    "teams_informe": teams_informe.leer_informe,
    "teams_seminario": teams_informe.leer_informe,
    "zoom_participantes": zoom.leer_participantes,
    "zoom_usuarios_unicos": zoom.leer_usuarios_unicos,
    "zoom_seminario": zoom.leer_seminario,
    "zoom_inscripciones": zoom.leer_inscripciones,
    "meet": meet.leer_meet,
    "formulario_google": formularios.leer_google,
    "formulario_microsoft": formularios.leer_microsoft,
    "columnas_a_mano": a_mano.leer_a_mano,
}
SECCIONES_DE_TEAMS = {"teams_participantes", "teams_actividades"}
CON_FECHA = (
    *("entrada", "salida", "primera_entrada", "ultima_salida", "marca", "inicio", "fin"),
    *("registro", "modificacion"),
)
MESES = "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre"


@recolector_en_pausa()
def leer_contenido(
    datos: bytes, *, nombre: str, fecha: date | None, emparejamiento: dict[str, str] | None
) -> Lectura:
    contenido = abrir(datos)
    preludio, tablas = _tablas_de(contenido, emparejamiento)
    formato = _formato_de(tablas)
    tablas, ajenas = _separar(tablas, formato)
    ctx = Contexto(
        fecha=fecha,
        nombre=nombre,
        calendario=_calendario(contenido, preludio, tablas, nombre, fecha, emparejamiento),
    )
    leer_preludio(preludio, ctx)
    if not any(tabla.filas for tabla in tablas):
        raise SoloEncabezado(formato)
    LECTORES[formato](tablas, ctx)
    ctx.identidades.separar_mascaras()
    dias = _dias_de(ctx)
    _avisar(ctx, contenido, dias, sum(len(tabla.filas) for tabla in ajenas))
    return _lectura(ctx, contenido, dias, formato)


def _tablas_de(
    contenido: Contenido, emparejamiento: dict[str, str] | None
) -> tuple[list[list[str]], list[Tabla]]:
    """Las tablas de la primera hoja que se reconozca."""
    for filas in contenido.hojas:
        if emparejamiento:
            tabla = a_mano.tabla_emparejada(filas, emparejamiento)
            if tabla:
                return [], [tabla]
            continue
        preludio, tablas = busqueda.encontrar(filas)
        tablas = [tabla for tabla in tablas if _es_de_gente(tabla)]
        if tablas:
            return preludio, tablas
    raise a_mano.no_reconocido(max(contenido.hojas, key=len))


def _es_de_gente(tabla: Tabla) -> bool:
    """Una sección de Teams con títulos desconocidos lo es si su contenido lo dice."""
    if tabla.formato == "teams_interacciones":
        return False
    if tabla.formato != "otra_seccion":
        return True
    if tabla.numero in (2, 3) and por_contenido.deducir(tabla):
        tabla.formato = "teams_participantes" if tabla.numero == 2 else "teams_actividades"
        return True
    return False


def _formato_de(tablas: list[Tabla]) -> str:
    formatos = {tabla.formato for tabla in tablas}
    if "zoom_seminario" in formatos:
        return "zoom_seminario"
    if _solo_horas(tablas):
        return "meet"
    if not formatos & SECCIONES_DE_TEAMS:
        return tablas[0].formato
    if any("correo_de_inscripcion" in tabla.columnas for tabla in tablas):
        return "teams_seminario"
    por_secciones = any(t.numero or t.formato == "teams_participantes" for t in tablas)
    return "teams_informe" if por_secciones else "teams_informe_2021"


def _separar(tablas: list[Tabla], formato: str) -> tuple[list[Tabla], list[Tabla]]:
    """Las tablas que lee el formato y las que no son suyas (dos archivos pegados en uno)."""
    suyos = {
        "zoom_seminario": {"zoom_seminario", "zoom_participantes", *SECCIONES_DE_TEAMS},
        "meet": {"meet", "zoom_participantes", *SECCIONES_DE_TEAMS},
        **dict.fromkeys(
            ("teams_informe", "teams_seminario", "teams_informe_2021"),
            {"teams_informe_2021", *SECCIONES_DE_TEAMS},
        ),
    }.get(formato, {formato})
    return (
        [tabla for tabla in tablas if tabla.formato in suyos],
        [tabla for tabla in tablas if tabla.formato not in suyos],
    )


def _solo_horas(tablas: list[Tabla]) -> bool:
    """Sin fecha en ninguna hora: así escribe Meet, que traduce sus títulos como los demás."""
    escritas = [
        valor
        for tabla in tablas
        for valor in tabla.valores(tabla.columna("entrada", "salida"), hasta=30)
        if valor.strip()
    ]
    return bool(escritas) and all(hora_del_dia(valor) for valor in escritas)


def _calendario(
    contenido: Contenido,
    preludio: list[list[str]],
    tablas: list[Tabla],
    nombre: str,
    fecha: date | None,
    emparejamiento: dict[str, str] | None,
) -> Calendario:
    return Calendario(
        [*fechas_del_preludio(preludio), *_fechas_de(tablas)],
        dia=fecha,
        pista=fecha_del_nombre(nombre),
        de_excel=contenido.de_excel,
        orden=_orden_dicho(emparejamiento or {}),
    )


def _orden_dicho(emparejamiento: dict[str, str]) -> str | None:
    orden = emparejamiento.get("orden_de_fechas")
    return orden if orden in ("dma", "mda") else None


def _fechas_de(tablas: list[Tabla]) -> Iterable[str]:
    """Cómo están escritas, cada una una vez."""
    distintas: dict[str, None] = {}
    for tabla in tablas:
        indices = [tabla.columnas[c] for c in CON_FECHA if c in tabla.columnas]
        for indice in indices:
            distintas |= dict.fromkeys(tabla.valores(indice))
    return distintas


def _dias_de(ctx: Contexto) -> set[date]:
    """De qué días es el archivo, en hora de Bogotá y según él mismo."""
    if not ctx.calendario.dias:
        return ctx.dias
    entradas = {entrada for i in ctx.identidades for entrada, _ in i.tramos or i.ventanas}
    return ctx.dias | ({entrada.date() for entrada in entradas} or ctx.calendario.dias)


def _avisar(ctx: Contexto, contenido: Contenido, dias: set[date], filas_ajenas: int) -> None:
    calendario = ctx.calendario
    if filas_ajenas:
        ctx.avisar(
            "filas_de_otra_tabla",
            f"El archivo trae otra tabla distinta, con {filas_ajenas} filas que no se leyeron. Si "
            "también es asistencia, súbala en un archivo aparte.",
        )
    if calendario.ambiguo and len(calendario.lecturas_posibles) > 1:
        una, otra = (_en_letras(dia) for dia in calendario.lecturas_posibles)
        ctx.avisar(
            "fecha_ambigua",
            f"Las fechas del archivo se pueden leer de dos maneras: {una} o {otra}. Ninguna "
            "es la de la sesión: compruebe que sea su archivo antes de confirmar.",
        )
    if calendario.contradictorio:
        ctx.avisar(
            "fechas_contradictorias",
            "Unas fechas del archivo traen el día primero y otras el mes. Revise las horas antes "
            "de confirmar.",
        )
    if calendario.invertido:
        ctx.avisar(
            "fechas_invertidas",
            "Excel había cambiado el día por el mes al abrir el archivo; se leyeron al derecho, "
            "según la fecha de la sesión.",
        )
    if ctx.fecha and dias and ctx.fecha not in dias:
        ctx.avisar(
            "fecha_distinta",
            f"El archivo es del {_en_letras(min(dias))} y la sesión es del "
            f"{_en_letras(ctx.fecha)}: probablemente es de otra sesión. Compruébelo antes de "
            "confirmar; no se ha perdido nada.",
        )
    if contenido.con_letras_rotas:
        ctx.avisar(
            "letras_danadas",
            "Algunas letras del archivo venían dañadas y se muestran como «\ufffd». Si puede, "
            "descargue de nuevo el archivo original.",
        )
    if not any(ctx.identidades) and not ctx.padron:
        ctx.avisar(
            "sin_asistentes",
            "El archivo se leyó, pero nadie figura como asistente: solo trae inscritos que no "
            "entraron o gente que no pasó de la sala de espera.",
        )
    abiertos = sum(identidad.tramo_abierto for identidad in ctx.identidades)
    if abiertos:
        ctx.avisar(
            "tramos_abiertos",
            f"{abiertos} personas seguían conectadas al descargar el archivo: sus minutos van "
            "hasta la última hora que trae. Si hay un informe posterior, súbalo también.",
        )


def _en_letras(dia: date) -> str:
    return f"{dia.day} de {MESES.split()[dia.month - 1]} de {dia.year}"


def _lectura(ctx: Contexto, contenido: Contenido, dias: set[date], formato: str) -> Lectura:
    identidades = list(ctx.identidades)
    for identidad in identidades:
        # Quien solo trae tramos imposibles o ninguna hora asistió, pero no se sabe cuánto.
        identidad.conexiones = identidad.conexiones or 1
    asistieron = {identidad.clave for identidad in identidades}
    correos = {correo for identidad in identidades for correo in identidad.correos}
    return Lectura(
        formato=formato,
        codificacion=contenido.codificacion,
        separador=contenido.separador,
        orden_de_fechas=ctx.calendario.orden,
        reunion=ctx.reunion,
        identidades=identidades,
        avisos=ctx.avisos,
        inscritos_ausentes=[i for i in ctx.ausentes.values() if i.correo not in correos],
        padron=ctx.padron,
        solo_espera=[i for i in ctx.en_espera if i.clave not in asistieron],
        datos_de_la_herramienta=ctx.datos,
        n_filas=ctx.n_filas,
        dias=sorted(dias),
    )
