"""Programas, sus talleres y encuentros, a quiénes llegaron y lo que dejaron."""

from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from acompanamiento.acciones.contactos import exigir_certificada
from acompanamiento.acciones.recepcion import Recibo, cuerpo_de, recibir
from acompanamiento.acciones.reglas import exigir_todo
from acompanamiento.models import Actividad, Cobertura, Producto, Programa
from contenidos.direcciones import direccion_libre
from cuentas.bitacora import anotar
from cuentas.models import Usuario
from territorio.models import EntidadTerritorial

CLASE, CLASE_COBERTURA = "actividad", "cobertura"
CLASE_PROGRAMA, CLASE_PRODUCTO = "programa", "producto"
DEL_PROGRAMA = ("nombre", "vigencia", "descripcion", "aliado", "desde", "hasta", "nota")
POR_OMISION_DEL_PROGRAMA = {
    "descripcion": "",
    "aliado": "",
    "temas": (),
    "desde": None,
    "hasta": None,
    "nota": "",
}
DE_LA_ACTIVIDAD = (
    *("programa", "tipo", "alcance", "estado", "nombre", "desde", "hasta", "donde", "aliado"),
    *("personas", "motivo_de_cancelacion"),
)
# Lo que un calendario debe saber si cambia.
DEL_CALENDARIO = (
    *("estado", "motivo_de_cancelacion", "tipo_id", "nombre", "desde", "hasta", "donde"),
)
POR_OMISION = {
    "estado": Actividad.Estado.REALIZADA,
    "hasta": None,
    "donde": "",
    "aliado": "",
    "temas": (),
    "personas": None,
    "motivo_de_cancelacion": "",
    "entidad": None,  # la única; o, si es para varias, la primera que se marca
}
DEL_PRODUCTO = ("programa", "actividad", "entidad", "clase", "nombre", "contenido")
FECHAS_AL_REVES = "La fecha final es anterior a la inicial."


# ── El programa ───────────────────────────────────────────────────────────────────────────────


@transaction.atomic
def registrar_programa(
    *, clave: UUID, base: int, datos: dict, por: Usuario, cuerpo: dict | None = None
) -> Recibo:
    """Guarda un programa. Mandarlo otra vez no lo repite.

    `datos`: nombre y vigencia; de lo demás, lo que se sepa (`POR_OMISION_DEL_PROGRAMA`).
    """
    completos = {**POR_OMISION_DEL_PROGRAMA, **datos}
    return recibir(
        clase=CLASE_PROGRAMA,
        visibles=Programa.objects.all(),
        clave=clave,
        base=base,
        cuerpo=cuerpo_de(datos) if cuerpo is None else cuerpo,
        por=por,
        guardar=lambda actual: _guardar_programa(actual, clave, completos, por),
    )


def _guardar_programa(actual, clave, datos, por):
    if datos["desde"] and datos["hasta"] and datos["hasta"] < datos["desde"]:
        raise ValidationError({"hasta": FECHAS_AL_REVES}, code="fechas_al_reves")
    programa = actual or Programa(
        clave=clave,
        slug=_direccion_libre(datos),
        creado_por=por,
        es_demostracion=por.es_demostracion,
    )
    for campo in DEL_PROGRAMA:
        setattr(programa, campo, datos[campo])
    programa.save()
    programa.temas.set(datos["temas"])
    anotar(por=por, verbo="editó un programa" if actual else "creó un programa", objeto=programa)
    return programa


def _direccion_libre(datos):
    """Del nombre y el año. Después ya no cambia, aunque ellos cambien."""
    nombre = f"{datos['nombre']} {datos['vigencia']}"
    return direccion_libre(nombre, Programa.objects.all(), a_falta="programa")


# ── Una actividad ─────────────────────────────────────────────────────────────────────────────


