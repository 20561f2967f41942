"""Deshacer una versión deja lo publicado como estaba, con otra versión que lo cuenta."""

import pytest
from django.core.exceptions import ValidationError

from cuentas.models import Rol
from indicadores.acciones.calidad import decidir
from indicadores.acciones.reversion import deshacer_version
from indicadores.consultas.rastro import rastro_de
from indicadores.models import Carga, Hallazgo, Valor, Version
from tests.fabricas import un_usuario
from tests.indicadores.archivos import CALI, MEDELLIN, con, publicado, una_leida, una_publicada

pytestmark = pytest.mark.django_db
SUMA_MAL = con(MEDELLIN, APROBACIÓN="50")


def lo_vigente():
    return set(
        Valor.objects.vigentes().values_list(
            "indicador", "unidad", "vigencia", "estado", "valor", "fila"
        )
    )


def deshacer(version, motivo="Se cargó por error."):
    return deshacer_version(version=version, por=None, motivo=motivo)


def test_deshacer_la_primera_deja_todo_sin_cifras():
    carga = una_publicada(MEDELLIN, CALI)

    nueva = deshacer(carga.version)

    carga.refresh_from_db()
    assert (nueva.clase, nueva.revierte, nueva.cambiadas) == ("reversion", carga.version, 12)
    assert carga.estado == Carga.Estado.DESHECHA
    assert lo_vigente() == set()
    assert publicado("desercion", version=1) == ("valor", 4.7)


def test_deshacer_devuelve_lo_reemplazado_con_su_fila_y_quita_lo_nuevo():
    una_publicada(CALI, MEDELLIN)
    antes = lo_vigente()
    segunda = una_publicada(con(MEDELLIN, COBERTURA_NETA="96"), con(CALI, AÑO="2021"))

    deshacer(segunda.version)

    assert lo_vigente() == antes
    assert publicado("cobertura_neta", version=2) == ("valor", 96.0)


def test_lo_deshecho_se_puede_volver_a_cargar():
    carga = una_publicada(MEDELLIN)
    deshacer(carga.version)

    otra = una_leida(MEDELLIN)

    assert otra.estado == Carga.Estado.VISTA_PREVIA


def test_si_otra_version_cambio_sus_cifras_no_se_deshace_y_dice_cual():
    primera = una_publicada(MEDELLIN)
    una_publicada(con(MEDELLIN, COBERTURA_NETA="96"))

    with pytest.raises(ValidationError, match="La versión 2 ya cambió cifras de la versión 1"):
        deshacer(primera.version)

    assert Version.objects.count() == 2


def test_si_otra_version_no_toco_sus_cifras_si_se_deshace():
    primera = una_publicada(MEDELLIN)
    una_publicada(CALI)

    deshacer(primera.version)

    assert (publicado("desercion"), publicado("desercion", "76001")) == (None, ("valor", 3.2))


@pytest.mark.parametrize("que", ["otra vez", "la vuelta atrás"])
def test_una_version_no_se_deshace_dos_veces_ni_se_deshace_una_vuelta_atras(que):
    version = una_publicada(MEDELLIN).version
    nueva = deshacer(version)

    with pytest.raises(ValidationError, match=r"ya se deshizo|ya es una vuelta atrás"):
        deshacer(version if que == "otra vez" else nueva)


def test_deshacer_pide_un_motivo():
    with pytest.raises(ValidationError, match="fe de erratas"):
        deshacer(una_publicada(MEDELLIN).version, motivo=" ")


def test_deshacer_la_carga_cierra_lo_que_dejo_en_la_bandeja():
    carga = una_publicada(SUMA_MAL)

    deshacer(carga.version)

    assert Hallazgo.objects.get().estado == Hallazgo.Estado.CORREGIDO


def test_deshacer_una_decision_devuelve_sus_cifras_a_la_bandeja():
    una_publicada(SUMA_MAL)
    hallazgos = Hallazgo.objects.all()
    persona = un_usuario(rol=Rol.EQUIPO_MEN)
    version = decidir(
        hallazgos=hallazgos, decision=Hallazgo.Estado.ANULADO, motivo="Error.", por=persona
    )

    deshacer(version)

    hallazgo = hallazgos.get()
    assert (hallazgo.estado, hallazgo.decidido_por) == (Hallazgo.Estado.ABIERTO, None)
    assert {caso.valor.hasta_id for caso in hallazgo.casos.all()} == {None}
    assert publicado("aprobacion") == ("retenido", 50.0)


def test_deshacer_una_correccion_reabre_lo_que_habia_cerrado():
    una_publicada(SUMA_MAL)
    segunda = una_publicada(MEDELLIN)

    deshacer(segunda.version)

    assert Hallazgo.objects.get().estado == Hallazgo.Estado.ABIERTO
    assert publicado("aprobacion") == ("retenido", 50.0)


def test_deshecha_la_posterior_ya_se_puede_deshacer_la_primera():
    una_publicada(CALI, MEDELLIN)
    antes = lo_vigente()
    segunda = una_publicada(con(MEDELLIN, COBERTURA_NETA="96"))
    tercera = una_publicada(con(MEDELLIN, COBERTURA_NETA="97"))
    deshacer(tercera.version)

    nueva = deshacer(segunda.version)

    assert lo_vigente() == antes
    assert nueva.cambiadas == 1


def test_deshecha_la_decision_ya_se_puede_deshacer_la_carga():
    carga = una_publicada(SUMA_MAL)
    version = decidir(
        hallazgos=Hallazgo.objects.all(),
        decision=Hallazgo.Estado.ANULADO,
        motivo="Error.",
        por=un_usuario(rol=Rol.EQUIPO_MEN),
    )
    deshacer(version)

    deshacer(carga.version)

    assert lo_vigente() == set()
    assert Hallazgo.objects.get().estado == Hallazgo.Estado.CORREGIDO


def test_la_misma_cifra_cargada_otra_vez_no_es_una_que_volvio():
    primera = una_publicada(MEDELLIN)
    una_publicada(con(MEDELLIN, COBERTURA_NETA="96"))
    una_publicada(MEDELLIN)

    with pytest.raises(ValidationError, match="ya cambió cifras de la versión 1"):
        deshacer(primera.version)


def test_deshacer_la_carga_cierra_tambien_sus_avisos_sin_cifras():
    una_publicada(MEDELLIN, CALI)
    segunda = una_publicada(con(MEDELLIN, COBERTURA_NETA="96"))
    avisos = Hallazgo.objects.filter(carga=segunda, regla=Hallazgo.Regla.ENTIDADES_AUSENTES)
    abiertos_antes = avisos.abiertos().count()

    deshacer(segunda.version)

    assert (abiertos_antes, avisos.abiertos().count()) == (1, 0)


def test_un_aviso_de_una_carga_deshecha_vuelve_si_se_carga_otra_vez():
    una_publicada(MEDELLIN, CALI)
    cambiada = con(MEDELLIN, COBERTURA_NETA="96")
    deshacer(una_publicada(cambiada).version)

    otra = una_publicada(cambiada)

    assert otra.hallazgos.abiertos().count() == 1


def test_lo_que_volvio_se_sigue_hasta_su_archivo_y_no_hasta_el_que_se_deshizo():
    primera = una_publicada(MEDELLIN)
    segunda = una_publicada(con(MEDELLIN, COBERTURA_NETA="96"))
    deshacer(segunda.version)

    valor = Valor.objects.vigentes().get(indicador__codigo="cobertura_neta")

    assert rastro_de(valor).carga == primera
