"""De quién es un compromiso: una dirección del Ministerio o la secretaría, y alguien dentro."""

from dataclasses import dataclass

from django.core.exceptions import ValidationError

from acompanamiento.models import CambioDeResponsable, Compromiso, Dependencia, Lado
from cuentas.models import Direccion, Usuario
from territorio.models import EntidadTerritorial


@dataclass(frozen=True)
class Responsable:
    """La parte, su unidad y, si se sabe, la persona."""

    lado: str
    direccion: Direccion | None = None
    dependencia: Dependencia | None = None
    persona: Usuario | None = None

    @classmethod
    def de(cls, cosa: Compromiso | CambioDeResponsable) -> "Responsable":
        return cls(cosa.lado, cosa.direccion, cosa.dependencia, cosa.persona)

    @classmethod
    def en(cls, datos: dict) -> "Responsable":
        return cls(*(datos.get(campo) for campo in CAMPOS))

    def poner_en(self, cosa: Compromiso | CambioDeResponsable) -> None:
        for campo in CAMPOS:
            setattr(cosa, campo, getattr(self, campo))


CAMPOS = tuple(Responsable.__dataclass_fields__)


def exigir_responsable(responsable: Responsable, entidad: EntidadTerritorial) -> None:
    """Que exista, que sea de esa parte y que siga en el portal."""
    if responsable.lado == Lado.MINISTERIO:
        _exigir_direccion(responsable)
    elif responsable.lado == Lado.ENTIDAD:
        _exigir_secretaria(responsable, entidad)
    else:
        raise ValidationError(
            {
                "lado": ValidationError(
                    "Diga quién se compromete: una dirección del Ministerio o la secretaría.",
                    code="sin_responsable",
                )
            }
        )
    if responsable.persona and not responsable.persona.is_active:
        _rechazar(
            "persona",
            "persona_desactivada",
            f"{responsable.persona} ya no tiene cuenta en el portal. Escoja a otra persona, o "
            "deje solo la unidad.",
        )


def _exigir_direccion(responsable):
    if responsable.direccion is None:
        _rechazar(
            "direccion",
            "sin_responsable",
            "Falta el responsable. Escoja la dirección del Ministerio que responde.",
        )
    if not responsable.direccion.activa:
        _rechazar(
            "direccion",
            "direccion_inactiva",
            f"{responsable.direccion} ya no está activa. Escoja la que tomó sus asuntos.",
        )
    if responsable.persona and responsable.persona.direccion_id != responsable.direccion.pk:
        _rechazar(
            "persona",
            "persona_de_otra_parte",
            f"{responsable.persona} no es de {responsable.direccion}. Escoja a alguien de esa "
            "dirección, o deje solo la dirección.",
        )


def _exigir_secretaria(responsable, entidad):
    if responsable.dependencia and not responsable.dependencia.activa:
        _rechazar(
            "dependencia",
            "area_inactiva",
            f"El área {responsable.dependencia} ya no se usa. Escoja otra.",
        )
    if responsable.persona and responsable.persona.entidad_id != entidad.pk:
        _rechazar(
            "persona",
            "persona_de_otra_parte",
            f"{responsable.persona} no es de la Secretaría de {entidad}. Escoja a alguien de esa "
            "secretaría, o deje solo el área.",
        )


def _rechazar(campo, codigo, mensaje):
    raise ValidationError({campo: ValidationError(mensaje, code=codigo)})
