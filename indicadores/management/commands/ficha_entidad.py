import json

from django.core.management.base import BaseCommand, CommandError

from indicadores.consultas.ficha import ficha_de
from territorio.models import EntidadTerritorial


class Command(BaseCommand):
    help = (
        "Dice las cifras de una entidad, con su departamento y el país. Con --json, escribe solo "
        "JSON. Sale con 0 o, si no se puede, con 2."
    )

    def add_arguments(self, parser):
        parser.add_argument("codigo_dane", help="con su cero: 05, 76520")
        parser.add_argument("--json", action="store_true", help="solo JSON en la salida")

    def handle(self, *args, codigo_dane, **opciones):
        entidad = (
            EntidadTerritorial.objects.select_related("departamento")
            .filter(codigo_dane=codigo_dane)
            .first()
        )
        if entidad is None:
            raise CommandError(
                f"No hay ninguna entidad con el código DANE «{codigo_dane}»: escríbalo con su cero "
                "inicial, como 05 o 05001.",
                returncode=2,
            )
        ficha = ficha_de(entidad)
        self.stdout.write(
            json.dumps(como_datos(ficha), ensure_ascii=False, indent=1)
            if opciones["json"]
            else "\n".join(en_renglones(ficha))
        )


def como_datos(ficha) -> dict:
    return {
        "entidad": {
            "codigo_dane": ficha.entidad.codigo_dane,
            "nombre": ficha.entidad.nombre,
            "tipo": ficha.entidad.tipo,
            "departamento": ficha.entidad.departamento.nombre,
            "municipios": ficha.perfil.n_municipios,
        },
        "version": ficha.version and ficha.version.numero,
        "vigencia": ficha.vigencia,
        "indicadores": [
            _indicador(uno) for familia in ficha.familias for uno in familia.indicadores
        ],
    }


def _indicador(uno) -> dict:
    return {
        "codigo": uno.indicador.codigo,
        "nombre": uno.indicador.nombre,
        "unidad": uno.indicador.medida,
        "fuente": uno.indicador.fuente,
        **_cifra(uno.ultima),
        "departamento": uno.ultima_del_departamento and _cifra(uno.ultima_del_departamento),
        "nacion": uno.ultima_de_la_nacion and _cifra(uno.ultima_de_la_nacion),
        "mediana": uno.distancia and uno.distancia.mediana,
        "entidades_con_dato": len(uno.todas),
        "distancia": uno.distancia.texto if uno.distancia else "",
        "tendencias": [
            {"desde": t.desde, "cambio": t.cambio, "juicio": t.juicio, "texto": t.texto}
            for t in uno.tendencias
        ],
        "serie": [_cifra(cifra) for cifra in uno.propia],
        "notas": [nota.texto for nota in uno.notas],
    }


def _cifra(cifra) -> dict:
    return {
        "vigencia": cifra.vigencia,
        "estado": cifra.estado,
        "valor": cifra.valor,
        "texto": cifra.texto,
        "metodo": cifra.metodo,
        "nota": cifra.nota,
        "version": cifra.version,
        "corte": cifra.corte and cifra.corte.isoformat(),
        "fila": cifra.fila,
    }


def en_renglones(ficha):
    """Lo mismo, para leerlo en una consola."""
    if not ficha.hay:
        yield f"{ficha.entidad}: no hay cifras publicadas."
        return
    yield f"{ficha.entidad}, {ficha.vigencia} ({ficha.version})"
    for familia in ficha.familias:
        yield ""
        yield familia.nombre
        for uno in familia.indicadores:
            partes = [t.texto for t in uno.tendencias]
            if uno.distancia:
                partes.append(uno.distancia.texto)
            yield f"  {uno.indicador.nombre_corto:<36} {uno.ultima.texto:>14}  {'; '.join(partes)}"
