"""De la hoja y el ZIP a la vista previa, y de ahí a los contenidos: fila por fila y diciéndolo."""

from contextlib import ExitStack, contextmanager

from django.core.exceptions import ValidationError

from contenidos.acciones import importaciones as acciones
from contenidos.acciones.versiones import exigir_archivo_permitido, exigir_subtitulos
from contenidos.cargas.hoja import Fila, HojaInservible, leer_filas
from contenidos.cargas.paquete import Paquete, PaqueteInservible
from contenidos.models import Contenido, ImportacionDeContenidos
from territorio.texto import normalizar
from trabajos.archivos import huella_de

NUEVA, CAMBIA, IGUAL, RECHAZADA, CREADA = "nueva", "cambia", "igual", "rechazada", "creada"
SOBRAN_A_LA_VISTA = 20


def leer(importacion: ImportacionDeContenidos, tarea) -> None:
    """Deja la vista previa, o dice por qué no se puede. No crea nada."""
    if importacion.estado != ImportacionDeContenidos.Estado.RECIBIDA:
        return
    try:
        filas = _filas_de(importacion)
        with _paquete_de(importacion) as paquete:
            vistas = [_vista(fila) for fila in _miradas(filas, paquete, tarea)]
            mensaje = _lo_que_sobra(filas, paquete)
    except (HojaInservible, PaqueteInservible) as error:
        with tarea.cierre() as cierre:
            acciones.rechazar(importacion, str(error))
            cierre.mensaje = str(error)
        return
    with tarea.cierre() as cierre:
        acciones.mostrar(importacion, vistas, mensaje)
        cierre.mensaje = "Revise fila por fila y confirme."


def confirmar(importacion: ImportacionDeContenidos, tarea, *, a_revision: bool) -> None:
    """Crea lo nuevo. Si se interrumpe y vuelve a empezar, lo ya creado no se repite."""
    if importacion.estado != ImportacionDeContenidos.Estado.VISTA_PREVIA:
        return
    filas = _filas_de(importacion)
    vistas = []
    with _paquete_de(importacion) as paquete:
        for mirada in _miradas(filas, paquete, tarea, importacion=importacion):
            if mirada.que == NUEVA:
                _crear(mirada, importacion, paquete, tarea, a_revision=a_revision)
            vistas.append(_vista(mirada))
    n = sum(vista["que"] == CREADA for vista in vistas)
    with tarea.cierre() as cierre:
        acciones.cerrar(importacion, vistas, tarea.por)
        cierre.resultado = {"creados": n}
        cierre.mensaje = "Se creó 1 contenido." if n == 1 else f"Se crearon {n} contenidos."


# ── Mirar ─────────────────────────────────────────────────────────────────────────────────────


class _Mirada:
    """Una fila y qué pasa con ella."""

    def __init__(self, fila: Fila):
        self.fila = fila
        self.que = RECHAZADA if fila.motivos else NUEVA
        self.motivos = list(fila.motivos)
        self.contenido = None

    def es(self, que, *motivos, contenido=None):
        self.que, self.contenido = que, contenido
        self.motivos += motivos


def _miradas(filas, paquete, tarea, *, importacion=None):
    existentes = _Existentes(filas)
    primeras = {}
    for hechas, fila in enumerate(filas):
        tarea.avanzar(hechas, len(filas), f"Fila {fila.numero}: {fila.titulo}")
        mirada = _Mirada(fila)
        if mirada.que == NUEVA:
            _mirar(mirada, existentes, primeras, paquete, importacion)
            primeras.setdefault(fila.clave, fila.numero)
        yield mirada


def _mirar(mirada, existentes, primeras, paquete, importacion):
    fila = mirada.fila
    if fila.clave in primeras:
        repetida = f"Es el mismo contenido de la fila {primeras[fila.clave]}."
        mirada.es(RECHAZADA, repetida)
    elif contenido := existentes.el_de(fila):
        if importacion is not None and contenido.importacion_id == importacion.pk:
            mirada.es(CREADA, contenido=contenido)  # de un intento que se interrumpió
            return
        distintos = _distintos(fila, contenido, paquete)
        if distintos:
            en_que = f"Ya está en la biblioteca, con otro dato en: {', '.join(distintos)}."
            mirada.es(CAMBIA, en_que, "Si hay que cambiarlo, hágalo en su página.")
        else:
            mirada.es(IGUAL, "Ya está en la biblioteca, igual.")
        mirada.contenido = contenido
    elif problemas := _problemas_con_los_archivos(fila, paquete):
        mirada.es(RECHAZADA, *problemas)