@transaction.atomic
def registrar_actividad(
    *, clave: UUID, base: int, datos: dict, por: Usuario, cuerpo: dict | None = None
) -> Recibo:
    """Guarda un taller o un encuentro. Mandarlo otra vez no lo repite.

    `datos`: programa, tipo, alcance, nombre y desde; de lo demás, lo que se sepa (`POR_OMISION`).
    """
    completos = {**POR_OMISION, **datos}
    return recibir(
        clase=CLASE,
        visibles=Actividad.objects.all(),
        clave=clave,
        base=base,
        cuerpo=cuerpo_de(datos) if cuerpo is None else cuerpo,
        por=por,
        guardar=lambda actual: _guardar_actividad(actual, clave, completos, por),
    )


def _guardar_actividad(actual, clave, datos, por):
    _exigir_que_se_puede(actual, datos)
    if datos["estado"] != Actividad.Estado.CANCELADA:
        datos = {**datos, "motivo_de_cancelacion": ""}
    antes = actual and {campo: getattr(actual, campo) for campo in DEL_CALENDARIO}
    actividad = actual or Actividad(
        clave=clave, creado_por=por, es_demostracion=por.es_demostracion
    )
    for campo in DE_LA_ACTIVIDAD:
        setattr(actividad, campo, datos[campo])
    if antes and antes != {campo: getattr(actividad, campo) for campo in DEL_CALENDARIO}:
        actividad.secuencia += 1
    actividad.save()
    actividad.temas.set(datos["temas"])
    if actividad.alcance == Actividad.Alcance.INDIVIDUAL:
        _dejar_la_cobertura(actividad, {datos["entidad"]: actividad.personas})
    elif datos["entidad"]:
        actividad.coberturas.get_or_create(entidad=datos["entidad"])
    anotar(
        por=por,
        verbo="editó una actividad" if actual else "registró una actividad",
        objeto=actividad,
    )
    return actividad


def _exigir_que_se_puede(actual, datos):
    """Todo lo que falte, de una vez y cada cosa en su campo."""
    exigir_todo(
        {
            "desde": _revisar_desde,
            "hasta": _revisar_fechas,
            "estado": _revisar_estado,
            "motivo_de_cancelacion": _revisar_motivo,
            "entidad": _revisar_entidad,
            "alcance": _revisar_alcance,
            "personas": _revisar_personas,
        },
        actual,
        datos,
    )


def _revisar_fechas(actual, datos):
    if datos["hasta"] and datos["hasta"] < datos["desde"]:
        raise ValidationError(FECHAS_AL_REVES, code="fechas_al_reves")


def _revisar_desde(actual, datos):
    if actual is None or actual.desde == datos["desde"]:
        return
    for entidad in EntidadTerritorial.objects.filter(coberturas__actividad=actual):
        exigir_certificada(entidad, datos["desde"])


def _revisar_estado(actual, datos):
    if datos["estado"] == Actividad.Estado.REALIZADA and datos["desde"] > timezone.localdate():
        raise ValidationError(
            "La fecha no ha llegado. Escoja «Está programada» o corrija la fecha.",
            code="fecha_por_llegar",
        )


def _revisar_motivo(actual, datos):
    cancelada = datos["estado"] == Actividad.Estado.CANCELADA
    if cancelada and not datos["motivo_de_cancelacion"].strip():
        raise ValidationError("Escriba por qué se canceló.", code="falta_motivo")


def _revisar_entidad(actual, datos):
    entidad = datos["entidad"]
    if entidad is None:
        if datos["alcance"] == Actividad.Alcance.INDIVIDUAL:
            raise ValidationError("Escoja para qué secretaría es.", code="falta_entidad")
        return
    ya = actual and actual.coberturas.filter(entidad=entidad).exists()
    exigir_certificada(entidad, datos["desde"], es_nuevo=not ya or actual.desde != datos["desde"])


def _revisar_alcance(actual, datos):
    if actual is None or datos["alcance"] == Actividad.Alcance.GRUPAL:
        return
    if actual.coberturas.count() > 1:
        raise ValidationError(
            "Ya tiene varias secretarías marcadas. Déjela «para varias secretarías», o quite las "
            "demás y guárdela otra vez.",
            code="con_varias",
        )


def _revisar_personas(actual, datos):
    """El total puede ser mayor (también van otras organizaciones), nunca menor."""
    if actual is None or datos["alcance"] == Actividad.Alcance.INDIVIDUAL:
        return
    de_las_suyas = [n for n in actual.coberturas.values_list("personas", flat=True) if n]
    _exigir_total(datos["personas"], sum(de_las_suyas))


