"""Un archivo llega, se lee, se compara y se publica: qué entra, qué espera y qué no cambia."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from cuentas.models import Rol
from indicadores.acciones import cargas
from indicadores.acciones.calidad import decidir
from indicadores.models import Carga, Caso, Hallazgo, Indicador, Unidad, Valor, Version
from tests.fabricas import un_usuario
from tests.fabricas_de_indicadores import un_valor
from tests.indicadores.archivos import (
    CALI,
    MEDELLIN,
    PASTO,
    TITULOS,
    con,
    publicado,
    un_catalogo,
    un_csv,
    una_leida,
    una_publicada,
    una_recibida,
)
from trabajos.acciones import ejecutar_pendientes

pytestmark = pytest.mark.django_db
Estado = Carga.Estado
SUMA_MAL = con(MEDELLIN, APROBACIÓN="50")


def las_cuentas(carga):
    return {que: carga.resumen[que] for que in ("nuevas", "iguales", "cambiadas", "retenidas")}


def test_leer_no_publica_nada_y_deja_la_vista_previa():
    carga = una_leida(MEDELLIN, CALI)

    assert carga.estado == Estado.VISTA_PREVIA
    assert las_cuentas(carga) == {"nuevas": 12, "iguales": 0, "cambiadas": 0, "retenidas": 0}
    assert (Version.objects.count(), Valor.objects.count()) == (0, 0)


def test_confirmar_publica_cada_cifra_con_su_fila_y_su_version():
    persona = un_usuario(rol=Rol.EQUIPO_MEN)

    carga = una_publicada(MEDELLIN, CALI, por=persona, corte=date(2023, 12, 31))

    assert carga.estado == Estado.CONFIRMADA
    cali = Valor.objects.get(unidad__codigo="76001", indicador__codigo="desercion")
    assert (cali.valor, cali.estado, cali.metodo, cali.fila) == (3.2, "valor", "publicado", 3)
    assert (cali.desde_id, cali.hasta_id) == (carga.version_id, None)
    version = carga.version
    assert (version.nuevas, version.corte, version.publicada_por) == (
        12,
        date(2023, 12, 31),
        persona,
    )


def test_cero_vacia_y_columna_vacia_todo_un_ano_no_son_lo_mismo():
    una_publicada(MEDELLIN, con(CALI, REPROBACIÓN=""), con(PASTO, AÑO="2021"))

    assert publicado("desercion", "52001", 2021) == ("valor", 0.0)
    assert publicado("reprobacion", "76001") == ("sin_dato", None)
    assert publicado("tamano_promedio_de_grupo", "52001", 2021) == ("no_reportado", None)


def test_el_mismo_archivo_dos_veces_no_cambia_nada_y_lo_dice():
    primera = una_publicada(MEDELLIN, CALI)

    otra = una_leida(MEDELLIN, CALI)

    assert otra.estado == Estado.SIN_CAMBIOS
    assert otra.mensaje.startswith(
        f"Este mismo archivo ya se publicó en la versión {primera.version_id}"
    )
    assert las_cuentas(otra)["iguales"] == 12
    assert Version.objects.count() == 1


def test_las_mismas_cifras_escritas_de_otro_modo_tampoco_cambian_nada():
    una_publicada(con(MEDELLIN, TAMAÑO_PROMEDIO_DE_GRUPO="18.538"))

    otra = una_leida(con(MEDELLIN, TAMAÑO_PROMEDIO_DE_GRUPO="18538", AÑO="2,022"))

    assert otra.estado == Estado.SIN_CAMBIOS
    assert otra.mensaje == (
        "Todas las cifras del archivo ya estaban publicadas, iguales. No se cambió nada."
    )


def test_lo_cambiado_sale_con_su_antes_y_su_despues_y_entra_en_otra_version():
    una_publicada(MEDELLIN, CALI)

    carga = una_leida(con(MEDELLIN, COBERTURA_NETA="96.21"), CALI)
    cargas.confirmar(carga=carga, por=None, motivo="El Ministerio corrigió la cobertura.")

    assert las_cuentas(carga) == {"nuevas": 0, "iguales": 11, "cambiadas": 1, "retenidas": 0}
    assert carga.resumen["muestra"] == [
        {
            "fila": 2,
            "unidad": "Medellín",
            "codigo": "cobertura_neta",
            "indicador": "Cobertura neta",
            "vigencia": 2022,
            "antes": "95,94",
            "despues": "96,21",
            "en_revision": False,
        }
    ]
    assert publicado("cobertura_neta") == ("valor", 96.21)
    assert publicado("cobertura_neta", version=1) == ("valor", 95.94)
    assert Valor.objects.corregidos().count() == 1


def test_cambiar_lo_publicado_pide_un_motivo():
    una_publicada(MEDELLIN)
    carga = una_leida(con(MEDELLIN, COBERTURA_NETA="96.21"))

    with pytest.raises(ValidationError, match="fe de erratas"):
        cargas.confirmar(carga=carga, por=None)

    assert Version.objects.count() == 1


def test_lo_que_rompe_una_regla_espera_en_la_bandeja_a_cargo_de_quien_confirma():
    persona = un_usuario(rol=Rol.EQUIPO_MEN)

    carga = una_publicada(SUMA_MAL, CALI, por=persona)

    hallazgo = Hallazgo.objects.get()
    assert (hallazgo.regla, hallazgo.vigencia, hallazgo.responsable) == ("suma", 2022, persona)
    assert carga.version.retenidas == 3
    assert publicado("aprobacion") == ("retenido", 50.0)
    assert publicado("cobertura_neta") == ("valor", 95.94)
    assert set(Caso.objects.values_list("valor__indicador__codigo", flat=True)) == {
        "aprobacion",
        "reprobacion",
        "desercion",
    }


def test_la_unidad_que_vino_dos_veces_con_otro_valor_espera_en_la_bandeja():
    carga = una_publicada(MEDELLIN, con(MEDELLIN, COBERTURA_NETA="80"))

    assert [fila["fila"] for fila in carga.rechazadas] == [3]
    assert Hallazgo.objects.get().regla == "vigencia_repetida"
    assert publicado("cobertura_neta") == ("retenido", 95.94)


def test_lo_retenido_que_llega_corregido_se_publica_y_cierra_su_hallazgo():
    una_publicada(SUMA_MAL)

    carga = una_publicada(MEDELLIN)

    hallazgo = Hallazgo.objects.get()
    assert (hallazgo.estado, hallazgo.version) == (Hallazgo.Estado.CORREGIDO, carga.version)
    assert publicado("aprobacion") == ("valor", 90.3)


def test_lo_retenido_que_llega_igual_sigue_en_su_hallazgo_y_no_abre_otro():
    una_publicada(SUMA_MAL)

    carga = una_publicada(SUMA_MAL, CALI)

    assert las_cuentas(carga) == {"nuevas": 6, "iguales": 6, "cambiadas": 0, "retenidas": 0}
    assert Hallazgo.objects.count() == 1


@pytest.mark.parametrize("despues", [SUMA_MAL, con(SUMA_MAL, APROBACIÓN="", REPROBACIÓN="")])
@pytest.mark.parametrize("decision", ["publicado", "anulado", "no_aplica"])
def test_lo_que_alguien_decidio_se_respeta_mientras_la_fuente_no_diga_otra_cosa(decision, despues):
    una_publicada(SUMA_MAL)
    decidir(
        hallazgos=Hallazgo.objects.all(),
        decision=Hallazgo.Estado(decision),
        motivo="Así lo confirmó la fuente.",
        por=un_usuario(rol=Rol.EQUIPO_MEN),
    )

    otra = una_leida(despues)

    sin_numero = decision == "publicado" and despues != SUMA_MAL
    assert otra.estado == (Estado.VISTA_PREVIA if sin_numero else Estado.SIN_CAMBIOS)


def test_una_cifra_calculada_cede_su_lugar_a_la_publicada():
    un_catalogo()
    un_valor(
        4.0,
        unidad=Unidad.objects.get(codigo="05001"),
        indicador=Indicador.objects.get(codigo="desercion"),
        metodo="calculado",
        fila=None,
    )

    una_publicada(MEDELLIN)

    assert publicado("desercion") == ("valor", 4.7)
    assert publicado("desercion", version=1) == ("valor", 4.0)


def test_una_carga_con_corte_anterior_al_publicado_avisa():
    una_publicada(MEDELLIN, corte=date(2023, 12, 31))

    carga = una_leida(con(MEDELLIN, COBERTURA_NETA="90"), corte=date(2022, 12, 31))

    assert carga.resumen["es_anterior"] is True
    assert carga.resumen["avisos"][0] == (
        "El corte de este archivo (31 de diciembre de 2022) es anterior al de lo publicado (31 de "
        "diciembre de 2023). Si lo confirma, 1 cifras volverían a lo que decían entonces."
    )


def test_un_archivo_que_borra_lo_publicado_avisa():
    una_publicada(MEDELLIN)

    carga = una_leida(con(MEDELLIN, COBERTURA_NETA=""))

    assert (
        "1 cifras publicadas vienen vacías en este archivo y quedarían sin dato."
        in (carga.resumen["avisos"])
    )
    assert carga.resumen["muestra"][0]["despues"] == "no reportado"


def test_medio_archivo_se_rechaza_y_dice_en_que_fila():
    carga = una_leida(datos=un_csv(MEDELLIN, CALI)[:-20])

    assert carga.estado == Estado.RECHAZADA
    assert "incompleto: la fila 3 está cortada" in carga.mensaje


def test_un_archivo_sin_ninguna_fila_util_se_rechaza_con_sus_motivos():
    carga = una_leida(con(MEDELLIN, CÓDIGO_MUNICIPIO="99999"))

    assert carga.estado == Estado.RECHAZADA
    assert carga.rechazadas == [{"fila": 2, "motivo": "No hay municipio con el código «99999»."}]


def test_otras_columnas_se_emparejan_una_vez_y_la_proxima_no_se_pregunta(
    django_capture_on_commit_callbacks,
):
    titulos = [{"DESERCIÓN": "TASA", "REPROBACIÓN": "X7"}.get(t, t) for t in TITULOS]
    carga = una_leida(datos=un_csv(MEDELLIN, titulos=titulos))
    assert carga.estado == Estado.SIN_RECONOCER
    assert "Se hallaron y no se reconocen: TASA, X7." in carga.mensaje

    with django_capture_on_commit_callbacks(execute=True):
        cargas.emparejar(
            carga=carga,
            mapa={"TASA": "desercion", "X7": "reprobacion"},
            por=un_usuario(rol=Rol.EQUIPO_MEN),
        )
    carga.refresh_from_db()
    otra = una_leida(datos=un_csv(CALI, titulos=titulos))

    assert (carga.estado, otra.estado) == (Estado.VISTA_PREVIA, Estado.VISTA_PREVIA)


def test_dos_columnas_no_pueden_ser_lo_mismo():
    titulos = [{"DESERCIÓN": "TASA", "REPROBACIÓN": "X7"}.get(t, t) for t in TITULOS]
    carga = una_leida(datos=un_csv(MEDELLIN, titulos=titulos))

    with pytest.raises(ValidationError, match="dos columnas para lo mismo"):
        cargas.emparejar(
            carga=carga,
            mapa={"TASA": "desercion", "X7": "desercion"},
            por=un_usuario(rol=Rol.EQUIPO_MEN),
        )


def test_si_alguien_publico_entre_tanto_se_vuelve_a_comparar_y_se_dice():
    mia, suya = una_leida(MEDELLIN), una_leida(MEDELLIN, CALI)
    cargas.confirmar(carga=suya, por=None)

    cargas.confirmar(carga=mia, por=None)

    assert mia.estado == Estado.SIN_CAMBIOS
    assert Version.objects.count() == 1


def test_si_lo_publicado_entre_tanto_cambia_el_resultado_hay_que_revisar_otra_vez():
    mia, suya = una_leida(MEDELLIN), una_leida(con(MEDELLIN, COBERTURA_NETA="90"))
    cargas.confirmar(carga=suya, por=None)

    cargas.confirmar(carga=mia, por=None, motivo="Corrige.")

    assert mia.estado == Estado.VISTA_PREVIA
    assert mia.mensaje.startswith("Mientras usted revisaba se publicó la versión 1")
    assert las_cuentas(mia)["cambiadas"] == 1
    cargas.confirmar(carga=mia, por=None, motivo="Corrige.")
    assert publicado("cobertura_neta") == ("valor", 95.94)


def test_si_cambian_tantas_cifras_pero_son_otras_tambien_hay_que_revisar():
    una_publicada(MEDELLIN)
    vista = una_leida(con(MEDELLIN, COBERTURA_NETA="96"))
    una_publicada(con(MEDELLIN, COBERTURA_NETA="97"))

    cargas.confirmar(carga=vista, por=None, motivo="Corrección.")

    assert vista.estado == Estado.VISTA_PREVIA
    assert vista.resumen["muestra"][0]["antes"] == "97"
    assert publicado("cobertura_neta") == ("valor", 97.0)


def test_lo_que_ya_se_publico_no_se_descarta_desde_una_pagina_vieja():
    carga = una_leida(MEDELLIN)
    vieja = Carga.objects.get(pk=carga.pk)
    cargas.confirmar(carga=carga, por=None)

    with pytest.raises(ValidationError, match="confirmad|publicad"):
        cargas.descartar(carga=vieja, por=un_usuario(rol=Rol.EQUIPO_MEN))

    carga.refresh_from_db()
    assert carga.estado == Estado.CONFIRMADA


def test_si_lo_publicado_entre_tanto_no_tiene_que_ver_se_publica_sin_preguntar():
    mia, suya = una_leida(MEDELLIN), una_leida(CALI)
    cargas.confirmar(carga=suya, por=None)

    cargas.confirmar(carga=mia, por=None)

    assert (mia.estado, mia.version_id) == (Estado.CONFIRMADA, 2)


def test_confirmar_dos_veces_publica_una():
    carga = una_publicada(MEDELLIN)

    cargas.confirmar(carga=carga, por=None)

    assert Version.objects.count() == 1


def test_subir_otra_vez_lo_que_espera_confirmacion_da_lo_que_espera():
    carga = una_leida(MEDELLIN)

    assert una_recibida(MEDELLIN) == carga


def test_descartar_deja_lo_publicado_como_estaba():
    carga = una_leida(MEDELLIN)

    cargas.descartar(carga=carga, por=un_usuario(rol=Rol.EQUIPO_MEN))

    assert carga.estado == Estado.DESCARTADA
    with pytest.raises(ValidationError, match="descartada"):
        cargas.confirmar(carga=carga, por=None)


def test_por_la_cola_se_llega_a_lo_mismo():
    persona = un_usuario(rol=Rol.EQUIPO_MEN)
    carga = una_recibida(MEDELLIN, por=persona)

    cargas.pedir_lectura(carga, persona)
    ejecutar_pendientes()
    carga.refresh_from_db()
    cargas.pedir_confirmacion(carga, persona)
    ejecutar_pendientes()

    carga.refresh_from_db()
    assert (carga.estado, carga.confirmada_por) == (Estado.CONFIRMADA, persona)
    assert publicado("desercion") == ("valor", 4.7)
