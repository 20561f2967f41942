"""Un video sin subtítulos que se puedan mostrar no sirve a quien no oye."""

import pytest

from contenidos.lectura.subtitulos import SubtitulosMalos, exigir_subtitulos

UNO = "00:00:01.000 --> 00:00:03.500\nBienvenidas y bienvenidos.\n\n"
OTRO = "00:01:05.000 --> 01:00:08.500 line:0\nGracias.\n"


@pytest.mark.parametrize(
    "texto",
    [
        f"WEBVTT\n\n{UNO}{OTRO}",
        f"\ufeffWEBVTT - Saludo\r\n\r\nNOTE de prueba\r\n\r\n1\r\n{UNO}2\r\n{OTRO}",
        "WEBVTT\n\n00:01.000 --> 00:03.500\nSin horas.\n\n00:04.000 --> 00:05.000\nSiguen.",
    ],
)
def test_se_reciben_los_que_el_reproductor_entiende(texto):
    assert exigir_subtitulos(texto.encode()) == 2


@pytest.mark.parametrize(
    ("texto", "dice"),
    [
        ("", "la primera línea debe decir WEBVTT"),
        ("WEBVTTT\n\n" + UNO, "la primera línea debe decir WEBVTT"),
        ("1\n00:00:01,000 --> 00:00:03,500\nHola\n", "formato SRT"),
        ("WEBVTT\n\n", "no trae ningún texto"),
        ("WEBVTT\n\n00:00:01.000 --> 00:00:02.000\n", "no trae ningún texto"),
        ("WEBVTT\n\n00:00:03.000 --> 00:00:01.000\nHola", "línea 3 de los subtítulos, el texto"),
        (f"WEBVTT\n\n{OTRO}\n{UNO}", "línea 6 de los subtítulos, el tiempo va hacia atrás"),
        ("WEBVTT\n\n0:0:1 --> 0:0:2\nHola", "línea 3 de los subtítulos, los tiempos no están"),
        ("WEBVTT\n\x00", "no es de texto"),
    ],
)
def test_los_demas_dicen_que_les_pasa_y_donde(texto, dice):
    with pytest.raises(SubtitulosMalos, match=dice):
        exigir_subtitulos(texto.encode())


def test_los_que_perdieron_sus_tildes_se_devuelven():
    with pytest.raises(SubtitulosMalos, match="UTF-8"):
        exigir_subtitulos(f"WEBVTT\n\n{UNO}niñez".encode("cp1252"))
