"""Lo que ha pasado con una secretaría, de lo último a lo primero, venga de donde venga."""

from dataclasses import dataclass
from datetime import date

from django.core.paginator import Page, Paginator
from django.db.models import CharField, DateField, F, Model, Value
from django.db.models.functions import Cast, TruncDate

from acompanamiento.consultas.cadena import quien_responde
from acompanamiento.models import Cobertura, Compromiso, Contacto, Necesidad, Presencialidad
from cuentas.models import Usuario
from territorio.models import EntidadTerritorial

HITOS_POR_PAGINA = 15


@dataclass(frozen=True)
class Hito:
    """`clase` dice qué es `objeto`; `mes`, en qué grupo de la línea va.

    `responde`: de un compromiso, quién, como lo puede leer quien mira.
    """

    clase: str
    fecha: date
    objeto: Model
    responde: str = ""

    @property
    def mes(self) -> date:
        return self.fecha.replace(day=1)


@dataclass(frozen=True)
class Clase:
    """Cómo se llama en plural, por qué fecha va en la línea y con qué se muestra."""

    plural: str
    modelo: type[Model]
    fecha: object
    con: tuple[str, ...] = ()

    def de(self, entidad, usuario):
        """Los de esa entidad que esa persona puede ver."""
        objetos = self.modelo.objects
        visibles = objetos.visibles_para(usuario) if hasattr(objetos, "visibles_para") else objetos
        return visibles.filter(entidad=entidad)


CLASES = {
    "contacto": Clase("Contactos", Contacto, F("fecha"), ("grupo",)),
    "compromiso": Clase(
        "Compromisos",
        Compromiso,
        F("acordado_el"),
        ("direccion", "dependencia", "persona"),
    ),
    "necesidad": Clase("Necesidades", Necesidad, TruncDate("creado_en"), ("direccion",)),
    "taller": Clase(
        "Talleres",
        Cobertura,
        F("actividad__desde"),
        ("actividad__programa", "actividad__tipo"),
    ),
    "presencialidad": Clase("Presencialidad", Presencialidad, F("fecha")),
}


def linea_de_tiempo(
    entidad: EntidadTerritorial, *, usuario: Usuario, clase: str = "", pagina: str | None = None
) -> Page:
    """Una página de hitos. Con diez años de historia son las mismas consultas que con uno."""
    partes = [_parte(nombre, entidad, usuario) for nombre in CLASES if clase in ("", nombre)]
    todos = partes[0].union(*partes[1:], all=True) if len(partes) > 1 else partes[0]
    paginas = Paginator(todos.order_by("-cuando", "que", "-numero"), HITOS_POR_PAGINA)
    una = paginas.get_page(pagina)
    filas = list(una.object_list)
    objetos = {nombre: _objetos(nombre, filas, entidad) for nombre in CLASES}
    una.object_list = [_hito(que, cuando, objetos[que][pk], usuario) for cuando, que, pk in filas]
    return una


def _hito(que, cuando, objeto, usuario):
    responde = quien_responde(objeto, usuario) if que == "compromiso" else ""
    return Hito(que, cuando, objeto, responde)


def _parte(nombre, entidad, usuario):
    clase = CLASES[nombre]
    return (
        clase.de(entidad, usuario)
        .order_by()
        .annotate(
            cuando=Cast(clase.fecha, DateField()),
            que=Value(nombre, output_field=CharField()),
            numero=F("pk"),
        )
        .values_list("cuando", "que", "numero")
    )


def _objetos(nombre, filas, entidad):
    numeros = [pk for _, que, pk in filas if que == nombre]
    if not numeros:
        return {}
    clase = CLASES[nombre]
    objetos = clase.modelo.objects.select_related(*clase.con).in_bulk(numeros)
    for objeto in objetos.values():
        objeto.entidad = entidad  # es la misma para todos
    return objetos