class _Existentes:
    """Lo que la biblioteca ya tiene de los años de la hoja: mismo título, clase y año."""

    def __init__(self, filas):
        vigencias = {fila.campos.get("vigencia") for fila in filas} - {None}
        self.por_clave = {}
        suyos = Contenido.objects.filter(vigencia__in=vigencias).order_by("-pk")
        for contenido in suyos.select_related("autor", "version_actual"):
            clave = (normalizar(contenido.titulo), contenido.clase_id, contenido.vigencia)
            self.por_clave[clave] = contenido

    def el_de(self, fila):
        return self.por_clave.get(fila.clave)


def _distintos(fila, contenido, paquete):
    """En palabras: qué dice la hoja que la biblioteca no."""
    distintos = []
    if normalizar(fila.campos["resumen"]) != normalizar(contenido.resumen):
        distintos.append("el resumen")
    if normalizar(fila.autor) != contenido.autor.nombre_norm:
        distintos.append("quién lo hizo")
    if fila.campos.get("enlace", "") != contenido.enlace:
        distintos.append("el enlace")
    if fila.archivo and paquete and not paquete.problema_con(fila.archivo):
        with paquete.sacar(fila.archivo) as archivo:
            actual = contenido.version_actual
            if actual is None or huella_de(archivo) != actual.huella:
                distintos.append("el archivo")
    return distintos


def _problemas_con_los_archivos(fila, paquete):
    nombres = [nombre for nombre in (fila.archivo, fila.subtitulos) if nombre]
    if nombres and paquete is None:
        return [f"Falta el ZIP donde viene «{nombre}»." for nombre in nombres]
    if problemas := [uno for nombre in nombres if (uno := paquete.problema_con(nombre))]:
        return problemas
    try:
        with _sacados(paquete, fila) as (archivo, subtitulos):
            if archivo:
                exigir_archivo_permitido(archivo)
                exigir_subtitulos(archivo, subtitulos)
    except ValidationError as error:
        return [f"«{fila.archivo}»: {mensaje}" for mensaje in error.messages]
    except PaqueteInservible as error:
        return [str(error)]
    return []


@contextmanager
def _sacados(paquete, fila):
    """El archivo y sus subtítulos, o None por cada uno que la fila no nombre."""
    with ExitStack() as abiertos:
        yield [
            abiertos.enter_context(paquete.sacar(nombre)) if nombre else None
            for nombre in (fila.archivo, fila.subtitulos)
        ]


def _lo_que_sobra(filas, paquete):
    usados = {nombre for fila in filas for nombre in (fila.archivo, fila.subtitulos) if nombre}
    sobran = paquete.sobran(usados) if paquete else []
    if not sobran:
        return ""
    nombres = ", ".join(sobran[:SOBRAN_A_LA_VISTA])
    mas = f" y {len(sobran) - SOBRAN_A_LA_VISTA} más" if len(sobran) > SOBRAN_A_LA_VISTA else ""
    cuantos = "1 archivo" if len(sobran) == 1 else f"{len(sobran)} archivos"
    return f"El ZIP trae {cuantos} que ninguna fila nombra: {nombres}{mas}."


# ── Crear ─────────────────────────────────────────────────────────────────────────────────────


def _crear(mirada, importacion, paquete, tarea, *, a_revision):
    fila = mirada.fila
    try:
        with _sacados(paquete, fila) as (archivo, subtitulos):
            contenido, motivos = acciones.crear_de_la_fila(
                importacion=importacion,
                por=tarea.por,
                campos=fila.campos,
                relaciones=fila.relaciones,
                autor=fila.autor,
                archivo=archivo,
                subtitulos=subtitulos,
                a_revision=a_revision,
            )
    except ValidationError as error:
        mirada.es(RECHAZADA, *error.messages)
    except PaqueteInservible as error:
        mirada.es(RECHAZADA, str(error))
    else:
        mirada.es(CREADA, *motivos, contenido=contenido)


# ── Lo común ──────────────────────────────────────────────────────────────────────────────────


def _filas_de(importacion):
    with importacion.hoja.open("rb") as hoja:
        return leer_filas(hoja.read())


@contextmanager
def _paquete_de(importacion):
    if not importacion.paquete:
        yield None
        return
    with importacion.paquete.open("rb") as archivo:
        yield Paquete(archivo)


def _vista(mirada):
    fila, contenido = mirada.fila, mirada.contenido
    return {
        "fila": fila.numero,
        "que": mirada.que,
        "titulo": fila.titulo,
        "clase": str(fila.campos.get("clase", "")),
        "archivo": fila.archivo or fila.campos.get("enlace", ""),
        "motivos": mirada.motivos,
        "contenido": contenido.slug if contenido else "",
    }
