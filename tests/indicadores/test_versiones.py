"""Lo publicado y lo corregido: cualquiera lo lee, y todo lo que cambió está."""

import csv
import io

import pytest
from django.urls import reverse

from indicadores.consultas.versiones import cambios_de, erratas
from indicadores.models import Valor, Version
from tests.fabricas import un_usuario, una_entidad
from tests.fabricas_de_indicadores import un_indicador, un_valor, una_unidad, una_version

pytestmark = pytest.mark.django_db


def una_correccion(antes=4.7, despues=5.2, **datos):
    """Una cifra de la versión anterior, y la que la reemplaza en una nueva."""
    primera = Version.objects.ultima() or una_version()
    viejo = un_valor(antes, version=primera, **datos)
    segunda = una_version(motivo="Llegó otra descarga.", cambiadas=1)
    return corregir(viejo, despues, segunda)


def corregir(viejo, despues, version):
    viejo.hasta = version
    viejo.save()
    un_valor(
        despues,
        version=version,
        indicador=viejo.indicador,
        unidad=viejo.unidad,
        vigencia=viejo.vigencia,
    )
    return viejo


def texto_de(respuesta):
    return " ".join(respuesta.content.decode().split())


def test_la_lista_de_versiones_es_de_todos_y_dice_lo_que_trajo_cada_una(client):
    una_version(nuevas=12345, motivo="La carga de 2023.")

    respuesta = client.get(reverse("indicadores:versiones"))

    assert respuesta.status_code == 200
    assert "12.345" in texto_de(respuesta)
    assert "La carga de 2023." in texto_de(respuesta)


def test_sin_versiones_la_pagina_lo_dice(client):
    assert "Aún no se ha publicado ninguna" in texto_de(
        client.get(reverse("indicadores:versiones"))
    )


def test_una_version_no_dice_quien_la_publico(client):
    quien = un_usuario(nombre="Persona Inventada Que Publica")
    version = una_version(publicada_por=quien)
    un_valor(version=version)

    for ruta in (version.get_absolute_url(), reverse("indicadores:versiones")):
        assert "Persona Inventada" not in texto_de(client.get(ruta))


def test_la_pagina_de_una_version_dice_que_habia_y_que_dejo(client):
    una_correccion(4.7, 5.2)

    respuesta = client.get(reverse("indicadores:version", args=[2]))

    assert [(c.decia, c.dice) for c in respuesta.context["cambios"]] == [("4,7 %", "5,2 %")]


def test_una_cifra_nueva_no_tenia_nada_antes(client):
    un_valor(4.7, version=una_version())

    respuesta = client.get(reverse("indicadores:version", args=[1]))

    assert "no había" in texto_de(respuesta)


def test_la_fe_de_erratas_dice_que_decia_que_dice_cuando_y_por_que(client):
    una_correccion(4.7, 5.2)

    pagina = texto_de(client.get(reverse("indicadores:fe-de-erratas")))

    for texto in ("4,7 %", "5,2 %", "Llegó otra descarga.", "Versión 2"):
        assert texto in pagina


def test_una_correccion_de_centesimas_se_ve(client):
    viejo = una_correccion(4.71, 4.74)

    cambio = cambios_de(erratas().filter(pk=viejo.pk))[0]

    assert (cambio.decia, cambio.dice) == ("4,71 %", "4,74 %")


def test_lo_que_se_retiro_sin_reemplazo_se_dice():
    viejo = un_valor(4.7, version=una_version())
    viejo.hasta = una_version()
    viejo.save()

    cambio = cambios_de(erratas())[0]

    assert (cambio.decia, cambio.dice) == ("4,7 %", "se retiró")


def test_una_cifra_corregida_dos_veces_son_dos_correcciones():
    viejo = una_correccion(4.7, 5.2)
    segundo = Valor.objects.vigentes().get()
    corregir(segundo, 5.5, una_version())

    textos = [(c.version.numero, c.decia, c.dice) for c in cambios_de(erratas())]

    assert textos == [(3, "5,2 %", "5,5 %"), (2, "4,7 %", "5,2 %")]
    assert viejo.hasta_id == 2


