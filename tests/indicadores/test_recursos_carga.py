"""J9 entero, por las páginas: subir, revisar, reconocer, confirmar, repetir, deshacer, publicar."""

import io

import pytest
from auditlog.models import LogEntry
from django.core.management import call_command
from django.urls import reverse
from openpyxl import Workbook

from cuentas.models import Rol
from indicadores.acciones.recursos import recibir
from indicadores.cargas.recursos_catalogo import anadir_recursos
from indicadores.models import CargaDeRecursos, CorteDeRecursos, RecursoDeEntidad
from territorio.models import Alias
from tests.fabricas import un_usuario, una_entidad
from tests.fabricas_de_recursos import un_archivo, un_corte, un_recurso

pytestmark = pytest.mark.django_db
Estado = CargaDeRecursos.Estado


@pytest.fixture(autouse=True)
def archivos(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def catalogo():
    anadir_recursos()


@pytest.fixture
def analista(client):
    analista = un_usuario(Rol.EQUIPO_MEN)
    client.force_login(analista)
    return analista


def texto(respuesta):
    return " ".join(respuesta.content.decode().split())


def subir(client, corte, archivo, **datos):
    return client.post(
        reverse("indicadores:importar-recursos"),
        {"corte": corte.clave, "archivo": archivo, **datos},
        follow=True,
    )


def la_carga():
    return CargaDeRecursos.objects.latest("pk")


def confirmar(client, carga, **datos):
    return client.post(
        reverse("indicadores:confirmar-recursos", args=[carga.pk]), datos, follow=True
    )


def contenido(respuesta):
    return b"".join(respuesta.streaming_content)


# ── J9, con las noventa y seis secretarías de 2020 ────────────────────────────────────────────

DOCE = [
    "Antioquia",
    "Atlántico",
    "Cali",
    "Huila",
    "Manizales",
    "Neiva",
    "Pasto",
    "Pereira",
    "Soacha",
    "Tunja",
    "Yopal",
    "La Perla del Otún",  # así no se llama ninguna
]


def el_archivo_del_fome():
    libro = Workbook()
    libro.active.append(["FOME, primera asignación. Cifras en pesos"])
    libro.active.append(["Entidad territorial", "Asignado"])
    for n, nombre in enumerate(DOCE, start=1):
        libro.active.append([nombre, n * 1_000_000_000])
    bytes_ = io.BytesIO()
    libro.save(bytes_)
    return un_archivo(bytes_.getvalue(), "fome.xlsx")


def test_j9_por_las_paginas(client, analista, catalogo):
    call_command("cargar_territorio", verbosity=0)
    corte = CorteDeRecursos.objects.get(clave="fome-2020-primera")

    previa = texto(subir(client, corte, el_archivo_del_fome()))

    carga = la_carga()
    assert "Revise antes de confirmar" in previa
    assert "12 <small>de 96</small>" in previa
    assert '84</p><p class="cifra-unidad">no reportaron' in previa.replace("> <", "><")
    assert "«La Perla del Otún», fila 14" in previa
    assert "Los montos están en pesos: lo dice el archivo o quien lo subió." in previa
    assert not corte.recursos.exists()

    client.post(
        reverse("indicadores:reconocer-en-recursos", args=[carga.pk]),
        {"texto": "La Perla del Otún", "entidad": "17001"},
    )
    repetida = texto(client.get(carga.get_absolute_url()))
    assert "Repite a Manizales, de la fila 7." in repetida

    assert Alias.objects.get(texto="La Perla del Otún").entidad.nombre == "Manizales"


def test_j9_confirmar_repetir_deshacer_y_publicar(client, analista):
    cali, neiva = una_entidad("Cali"), una_entidad("Neiva")
    corte = un_corte("fome-de-prueba", estado="borrador", asignado=30)
    datos = b"Entidad;Asignado (millones)\nCali;10\nNieva City;20"

    subir(client, corte, un_archivo(datos))
    carga = la_carga()
    client.post(
        reverse("indicadores:reconocer-en-recursos", args=[carga.pk]),
        {"texto": "Nieva City", "entidad": neiva.codigo_dane},
    )
    carga.refresh_from_db()
    assert carga.sin_reconocer == []
    confirmar(client, carga)
    assert dict(corte.recursos.values_list("entidad", "asignado")) == {cali.pk: 10, neiva.pk: 20}

    otra_vez = texto(subir(client, corte, un_archivo(datos)))
    assert "0 cambios" in otra_vez
    assert la_carga().estado == Estado.SIN_CAMBIOS

    client.post(reverse("indicadores:publicar-corte", args=[corte.clave]))
    corte.refresh_from_db()
    client.logout()
    assert corte.estado == "publicado"
    assert "$20</td>" in texto(client.get(corte.get_absolute_url()))

    client.force_login(analista)
    client.post(reverse("indicadores:deshacer-recursos", args=[carga.pk]))
    assert not corte.recursos.exists()


def test_la_bitacora_guarda_la_huella_y_las_cuentas(client, analista):
    una_entidad("Cali")
    subir(client, un_corte(), un_archivo(b"Entidad;Asignado\nCali;10\nNadie;3"))
    confirmar(client, la_carga())

    confirmada = LogEntry.objects.filter(
        additional_data__verbo="confirmó un archivo de recursos"
    ).get()

    assert confirmada.actor == analista
    assert confirmada.additional_data["detalle"] == {
        "corte": "corte-de-prueba",
        "huella": la_carga().huella,
        "nuevas": 1,
        "iguales": 0,
        "cambiadas": 0,
        "rechazadas": 0,
        "sin_reconocer": 1,
    }


def test_el_archivo_se_guarda_como_llego(client, analista):
    una_entidad("Cali")
    subir(client, un_corte(), un_archivo(b"Entidad;Asignado\nCali;10", "mio.csv"))

    respuesta = client.get(reverse("indicadores:archivo-de-recursos", args=[la_carga().pk]))

    assert contenido(respuesta) == b"Entidad;Asignado\nCali;10"
    assert 'filename="mio.csv"' in respuesta["Content-Disposition"]


# ── Lo que puede salir mal ────────────────────────────────────────────────────────────────────


def test_otras_columnas_dice_cuales_esperaba_y_cuales_hallo(client, analista):
    pagina = texto(subir(client, un_corte(), un_archivo(b"Nombre;Personas\nCali;3")))

    assert "Se esperaba una columna con la entidad" in pagina
    assert "«Nombre», «Personas»" in pagina
    assert not CargaDeRecursos.objects.exists()


def test_sin_corte_ni_archivo_dice_que_falta(client, analista):
    pagina = texto(client.post(reverse("indicadores:importar-recursos")))

    assert "Revise estos datos" in pagina


def test_las_filas_malas_se_rechazan_con_su_motivo(client, analista):
    una_entidad("Cali", codigo_dane="76001")
    una_entidad("Neiva", codigo_dane="41001")
    una_entidad("La nueva", codigo_dane="05380", desde="2023-01-01")
    datos = (
        "Código DANE;Entidad;Asignado\n76001;Cali;1\n76001;;2\n41001;Cali;3\n5380;;4\n12345;;5\n"
    )

    subir(client, un_corte(), un_archivo(datos.encode()))

    assert la_carga().resumen["rechazadas"] == [
        [3, "Repite a Cali, de la fila 2."],
        [4, "El código es de Neiva y el nombre dice «Cali». Corrija uno de los dos."],
        [5, "La nueva no figura como secretaría certificada el 31 de diciembre de 2020."],
        [6, "Ninguna secretaría tiene el código «12345»."],
    ]


def test_lo_que_el_archivo_no_trae_no_se_borra(client, analista):
    corte, cali = un_corte(), una_entidad("Cali")
    un_recurso(corte, cali, asignado=9, ejecutado=4)
    otro = un_recurso(corte, una_entidad("Neiva"), asignado=7)

    pagina = texto(subir(client, corte, un_archivo(b"Entidad;Asignado\nCali;10")))
    confirmar(client, la_carga())

    assert "antes 9" in pagina
    otro.refresh_from_db()
    assert otro.asignado == 7
    assert corte.recursos.values_list("asignado", "ejecutado").get(entidad=cali) == (10, 4)


def test_deshacer_devuelve_lo_que_habia(client, analista):
    corte, cali = un_corte(), una_entidad("Cali")
    un_recurso(corte, cali, asignado=9, ejecutado=4)
    subir(client, corte, un_archivo(b"Entidad;Asignado;Ejecutado\nCali;10;"))
    confirmar(client, la_carga())
    assert corte.recursos.values_list("asignado", "ejecutado").get() == (10, None)

    client.post(reverse("indicadores:deshacer-recursos", args=[la_carga().pk]))

    assert corte.recursos.values_list("asignado", "ejecutado", "carga").get() == (9, 4, None)


def test_no_se_deshace_lo_que_otro_archivo_ya_cambio(client, analista):
    corte = un_corte()
    una_entidad("Cali")
    for monto in (10, 20):
        subir(client, corte, un_archivo(f"Entidad;Asignado\nCali;{monto}".encode()))
        confirmar(client, la_carga())
    primera = CargaDeRecursos.objects.earliest("pk")

    pagina = client.post(reverse("indicadores:deshacer-recursos", args=[primera.pk]), follow=True)

    assert "Deshaga primero ese." in texto(pagina)
    assert corte.recursos.get().asignado == 20


def test_si_el_corte_cambia_mientras_se_revisa_se_avisa(client, analista):
    corte, cali = un_corte(), una_entidad("Cali")
    subir(client, corte, un_archivo(b"Entidad;Asignado\nCali;10"))
    vista = client.get(la_carga().get_absolute_url()).context["comparacion"].huella
    un_recurso(corte, cali, asignado=8)

    pagina = texto(confirmar(client, la_carga(), vista=vista))

    assert "Mientras usted revisaba" in pagina
    assert corte.recursos.get().asignado == 8


def test_quien_revisa_puede_decir_la_unidad(client, analista):
    una_entidad("Cali")
    subir(client, un_corte(), un_archivo(b"Entidad;Asignado\nCali;500000"))
    carga = la_carga()
    assert carga.resumen["unidad"] == "millones"

    client.post(reverse("indicadores:unidad-de-recursos", args=[carga.pk]), {"unidad": "pesos"})

    carga.refresh_from_db()
    assert carga.resumen["filas"][0]["montos"] == {"asignado": "0.500000"}


def test_cada_monto_va_bajo_su_titulo_aunque_el_archivo_traiga_otro_orden(client, analista):
    una_entidad("Cali")
    datos = b"Pendiente;Entidad;Ejecutado;Asignado\n3;Cali;2;5"

    pagina = texto(subir(client, un_corte(), un_archivo(datos)))

    titulos = [pagina.index(f'class="num">{uno}') for uno in ("Asignado", "Ejecutado", "Pendiente")]
    assert titulos == sorted(titulos)
    assert '<td class="num">5</td><td class="num">2</td><td class="num">3</td>' in pagina


def test_un_total_que_no_da_se_avisa(client, analista):
    una_entidad("Cali")

    pagina = texto(subir(client, un_corte(), un_archivo(b"Entidad;Asignado\nCali;10\nTotal;15")))

    assert "la fila del total dice 15 y las que se leyeron suman 10" in pagina


def test_un_nombre_demasiado_general_no_se_aprende(client, analista):
    cali = una_entidad("Cali")
    subir(client, un_corte(), un_archivo("Entidad;Asignado\nSecretaría;10".encode()))

    pagina = client.post(
        reverse("indicadores:reconocer-en-recursos", args=[la_carga().pk]),
        {"texto": "Secretaría", "entidad": cali.codigo_dane},
        follow=True,
    )

    assert "no dice de qué entidad se trata" in texto(pagina)
    assert not Alias.objects.exists()


def test_un_archivo_descartado_ya_no_se_confirma(client, analista):
    una_entidad("Cali")
    subir(client, un_corte(), un_archivo(b"Entidad;Asignado\nCali;10"))
    client.post(reverse("indicadores:descartar-recursos", args=[la_carga().pk]))

    pagina = texto(confirmar(client, la_carga()))

    assert "así no se puede hacer eso" in pagina
    assert not RecursoDeEntidad.objects.exists()


def test_si_no_se_puede_guardar_no_queda_el_archivo(monkeypatch, settings):
    def falla(*_, **__):
        raise RuntimeError("se rompió a propósito")

    monkeypatch.setattr("indicadores.acciones.recursos.anotar", falla)
    una_entidad("Cali")

    with pytest.raises(RuntimeError):
        recibir(
            corte=un_corte(), archivo=un_archivo(b"Entidad;Asignado\nCali;10"), por=un_usuario()
        )

    assert [uno for uno in settings.MEDIA_ROOT.rglob("*") if uno.is_file()] == []
    assert not CargaDeRecursos.objects.exists()


# ── Quién puede ───────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("rol", [Rol.SECRETARIO, Rol.EQUIPO_SECRETARIA, Rol.PROFESIONAL])
def test_no_importa_quien_no_carga(client, rol):
    client.force_login(un_usuario(rol))

    assert client.get(reverse("indicadores:importar-recursos")).status_code == 403
