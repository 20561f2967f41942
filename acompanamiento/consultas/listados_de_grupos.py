"""Qué cambiaría un listado de grupos: se mira cada vez contra lo que hay, nunca contra ayer."""

import hashlib
from dataclasses import dataclass
from functools import cached_property

from acompanamiento.models import Grupo, Integrante, ListadoDeGrupos, Padrinazgo, Pertenencia
from cuentas.models import Usuario
from territorio.consultas import entidades_vigentes
from territorio.models import EntidadTerritorial

PAPELES = {"padrino": Padrinazgo.Papel.PADRINO, "enlace": Padrinazgo.Papel.ENLACE}
EN_PALABRAS = {"lider": "líder", "padrino": "padrino o madrina", "enlace": "enlace"}


@dataclass(frozen=True)
class CambioDePersona:
    """Quién responde por una entidad, o lidera un grupo, y quién lo hacía."""

    papel: str
    persona: Usuario
    antes: Usuario | None

    @property
    def cambia(self) -> bool:
        return self.persona != self.antes


@dataclass(frozen=True)
class Cambio:
    fila: int
    entidad: EntidadTerritorial
    grupo: int
    antes: int | None
    personas: tuple[CambioDePersona, ...] = ()

    @property
    def cambia_de_grupo(self) -> bool:
        return self.grupo != self.antes

    @property
    def que(self) -> str:
        if self.antes is None:
            return "nueva"
        return "cambia" if self.cambia_de_grupo or self.otras_personas else "igual"

    @property
    def otras_personas(self) -> list[CambioDePersona]:
        return [uno for uno in self.personas if uno.cambia]


@dataclass(frozen=True)
class Lider:
    fila: int
    grupo: int
    persona: CambioDePersona


@dataclass(frozen=True)
class Comparacion:
    cambios: list[Cambio]
    lideres: list[Lider]
    grupos_nuevos: list[int]
    faltan: list[tuple[EntidadTerritorial, int | None]]  # y qué grupo la acompaña
    avisos: list[str]  # de personas que el listado nombra y no se pueden poner

    @cached_property
    def nuevas(self) -> list[Cambio]:
        return [cambio for cambio in self.cambios if cambio.que == "nueva"]

    @cached_property
    def cambiadas(self) -> list[Cambio]:
        return [cambio for cambio in self.cambios if cambio.que == "cambia"]

    @cached_property
    def iguales(self) -> list[Cambio]:
        return [cambio for cambio in self.cambios if cambio.que == "igual"]

    @property
    def por_guardar(self) -> list[Cambio]:
        return [cambio for cambio in self.cambios if cambio.que != "igual"]

    @cached_property
    def otros_lideres(self) -> list[Lider]:
        return [uno for uno in self.lideres if uno.persona.cambia]

    @property
    def cambia_algo(self) -> bool:
        return bool(self.por_guardar or self.otros_lideres or self.grupos_nuevos)

    @property
    def cuenta(self) -> dict[str, int]:
        return {
            "nuevas": len(self.nuevas),
            "cambiadas": len(self.cambiadas),
            "iguales": len(self.iguales),
            "lideres": len(self.otros_lideres),
            "grupos_nuevos": len(self.grupos_nuevos),
            "faltan": len(self.faltan),
        }

    @property
    def huella(self) -> str:
        """Cambia si cambia lo que hay o lo que trae el archivo."""
        dicho = [
            [
                (
                    c.entidad.pk,
                    c.grupo,
                    c.antes,
                    [(p.papel, p.persona.pk) for p in c.otras_personas],
                )
                for c in self.cambios
            ],
            [(uno.grupo, uno.persona.persona.pk) for uno in self.otros_lideres],
            self.grupos_nuevos,
        ]
        return hashlib.sha256(repr(dicho).encode()).hexdigest()[:16]