def _exigir_total(total, suma):
    if total is not None and total < suma:
        raise ValidationError(
            f"El total de la actividad dice {total} personas y sus secretarías suman {suma}. "
            "Corrija uno de los dos.",
            code="total_menor",
        )


# ── A quiénes llegó ───────────────────────────────────────────────────────────────────────────


@transaction.atomic
def anotar_cobertura(
    *,
    clave: UUID,
    base: int,
    personas_por_entidad: dict[EntidadTerritorial, int | None],
    por: Usuario,
    cuerpo: dict | None = None,
) -> Recibo:
    """Deja a qué secretarías llegó una actividad: las que no vienen, salen. None: sin contar."""

    def guardar(actividad):
        if actividad is None:
            raise ValidationError(
                "Esa actividad no existe. Regístrela y después marque sus secretarías.",
                code="sin_actividad",
            )
        _exigir_cobertura(actividad, personas_por_entidad)
        _dejar_la_cobertura(actividad, personas_por_entidad)
        anotar(por=por, verbo="marcó a qué secretarías llegó", objeto=actividad)
        return actividad

    return recibir(
        clase=CLASE_COBERTURA,
        visibles=Actividad.objects.all(),
        clave=clave,
        base=base,
        cuerpo=(
            {e.codigo_dane: n for e, n in personas_por_entidad.items()}
            if cuerpo is None
            else cuerpo
        ),
        por=por,
        guardar=guardar,
    )


def _exigir_cobertura(actividad, personas_por_entidad):
    if actividad.alcance == Actividad.Alcance.INDIVIDUAL and len(personas_por_entidad) > 1:
        raise ValidationError(
            "Esta actividad es para una secretaría. Deje una sola, o edítela y diga que es para "
            "varias.",
            code="es_de_una",
        )
    ya = set(actividad.coberturas.values_list("entidad", flat=True))
    for entidad in personas_por_entidad:
        exigir_certificada(entidad, actividad.desde, es_nuevo=entidad.pk not in ya)
    _exigir_total(actividad.personas, sum(n for n in personas_por_entidad.values() if n))


def _dejar_la_cobertura(actividad, personas_por_entidad):
    actividad.coberturas.exclude(entidad__in=[e.pk for e in personas_por_entidad]).delete()
    Cobertura.objects.bulk_create(
        [
            Cobertura(actividad=actividad, entidad=entidad, personas=personas)
            for entidad, personas in personas_por_entidad.items()
        ],
        update_conflicts=True,
        unique_fields=["actividad", "entidad"],
        update_fields=["personas"],
    )


# ── Lo que dejó ───────────────────────────────────────────────────────────────────────────────


@transaction.atomic
def registrar_producto(
    *, clave: UUID, base: int, datos: dict, por: Usuario, cuerpo: dict | None = None
) -> Recibo:
    """Un plan o una experiencia de una secretaría. Mandarlo otra vez no lo repite."""
    completos = {"actividad": None, "contenido": None, **datos}

    def guardar(actual):
        _exigir_de_su_programa(completos)
        producto = actual or Producto(
            clave=clave, creado_por=por, es_demostracion=por.es_demostracion
        )
        for campo in DEL_PRODUCTO:
            setattr(producto, campo, completos[campo])
        producto.save()
        verbo = "editó un producto" if actual else "registró un producto"
        anotar(por=por, verbo=verbo, objeto=producto)
        return producto

    return recibir(
        clase=CLASE_PRODUCTO,
        visibles=Producto.objects.all(),
        clave=clave,
        base=base,
        cuerpo=cuerpo_de(datos) if cuerpo is None else cuerpo,
        por=por,
        guardar=guardar,
    )


def _exigir_de_su_programa(datos):
    actividad = datos["actividad"]
    if actividad is not None and actividad.programa_id != datos["programa"].pk:
        raise ValidationError(
            {"actividad": "Esa actividad es de otro programa. Escoja una de este, o ninguna."},
            code="actividad_de_otro_programa",
        )