def test_una_version_que_corrige_miles_se_resume_y_se_abre(client):
    primera, desercion = una_version(), un_indicador(nombre_corto="Deserción")
    viejos = [
        un_valor(n, version=primera, indicador=desercion, vigencia=1990 + n) for n in range(25)
    ]
    segunda = una_version()
    for viejo in viejos:
        corregir(viejo, viejo.valor + 1, segunda)

    resumida = texto_de(client.get(reverse("indicadores:fe-de-erratas")))
    abierta = client.get(reverse("indicadores:fe-de-erratas"), {"version": 2})

    assert "Cambió 25 cifras: 25 de deserción." in resumida
    assert len(abierta.context["cambios"]) == 25


def test_los_filtros_dejan_solo_lo_que_se_busca(client):
    huila, cauca = una_entidad("Huila"), una_entidad("Cauca")
    una_correccion(1, 2, unidad=una_unidad(huila), vigencia=2021)
    una_correccion(3, 4, unidad=una_unidad(cauca), vigencia=2022)
    una_correccion(
        5, 6, unidad=una_unidad(cauca), vigencia=2022, indicador=un_indicador("aprobacion")
    )
    ruta = reverse("indicadores:fe-de-erratas")

    def decian(**filtros):
        return [c.decia for c in client.get(ruta, filtros).context["cambios"]]

    assert decian(entidad=huila.codigo_dane) == ["1,0 %"]
    assert decian(vigencia="2022") == ["5,0 %", "3,0 %"]
    assert decian(indicador="aprobacion", entidad=cauca.codigo_dane) == ["5,0 %"]


def test_un_filtro_que_no_existe_no_es_un_error(client):
    una_correccion()

    respuesta = client.get(
        reverse("indicadores:fe-de-erratas"), {"indicador": "no-existe", "version": "abc"}
    )

    assert respuesta.status_code == 200


@pytest.mark.parametrize("ruta", ["fe-de-erratas", "descargar-fe-de-erratas"])
def test_una_version_que_no_cabe_en_la_base_no_filtra(client, ruta):
    respuesta = client.get(reverse(f"indicadores:{ruta}"), {"version": "9" * 20})
    respuesta.close()

    assert respuesta.status_code == 200


def test_la_fe_de_erratas_se_descarga_con_numeros_y_codigos(client):
    huila = una_entidad("Huila", codigo_dane="08001")
    una_correccion(4.71, None, unidad=una_unidad(huila), estado="valor")

    respuesta = client.get(reverse("indicadores:descargar-fe-de-erratas"))

    contenido = b"".join(respuesta.streaming_content).decode()
    fila = list(csv.DictReader(io.StringIO(contenido)))[0]
    assert (fila["Código DANE"], fila["Decía"], fila["Dice"], fila["Estado actual"]) == (
        "08001",
        "4.71",
        "",
        "sin dato",
    )


@pytest.mark.parametrize("ruta", ["versiones", "fe-de-erratas"])
def test_con_muchas_filas_las_mismas_consultas(
    client, ruta, django_assert_num_queries, django_assert_max_num_queries
):
    una_correccion()
    direccion = reverse(f"indicadores:{ruta}")
    client.get(direccion)
    with django_assert_max_num_queries(12) as con_una:
        client.get(direccion)
    for n in range(6):
        una_correccion(vigencia=2010 + n, indicador=un_indicador(f"indicador_{n}"))

    with django_assert_num_queries(len(con_una)):
        client.get(direccion)


def test_la_pagina_de_una_version_hace_las_mismas_consultas(
    client, django_assert_num_queries, django_assert_max_num_queries
):
    una_correccion()
    direccion = reverse("indicadores:version", args=[2])
    client.get(direccion)
    with django_assert_max_num_queries(12) as con_una:
        client.get(direccion)
    for n in range(6):
        viejo = un_valor(n, version=Version.objects.get(pk=1), vigencia=2000 + n)
        corregir(viejo, n + 1, Version.objects.get(pk=2))

    with django_assert_num_queries(len(con_una)):
        client.get(direccion)
