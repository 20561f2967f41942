"""Lo que se pregunta de la bandeja de calidad."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, F, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from cuentas.models import Usuario
from indicadores.consultas.cifras import Cifra, cifra_de, con_unidad
from indicadores.models import Caso, Hallazgo, Indicador, Unidad, Valor
from indicadores.permisos import ROLES_QUE_CARGAN

CODIGO_CITADO = re.compile(r"«([a-z0-9_]+)»")
CODIGO_DANE = re.compile(r"\b\d{2}(?:\d{3})?\b")


@dataclass(frozen=True)
class CasoConCifra:
    """Lo que vino en el archivo, y cómo quedó si ya se decidió."""

    caso: Caso
    antes: Cifra | None  # la misma cifra el año anterior
    quedo: Cifra | None

    @property
    def valor(self) -> Valor:
        return self.caso.valor

    @property
    def lo_que_vino(self) -> str:
        return con_unidad(self.valor.valor, self.valor.indicador)

    @property
    def espera(self) -> bool:
        return self.valor.hasta_id is None


def hallazgos_con_cuenta() -> QuerySet[Hallazgo]:
    """Con `en_revision`: cuántas cifras esperan todavía."""
    esperan = (
        Caso.objects.filter(
            hallazgo=OuterRef("pk"),
            valor__estado=Valor.Estado.RETENIDO,
            valor__hasta__isnull=True,
        )
        .order_by()
        .values("hallazgo")
        .annotate(n=Count("pk"))
        .values("n")
    )
    return (
        Hallazgo.objects.select_related(
            "indicador", "carga__conjunto", "responsable", "decidido_por", "version"
        )
        .annotate(en_revision=Coalesce(Subquery(esperan), 0))
        .order_by(F("decidido_en").desc(nulls_first=True), "-en_revision", "-creado_en", "pk")
    )


def cuenta_de_hallazgos() -> dict[str, int]:
    """Cuántos esperan una decisión, y cuántos no tienen quien responda."""
    abiertos = Hallazgo.objects.abiertos()
    return {
        "abiertos": abiertos.count(),
        "sin_responsable": abiertos.filter(responsable=None).count(),
    }


def hallazgos_a_cargo_de(usuario: Usuario) -> int:
    return Hallazgo.objects.abiertos().filter(responsable=usuario).count()


def quienes_deciden() -> QuerySet[Usuario]:
    return Usuario.objects.filter(rol__in=ROLES_QUE_CARGAN, is_active=True).order_by("nombre")


def casos_de(hallazgo: Hallazgo) -> QuerySet[Caso]:
    return hallazgo.casos.select_related("valor__indicador", "valor__unidad").order_by(
        "valor__fila", "valor__indicador__orden", "pk"
    )


def con_sus_cifras(casos: Iterable[Caso]) -> list[CasoConCifra]:
    casos = list(casos)
    valores = [caso.valor for caso in casos]
    antes = _vigentes(valores, {valor.vigencia - 1 for valor in valores})
    ahora = _vigentes(valores, {valor.vigencia for valor in valores})
    return [
        CasoConCifra(
            caso=caso,
            antes=antes.get(
                (caso.valor.unidad_id, caso.valor.indicador_id, caso.valor.vigencia - 1)
            ),
            quedo=None
            if caso.valor.hasta_id is None
            else ahora.get((caso.valor.unidad_id, caso.valor.indicador_id, caso.valor.vigencia)),
        )
        for caso in casos
    ]


def _vigentes(valores, vigencias) -> dict[tuple[int, int, int], Cifra]:
    indicadores = {valor.indicador_id: valor.indicador for valor in valores}
    return {
        (uno.unidad_id, uno.indicador_id, uno.vigencia): cifra_de(
            uno, indicadores[uno.indicador_id]
        )
        for uno in Valor.objects.vigentes().filter(
            unidad__in={valor.unidad_id for valor in valores},
            indicador__in=indicadores,
            vigencia__in=vigencias,
        )
    }


def detalle_en_palabras(hallazgo: Hallazgo) -> str:
    """Las reglas citan códigos, de indicadores o de unidades; una persona lee nombres."""
    if hallazgo.regla == Hallazgo.Regla.ENTIDADES_AUSENTES:
        codigos = CODIGO_DANE.findall(hallazgo.detalle)
        unidades = Unidad.objects.filter(ambito=hallazgo.carga.conjunto.ambito, codigo__in=codigos)
        nombres = dict(unidades.values_list("codigo", "nombre"))
        return CODIGO_DANE.sub(
            lambda cita: f"{nombres[cita[0]]} ({cita[0]})" if cita[0] in nombres else cita[0],
            hallazgo.detalle,
        )
    citados = CODIGO_CITADO.findall(hallazgo.detalle)
    if not citados:
        return hallazgo.detalle
    nombres = dict(Indicador.objects.filter(codigo__in=citados).values_list("codigo", "nombre"))
    return CODIGO_CITADO.sub(lambda cita: f"«{nombres.get(cita[1], cita[1])}»", hallazgo.detalle)
