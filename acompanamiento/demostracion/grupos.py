"""Veinte grupos con su gente: todas las entidades de hoy, repartidas tan parejo como se pueda."""

from dataclasses import dataclass, field
from datetime import date, timedelta

from django.utils import timezone

from acompanamiento.models import Grupo, Integrante, Padrinazgo, Pertenencia
from cuentas.models import Direccion, Rol, Usuario
from territorio.models import EntidadTerritorial

CUANTOS = 20
UN_ANO = timedelta(days=364)  # cincuenta y dos semanas
# Las primeras acompañan a las secretarías que tienen cuenta de demostración.
DEL_PRIMER_GRUPO = ("18", "41", "17001")
EL_QUE_CAMBIA = 3  # la última entidad de este grupo fue del siguiente hasta mitad de año
PAPELES = (
    Integrante.Papel.TECNICO,
    Integrante.Papel.ALIANZA,
    Integrante.Papel.INNOVACION,
    Integrante.Papel.DIRECTIVO,
)


@dataclass
class Elenco:
    """Quién es quién en la demostración."""

    hoy: date
    equipo: Usuario
    direcciones: list[Direccion]
    grupos: list[Grupo]
    lideres: list[Usuario]
    profesionales: list[Usuario]
    entidades: dict[int, list[EntidadTerritorial]] = field(default_factory=dict)  # por grupo
    es_nuevo: bool = True

    @property
    def desde(self) -> date:
        return self.hoy - UN_ANO

    @property
    def cambio(self) -> date:
        """Desde cuándo la que cambió está en su grupo de ahora."""
        return self.hoy - UN_ANO / 2

    def en_orden(self):
        """(en qué grupo está hoy, entidad), una por una."""
        for n, suyas in self.entidades.items():
            for entidad in suyas:
                yield n, entidad

    def grupo_de(self, n: int, entidad: EntidadTerritorial, fecha: date) -> int:
        return n + 1 if self.cambio_de_grupo(n, entidad) and fecha < self.cambio else n

    def cambio_de_grupo(self, n: int, entidad: EntidadTerritorial) -> bool:
        return n == EL_QUE_CAMBIA and entidad == self.entidades[n][-1]

    def quien_atiende(self, n: int, turno: int) -> Usuario:
        return (self.lideres if turno % 3 == 0 else self.profesionales)[n]


def cargar(usuarios: dict[Rol, Usuario]) -> Elenco:
    anteriores = list(Grupo.objects.order_by("numero"))
    hoy, equipo = timezone.localdate(), usuarios[Rol.EQUIPO_MEN]
    elenco = Elenco(
        hoy=hoy,
        equipo=equipo,
        # La suya primero: así la cuenta que prueba el portal ve algo a su nombre.
        direcciones=[
            equipo.direccion,
            *Direccion.objects.exclude(pk=equipo.direccion_id).order_by("nombre")[:4],
        ],
        grupos=anteriores,
        lideres=_personas(usuarios[Rol.LIDER_GRUPO], "lider", "Líder de Prueba"),
        profesionales=_personas(usuarios[Rol.PROFESIONAL], "profesional", "Profesional de Prueba"),
        es_nuevo=not anteriores,
    )
    if anteriores:
        _reconocer(elenco)
    else:
        elenco.grupos = Grupo.objects.bulk_create(
            Grupo(numero=n, desde=elenco.desde, es_demostracion=True) for n in range(1, CUANTOS + 1)
        )
        elenco.entidades = dict(enumerate(repartidas(hoy)))
        _repartir(elenco)
    return elenco


def repartidas(hoy: date) -> list[list[EntidadTerritorial]]:
    """En tandas vecinas que difieren a lo sumo en una entidad: 96 son 16 de cinco y 4 de cuatro."""
    todas = sorted(
        EntidadTerritorial.objects.vigentes(hoy).select_related("departamento"),
        key=lambda una: (
            una.codigo_dane not in DEL_PRIMER_GRUPO,
            una.departamento.codigo,
            una.codigo_dane,
        ),
    )
    cada_uno, sobran = divmod(len(todas), CUANTOS)
    tandas, desde = [], 0
    for n in range(CUANTOS):
        hasta = desde + cada_uno + (n < sobran)
        tandas.append(todas[desde:hasta])
        desde = hasta
    return tandas


def _reconocer(elenco):
    """Los grupos de una carga anterior, tal como están."""
    elenco.entidades = {n: [] for n in range(len(elenco.grupos))}
    lugar = {grupo.pk: n for n, grupo in enumerate(elenco.grupos)}
    for una in Pertenencia.objects.vigentes(elenco.hoy).select_related("entidad").order_by("pk"):
        elenco.entidades[lugar[una.grupo_id]].append(una.entidad)


def _personas(primera: Usuario, papel: str, nombre: str) -> list[Usuario]:
    """La cuenta de demostración en el primer grupo; en los otros, alguien que no puede entrar."""
    correos = [f"{papel}.{n:02}@demostracion.example" for n in range(2, CUANTOS + 1)]
    hay = {uno.email: uno for uno in Usuario.objects.filter(email__in=correos)}
    for n, correo in enumerate(correos, 2):
        if correo not in hay:
            persona = Usuario(
                email=correo,
                nombre=f"{nombre} {n}",
                rol=primera.rol,
                direccion=primera.direccion,
                es_demostracion=True,
            )
            persona.set_unusable_password()
            persona.save()
            hay[correo] = persona
    return [primera, *(hay[correo] for correo in correos)]


def _repartir(elenco):
    de_siempre = {"desde": elenco.desde, "creado_por": elenco.equipo}
    pertenencias, padrinazgos, integrantes = [], [], []
    for n, grupo in enumerate(elenco.grupos):
        lider, profesional = elenco.lideres[n], elenco.profesionales[n]
        for persona, papel in ((lider, "lider"), (profesional, PAPELES[n % len(PAPELES)])):
            integrantes.append(Integrante(grupo=grupo, persona=persona, papel=papel, **de_siempre))
        for lugar, entidad in enumerate(elenco.entidades[n]):
            pertenencias += _tramos(elenco, n, entidad)
            quienes = (profesional, lider) if lugar % 2 else (lider, profesional)
            padrinazgos += [
                Padrinazgo(
                    entidad=entidad,
                    persona=persona,
                    papel=papel,
                    es_demostracion=True,
                    **de_siempre,
                )
                for persona, papel in zip(quienes, ("padrino", "enlace"), strict=True)
            ]
    Pertenencia.objects.bulk_create(pertenencias)
    Padrinazgo.objects.bulk_create(padrinazgos)
    Integrante.objects.bulk_create(integrantes)


def _tramos(elenco, n, entidad):
    datos = {"entidad": entidad, "creado_por": elenco.equipo}
    if not elenco.cambio_de_grupo(n, entidad):
        return [Pertenencia(grupo=elenco.grupos[n], desde=elenco.desde, **datos)]
    hasta = elenco.cambio - timedelta(days=1)
    return [
        Pertenencia(grupo=elenco.grupos[n + 1], desde=elenco.desde, hasta=hasta, **datos),
        Pertenencia(
            grupo=elenco.grupos[n],
            desde=elenco.cambio,
            motivo="Para que la acompañe el grupo de su región.",
            **datos,
        ),
    ]
