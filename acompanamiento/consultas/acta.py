"""El acta de un contacto: lo mismo en la página y en el PDF que se firma.

No nombra a quienes participaron: dice su papel, y cada quien firma sobre el suyo.
"""

from collections import Counter
from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils.formats import date_format
from django.utils.text import capfirst

from acompanamiento.models import Compromiso, Contacto, Visita
from cuentas.models import Usuario


@dataclass(frozen=True)
class ActaDeContacto:
    contacto: Contacto
    proposito: list[str]
    tratado: list[str]
    acuerdos: list[str]
    temas: list[str]
    del_ministerio: list[str]
    de_la_entidad: list[tuple[str, int]]
    compromisos: list[tuple[Compromiso, str]]  # cada uno, y quién responde

    @property
    def es_borrador(self) -> bool:
        return not self.contacto.esta_completo

    @property
    def codigo(self) -> str:
        """Con qué se la halla: sale de la clave que nació con el contacto."""
        return f"C-{self.contacto.clave.hex[:8].upper()}"

    @property
    def cuando(self) -> str:
        """«13 de noviembre de 2026, de 9:00 a.m. a 11:00 a.m. (hora de Colombia)»."""
        contacto = self.contacto
        dia = date_format(contacto.fecha, r"j \d\e F \d\e Y")
        if not contacto.hora_inicio:
            return dia
        desde = date_format(contacto.hora_inicio, "g:i a")
        if not contacto.hora_fin:
            return f"{dia}, {desde} (hora de Colombia)"
        hasta = date_format(contacto.hora_fin, "g:i a")
        return f"{dia}, de {desde} a {hasta} (hora de Colombia)"

    @property
    def n_de_la_entidad(self) -> int:
        return sum(n for _, n in self.de_la_entidad)

    @property
    def firmas(self) -> list[tuple[str, str]]:
        """(por quién firma, con qué cargo): al menos un lugar de cada parte."""
        secretaria = f"Por la Secretaría de Educación de {self.contacto.entidad}"
        cargos = [cargo for cargo, _ in self.de_la_entidad] or ["Secretario(a) de Educación"]
        equipo = self.del_ministerio or [str(self.contacto.grupo or "Equipo que acompaña")]
        return [
            *(("Por el Ministerio de Educación Nacional", cargo) for cargo in equipo),
            *((secretaria, cargo) for cargo in cargos),
        ]


def contactos_con_acta(usuario: Usuario) -> QuerySet[Contacto]:
    """El Ministerio lee también el borrador; la secretaría, la suya ya completa."""
    visibles = Contacto.objects.visibles_para(usuario)
    return visibles if usuario.es_del_ministerio else visibles.completos()


def acta_de(contacto: Contacto) -> ActaDeContacto:
    """Cinco consultas, tenga los compromisos que tenga."""
    visita = Visita.objects.filter(contacto=contacto).first() or Visita()
    equipo = contacto.del_ministerio.select_related("direccion", "grupo").order_by("pk")
    cargos = Counter(_cargo(uno) for uno in equipo)
    de_la_entidad = contacto.de_la_entidad.order_by("papel__orden", "papel__nombre")
    return ActaDeContacto(
        contacto=contacto,
        proposito=parrafos(visita.proposito),
        tratado=parrafos(visita.acta),
        acuerdos=parrafos(contacto.acuerdos),
        temas=[tema.nombre for tema in contacto.temas.all()],
        del_ministerio=[cargo if n == 1 else f"{cargo} ({n})" for cargo, n in cargos.items()],
        de_la_entidad=list(de_la_entidad.values_list("papel__nombre", "personas")),
        compromisos=[
            (uno, _quien_responde(uno))
            for uno in contacto.compromisos.exclude(
                estado=Compromiso.Estado.SIN_EFECTO
            ).select_related("direccion", "dependencia", "entidad")
        ],
    )


def _cargo(participante):
    """«Líder del Grupo 3, Dirección de Calidad»: el equipo que tenía ese día."""
    papel = capfirst(participante.get_papel_display()) or "Profesional"
    grupo = f" del {participante.grupo}" if participante.grupo else ""
    direccion = f", {participante.direccion}" if participante.direccion else ""
    return f"{papel}{grupo}{direccion}"


def _quien_responde(compromiso):
    """La unidad, sin nombres. En un papel que se firma, un área sola no dice de quién es."""
    if compromiso.direccion_id:
        return str(compromiso.direccion)
    area = f", {compromiso.dependencia}" if compromiso.dependencia_id else ""
    return f"Secretaría de {compromiso.entidad}{area}"


def parrafos(texto: str) -> list[str]:
    """Un renglón, un párrafo; los vacíos no cuentan."""
    return [linea.strip() for linea in texto.splitlines() if linea.strip()]
