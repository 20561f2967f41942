"""Escoger quién responde, de una vez: la parte, su unidad y, si se sabe, la persona."""

from django import forms
from django.db.models import Q

from acompanamiento.acciones.responsables import CAMPOS, Responsable
from acompanamiento.models import Dependencia, Lado
from cuentas.models import Direccion, Usuario
from territorio.models import EntidadTerritorial

SIN_RESPONSABLE = (
    "Falta el responsable. Escoja la dirección del Ministerio o el área de la secretaría que "
    "responde; si sabe quién es, la persona."
)
PARTES = (("direccion", Direccion), ("dependencia", Dependencia), ("persona", Usuario))


class ResponsableField(forms.ChoiceField):
    """Una sola lista. El valor dice la parte y lo que se sepa: «ministerio/direccion:3/persona:8».

    Lo que ya no se ofrece, como el área que se dejó de usar, sigue leyéndose.
    """

    def __init__(self, **kwargs):
        super().__init__(
            **{
                "label": "Quién responde",
                "error_messages": {"required": SIN_RESPONSABLE, "invalid_choice": SIN_RESPONSABLE},
                **kwargs,
            }
        )

    def ofrecer(self, entidad: EntidadTerritorial | None, ahora: Responsable | None = None):
        """La secretaría con sus áreas y su gente, y cada dirección con la suya."""
        direcciones = Direccion.objects.filter(activa=True)
        de_quien = Q(direccion__in=direcciones)
        if entidad is not None:
            de_quien |= Q(entidad=entidad)
        gente = list(Usuario.objects.filter(de_quien, is_active=True).order_by("nombre", "pk"))
        grupos = [(f"Secretaría de {entidad}" if entidad else "La secretaría", _secretaria(gente))]
        grupos += [
            (
                f"Ministerio: {una}",
                [
                    (f"ministerio/direccion:{una.pk}", str(una)),
                    *(
                        (f"ministerio/direccion:{una.pk}/persona:{alguien.pk}", str(alguien))
                        for alguien in gente
                        if alguien.direccion_id == una.pk
                    ),
                ],
            )
            for una in direcciones
        ]
        self.choices = [("", "Escoja"), *grupos]
        if ahora is not None and not self.valid_value(escrito(ahora)):
            hoy = ("Hoy responde", [(escrito(ahora), legible(ahora))])
            self.choices = [("", "Escoja"), hoy, *grupos]

    def prepare_value(self, value):
        return escrito(value) if isinstance(value, Responsable) else value

    def to_python(self, value):
        return escrito(value) if isinstance(value, Responsable) else super().to_python(value)

    def clean(self, value) -> Responsable:
        return leido(super().clean(value))


def _secretaria(gente):
    areas = Dependencia.objects.filter(activa=True).values_list("pk", "nombre")
    return [
        ("entidad", "La secretaría"),
        *((f"entidad/dependencia:{pk}", f"Área de {nombre.lower()}") for pk, nombre in areas),
        *((f"entidad/persona:{uno.pk}", str(uno)) for uno in gente if uno.es_de_secretaria),
    ]


def escrito(responsable: Responsable) -> str:
    partes = [(nombre, getattr(responsable, nombre)) for nombre, _ in PARTES]
    return "/".join([responsable.lado, *(f"{nombre}:{uno.pk}" for nombre, uno in partes if uno)])


def leido(valor: str) -> Responsable:
    """Lo escogido, ya con sus objetos."""
    lado, *partes = valor.split("/")
    numeros = dict(parte.split(":") for parte in partes)
    return Responsable(
        lado,
        **{
            nombre: modelo.objects.get(pk=numeros[nombre])
            for nombre, modelo in PARTES
            if nombre in numeros
        },
    )


def legible(responsable: Responsable) -> str:
    unidad = responsable.direccion or responsable.dependencia
    unidad = unidad or ("la secretaría" if responsable.lado == Lado.ENTIDAD else "")
    return f"{unidad} ({responsable.persona})" if responsable.persona else str(unidad)


def datos_de(responsable: Responsable) -> dict:
    return {campo: getattr(responsable, campo) for campo in CAMPOS}
