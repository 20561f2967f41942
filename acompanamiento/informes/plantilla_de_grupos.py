"""La plantilla del listado de grupos: ya trae las secretarías y lo que hoy se sabe de cada una."""

from io import BytesIO

from acompanamiento.consultas.listados_de_grupos import actual_para_llenar
from trabajos.hojas.plantilla import ColumnaPorLlenar, plantilla_para_llenar

COLUMNAS = [
    ColumnaPorLlenar(
        "Grupo",
        ayuda="El número del grupo que la acompaña.",
        ejemplo="7",
        clase="entero",
        obligatoria=True,
        ancho=10,
    ),
    ColumnaPorLlenar(
        "Código", ayuda="El del DANE: 2 cifras o 5, con sus ceros.", ejemplo="05001", ancho=12
    ),
    ColumnaPorLlenar(
        "Secretaría", ayuda="El nombre, si no pone el código.", ejemplo="Medellín", ancho=34
    ),
    ColumnaPorLlenar(
        "Líder",
        ayuda="Correo de quien lidera el grupo. Basta ponerlo en una de sus filas.",
        ejemplo="lider@ministerio.example",
        ancho=34,
    ),
    ColumnaPorLlenar(
        "Padrino",
        ayuda="Correo de su padrino o madrina. Vacío deja a quien esté.",
        ejemplo="padrino@ministerio.example",
        ancho=34,
    ),
    ColumnaPorLlenar(
        "Enlace",
        ayuda="Correo de su enlace. Vacío deja a quien esté.",
        ejemplo="enlace@ministerio.example",
        ancho=34,
    ),
]
INSTRUCCIONES = [
    "Una fila por secretaría. No cambie los títulos de las columnas.",
    "Los grupos pueden ser de tamaños distintos; cada secretaría va en uno solo.",
    "Use correos de personas con cuenta en el portal. Una celda vacía no cambia nada.",
    "Guarde el libro y súbalo. Antes de guardar nada verá qué cambia.",
]


def escribir_plantilla_de_grupos() -> BytesIO:
    libro = BytesIO()
    plantilla_para_llenar(
        libro,
        titulo="Grupos",
        columnas=COLUMNAS,
        instrucciones=INSTRUCCIONES,
        filas=actual_para_llenar(),
        filas_en_blanco=20,
    )
    libro.seek(0)
    return libro
