"""La bandeja de calidad: decidir publica otra versión, y nada más cambia."""

import pytest
from auditlog.models import LogEntry
from django.core.exceptions import ValidationError

from cuentas.models import Rol
from indicadores.acciones.calidad import asignar, cerrar_los_corregidos, decidir, dejar_asi
from indicadores.models import Hallazgo, Valor, Version
from tests.fabricas import un_usuario, una_entidad
from tests.fabricas_de_indicadores import (
    un_conjunto,
    un_hallazgo,
    un_valor,
    una_carga,
    una_unidad,
    una_version,
)

pytestmark = pytest.mark.django_db
RETENIDO = Valor.Estado.RETENIDO


def vigente(valor):
    return Valor.objects.vigentes().get(
        unidad=valor.unidad, indicador=valor.indicador, vigencia=valor.vigencia
    )


def tres_retenidas(carga):
    return [
        un_valor(
            n, estado=RETENIDO, unidad=una_unidad(una_entidad()), version=carga.version, fila=n
        )
        for n in (41, 42, 43)
    ]


def test_publicar_como_vino_deja_la_cifra_en_otra_version():
    carga = una_carga()
    retenida = un_valor(47.6, estado=RETENIDO, version=carga.version, fila=83)
    hallazgo = un_hallazgo([retenida], carga=carga)
    quien = un_usuario()

    version = decidir(
        hallazgos=[hallazgo], decision="publicado", motivo="El MEN lo confirmó.", por=quien
    )

    nueva = vigente(retenida)
    assert (nueva.estado, nueva.valor, nueva.fila, nueva.desde) == ("valor", 47.6, 83, version)
    assert (version.clase, version.cambiadas, version.motivo) == (
        "calidad",
        1,
        "El MEN lo confirmó.",
    )
    hallazgo.refresh_from_db()
    assert (hallazgo.estado, hallazgo.decidido_por, hallazgo.version) == (
        "publicado",
        quien,
        version,
    )


def test_lo_decidido_no_cambia_lo_que_decia_la_version_anterior():
    hallazgo = un_hallazgo()
    antes = Version.objects.ultima()

    decidir(hallazgos=[hallazgo], decision="publicado", motivo="Sí.", por=un_usuario())

    assert [v.estado for v in Valor.objects.en_la_version(antes.numero)] == ["retenido"]


def test_anular_dice_por_que_y_no_aplica_se_queda_sin_numero():
    carga = una_carga()
    una, otra, _ = tres_retenidas(carga)
    anulado = un_hallazgo([una], carga=carga)
    sin_sentido = un_hallazgo([otra], carga=carga, vigencia=2021)

    decidir(hallazgos=[anulado], decision="anulado", motivo="Columna copiada.", por=un_usuario())
    decidir(hallazgos=[sin_sentido], decision="no_aplica", motivo="No hay media.", por=un_usuario())

    assert (vigente(una).estado, vigente(una).nota) == ("anulado", "Columna copiada.")
    assert (vigente(otra).estado, vigente(otra).valor) == ("no_aplica", None)


def test_decidir_solo_algunos_casos_deja_abiertos_los_demas():
    carga = una_carga()
    valores = tres_retenidas(carga)
    hallazgo = un_hallazgo(valores, carga=carga)
    primero = hallazgo.casos.get(valor=valores[0])

    decidir(
        hallazgos=[hallazgo],
        decision="publicado",
        motivo="Este sí.",
        por=un_usuario(),
        casos=[primero.pk],
    )

    hallazgo.refresh_from_db()
    assert [vigente(v).estado for v in valores] == ["valor", "retenido", "retenido"]
    assert hallazgo.estado == "abierto"

    decidir(hallazgos=[hallazgo], decision="anulado", motivo="Estos no.", por=un_usuario())

    hallazgo.refresh_from_db()
    assert [vigente(v).estado for v in valores] == ["valor", "anulado", "anulado"]
    assert hallazgo.estado == "anulado"