def comparar(listado: ListadoDeGrupos) -> Comparacion:
    """Lo que se entendió del archivo frente a lo que hay el día desde el que valdría."""
    filas = [fila for fila in listado.filas if fila["que"] == "reconocida"]
    personas = _Personas(filas)
    vigentes = {entidad.pk: entidad for entidad in entidades_vigentes(listado.desde)}
    grupo_de = dict(
        Pertenencia.objects.vigentes(listado.desde).values_list("entidad", "grupo__numero")
    )
    responden = {
        (uno.entidad_id, uno.papel): uno.persona
        for uno in Padrinazgo.objects.filter(hasta=None).select_related("persona")
    }
    cambios = [
        Cambio(
            fila["fila"],
            vigentes[fila["entidad"]],
            fila["grupo"],
            grupo_de.get(fila["entidad"]),
            tuple(
                CambioDePersona(papel, persona, responden.get((fila["entidad"], papel)))
                for campo, papel in PAPELES.items()
                if (persona := personas.de(fila, campo))
            ),
        )
        for fila in filas
        if fila["entidad"] in vigentes
    ]
    traidas = {cambio.entidad.pk for cambio in cambios}
    return Comparacion(
        cambios=sorted(cambios, key=lambda uno: (uno.grupo, uno.entidad.nombre_norm)),
        lideres=_lideres(filas, personas),
        grupos_nuevos=sorted(
            {uno.grupo for uno in cambios} - set(Grupo.objects.values_list("numero", flat=True))
        ),
        faltan=[
            (entidad, grupo_de.get(pk)) for pk, entidad in vigentes.items() if pk not in traidas
        ],
        avisos=personas.avisos,
    )


def _lideres(filas, personas):
    """Uno por grupo. Si el archivo dice dos, ninguno gana: lo resuelve quien lo escribió."""
    lideran = {
        uno.grupo.numero: uno.persona
        for uno in Integrante.objects.filter(
            papel=Integrante.Papel.LIDER, hasta=None
        ).select_related("grupo", "persona")
    }
    dichos = {}
    for fila in filas:
        if "@" in fila["lider"]:
            dichos.setdefault(fila["grupo"], {}).setdefault(fila["lider"], fila)
    lideres = []
    for numero, correos in sorted(dichos.items()):
        if len(correos) > 1:
            personas.avisos.append(
                f"El grupo {numero} trae varios líderes ({', '.join(sorted(correos))}): no se "
                "cambia el que está. Deje uno solo en el archivo, o cámbielo en la página del "
                "grupo."
            )
            continue
        fila = next(iter(correos.values()))
        if persona := personas.de(fila, "lider"):
            quien = CambioDePersona(Integrante.Papel.LIDER, persona, lideran.get(numero))
            lideres.append(Lider(fila["fila"], numero, quien))
    return lideres


class _Personas:
    """Las cuentas que el listado nombra por su correo. Lo que no se pueda poner se avisa."""

    def __init__(self, filas):
        correos = {fila[campo] for fila in filas for campo in EN_PALABRAS} - {""}
        self.cuentas = {uno.email.lower(): uno for uno in Usuario.objects.filter(email__in=correos)}
        self.avisos = []
        self._avisados = set()

    def de(self, fila, campo) -> Usuario | None:
        correo = fila[campo]
        if not correo:
            return None
        persona = self.cuentas.get(correo)
        if motivo := self._por_que_no(correo, persona):
            if (correo, campo) not in self._avisados:
                self._avisados.add((correo, campo))
                self.avisos.append(
                    f"«{correo}» ({EN_PALABRAS[campo]}, fila {fila['fila']}) {motivo}: lo demás de "
                    "la fila sí entra, y ese papel queda como está."
                )
            return None
        return persona

    def _por_que_no(self, correo, persona):
        if "@" not in correo:
            return "no es un correo"
        if persona is None:
            return "no tiene cuenta en el portal"
        if not persona.es_del_ministerio:
            return "no es una cuenta del Ministerio"
        return "" if persona.is_active else "tiene la cuenta desactivada"


def actual_para_llenar() -> list[tuple[str, ...]]:
    """Una fila por secretaría, con lo que hay hoy: así la plantilla ya viene empezada."""
    grupo_de = dict(Pertenencia.objects.vigentes().values_list("entidad", "grupo__numero"))
    lideran = dict(
        Integrante.objects.vigentes()
        .filter(papel=Integrante.Papel.LIDER)
        .values_list("grupo__numero", "persona__email")
    )
    responden = {
        (entidad, papel): correo
        for entidad, papel, correo in Padrinazgo.objects.vigentes().values_list(
            "entidad", "papel", "persona__email"
        )
    }
    return [
        (
            grupo_de.get(entidad.pk, ""),
            entidad.codigo_dane,
            entidad.nombre,
            lideran.get(grupo_de.get(entidad.pk), ""),
            *(responden.get((entidad.pk, papel), "") for papel in PAPELES.values()),
        )
        for entidad in entidades_vigentes()
    ]
