"""Componer constancias: se emiten las que falten y se arma el archivo con las que valen."""

from conectate.acciones.constancias import emitir_constancias
from conectate.consultas.constancias import Alcance
from conectate.informes.constancias import (
    componer_constancia,
    escribir_zip,
    nombre_de_sesion,
    nombre_del_pdf,
)
from conectate.models import Sesion
from conectate.permisos import puede_ver_participacion, puede_ver_personas
from cuentas.bitacora import ver_lista_de_personas
from territorio.models import EntidadTerritorial
from trabajos.registro import TrabajoRechazado, trabajo


@trabajo("conectate.constancias", titulo="Preparar constancias", intentos=3)
def preparar_constancias(tarea, *, sesion_id=None, vigencia=None, codigo_dane=None):
    tarea.avanzar(0, None, "Emitiendo las que faltan")
    if sesion_id:
        alcance, nombre, sobre = _de_una_sesion(tarea.por, sesion_id)
    else:
        alcance, nombre, sobre = _de_un_ano(tarea.por, vigencia, codigo_dane)
    # Repetirlo tras una interrupción no emite otras: las que ya están se toman como están.
    emitir_constancias(alcance, por=tarea.por)
    constancias = list(alcance.vigentes())
    if not constancias:
        raise TrabajoRechazado(
            "No hay constancias que entregar: nadie cumplió el tiempo mínimo o se revocaron."
        )

    total = len(constancias)
    with tarea.archivo(f"{nombre}.zip") as ruta:
        escribir_zip(
            ruta, constancias, lambda hechas: tarea.avanzar(hechas, total, "Componiendo los PDF")
        )

    with tarea.cierre() as cierre:
        ver_lista_de_personas(
            por=tarea.por,
            lista="constancias",
            n_personas=sum(constancia.es_de_persona for constancia in constancias),
            objeto=sobre,
            exportada=True,
        )
        cierre.resultado = {"constancias": total}
        cierre.mensaje = (
            "El archivo trae 1 constancia y su índice."
            if total == 1
            else f"El archivo trae {total} constancias y su índice."
        )


def _de_una_sesion(por, sesion_id):
    sesion = Sesion.objects.visibles_para(por).filter(pk=sesion_id).first()
    if sesion is None or not puede_ver_personas(por):
        raise TrabajoRechazado("Ya no tiene permiso para bajar estas constancias.")
    _exigir_cerrada(sesion)
    entidad = por.entidad if por.es_de_secretaria else None
    alcance = Alcance(Sesion.objects.filter(pk=sesion.pk), entidad)
    return alcance, f"Constancias {nombre_de_sesion(sesion)}", sesion


def _de_un_ano(por, vigencia, codigo_dane):
    entidad = EntidadTerritorial.objects.get(codigo_dane=codigo_dane)
    if not puede_ver_participacion(por, entidad):
        raise TrabajoRechazado("Ya no tiene permiso para bajar estas constancias.")
    alcance = Alcance(Sesion.objects.de_la_vigencia(vigencia), entidad)
    return alcance, f"Constancias {vigencia} {entidad.nombre}", entidad


@trabajo("conectate.mi_constancia", titulo="Preparar mi constancia", intentos=3)
def preparar_mi_constancia(tarea, *, sesion_id):
    """La de quien la pide, por su correo. No es una lista de personas: es la suya."""
    alcance = Alcance(Sesion.objects.filter(pk=sesion_id), correo=tarea.por.email)
    if not alcance.personas().exists():
        raise TrabajoRechazado("En esa sesión no hay una participación con su correo que cuente.")
    emitir_constancias(alcance, por=tarea.por)
    constancia = alcance.vigentes().first()
    if constancia is None:
        raise TrabajoRechazado(
            "Su constancia de esa sesión se revocó. Pregunte al Ministerio por qué."
        )
    tarea.adjuntar(nombre_del_pdf(constancia), componer_constancia(constancia))
    with tarea.cierre() as cierre:
        cierre.mensaje = f"Su constancia tiene el código {constancia.codigo}."


def _exigir_cerrada(sesion):
    if not sesion.esta_cerrada:
        raise TrabajoRechazado(
            "La sesión no está cerrada. Las constancias se emiten cuando se cierra."
        )
