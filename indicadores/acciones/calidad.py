"""La bandeja de calidad: quien decide responde por lo que se publica.

Cada decisión publica otra versión; lo que estaba en revisión sale y entra lo decidido.
"""

from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone

from cuentas.bitacora import anotar
from cuentas.models import Usuario
from indicadores.acciones import publicacion
from indicadores.acciones.calculo import recalcular
from indicadores.models import Caso, Hallazgo, Valor, Version
from indicadores.permisos import puede_decidir_calidad

Estado = Hallazgo.Estado
QUEDA = {
    Estado.PUBLICADO: Valor.Estado.VALOR,
    Estado.ANULADO: Valor.Estado.ANULADO,
    Estado.NO_APLICA: Valor.Estado.NO_APLICA,
}
VERBO = {
    Estado.PUBLICADO: "publicó como vinieron cifras en revisión",
    Estado.ANULADO: "anuló cifras en revisión",
    Estado.NO_APLICA: "marcó «no aplica» en cifras en revisión",
}
LARGO_DE_LA_NOTA = Valor._meta.get_field("nota").max_length


@transaction.atomic
def decidir(
    *,
    hallazgos: Iterable[Hallazgo],
    decision: Hallazgo.Estado,
    motivo: str,
    por: Usuario,
    casos: Iterable[int] | None = None,
) -> Version:
    """Publica lo decidido sobre las cifras en revisión: todas o, con `casos`, solo esas.

    Un hallazgo se cierra cuando no le queda ninguna en revisión.
    """
    if decision not in QUEDA:
        raise ValueError(f"{decision!r} no dice cómo quedan las cifras.")
    hallazgos = list(hallazgos)
    conjunto = _del_mismo_conjunto(hallazgos)
    _exigir_motivo(motivo, "Escriba por qué: sale en la fe de erratas.")
    origen = hallazgos[0].carga
    version = publicacion.abrir_version(
        conjunto=conjunto,
        clase=Version.Clase.CALIDAD,
        fuente=origen.version.fuente if origen.version else conjunto.cita,
        corte=origen.corte,
        motivo=motivo,
        por=por,
    )
    # Se mira después de abrir la versión: desde ahí nadie más publica.
    abiertos = Hallazgo.objects.abiertos().filter(pk__in=[h.pk for h in hallazgos])
    _exigir_abiertos(hallazgos, abiertos.values_list("pk", flat=True))
    _exigir_que_retengan(hallazgos)
    valores = list(_en_revision(hallazgos, casos))
    if not valores:
        raise ValidationError(
            "Ninguna de esas cifras está en revisión: alguien decidió antes. Vuelva a cargar la "
            "página para ver cómo quedaron.",
            code="nada_en_revision",
        )
    publicacion.sacar([valor.pk for valor in valores], version=version)
    publicacion.entrar(_como_queda(valor, decision, motivo, version) for valor in valores)
    version.cambiadas = len(valores)
    version.save(update_fields=["cambiadas"])
    recalcular(version, vigencias={valor.vigencia for valor in valores})
    _cerrar(abiertos.exclude(_le_quedan()), decision, version, por=por, motivo=motivo)
    cerrar_los_corregidos(version, por=por)  # otro hallazgo podía retener las mismas
    for hallazgo in hallazgos:
        anotar(
            por=por,
            verbo=VERBO[decision],
            objeto=hallazgo,
            detalle={"version": version.numero, "cifras": len(valores), "motivo": motivo},
        )
    return version


@transaction.atomic
def dejar_asi(*, hallazgo: Hallazgo, motivo: str, por: Usuario) -> None:
    """Alguien lo vio y no hay nada que cambiar: los que no retienen cifras."""
    hallazgo = Hallazgo.objects.select_for_update().get(pk=hallazgo.pk)
    _exigir_abiertos([hallazgo], [hallazgo.pk] if hallazgo.estado == Estado.ABIERTO else [])
    if _en_revision([hallazgo]).exists():
        raise ValidationError(
            "Este hallazgo tiene cifras en revisión: decida si se publican, se anulan o no "
            "aplican.",
            code="hallazgo_con_cifras",
        )
    _exigir_motivo(motivo, "Escriba qué revisó, para quien lo lea después.")
    _cerrar(Hallazgo.objects.filter(pk=hallazgo.pk), Estado.VISTO, None, por=por, motivo=motivo)
    anotar(por=por, verbo="dejó así un hallazgo", objeto=hallazgo, detalle={"motivo": motivo})


