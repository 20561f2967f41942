"""El informe de una entidad: pedirlo, hacer el de todas y mandarlo cada mes a quien es suyo."""

from collections.abc import Iterable
from contextlib import contextmanager
from datetime import date
from functools import lru_cache

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.mail import get_connection
from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format

from cuentas.bitacora import anotar
from cuentas.models import Usuario
from indicadores.avisos import correo_del_informe
from indicadores.consultas.informes import (
    clave_del_mes,
    destinatarios_de,
    entregas_de,
    esta_lista,
    fallo,
    toca_enviar,
    vigencias_con_cifras,
)
from indicadores.informes.contenido import Informe, informe_de
from indicadores.informes.formatos import COMPONER, FORMATOS
from indicadores.models import (
    EntregaDeInforme,
    LoteDeInformes,
    SuscripcionAlInforme,
    Version,
)
from territorio.models import EntidadTerritorial
from trabajos.acciones import encolar
from trabajos.horas_habiles import proxima_hora_habil
from trabajos.models import Trabajo
from trabajos.tarea import Tarea


def pedir_informe(
    *, entidad: EntidadTerritorial, vigencia: int, formato: str, por: Usuario
) -> Trabajo:
    """Se compone aparte. Pulsar dos veces no pide dos."""
    if formato not in FORMATOS:
        raise ValueError(f"No hay informe en {formato!r}.")
    return encolar(
        "indicadores.informe",
        por=por,
        parametros={"codigo_dane": entidad.codigo_dane, "vigencia": vigencia, "formato": formato},
        titulo=f"Informe {vigencia}: {entidad.nombre} ({FORMATOS[formato]})",
        clave_unica=f"informe:{por.pk}:{entidad.codigo_dane}:{vigencia}:{formato}",
    )


# ── El de todas ───────────────────────────────────────────────────────────────────────────────


@transaction.atomic
def pedir_lote(*, vigencia: int, por: Usuario) -> LoteDeInformes:
    """Los informes de las que eran entidades al cierre de ese año.

    Una versión no cambia: de la misma versión y el mismo año hay un solo lote.
    """
    version = _exigir_version()
    if vigencia not in vigencias_con_cifras():
        raise ValidationError(
            f"De {vigencia} no hay cifras publicadas. Escoja otro año.", code="vigencia_sin_cifras"
        )
    lote, es_nuevo = LoteDeInformes.objects.get_or_create(
        clave=f"version:{version.numero}:{vigencia}",
        defaults={
            "titulo": f"Informes de {vigencia}, con la versión {version.numero}",
            "vigencia": vigencia,
            "version": version,
            "pedido_por": por,
        },
    )
    _repartir(lote, EntidadTerritorial.objects.vigentes(date(vigencia, 12, 31)))
    if es_nuevo:
        anotar(por=por, verbo="pidió los informes de todas las entidades", objeto=lote)
    return lote


@transaction.atomic
def pedir_los_del_mes(hoy: date | None = None) -> LoteDeInformes | None:
    """El lote del mes, los primeros días hábiles. Repetirla no pide otra vez lo ya pedido."""
    hoy = hoy or timezone.localdate()
    vigencias = vigencias_con_cifras()
    if not vigencias or not toca_enviar(hoy):
        return None
    lote, _ = LoteDeInformes.objects.get_or_create(
        clave=clave_del_mes(hoy),
        defaults={
            "titulo": date_format(hoy, r"\I\n\f\o\r\m\e \d\e F \d\e Y"),
            "vigencia": vigencias[0],
            "version": _exigir_version(),
            "por_correo": True,
        },
    )
    _repartir(lote, EntidadTerritorial.objects.vigentes(hoy), no_antes_de=proxima_hora_habil())
    return lote


@transaction.atomic
def reintentar_lote(lote: LoteDeInformes, *, por: Usuario) -> int:
    """Vuelven a la fila las que no se pudieron; las listas no se tocan."""
    fallidas = [entrega for entrega in entregas_de(lote) if fallo(entrega)]
    for entrega in fallidas:
        _encolar(entrega)
    if fallidas:
        anotar(
            por=por,
            verbo="reintentó informes de un lote",
            objeto=lote,
            detalle={"informes": len(fallidas)},
        )
    return len(fallidas)


def pedir_zip(lote: LoteDeInformes, *, por: Usuario) -> Trabajo:
    return encolar(
        "indicadores.zip_de_lote",
        por=por,
        parametros={"lote_id": lote.pk},
        titulo=f"{lote.titulo} (ZIP)",
        clave_unica=f"zip:{por.pk}:{lote.pk}",
    )


def _exigir_version() -> Version:
    version = Version.objects.ultima()
    if version is None:
        raise ValidationError(
            "Todavía no hay cifras publicadas: cargue un archivo de indicadores primero.",
            code="sin_version",
        )
    return version


