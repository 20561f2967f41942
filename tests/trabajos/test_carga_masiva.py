"""Las mismas pruebas para las dos variantes: COPY en PostgreSQL, executemany en SQLite."""

import gc

import pytest

from conectate.acciones.recalculo import COLUMNAS
from conectate.models import Participacion
from tests.fabricas import una_entidad, una_sesion
from trabajos import carga_masiva

pytestmark = pytest.mark.django_db


def una_fila(sesion, clave="n:ana ruiz", **datos):
    valores = {
        "sesion_id": sesion.pk,
        "clave": clave,
        "tipo": "persona",
        "nombre": "Ana Ruiz",
        "nombre_norm": "ana ruiz",
        "palabras": "ana ruiz",
        "correo": "",
        "dominio": "",
        "declarado": "",
        "declarado_norm": "",
        "cargo": "",
        "minutos": 12.5,
        "conexiones": 1,
        "cuenta": True,
        "entidad_id": None,
        "ajena": "",
        "decision": "cola",
        "evidencia": "ninguna",
        "explicacion": "",
        "sugerencias": "[]",
        "ajena_sugerida": "",
        "grupo": "",
        **datos,
    }
    return tuple(valores[columna] for columna in COLUMNAS)


def test_inserta_y_conserva_cada_valor():
    sesion, huila = una_sesion(), una_entidad("Huila")
    raro = 'Ñandú "el, rápido"\\N\n<b>&amp;</b>\t=1+1'

    carga_masiva.insertar(
        Participacion,
        COLUMNAS,
        [
            una_fila(sesion, nombre=raro, minutos=None, entidad_id=huila.pk, cuenta=False),
            una_fila(sesion, clave="n:otro", sugerencias='["41", "41001"]'),
        ],
    )

    una, otra = Participacion.objects.order_by("pk")
    assert (una.nombre, una.minutos, una.entidad, una.cuenta) == (raro, None, huila, False)
    assert (una.correo, una.sugerencias) == ("", [])
    assert (otra.minutos, otra.entidad, otra.sugerencias) == (12.5, None, ["41", "41001"])


@pytest.mark.parametrize("salto", ["\r", "\n", "\r\n", "\x0b", "\x0c", "\x1c", "\x85", "\u2028"])
def test_un_salto_de_linea_dentro_de_un_texto_no_parte_la_fila(salto):
    sesion, cargo = una_sesion(), f"Jefe{salto}de área"
    filas = [una_fila(sesion, cargo=cargo), una_fila(sesion, clave="n:otro", nombre=salto)]

    carga_masiva.insertar_escritas(Participacion, COLUMNAS, carga_masiva.escribir(filas))

    una, otra = Participacion.objects.order_by("pk")
    assert (una.cargo, otra.nombre) == (cargo, salto)


def test_sin_filas_no_hace_nada():
    carga_masiva.insertar(Participacion, COLUMNAS, [])
    carga_masiva.actualizar(Participacion, COLUMNAS, [])

    assert Participacion.objects.count() == 0


def test_inserta_mas_de_una_tanda(monkeypatch):
    monkeypatch.setattr(carga_masiva, "POR_TANDA", 3)
    sesion = una_sesion()

    carga_masiva.insertar(
        Participacion, COLUMNAS, (una_fila(sesion, clave=f"n:{n}") for n in range(10))
    )

    assert sesion.participaciones.count() == 10


def test_actualiza_solo_lo_que_se_le_da():
    sesion, cauca = una_sesion(), una_entidad("Cauca")
    carga_masiva.insertar(
        Participacion, COLUMNAS, [una_fila(sesion), una_fila(sesion, clave="n:otro")]
    )
    una, otra = Participacion.objects.order_by("pk")

    for _ in range(2):
        carga_masiva.actualizar(
            Participacion,
            COLUMNAS,
            [(una.pk, *una_fila(sesion, entidad_id=cauca.pk, minutos=None, sugerencias='["19"]'))],
        )

    una.refresh_from_db()
    otra.refresh_from_db()
    assert (una.entidad, una.minutos, una.sugerencias) == (cauca, None, ["19"])
    assert (otra.entidad, otra.minutos, otra.sugerencias) == (None, 12.5, [])


def test_una_carga_a_medias_no_deja_nada():
    from django.db import IntegrityError, transaction

    sesion = una_sesion()

    with pytest.raises(IntegrityError), transaction.atomic():
        carga_masiva.insertar(Participacion, COLUMNAS, [una_fila(sesion), una_fila(sesion)])

    assert sesion.participaciones.count() == 0


def test_lo_escrito_por_columnas_y_por_trozos_se_inserta_igual():
    sesion = una_sesion()
    una, otra = una_fila(sesion), una_fila(sesion, clave="n:otro", minutos=None, nombre="a\tb\\")
    columnas = list(map(carga_masiva.en_texto, zip(una, otra, strict=True)))
    comunes, finales = columnas[:1], columnas[1:]
    trozos = (
        carga_masiva.repetir(comun, [final])
        for comun, final in zip(*comunes, carga_masiva.pegar(*finales), strict=True)
    )

    carga_masiva.insertar_escritas(Participacion, COLUMNAS, trozos)

    leidas = Participacion.objects.order_by("pk").values_list("clave", "minutos", "nombre")
    assert list(leidas) == [("n:ana ruiz", 12.5, "Ana Ruiz"), ("n:otro", None, "a\tb\\")]


def test_lee_por_columnas_lo_que_hay_con_sus_nulos_y_sus_signos():
    sesion = una_sesion()
    raro = "a\tb\n\\N %s"
    carga_masiva.insertar(
        Participacion,
        COLUMNAS,
        [una_fila(sesion, nombre=raro), una_fila(sesion, clave="n:otro", minutos=None)],
    )
    consulta = Participacion.objects.filter(sesion=sesion, clave__contains="n:").order_by("pk")

    columnas = carga_masiva.leer(
        consulta.values_list("sesion_id", "nombre", "minutos"), [int, str, float]
    )

    assert columnas == [[sesion.pk] * 2, [raro, "Ana Ruiz"], [12.5, None]]


@pytest.mark.parametrize("claves", [[], ["no está"]])
def test_leer_lo_que_no_hay_da_columnas_vacias(claves):
    consulta = Participacion.objects.filter(clave__in=claves).values_list("pk", "clave")

    assert carga_masiva.leer(consulta, [int, str]) == [[], []]


def test_contar_de_nuevo_no_cambia_nada_de_lo_guardado():
    carga_masiva.insertar(Participacion, COLUMNAS, [una_fila(una_sesion())])

    carga_masiva.contar_de_nuevo(Participacion)

    assert Participacion.objects.count() == 1


@pytest.mark.parametrize("buscaba", [True, False])
def test_despues_de_una_carga_grande_la_basura_se_busca_como_antes(buscaba):
    (gc.enable if buscaba else gc.disable)()
    try:
        with carga_masiva.sin_buscar_basura():
            durante = gc.isenabled()
        despues = gc.isenabled()
    finally:
        gc.enable()

    assert (durante, despues) == (False, buscaba)
