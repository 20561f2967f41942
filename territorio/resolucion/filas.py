"""De quién es cada fila de un archivo: primero los códigos; después, el nombre."""

from dataclasses import dataclass
from datetime import date

from django.utils.formats import date_format

from territorio.models import EntidadTerritorial
from territorio.resolucion.catalogo import Catalogo


@dataclass(frozen=True)
class Quien:
    """La entidad, o el motivo para rechazar la fila; sin ninguno, va a la bandeja."""

    entidad: EntidadTerritorial | None = None
    motivo: str = ""
    sugerencias: tuple[str, ...] = ()  # códigos DANE


class Reconocedor:
    """Con el catálogo de una fecha. Un código puede ser el del DANE o el del Ministerio."""

    def __init__(self, fecha: date):
        self.fecha = fecha
        todas = list(EntidadTerritorial.objects.all())
        self.por_dane = {entidad.codigo_dane: entidad for entidad in todas}
        self.por_men = {entidad.codigo_men: entidad for entidad in todas}
        self.catalogo = Catalogo.vigente_en(fecha)

    def de_quien(self, *codigos: str, nombre: str) -> Quien:
        """Lo escrito donde va el nombre también puede ser un código."""
        escritos = [escrito for escrito in (*codigos, nombre) if escrito]
        por_codigo = next(filter(None, map(self._por_codigo, escritos)), None)
        por_nombre = self.catalogo.resolver(declarado=nombre)
        entidad = por_codigo or self.por_dane.get(por_nombre.codigo)
        if por_codigo and por_nombre.codigo and por_nombre.codigo != por_codigo.codigo_dane:
            return Quien(
                motivo=f"El código es de {por_codigo} y el nombre dice «{nombre}». Corrija uno de "
                "los dos."
            )
        if entidad and not entidad.vale_en(self.fecha):
            return Quien(
                motivo=f"{entidad} no figura como secretaría certificada el "
                f"{date_format(self.fecha)}."
            )
        if entidad:
            return Quien(entidad)
        if not nombre:
            return Quien(motivo=f"Ninguna secretaría tiene el código «{''.join(escritos[:1])}».")
        if por_nombre.ajena:
            return Quien(motivo=f"«{nombre}» no es una secretaría: es {por_nombre.ajena}.")
        return Quien(sugerencias=por_nombre.sugerencias)

    def _por_codigo(self, codigo):
        """Excel quita el cero de «05» y de «05001»: se devuelve."""
        if not codigo.isdecimal():
            return None
        con_ceros = codigo.zfill(2 if len(codigo) < 3 else 5)
        return self.por_dane.get(con_ceros) or self.por_men.get(codigo)
