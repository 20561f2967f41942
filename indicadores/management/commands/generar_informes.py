from datetime import date
from pathlib import Path
from tempfile import NamedTemporaryFile

from django.core.management.base import BaseCommand, CommandError

from indicadores.consultas.informes import vigencias_con_cifras
from indicadores.informes.contenido import informe_de
from indicadores.informes.formatos import COMPONER
from indicadores.models import Version
from territorio.models import EntidadTerritorial


class Command(BaseCommand):
    help = (
        "Escribe el informe de cada entidad, en PDF y en Excel, con lo publicado hasta ese año. "
        "Repetirla escribe lo mismo. Sale con 0 o, si no se puede, con 2."
    )

    def add_arguments(self, parser):
        parser.add_argument("--vigencia", required=True, type=int, metavar="AAAA")
        parser.add_argument("--salida", required=True, type=Path, metavar="DIR")
        parser.add_argument("--entidad", metavar="CODIGO_DANE", help="solo esa; con su cero: 05")
        parser.add_argument("--formato", choices=sorted(COMPONER), help="solo ese; si no, los dos")

    def handle(self, *args, vigencia, salida, entidad, formato, **opciones):
        version = _version(vigencia)
        entidades = _entidades(vigencia, entidad)
        formatos = [formato] if formato else sorted(COMPONER)
        comunes = {}
        try:
            salida.mkdir(parents=True, exist_ok=True)
            for una in entidades:
                informe = informe_de(una, vigencia=vigencia, version=version, comunes=comunes)
                for cual in formatos:
                    _escribir(salida / informe.nombre_del_archivo(cual), COMPONER[cual](informe))
        except OSError as error:
            raise CommandError(
                f"No se pudo escribir en «{salida}» ({error.strerror}). Compruebe que es una "
                "carpeta y que puede escribir en ella.",
                returncode=2,
            ) from error
        n = len(entidades) * len(formatos)
        self.stdout.write(
            f"{n} {'archivo' if n == 1 else 'archivos'} en {salida}, con la versión {version}."
        )


def _version(vigencia) -> int:
    vigencias = vigencias_con_cifras()
    if not vigencias:
        raise CommandError(
            "No hay cifras publicadas. Cargue primero un archivo con «cargar_indicadores».",
            returncode=2,
        )
    if vigencia not in vigencias:
        raise CommandError(
            f"De {vigencia} no hay cifras publicadas: las hay de {vigencias[-1]} a {vigencias[0]}.",
            returncode=2,
        )
    # La misma para todos, aunque en el entretanto se publique otra.
    return Version.objects.ultima().numero


def _entidades(vigencia, codigo_dane):
    todas = EntidadTerritorial.objects.select_related("departamento")
    if not codigo_dane:
        return list(todas.vigentes(date(vigencia, 12, 31)).order_by("codigo_dane"))
    una = todas.filter(codigo_dane=codigo_dane).first()
    if una is None:
        raise CommandError(
            f"No hay ninguna entidad con el código DANE «{codigo_dane}»: escríbalo con su cero "
            "inicial, como 05 o 05001.",
            returncode=2,
        )
    return [una]


def _escribir(ruta: Path, contenido: bytes):
    """De una vez: si se interrumpe, no queda medio informe con el nombre de uno entero."""
    with NamedTemporaryFile(dir=ruta.parent, prefix=".informe-", delete=False) as archivo:
        archivo.write(contenido)
    temporal = Path(archivo.name)
    try:
        temporal.chmod(0o644)
        temporal.replace(ruta)
    except OSError:
        temporal.unlink(missing_ok=True)
        raise
