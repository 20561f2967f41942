"""Zoom: participantes, usuarios únicos, seminario web e inscripciones."""

from collections import defaultdict

from conectate.lectura import conexiones, correos, por_contenido, totales
from conectate.lectura.contexto import Contexto
from conectate.lectura.resultado import Inscrito
from conectate.lectura.tablas import Tabla
from territorio.texto import normalizar

# Palabras del título de cada sección del seminario, en los idiomas en que sale.
ROL_POR_SECCION = {
    "organizador": ("host", "anfitrion", "anfitriao", "organizador"),
    "panelista": ("panel", "ponente", "orador", "palestrante"),
}


def leer_participantes(tablas: list[Tabla], ctx: Contexto) -> None:
    for tabla in tablas:
        por_contenido.completar_horas(tabla)
        if tabla.columna("entrada", "salida") is None:
            totales.leer(tabla, ctx, ctx.reloj(utc=tabla.utc))
            continue
        _dejar_una_reunion(tabla, ctx)
        conexiones.leer(tabla, ctx)


def leer_usuarios_unicos(tablas: list[Tabla], ctx: Contexto) -> None:
    for tabla in tablas:
        totales.leer(tabla, ctx, ctx.reloj(utc=tabla.utc))


def leer_seminario(tablas: list[Tabla], ctx: Contexto) -> None:
    """Cada sección con su cabecera; quien pasa de asistente a panelista está en dos."""
    for tabla in tablas:
        por_contenido.completar_horas(tabla)
        _repetir_el_correo(tabla)
        conexiones.leer(tabla, ctx, rol=_rol_de_la_seccion(tabla.titulo))


def leer_inscripciones(tablas: list[Tabla], ctx: Contexto) -> None:
    """No es asistencia: sirve de padrón, porque la gente escribió ahí su secretaría."""
    for tabla in tablas:
        tabla.igualar_anchos()
        columnas = conexiones.columnas_de(tabla)
        for fila in tabla.filas:
            inscrito = Inscrito(
                nombre=conexiones.nombre_de(fila, columnas).strip(),
                correo=correos.limpio(fila[columnas.correo]) if columnas.correo is not None else "",
                declarado=fila[columnas.etc].strip() if columnas.etc is not None else "",
                cargo=fila[columnas.cargo].strip() if columnas.cargo is not None else "",
            )
            if inscrito.nombre or inscrito.correo:
                ctx.padron.append(inscrito)
        ctx.n_filas += len(tabla.filas)
    ctx.avisar(
        "no_es_asistencia",
        f"Este archivo es la lista de inscritos ({len(ctx.padron)}), no la de asistencia: dice "
        "quién se registró, no quién entró. Descargue el informe de participantes (o «Informe de "
        "asistentes») de la misma reunión y súbalo.",
    )


def _repetir_el_correo(tabla: Tabla) -> None:
    """Los datos de inscripción pueden venir solo en la primera fila de cada quien, y el correo es
    uno de ellos: la fila que sigue, con el mismo nombre y sin inscripción, es suya."""
    nombre, correo = tabla.columna("nombre"), tabla.columna("correo")
    registro = tabla.columna("registro")
    if nombre is None or correo is None or registro is None:
        return
    tabla.igualar_anchos()
    anterior = None
    for fila in tabla.filas:
        suelta = not fila[correo].strip() and not fila[registro].strip()
        if suelta and anterior and fila[nombre] == anterior[nombre]:
            fila[correo] = anterior[correo]
        anterior = fila


def _rol_de_la_seccion(titulo: str) -> str:
    texto = normalizar(titulo)
    for rol, palabras in ROL_POR_SECCION.items():
        if any(palabra in texto for palabra in palabras):
            return rol
    return "asistente"


def _dejar_una_reunion(tabla: Tabla, ctx: Contexto) -> None:
    """El informe de una cuenta entera trae varias reuniones: valen las del día de la sesión."""
    de_reunion = tabla.columna("identificador")
    entrada = tabla.columna("entrada")
    if de_reunion is None or entrada is None:
        return
    tabla.igualar_anchos()
    por_reunion = defaultdict(list)
    for fila in tabla.filas:
        por_reunion[fila[de_reunion].strip()].append(fila)
    _tomar_datos(tabla, ctx)
    if len(por_reunion) < 2:
        return
    reloj = ctx.reloj(utc=tabla.utc)
    del_dia = {
        reunion
        for reunion, filas in por_reunion.items()
        if any((hora := reloj(fila[entrada])) and hora.date() == ctx.fecha for fila in filas)
    }
    if del_dia:
        tabla.filas = [fila for fila in tabla.filas if fila[de_reunion].strip() in del_dia]
    ctx.avisar(
        "varias_reuniones",
        f"El archivo trae {len(por_reunion)} reuniones"
        + (
            f" y se tomaron las del día de la sesión ({len(del_dia)})."
            if del_dia
            else ". Compruebe que todas sean de esta sesión."
        ),
    )


def _tomar_datos(tabla: Tabla, ctx: Contexto) -> None:
    primera = tabla.filas[0] if tabla.filas else []
    for concepto, campo in (("identificador", "identificador"), ("tema", "titulo")):
        indice = tabla.columna(concepto)
        if indice is not None and indice < len(primera):
            setattr(ctx.reunion, campo, " ".join(primera[indice].split()))
