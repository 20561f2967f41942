"""La vigencia 2020 de demostración: cincuenta sesiones y sus archivos, por el camino de siempre."""

from datetime import timedelta
from pathlib import Path

from django.core.files.base import ContentFile
from django.db import transaction

from conectate.acciones import importaciones, lecturas
from conectate.acciones.cierre import cerrar_sesion
from conectate.acciones.materiales import agregar_material
from conectate.acciones.recalculo import recalcular_sesiones
from conectate.acciones.sesiones import crear_sesion, registrar_aforo
from conectate.demostracion.asistentes import Elenco, archivo, dominio_de, reparto
from conectate.demostracion.calendario import DIALOGO, SESIONES, VIGENCIA, SesionDePrueba
from conectate.models import Decision, Emparejamiento, Importacion, Sesion, TipoSesion
from contenidos.models import Tema
from cuentas.models import Usuario
from territorio.models import Alias, Dominio, EntidadTerritorial, Origen

DURACION = timedelta(hours=2)
PRESENTACION = Path(__file__).with_name("presentacion.pdf")
ULTIMO_MES_CERRADO = 3  # lo demás queda abierto, para poder revisar y corregir
SIN_DOMINIO_CONOCIDO = 8  # entidades cuyo correo la demostración deja por resolver
AFORO = ("Conéctate con el MEN: alternancia", 489, "YouTube (pico de espectadores)")


def cargar(por: Usuario) -> int:
    """Crea lo que falte de la vigencia de demostración. Devuelve cuántas sesiones creó."""
    entidades = list(EntidadTerritorial.objects.vigentes(SESIONES[0].fecha))
    _ensenar_dominios(entidades, por)
    presentes, elenco = reparto(entidades), Elenco(entidades)
    ya_estan = set(Sesion.objects.filter(es_demostracion=True).values_list("fecha", "titulo"))
    tipos = {tipo.clave: tipo for tipo in TipoSesion.objects.all()}
    temas = {tema.nombre: tema for tema in Tema.objects.all()}
    creadas = 0
    for numero, de_prueba in enumerate(SESIONES):
        if (de_prueba.fecha, de_prueba.titulo) in ya_estan:
            continue
        nombre, datos = archivo(de_prueba, presentes[numero], elenco, numero)
        with transaction.atomic():
            sesion = _crear(de_prueba, tipos[de_prueba.tipo], temas.get(de_prueba.tema), por)
            _importar(sesion, nombre, datos, por)
            if de_prueba.fecha.month <= ULTIMO_MES_CERRADO:
                cerrar_sesion(sesion=sesion, por=por)
        creadas += 1
    return creadas


def _ensenar_dominios(entidades, por):
    conocidas = sorted(entidades, key=lambda e: e.codigo_dane)[:-SIN_DOMINIO_CONOCIDO]
    Dominio.objects.bulk_create(
        [
            Dominio(
                dominio=dominio_de(entidad),
                entidad=entidad,
                clase=Dominio.Clase.ENTIDAD,
                origen=Origen.PERSONA,
                creado_por=por,
            )
            for entidad in conocidas
        ],
        ignore_conflicts=True,
    )


def _crear(de_prueba: SesionDePrueba, tipo, tema, por):
    es_dialogo = de_prueba.tipo == DIALOGO
    sesion = crear_sesion(
        por=por,
        titulo=de_prueba.titulo,
        tipo=tipo,
        temas=[tema] if tema else [],
        fecha=de_prueba.fecha,
        hora_inicio=de_prueba.hora,
        hora_fin=de_prueba.hora.replace(hour=de_prueba.hora.hour + DURACION.seconds // 3600),
        audiencia=Sesion.Audiencia.SECRETARIOS if es_dialogo else Sesion.Audiencia.COMUNIDAD,
        direccion=por.direccion,
        ponentes="Ponente de prueba, profesional del equipo",
        descripcion="Sesión de demostración: los asistentes son inventados.",
        estado=Sesion.Estado.REALIZADA,
    )
    agregar_material(
        sesion=sesion,
        titulo=f"Presentación: {de_prueba.titulo}",
        archivo=ContentFile(PRESENTACION.read_bytes(), "presentacion.pdf"),
        por=por,
    )
    titulo, personas, fuente = AFORO
    if de_prueba.titulo == titulo:
        registrar_aforo(sesion=sesion, personas=personas, fuente=fuente, por=por)
    return sesion


def _importar(sesion, nombre, datos, por):
    importacion, _ = importaciones.recibir(
        sesion=sesion, archivo=ContentFile(datos), nombre=nombre, por=por
    )
    leido = lecturas.interpretar(datos, nombre=nombre, fecha=sesion.fecha)
    lecturas.guardar_lectura(importacion, leido, lecturas.preparar(importacion, leido))
    importaciones.confirmar(importacion=importacion, por=por)


@transaction.atomic
def quitar() -> int:
    """Borra lo inventado y lo que las cuentas de prueba enseñaron. Devuelve cuántas sesiones.

    Lo que se entregó en ellas lo quita la demostración de la biblioteca.
    """
    de_prueba = Usuario.objects.filter(es_demostracion=True)
    sesiones = Sesion.objects.filter(es_demostracion=True)
    cuantas = sesiones.count()
    _borrar_archivos(Importacion.objects.filter(sesion__in=sesiones))
    sesiones.delete()
    _soltar(de_prueba)
    Emparejamiento.objects.filter(creado_por__in=de_prueba).delete()
    if _olvidar(de_prueba):
        recalcular_sesiones(Sesion.objects.exclude(estado=Sesion.Estado.CERRADA))
    return cuantas


def _soltar(de_prueba):
    """Lo que las cuentas de prueba hicieron en sesiones que se quedan ya no dice quién lo hizo."""
    for relacion in Usuario._meta.related_objects:
        campo, modelo = relacion.field, relacion.related_model
        if modelo._meta.app_label != "conectate":
            continue
        suyas = modelo.objects.filter(**{f"{campo.name}__in": de_prueba})
        suyas.update(**{campo.name: None}) if campo.null else suyas.delete()


def _borrar_archivos(filas):
    for fila in filas:
        borrar = fila.archivo.delete
        transaction.on_commit(lambda borrar=borrar: borrar(save=False))


def _olvidar(de_prueba) -> bool:
    decisiones, _ = Decision.objects.filter(creado_por__in=de_prueba).delete()
    for senal in (Alias, Dominio):
        senal.objects.filter(origen=Origen.PERSONA, creado_por__in=de_prueba).delete()
    return bool(decisiones)


__all__ = ["VIGENCIA", "cargar", "quitar"]
