"""Deshacer una versión: publicar otra que deja todo como estaba antes de ella."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Exists, OuterRef, Q

from cuentas.bitacora import anotar
from cuentas.models import Usuario
from indicadores.acciones import publicacion
from indicadores.acciones.calculo import recalcular
from indicadores.acciones.calidad import cerrar_los_corregidos, cerrar_los_de_la_carga
from indicadores.models import Carga, Caso, Hallazgo, Valor, Version
from trabajos.acciones import encolar
from trabajos.models import Trabajo

DEL_CALCULO = ~Q(metodo=Valor.Metodo.PUBLICADO) & Q(fila__isnull=True)
CLAVE = ("indicador_id", "unidad_id", "vigencia")
EN_LA_MISMA_PETICION = 5_000  # cifras


def pedir_deshacer(*, version: Version, por: Usuario, motivo: str) -> Trabajo:
    """Lo pequeño se hace ya; una carga entera, después. Lo que no se puede, se dice ya."""
    _exigir_que_se_pueda(version)
    return encolar(
        "indicadores.deshacer_version",
        por=por,
        titulo=f"Deshacer la versión {version.numero}",
        parametros={"numero": version.numero, "motivo": motivo},
        clave_unica=f"deshacer-version:{version.numero}",
        ahora=version.nuevas + version.cambiadas <= EN_LA_MISMA_PETICION,
    )


@transaction.atomic
def deshacer_version(*, version: Version, por: Usuario | None, motivo: str) -> Version:
    """Sale lo que entró en ella y vuelve lo que reemplazó. Lo calculado se calcula otra vez."""
    if not motivo.strip():
        raise ValidationError(
            "Escriba por qué la deshace: sale en la fe de erratas.", code="sin_motivo"
        )
    publicacion.tomar_turno()
    _exigir_que_se_pueda(version)
    anos = set(_publicadas(version.entran).values_list("vigencia", flat=True))
    nueva = publicacion.abrir_version(
        conjunto=version.conjunto,
        clase=Version.Clase.REVERSION,
        fuente=version.fuente,
        por=por,
        corte=_corte_anterior(version),
        motivo=motivo.strip(),
        revierte=version,
    )
    nueva.cambiadas = _sacar_lo_que_entro(version, nueva)
    _devolver_lo_que_salio(version, nueva)
    nueva.save(update_fields=["cambiadas"])
    _reabrir_lo_que_cerro(version, nueva)
    recalcular(nueva, vigencias=anos)
    Carga.objects.filter(version=version).update(estado=Carga.Estado.DESHECHA)
    cerrar_los_corregidos(nueva, por=por)
    cerrar_los_de_la_carga(version, nueva, por=por)
    anotar(
        por=por,
        verbo="deshizo una versión de las cifras",
        objeto=version,
        detalle={"version": version.numero, "queda": nueva.numero, "motivo": motivo.strip()},
    )
    return nueva


def _exigir_que_se_pueda(version):
    if version.clase == Version.Clase.REVERSION:
        raise ValidationError(
            "Esta versión ya es una vuelta atrás. Para publicar de nuevo esas cifras, cargue el "
            "archivo otra vez.",
            code="version_es_reversion",
        )
    if otra := Version.objects.filter(revierte=version).first():
        raise ValidationError(
            f"La versión {version.numero} ya se deshizo: es la versión {otra.numero}. No se "
            "cambió nada.",
            code="version_ya_deshecha",
        )
    vuelta = _vueltas(desde__clase=Version.Clase.REVERSION, hasta__isnull=True)
    posterior = (
        _publicadas(version.entran)
        .filter(~vuelta, hasta__isnull=False)
        .order_by("-hasta")
        .values_list("hasta", flat=True)
        .first()
    )
    if posterior:
        raise ValidationError(
            f"La versión {posterior} ya cambió cifras de la versión {version.numero}. Deshaga "
            "primero esa, o cargue un archivo con las cifras correctas. No se cambió nada.",
            code="version_con_cambios_posteriores",
        )


def _publicadas(valores):
    """Las que alguien publicó: las que calcula el portal se ponen al día solas."""
    return valores.exclude(DEL_CALCULO)


def _vueltas(**cuales):
    """¿Hay otra que diga lo mismo de lo mismo? Así vuelve una al deshacer lo que la cambió."""
    iguales = {campo: OuterRef(campo) for campo in (*CLAVE, "estado", "nota")}
    mismo_numero = Q(valor=OuterRef("valor")) | Q(valor__isnull=True)
    return Exists(Valor.objects.filter(mismo_numero, **iguales, **cuales))


def _corte_anterior(version):
    anteriores = Version.objects.filter(
        conjunto=version.conjunto, numero__lt=version.numero, corte__isnull=False
    )
    return anteriores.order_by("-numero").values_list("corte", flat=True).first()


def _sacar_lo_que_entro(version, nueva) -> int:
    """También lo suyo que se cambió después y, al deshacer ese cambio, volvió."""
    que_volvieron = Valor.objects.vigentes().filter(
        _vueltas(desde=version, hasta__isnull=False), desde__clase=Version.Clase.REVERSION
    )
    volvieron = list(_publicadas(que_volvieron).values_list("pk", flat=True))
    vigentes = Valor.objects.vigentes().filter(desde=version)
    cuantas = _publicadas(vigentes).count() + len(volvieron)
    vigentes.update(hasta=nueva)
    publicacion.sacar(volvieron, version=nueva)
    return cuantas


def _devolver_lo_que_salio(version, nueva):
    """Con su estado, su fila y su nota. Lo del catálogo, si nadie lo ha calculado después."""
    otra_vigente = Valor.objects.vigentes().filter(**{campo: OuterRef(campo) for campo in CLAVE})
    salieron = _publicadas(version.salen.all()).exclude(Exists(otra_vigente))
    campos = [campo for campo in publicacion.COLUMNAS if campo not in ("desde", "hasta")]
    publicacion.entrar((*fila, nueva.pk, None) for fila in list(salieron.values_list(*campos)))


def _reabrir_lo_que_cerro(version, nueva):
    """Lo que esa versión sacó de la bandeja vuelve a ella, con las cifras que volvieron."""
    vueltas = {
        tuple(clave): pk
        for pk, *clave in Valor.objects.filter(
            desde=nueva, estado=Valor.Estado.RETENIDO
        ).values_list("pk", *CLAVE)
    }
    casos = list(Caso.objects.filter(valor__hasta=version).select_related("valor"))
    for caso in casos:
        valor = caso.valor
        caso.valor_id = vueltas.get(tuple(getattr(valor, campo) for campo in CLAVE), valor.pk)
    Caso.objects.bulk_update(casos, ["valor"], batch_size=500)
    reabiertos = Hallazgo.objects.filter(
        Exists(Caso.objects.filter(hallazgo=OuterRef("pk"), valor__desde=nueva)), version=version
    )
    reabiertos.update(
        estado=Hallazgo.Estado.ABIERTO,
        decidido_por=None,
        decidido_en=None,
        motivo="",
        version=None,
    )
