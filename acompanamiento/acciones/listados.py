"""Lo común a un archivo que llega: se guarda mientras alguien decide, y después no se conserva.

Un listado trae correos y un directorio puede traer teléfonos: cuando se confirma o se descarta
queda su huella, no el archivo.
"""

from pathlib import Path

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import transaction

from acompanamiento.models.cargas import Listado
from cuentas.bitacora import anotar
from cuentas.models import Usuario
from territorio.acciones import aprender_alias
from territorio.models import EntidadTerritorial
from trabajos.archivos import huella_de

MEGA = 1024 * 1024
Estado = Listado.Estado
SIN_CERRAR = (Estado.RECIBIDO, Estado.VISTA_PREVIA)
YA_NO_ESTA = "Esa fila ya no está por reconocer. Actualice la página y mire cómo va."


def con_su_archivo(listado: Listado, archivo, *, maximo: int) -> Listado:
    """El listado con su nombre, su peso y su huella; si ya espera uno igual, ese."""
    if archivo.size > maximo:
        raise ValidationError(
            f"El archivo pesa más de {maximo // MEGA} MB. Deje solo la tabla y vuelva a subirlo.",
            code="archivo_muy_grande",
        )
    listado.nombre_del_archivo = Path(archivo.name).name[-250:]
    listado.tamano = archivo.size
    listado.huella = huella_de(archivo)
    return listado


def guardar_el_archivo(listado: Listado, archivo) -> None:
    archivo.seek(0)
    listado.archivo.save(listado.nombre_del_archivo, ContentFile(archivo.read()), save=False)


def tomar(listado: Listado) -> None:
    """De a uno: quien espera ve lo que dejó el anterior."""
    type(listado).objects.select_for_update().get(pk=listado.pk)
    listado.refresh_from_db()


def soltar_el_archivo(listado: Listado) -> None:
    """Cuando lo decidido quede firme. Falta el `save`, que lo hace quien llama."""
    if listado.archivo:
        guardado, ruta = listado.archivo.storage, listado.archivo.name
        listado.archivo = ""
        transaction.on_commit(lambda: guardado.delete(ruta))


def aprender(*, listado: Listado, texto: str, entidad: EntidadTerritorial, por: Usuario) -> None:
    """Desde ahora ese texto quiere decir esa entidad, en este archivo y en los que vengan."""
    listado.exigir_por_confirmar()
    if texto not in {fila["texto"] for fila in listado.filas if fila["que"] == "bandeja"}:
        raise ValidationError(YA_NO_ESTA, code="ya_no_esta")
    aprender_alias(texto=texto, entidad=entidad, por=por)
    listado.decisiones[texto] = entidad.codigo_dane
    anotar(
        por=por,
        verbo="dijo de qué secretaría es un nombre de un listado",
        objeto=listado,
        detalle={"texto": texto, "entidad": entidad.codigo_dane},
    )


@transaction.atomic
def descartar(*, listado: Listado, por: Usuario) -> None:
    """No se va a usar: nada cambia."""
    tomar(listado)
    if listado.estado not in SIN_CERRAR:
        listado.exigir_por_confirmar()
    listado.estado, listado.filas = Estado.DESCARTADO, []
    soltar_el_archivo(listado)
    listado.save()
    anotar(por=por, verbo="descartó un listado", objeto=listado)
