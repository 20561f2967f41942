"""Lo común a un archivo que llega: se guarda mientras alguien decide, y después no se conserva.

Un listado trae correos y un directorio puede traer teléfonos: cuando se confirma o se descarta
queda su huella, no el archivo. Al mes, el que nadie decidió se descarta solo.
"""

from contextlib import suppress
from datetime import timedelta
from pathlib import Path

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone

from acompanamiento.models import ListadoDeGrupos, ListadoDeInstituciones
from acompanamiento.models.cargas import Listado
from cuentas.bitacora import anotar
from cuentas.models import Usuario
from territorio.acciones import aprender_alias
from territorio.models import EntidadTerritorial
from trabajos.archivos import huella_de

MEGA = 1024 * 1024
Estado = Listado.Estado
SIN_CERRAR = (Estado.RECIBIDO, Estado.VISTA_PREVIA)
DIAS_DE_ESPERA = 30
OLVIDADO = (
    f"Nadie lo confirmó en {DIAS_DE_ESPERA} días y su archivo se borró. Si aún hace falta, súbalo "
    "otra vez."
)
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
def descartar(*, listado: Listado, por: Usuario | None, mensaje: str = "") -> None:
    """No se va a usar: nada cambia. Sin `por`, lo descarta el portal."""
    tomar(listado)
    if listado.estado not in SIN_CERRAR:
        listado.exigir_por_confirmar()
    listado.estado, listado.filas, listado.mensaje = Estado.DESCARTADO, [], mensaje
    soltar_el_archivo(listado)
    listado.save()
    anotar(por=por, verbo="descartó un listado", objeto=listado)


def descartar_los_olvidados() -> int:
    """Los que nadie confirmó ni descartó: no se guardan correos ajenos sin para qué."""
    limite, descartados = timezone.now() - timedelta(days=DIAS_DE_ESPERA), 0
    for modelo in (ListadoDeGrupos, ListadoDeInstituciones):
        for listado in modelo.objects.filter(estado__in=SIN_CERRAR, creado_en__lt=limite):
            with suppress(ValidationError):  # alguien lo cerró mientras tanto
                descartar(listado=listado, por=None, mensaje=OLVIDADO)
                descartados += 1
    return descartados
