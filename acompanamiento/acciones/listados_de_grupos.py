"""El listado de los grupos: llega, se revisa y alguien lo confirma. Repetirlo no cambia nada."""

from collections import defaultdict
from contextlib import contextmanager, nullcontext
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format

from acompanamiento.acciones.grupos import (
    agregar_integrante,
    apartar_los_grupos,
    asignar_padrino,
    crear_grupo,
    mover_entidad,
)
from acompanamiento.acciones.listados import (
    MEGA,
    Estado,
    aprender,
    con_su_archivo,
    guardar_el_archivo,
    soltar_el_archivo,
    tomar,
)
from acompanamiento.consultas.listados_de_grupos import EN_PALABRAS, Comparacion, comparar
from acompanamiento.lectura.encabezado import ListadoIlegible
from acompanamiento.lectura.grupos import LecturaDeGrupos, leer_grupos
from acompanamiento.models import Grupo, Integrante, ListadoDeGrupos
from cuentas.bitacora import anotar
from cuentas.models import Usuario
from territorio.models import EntidadTerritorial
from territorio.resolucion.filas import Reconocedor
from trabajos.archivos import sin_dejar_huerfano

TAMANO_MAXIMO = 5 * MEGA


def recibir_listado_de_grupos(*, archivo, desde: date, por: Usuario) -> ListadoDeGrupos:
    """Lo lee, lo guarda y deja ver qué cambiaría. Lo que no se entiende no se guarda."""
    listado = con_su_archivo(
        ListadoDeGrupos(desde=desde, creado_por=por), archivo, maximo=TAMANO_MAXIMO
    )
    lectura = _leer(archivo)
    esperando = ListadoDeGrupos.objects.filter(
        huella=listado.huella, desde=desde, estado=Estado.VISTA_PREVIA
    ).first()
    if esperando is None:
        guardar_el_archivo(listado, archivo)
    listado = esperando or listado
    with transaction.atomic(), nullcontext() if esperando else sin_dejar_huerfano(listado):
        _entender(listado, lectura)
        anotar(
            por=por,
            verbo="subió un listado de grupos",
            objeto=listado,
            detalle={"huella": listado.huella, "desde": desde, **listado.resumen["cuenta"]},
        )
    return listado


def _leer(archivo) -> LecturaDeGrupos:
    archivo.seek(0)
    try:
        return leer_grupos(archivo.read())
    except ListadoIlegible as error:
        raise ValidationError(str(error), code="archivo_ilegible") from error


def _entender(listado: ListadoDeGrupos, lectura: LecturaDeGrupos) -> None:
    """De quién es cada fila. Lo contradicho y lo imposible se rechazan; lo dudoso, a la bandeja."""
    reconocedor = Reconocedor(listado.desde)
    no_valen = {grupo.numero for grupo in Grupo.objects.all() if not grupo.vale_en(listado.desde)}
    por_entidad, filas = defaultdict(list), []
    for fila in lectura.filas:
        quien = reconocedor.de_quien(fila.codigo, nombre=fila.secretaria)
        dicho = {"fila": fila.fila, "texto": fila.texto, "grupo": fila.grupo}
        if fila.grupo in no_valen:
            motivo = f"El grupo {fila.grupo} no está vigente el {date_format(listado.desde)}."
            filas.append({**dicho, "que": "rechazada", "motivo": motivo})
        elif quien.motivo:
            filas.append({**dicho, "que": "rechazada", "motivo": quien.motivo})
        elif quien.entidad is None:
            filas.append({**dicho, "que": "bandeja", "sugerencias": list(quien.sugerencias)})
        else:
            correos = {campo: getattr(fila, campo) for campo in EN_PALABRAS}
            por_entidad[quien.entidad].append({**dicho, "entidad": quien.entidad.pk, **correos})
    for entidad, suyas in por_entidad.items():
        filas += _una_por_entidad(entidad, suyas)
    filas += [
        {"fila": uno.fila, "texto": uno.valor, "que": "rechazada", "motivo": uno.motivo}
        for uno in lectura.rechazadas
    ]
    listado.filas = sorted(filas, key=lambda fila: fila["fila"])
    comparacion = comparar(listado)
    listado.resumen = {"filas": len(filas), "cuenta": comparacion.cuenta}
    por_decidir = comparacion.avisos or any(fila["que"] == "bandeja" for fila in filas)
    listado.estado = Estado.VISTA_PREVIA
    if comparacion.cambios and not comparacion.cambia_algo and not por_decidir:
        listado.estado = Estado.SIN_CAMBIOS
        _cerrar(listado, comparacion)
    listado.save()


