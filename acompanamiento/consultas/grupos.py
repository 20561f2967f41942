"""Qué grupo acompaña a quién, y a quién acompaña cada persona, en una fecha."""

from datetime import date

from django.db.models import Case, Q, QuerySet, When

from acompanamiento.models import Grupo, Integrante, Padrinazgo, Pertenencia
from cuentas.models import Usuario
from territorio.models import EntidadTerritorial


def grupo_de(entidad: EntidadTerritorial, fecha: date | None = None) -> Grupo | None:
    pertenencia = (
        Pertenencia.objects.vigentes(fecha)
        .filter(entidad=entidad)
        .select_related("grupo")
        .order_by("-desde")
        .first()
    )
    return pertenencia and pertenencia.grupo


def grupos_de(usuario: Usuario, fecha: date | None = None) -> QuerySet[Grupo]:
    """Los que integra ese día, con cualquier papel. Un grupo cerrado ya no es de nadie."""
    suyos = Integrante.objects.vigentes(fecha).filter(persona=usuario)
    return Grupo.objects.vigentes(fecha).filter(pk__in=suyos.values("grupo"))


def grupo_propio(usuario: Usuario) -> Grupo | None:
    """El que lidera hoy; si no lidera ninguno, el primero que integra."""
    suyo = (
        Integrante.objects.vigentes()
        .filter(persona=usuario, grupo__in=Grupo.objects.vigentes())
        .select_related("grupo")
        .order_by(Case(When(papel=Integrante.Papel.LIDER, then=0), default=1), "grupo__numero")
        .first()
    )
    return suyo and suyo.grupo


def entidades_de(grupo: Grupo, fecha: date | None = None) -> QuerySet[EntidadTerritorial]:
    suyas = Pertenencia.objects.vigentes(fecha).filter(grupo=grupo)
    return EntidadTerritorial.objects.filter(pk__in=suyas.values("entidad")).en_orden()


def entidades_a_cargo(usuario: Usuario, fecha: date | None = None) -> QuerySet[EntidadTerritorial]:
    """Las de sus grupos y las que apadrina, aunque sean de otro."""
    de_sus_grupos = Pertenencia.objects.vigentes(fecha).filter(
        grupo__in=grupos_de(usuario, fecha).values("pk")
    )
    apadrinadas = Padrinazgo.objects.vigentes(fecha).filter(persona=usuario)
    return EntidadTerritorial.objects.filter(
        Q(pk__in=de_sus_grupos.values("entidad")) | Q(pk__in=apadrinadas.values("entidad"))
    ).en_orden()


def acompana_a(usuario: Usuario, entidad: EntidadTerritorial, fecha: date | None = None) -> bool:
    return entidades_a_cargo(usuario, fecha).filter(pk=entidad.pk).exists()
