"""Lo que se contó para la vista previa, guardado para no contarlo otra vez al confirmar.

Vale si el archivo es el único de su sesión y nada de lo que decide la cuenta cambió desde
entonces: de eso responde la huella. Si no vale, se cuenta de nuevo y da lo mismo, más despacio.
"""

import hashlib

from conectate.acciones.filas import COLUMNAS, filas_de
from conectate.acciones.identificacion import Veredicto, decisiones_vigentes
from conectate.acciones.union import Archivo, Persona, parejas_posibles
from conectate.models import CuentaPrevista, Importacion, Participacion, Sesion
from territorio.consultas import huella_del_catalogo
from trabajos import carga_masiva


def huella_de_lo_sabido(sesion: Sesion) -> str:
    """Todo lo que entra en la cuenta y no está en el archivo."""
    sabido = (
        COLUMNAS,
        (sesion.pk, sesion.fecha, sesion.minutos_minimos),
        sorted(decisiones_vigentes().items()),
        huella_del_catalogo(),
    )
    return hashlib.sha256(repr(sabido).encode()).hexdigest()


def prever(
    sesion: Sesion,
    huella: str,
    archivo: Archivo,
    personas: list[Persona],
    veredictos: list[Veredicto],
) -> CuentaPrevista | None:
    """Nada que prever si la sesión ya tiene otro archivo: se unirían."""
    if sesion.importaciones.confirmadas().exists():
        return None
    escrito = carga_masiva.escribir(filas_de(sesion, personas, veredictos))
    return CuentaPrevista(
        huella=huella,
        personas=len(personas),
        parejas=parejas_posibles([archivo]),
        paquete=CuentaPrevista.empacar(escrito),
    )


def guardar(importacion: Importacion, prevista: CuentaPrevista | None) -> None:
    """Leer otra vez el archivo deja sin valor lo que se había contado."""
    olvidar(importacion)
    if prevista:
        prevista.importacion = importacion
        prevista.save(force_insert=True)


def la_que_vale(sesion: Sesion) -> CuentaPrevista | None:
    """La cuenta ya hecha, si al contar hoy saldría igual."""
    confirmadas = sesion.importaciones.confirmadas()
    prevista = CuentaPrevista.objects.filter(importacion__in=confirmadas).first()
    if (
        prevista is None
        or confirmadas.exclude(pk=prevista.pk).exists()
        or Participacion.objects.filter(sesion=sesion).exists()
        or prevista.huella != huella_de_lo_sabido(sesion)
    ):
        return None
    return prevista


def escribir(prevista: CuentaPrevista) -> None:
    carga_masiva.insertar_escritas(Participacion, COLUMNAS, prevista.escrito)


def olvidar(importacion: Importacion) -> None:
    CuentaPrevista.objects.filter(importacion=importacion).delete()