def _una_por_entidad(entidad, suyas):
    """Dos veces lo mismo entra una; en dos grupos, ninguna: lo resuelve quien lo escribió."""
    primera, *otras = suyas
    if len({fila["grupo"] for fila in suyas}) == 1:
        repite = f"Repite a {entidad}, de la fila {primera['fila']}."
        return [
            {**primera, "que": "reconocida"},
            *({**_sin_correos(una), "que": "rechazada", "motivo": repite} for una in otras),
        ]
    donde = " y ".join(f"en el grupo {una['grupo']} (fila {una['fila']})" for una in suyas)
    motivo = f"{entidad} está {donde}. Deje una sola fila."
    return [{**_sin_correos(una), "que": "rechazada", "motivo": motivo} for una in suyas]


def _sin_correos(fila):
    return {campo: valor for campo, valor in fila.items() if campo not in EN_PALABRAS}


@transaction.atomic
def reconocer_en_listado_de_grupos(
    *, listado: ListadoDeGrupos, texto: str, entidad: EntidadTerritorial, por: Usuario
) -> None:
    tomar(listado)
    aprender(listado=listado, texto=texto, entidad=entidad, por=por)
    with listado.archivo.open("rb") as archivo:
        lectura = _leer(archivo)
    _entender(listado, lectura)


@transaction.atomic
def confirmar_listado_de_grupos(
    *, listado: ListadoDeGrupos, por: Usuario, vista: str = ""
) -> Comparacion:
    """Todo o nada. `vista` es la huella de lo que la persona tenía delante."""
    tomar(listado)
    listado.exigir_por_confirmar()
    apartar_los_grupos()
    comparacion = comparar(listado)
    if vista and vista != comparacion.huella:
        raise ValidationError(
            "Mientras usted revisaba, alguien cambió los grupos. Mire otra vez y confirme.",
            code="cambio_mientras_tanto",
        )
    if not comparacion.cambia_algo:
        raise ValidationError(
            "El listado no trae nada que cambie los grupos. No se guardó nada.", code="nada_cambia"
        )
    _aplicar(listado, comparacion, por)
    listado.resumen["cuenta"] = comparacion.cuenta
    listado.estado, listado.confirmado_por = Estado.CONFIRMADO, por
    listado.confirmado_en = timezone.now()
    _cerrar(listado, comparacion)
    listado.save()
    anotar(
        por=por,
        verbo="confirmó un listado de grupos",
        objeto=listado,
        detalle={"huella": listado.huella, "desde": listado.desde, **comparacion.cuenta},
    )
    return comparacion


def _aplicar(listado, comparacion, por):
    desde, motivo = listado.desde, f"Listado «{listado.nombre_del_archivo}»"[:300]
    for numero in comparacion.grupos_nuevos:
        crear_grupo(numero=numero, desde=desde, por=por)
    grupos = {grupo.numero: grupo for grupo in Grupo.objects.all()}
    for cambio in comparacion.por_guardar:
        with _en_la_fila(cambio.fila):
            if cambio.cambia_de_grupo:
                grupo = grupos[cambio.grupo]
                mover_entidad(
                    entidad=cambio.entidad, grupo=grupo, desde=desde, motivo=motivo, por=por
                )
            for uno in cambio.otras_personas:
                asignar_padrino(
                    entidad=cambio.entidad,
                    persona=uno.persona,
                    papel=uno.papel,
                    desde=desde,
                    por=por,
                )
    for lider in comparacion.otros_lideres:
        with _en_la_fila(lider.fila):
            agregar_integrante(
                grupo=grupos[lider.grupo],
                persona=lider.persona.persona,
                papel=Integrante.Papel.LIDER,
                desde=desde,
                por=por,
            )


@contextmanager
def _en_la_fila(numero):
    """Lo que una regla no deja hacer se dice con la fila que lo pide."""
    try:
        yield
    except ValidationError as error:
        raise ValidationError(
            f"Fila {numero}: {' '.join(error.messages)} No se cambió nada.", code="fila_imposible"
        ) from error


def _cerrar(listado, comparacion):
    """Queda qué hizo con cada entidad; los correos y el archivo ya no hacen falta."""
    listado.resumen["faltan"] = [[entidad.nombre, numero] for entidad, numero in comparacion.faltan]
    que = {cambio.fila: cambio.que for cambio in comparacion.cambios}
    listado.filas = [
        {**_sin_correos(fila), "que": que.get(fila["fila"], fila["que"])} for fila in listado.filas
    ]
    soltar_el_archivo(listado)
