"""Los resultados no se guardan para siempre: al vencer, se borra el archivo y se dice."""

import logging
from datetime import timedelta

from django.conf import settings
from django.utils import timezone

from trabajos.models import Correo, Trabajo

registro = logging.getLogger("portal.trabajos")

CARPETA = "trabajos"
# Un archivo sin fila puede ser de un trabajo que aún no cierra: se espera antes de borrarlo.
SUELTO_TRAS = timedelta(days=1)


def limpiar() -> dict[str, int]:
    hecho = {
        "vencidos": _borrar_vencidos(),
        "sueltos": _borrar_sueltos(),
        "correos": _olvidar_correos(),
    }
    if any(hecho.values()):
        registro.info("limpieza", extra={"datos": hecho})
    return hecho


def _borrar_vencidos():
    """Queda el trabajo, con el nombre de lo que dio y la razón por la que ya no está."""
    almacen = Trabajo._meta.get_field("archivo").storage
    borrados = 0
    for pk, archivo in list(Trabajo.objects.con_archivo_vencido().values_list("pk", "archivo")):
        # Primero la fila: si esto se corta, sobra un archivo suelto y no falta uno anunciado.
        if Trabajo.objects.filter(pk=pk, archivo=archivo).update(archivo=""):
            almacen.delete(archivo)
            borrados += 1
    return borrados


def _borrar_sueltos():
    """Lo que dejó un trabajador muerto entre guardar el archivo y cerrar el trabajo."""
    almacen = Trabajo._meta.get_field("archivo").storage
    if not almacen.exists(CARPETA):
        return 0
    limite, borrados = timezone.now() - SUELTO_TRAS, 0
    for carpeta in almacen.listdir(CARPETA)[0]:
        rutas = [
            f"{CARPETA}/{carpeta}/{nombre}" for nombre in almacen.listdir(f"{CARPETA}/{carpeta}")[1]
        ]
        conocidas = set(Trabajo.objects.filter(archivo__in=rutas).values_list("archivo", flat=True))
        for ruta in rutas:
            if ruta not in conocidas and almacen.get_modified_time(ruta) < limite:
                almacen.delete(ruta)
                borrados += 1
        if not any(almacen.listdir(f"{CARPETA}/{carpeta}")):
            almacen.delete(f"{CARPETA}/{carpeta}")
    return borrados


def _olvidar_correos():
    """A quién se le escribió también es un dato personal: se guarda lo mismo que los resultados."""
    limite = timezone.now() - timedelta(days=settings.TRABAJOS_DIAS_DE_RESULTADOS)
    return Correo.objects.filter(entregado_en__lt=limite).delete()[0]