@transaction.atomic
def asignar(*, hallazgos: Iterable[Hallazgo], responsable: Usuario, por: Usuario) -> int:
    """Otra persona responde por decidir. Dice cuántos cambiaron de manos."""
    if not puede_decidir_calidad(responsable):
        raise ValidationError(
            "Escoja a alguien de la administración o del equipo del Ministerio: son quienes "
            "pueden decidir.",
            code="responsable_que_no_decide",
        )
    cambian = [h for h in hallazgos if h.responsable_id != responsable.pk]
    for hallazgo in cambian:
        antes, hallazgo.responsable = hallazgo.responsable_id, responsable
        anotar(
            por=por,
            verbo="asignó un hallazgo",
            objeto=hallazgo,
            antes={"responsable": antes},
            despues={"responsable": responsable.pk},
        )
    Hallazgo.objects.filter(pk__in=[h.pk for h in cambian]).update(responsable=responsable)
    return len(cambian)


def cerrar_los_corregidos(version: Version, *, por: Usuario | None) -> int:
    """Los abiertos cuyas cifras ya reemplazó una versión: llegaron corregidas, o se deshicieron.

    La llama quien publica, en su transacción.
    """
    return _cerrar(
        Hallazgo.objects.abiertos()
        .filter(Exists(Caso.objects.filter(hallazgo=OuterRef("pk"))))
        .exclude(_le_quedan()),
        Estado.CORREGIDO,
        version,
        por=por,
        motivo=version.motivo,
    )


def cerrar_los_de_la_carga(deshecha: Version, version: Version, *, por: Usuario | None) -> int:
    """Los avisos sin cifras de una carga que se deshizo: ya no hay de qué avisar."""
    return _cerrar(
        Hallazgo.objects.abiertos()
        .filter(carga__version=deshecha)
        .exclude(Exists(Caso.objects.filter(hallazgo=OuterRef("pk")))),
        Estado.CORREGIDO,
        version,
        por=por,
        motivo=version.motivo,
    )


def _del_mismo_conjunto(hallazgos):
    conjuntos = {hallazgo.carga.conjunto for hallazgo in hallazgos}
    if len(conjuntos) != 1:
        raise ValidationError(
            "Marque hallazgos de un solo conjunto de datos: cada versión es de uno.",
            code="varios_conjuntos",
        )
    return conjuntos.pop()


def _exigir_abiertos(hallazgos, abiertos):
    cerrados = {hallazgo.pk for hallazgo in hallazgos} - set(abiertos)
    if cerrados:
        raise ValidationError(
            "Alguien ya decidió sobre este hallazgo. Vuelva a cargar la página para ver cómo "
            "quedó. No se cambió nada.",
            code="hallazgo_cerrado",
        )


def _exigir_que_retengan(hallazgos):
    con_cifras = Hallazgo.objects.filter(_le_quedan(), pk__in=[h.pk for h in hallazgos])
    if con_cifras.count() < len({h.pk for h in hallazgos}):
        raise ValidationError(
            "Entre los marcados hay hallazgos que no retienen cifras: no hay nada que publicar ni "
            "anular. Ábralos uno por uno y déjelos así.",
            code="hallazgo_sin_cifras",
        )


def _exigir_motivo(motivo, mensaje):
    if not motivo.strip():
        raise ValidationError(mensaje, code="sin_motivo")


def _en_revision(hallazgos, casos=None):
    valores = Valor.objects.vigentes().filter(
        estado=Valor.Estado.RETENIDO, casos__hallazgo__in=[h.pk for h in hallazgos]
    )
    if casos is not None:
        valores = valores.filter(casos__in=list(casos))
    return valores.distinct()


def _le_quedan():
    """¿Tiene aún cifras en revisión?"""
    return Exists(
        Caso.objects.filter(
            hallazgo=OuterRef("pk"),
            valor__estado=Valor.Estado.RETENIDO,
            valor__hasta__isnull=True,
        )
    )


def _como_queda(valor, decision, motivo, version):
    """Anulada conserva su número en la base, para poder mirarlo; en las páginas no sale."""
    return (
        valor.indicador_id,
        valor.unidad_id,
        valor.vigencia,
        QUEDA[decision],
        None if decision == Estado.NO_APLICA else valor.valor,
        valor.metodo,
        valor.fila,
        valor.nota if decision == Estado.PUBLICADO else motivo.strip()[:LARGO_DE_LA_NOTA],
        version.numero,
        None,
    )


def _cerrar(hallazgos, estado, version, *, por, motivo):
    return hallazgos.update(
        estado=estado,
        decidido_por=por,
        decidido_en=timezone.now(),
        motivo=motivo.strip(),
        version=version,
    )
