"""Formularios de Google y de Microsoft: presencia declarada, sin minutos."""

from conectate.lectura import correos, por_contenido, preguntas
from conectate.lectura.cabeceras import concepto_de, titulo_normal
from conectate.lectura.conexiones import anotar_declarado
from conectate.lectura.contexto import Contexto
from conectate.lectura.tablas import Tabla

# Columnas que pone la herramienta; el resto son preguntas de quien hizo el formulario.
FIJAS_DE_GOOGLE = {"marca"}
FIJAS_DE_MICROSOFT = {"identificador", "inicio", "fin", "modificacion"}


def leer_google(tablas: list[Tabla], ctx: Contexto) -> None:
    for tabla in tablas:
        _leer(tabla, ctx, tabla.columna("marca"), FIJAS_DE_GOOGLE)


def leer_microsoft(tablas: list[Tabla], ctx: Contexto) -> None:
    """`Hora de inicio` es la de la respuesta. Sin sesión, el correo fijo dice `anonymous`."""
    for tabla in tablas:
        _leer(tabla, ctx, tabla.columna("inicio"), FIJAS_DE_MICROSOFT)


def _leer(tabla: Tabla, ctx: Contexto, marca: int | None, fijas: set[str]) -> None:
    tabla.igualar_anchos()
    reservadas = {indice for c, indice in tabla.columnas.items() if c in fijas}
    libres = preguntas.clasificar(tabla.cabecera, ya_usadas=reservadas)
    de_correo = _columnas_de_correo(tabla, reservadas, libres)
    de_nombre = _columnas_de_nombre(tabla, libres, de_correo)
    etc, cargo = libres.get("etc"), libres.get("cargo")
    reloj = ctx.reloj(utc=tabla.utc)
    for fila in tabla.filas:
        if marca is not None:
            reloj(fila[marca])  # para saber de qué días son las respuestas
        escritos = [correo for i in de_correo if (correo := correos.limpio(fila[i]))]
        propios = [correo for correo in escritos if not correos.es_buzon_general(correo)]
        nombre = _nombre(fila, de_nombre)
        identidad = ctx.identidades(nombre, (propios or escritos or [""])[0])
        if identidad is None:
            continue
        identidad.conexiones += 1
        identidad.correos.extend(c for c in escritos if c not in identidad.correos)
        if etc is not None and (declarado := fila[etc].strip()):
            anotar_declarado(identidad, declarado)
        if cargo is not None and fila[cargo].strip():
            identidad.cargo = fila[cargo].strip()
    ctx.n_filas += len(tabla.filas)


def _columnas_de_correo(tabla: Tabla, reservadas: set[int], libres: dict[str, int]) -> list[int]:
    """La que recoge la herramienta y, después, la que se preguntó. No la del jefe de nadie."""
    fijas = [
        indice
        for indice, titulo in enumerate(tabla.cabecera)
        if indice not in reservadas
        and (concepto_de(titulo) == "correo" or _es_usuario_con_correo(tabla, indice))
    ]
    return list(dict.fromkeys([*fijas, *(libres[c] for c in ("correo",) if c in libres)]))


def _es_usuario_con_correo(tabla: Tabla, indice: int) -> bool:
    """Google llamó «Nombre de usuario» a la columna del correo que recoge."""
    if titulo_normal(tabla.cabecera[indice]) not in ("nombre de usuario", "username", "usuario"):
        return False
    return por_contenido.es_de_correos(tabla.valores(indice, por_contenido.MUESTRA))


def _columnas_de_nombre(
    tabla: Tabla, libres: dict[str, int], de_correo: list[int]
) -> list[list[int]]:
    """Por orden de confianza: el nombre completo que escribió, sus partes, el de la cuenta."""
    partes = [
        libres[parte]
        for parte in ("nombre_suelto", "segundo_nombre", "apellido", "segundo_apellido")
        if parte in libres
    ]
    completo = [libres["nombre"]] if "nombre" in libres else []
    if not completo and (indice := tabla.columna("nombre")) is not None:
        completo = [indice]
    de_la_cuenta = tabla.columna("nombre_suelto")
    candidatas = [completo, partes, [] if de_la_cuenta is None else [de_la_cuenta]]
    return [columnas for columnas in candidatas if columnas and not set(columnas) & set(de_correo)]


def _nombre(fila: list[str], candidatas: list[list[int]]) -> str:
    for columnas in candidatas:
        if len(columnas) == 1 and fila[columnas[0]].strip():
            return fila[columnas[0]]
        escrito = " ".join(parte for indice in columnas if (parte := fila[indice].strip()))
        if escrito:
            return escrito
    return ""