def _repartir(lote, entidades: Iterable[EntidadTerritorial], **cuando):
    """Una entrega y un trabajo por entidad, y ninguno dos veces."""
    EntregaDeInforme.objects.bulk_create(
        [EntregaDeInforme(lote=lote, entidad=entidad) for entidad in entidades],
        ignore_conflicts=True,
    )
    for entrega in lote.entregas.filter(trabajo=None).select_related("entidad", "lote"):
        entrega.trabajo = _encolar(entrega, **cuando)
        entrega.save(update_fields=["trabajo"])


def _encolar(entrega, **cuando) -> Trabajo:
    lote, entidad = entrega.lote, entrega.entidad
    return encolar(
        "indicadores.informe_de_lote",
        por=None,
        parametros={"lote_id": lote.pk, "codigo_dane": entidad.codigo_dane},
        titulo=f"{lote.titulo}: {entidad.nombre}",
        clave_unica=f"informe:{lote.pk}:{entidad.codigo_dane}",
        una_sola_vez=True,
        **cuando,
    )


# ── Uno del lote ──────────────────────────────────────────────────────────────────────────────


def entregar(*, lote_id: int, codigo_dane: str, tarea: Tarea) -> None:
    """Compone los dos archivos, los guarda y, si el lote va por correo, deja los correos.

    Revivido o repetido, quedan unos archivos y un correo por persona.
    """
    entrega = EntregaDeInforme.objects.select_related("lote__version", "entidad__departamento").get(
        lote=lote_id, entidad__codigo_dane=codigo_dane
    )
    if esta_lista(entrega):
        return
    lote = entrega.lote
    if lote.por_correo and (sale_en := proxima_hora_habil()) > timezone.now():
        hora = date_format(sale_en, r"j \d\e F, g:i a")
        tarea.aplazar(hasta=sale_en, mensaje=f"Sale el {hora} (hora de Colombia).")
        return
    informe = informe_de(
        entrega.entidad,
        vigencia=lote.vigencia,
        version=lote.version_id,
        comunes=_comunes_de(lote.pk, lote.pedido_en),
    )
    archivos = {formato: componer(informe) for formato, componer in COMPONER.items()}
    with _guardados(entrega, archivos), tarea.cierre() as cierre:
        correos = _correos(entrega, informe, archivos["pdf"])
        if correos:
            get_connection().send_messages(correos)
        _dar_por_lista(entrega, archivos, informe, len(correos))
        cierre.mensaje = "Los dos archivos están listos."


@lru_cache(maxsize=1)
def _comunes_de(lote_id, pedido_en) -> dict:
    """Lo que no cambia entre las entidades de un lote: cada trabajador lo lee una vez."""
    return {}


@contextmanager
def _guardados(entrega, archivos):
    """Los archivos, en su sitio; si el cierre no los hace suyos, se borran."""
    _barrer(entrega)
    for formato, contenido in archivos.items():
        getattr(entrega, formato).save(f"informe.{formato}", ContentFile(contenido), save=False)
    try:
        yield
    except BaseException:
        for formato in archivos:
            getattr(entrega, formato).delete(save=False)
        raise


def _barrer(entrega):
    """Lo que dejó quien murió entre guardar y cerrar: nadie más lo conoce."""
    almacen = entrega.pdf.storage
    carpeta = entrega.pdf.field.generate_filename(entrega, "x").rpartition("/")[0]
    if almacen.exists(carpeta):
        for nombre in almacen.listdir(carpeta)[1]:
            almacen.delete(f"{carpeta}/{nombre}")


def _dar_por_lista(entrega, archivos, informe: Informe, n_correos):
    entrega.estado = EntregaDeInforme.Estado.LISTA
    entrega.lista_en = timezone.now()
    entrega.bytes_xlsx, entrega.bytes_pdf = len(archivos["xlsx"]), len(archivos["pdf"])
    entrega.n_cifras, entrega.n_correos = informe.n_cifras, n_correos
    entrega.save()


def _correos(entrega, informe, pdf):
    """Uno por persona, y solo a las de esa secretaría."""
    if not entrega.lote.por_correo:
        return []
    return [
        correo_del_informe(entrega, informe, pdf, para=persona.email)
        for persona in destinatarios_de(entrega.entidad)
    ]


# ── Quién lo recibe ───────────────────────────────────────────────────────────────────────────


@transaction.atomic
def programar_informe(*, por: Usuario, activa: bool) -> SuscripcionAlInforme:
    """Cada quien decide si le llega. Decirlo dos veces no cambia nada."""
    suscripcion, es_nueva = SuscripcionAlInforme.objects.get_or_create(
        usuario=por, defaults={"activa": activa}
    )
    if es_nueva or suscripcion.activa != activa:
        suscripcion.activa, suscripcion.cambiada_en = activa, timezone.now()
        suscripcion.save()
        verbo = "programó su informe mensual" if activa else "dejó de recibir el informe mensual"
        anotar(por=por, verbo=verbo)
    return suscripcion