def test_varios_hallazgos_se_deciden_en_una_sola_version():
    carga = una_carga()
    una, otra, _ = tres_retenidas(carga)
    hallazgos = [
        un_hallazgo([una], carga=carga),
        un_hallazgo([otra], carga=carga, vigencia=2021),
    ]

    version = decidir(
        hallazgos=hallazgos, decision="publicado", motivo="Revisados.", por=un_usuario()
    )

    assert version.cambiadas == 2
    assert Version.objects.count() == 2


def test_no_se_deciden_juntos_hallazgos_de_dos_conjuntos():
    una = un_hallazgo()
    otra = un_hallazgo([], carga=una_carga(conjunto=un_conjunto("departamental")))

    with pytest.raises(ValidationError) as error:
        decidir(hallazgos=[una, otra], decision="publicado", motivo="Sí.", por=un_usuario())

    assert error.value.code == "varios_conjuntos"


def test_sin_motivo_no_se_decide():
    with pytest.raises(ValidationError) as error:
        decidir(hallazgos=[un_hallazgo()], decision="publicado", motivo=" ", por=un_usuario())

    assert error.value.code == "sin_motivo"


def test_dos_personas_a_la_vez_solo_decide_la_primera():
    hallazgo = un_hallazgo()
    copia = Hallazgo.objects.get(pk=hallazgo.pk)
    decidir(hallazgos=[hallazgo], decision="publicado", motivo="Sí.", por=un_usuario())

    with pytest.raises(ValidationError) as error:
        decidir(hallazgos=[copia], decision="anulado", motivo="No.", por=un_usuario())

    assert error.value.code == "hallazgo_cerrado"
    assert Version.objects.count() == 2


def test_lo_que_no_retiene_se_deja_asi_sin_publicar_nada():
    hallazgo = un_hallazgo([], regla="entidades_ausentes")

    dejar_asi(hallazgo=hallazgo, motivo="Mapiripana ya no existe.", por=un_usuario())

    hallazgo.refresh_from_db()
    assert (hallazgo.estado, hallazgo.version) == ("visto", None)
    assert Version.objects.count() == 1


def test_lo_que_retiene_cifras_no_se_puede_solo_dejar_asi():
    with pytest.raises(ValidationError) as error:
        dejar_asi(hallazgo=un_hallazgo(), motivo="Visto.", por=un_usuario())

    assert error.value.code == "hallazgo_con_cifras"


def test_responde_por_un_hallazgo_quien_puede_decidirlo():
    hallazgo, quien = un_hallazgo(), un_usuario(rol=Rol.ADMINISTRACION)

    asignados = asignar(hallazgos=[hallazgo], responsable=quien, por=un_usuario())

    hallazgo.refresh_from_db()
    assert (asignados, hallazgo.responsable) == (1, quien)
    with pytest.raises(ValidationError) as error:
        asignar(hallazgos=[hallazgo], responsable=un_usuario(rol=Rol.SECRETARIO), por=un_usuario())
    assert error.value.code == "responsable_que_no_decide"


def test_lo_que_llega_corregido_cierra_su_hallazgo():
    carga = una_carga()
    una, otra, _ = tres_retenidas(carga)
    corregido = un_hallazgo([una], carga=carga)
    sigue = un_hallazgo([otra], carga=carga, vigencia=2021)
    sin_cifras = un_hallazgo([], carga=carga, regla="entidades_ausentes")
    version = una_version(motivo="Otra descarga")
    una.hasta = version
    una.save()

    cerrados = cerrar_los_corregidos(version, por=None)

    estados = [Hallazgo.objects.get(pk=h.pk).estado for h in (corregido, sigue, sin_cifras)]
    assert (cerrados, estados) == (1, ["corregido", "abierto", "abierto"])


def test_cada_decision_queda_en_la_bitacora():
    hallazgo, quien = un_hallazgo(), un_usuario()

    decidir(hallazgos=[hallazgo], decision="anulado", motivo="Copiada.", por=quien)

    entrada = LogEntry.objects.get_for_object(hallazgo).filter(actor=quien).first()
    assert entrada.additional_data == {
        "verbo": "anuló cifras en revisión",
        "detalle": {"version": 2, "cifras": 1, "motivo": "Copiada."},
    }
