"""Los recursos que ve cualquiera, sus descargas, y las cuentas que se exigen al guardar."""

import io
import json

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from openpyxl import load_workbook

from cuentas.models import Rol
from indicadores.acciones.recursos import publicar_corte
from indicadores.cargas.recursos_catalogo import anadir_recursos
from indicadores.consultas.recursos import balance_de
from indicadores.forms.recursos import CorteDeRecursosForm
from indicadores.models import CorteDeRecursos
from tests.fabricas import un_usuario, una_entidad
from tests.fabricas_de_recursos import un_corte, un_fondo, un_recurso

pytestmark = pytest.mark.django_db


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


# ── La página pública ─────────────────────────────────────────────────────────────────────────


def test_la_pagina_dice_lo_que_dice_la_fuente(client, catalogo):
    pagina = texto(client.get(reverse("indicadores:recursos")))

    for dicho in (
        "FOME $400.005 millones asignados a las 96 ETC = $88.880 primera + $311.125 segunda",
        "Balance primera asignación: 12 ETC reportaron (12,5 %)",
        "<dt>Incorporación</dt><dd>la fuente no trae el dato</dd>",
        "FSE, corte 30 de septiembre de 2020: $725.978 asignado, $351.580 ejecutado (48,4 %)",
        "$374.398 pendiente (51,6 %)",
        "351.580 + 374.398 = 725.978",
        "88.880 + 311.125 = 400.005",
        "Quién reportó: FUT, I trimestre de 2020",
        "58 ETC reportaron (60,4 %)",
        "19 ETC reportaron (19,8 %)",
        "artículo 31 de la Ley 1176 de 2007",
        "millones de pesos",
    ):
        assert dicho in pagina


def test_sin_cortes_la_pagina_lo_dice(client):
    assert "Aún no hay recursos publicados." in texto(client.get(reverse("indicadores:recursos")))


def test_cada_corte_del_catalogo_tiene_su_pagina(client, catalogo):
    for corte in CorteDeRecursos.objects.all():
        assert client.get(corte.get_absolute_url()).status_code == 200


def test_el_corte_dice_quien_reporto_y_quien_no(client):
    corte = un_corte()
    un_recurso(corte, una_entidad("Cali"), asignado=5)
    una_entidad("Neiva")

    pagina = texto(client.get(corte.get_absolute_url()))

    assert "1 de 2 secretarías tienen aquí sus montos." in pagina
    assert "$5</td>" in pagina
    assert "no reportó" in pagina


def test_las_consultas_del_corte_no_crecen_con_las_entidades(client, django_assert_max_num_queries):
    corte = un_corte()
    for _ in range(6):
        un_recurso(corte, asignado=5)

    with django_assert_max_num_queries(8):
        client.get(corte.get_absolute_url())


def test_un_borrador_no_existe_para_quien_no_carga(client):
    corte = un_corte(estado="borrador")

    for usuario in (None, un_usuario(Rol.SECRETARIO), un_usuario(Rol.PROFESIONAL)):
        if usuario:
            client.force_login(usuario)
        assert client.get(corte.get_absolute_url()).status_code == 404
        assert client.get(_descarga(corte, "csv")).status_code == 404


# ── Las descargas ─────────────────────────────────────────────────────────────────────────────


def _descarga(corte, formato):
    return reverse("indicadores:descargar-corte", args=[corte.clave, formato])


def contenido(respuesta):
    return b"".join(respuesta.streaming_content)


def test_el_excel_trae_numeros_codigos_y_las_filas_que_dice_la_pagina(client, catalogo):
    corte = CorteDeRecursos.objects.get(clave="fome-2020-primera")
    un_recurso(corte, una_entidad("Antioquia", codigo_dane="05"), asignado="12.5")
    una_entidad("Neiva")
    assert "(2 filas)" in texto(client.get(corte.get_absolute_url()))

    libro = load_workbook(io.BytesIO(client.get(_descarga(corte, "xlsx")).content))

    encabezado, antioquia, neiva = libro["Datos"].iter_rows(values_only=True)
    notas = dict(libro["Notas"].iter_rows(values_only=True, max_col=2))
    assert libro.sheetnames == ["Datos", "Metadatos", "Notas"]
    assert encabezado[3] == "Asignado (millones de pesos)"
    assert antioquia == ("05", "Antioquia", "sí", 12.5, None, None, None)
    assert neiva[1:] == ("Neiva", "no", None, None, None, None)
    assert notas["Unidad"] == "millones de pesos"
    assert notas["FOME: primera asignación, incorporación"] == (
        "Según la fuente: la fuente no trae el dato. Sumando las entidades: sin entidades cargadas."
    )
    assert notas["Quién reportó"] == "12 ETC reportaron (12,5 %)"


def test_los_otros_formatos_llevan_las_mismas_filas(client):
    corte = un_corte()
    un_recurso(corte, una_entidad("Antioquia", codigo_dane="05"), asignado="12.5")

    estandar = contenido(client.get(_descarga(corte, "csv"))).decode()
    para_excel = contenido(client.get(_descarga(corte, "csv-excel"))).decode("utf-8-sig")
    objeto = json.loads(contenido(client.get(_descarga(corte, "json"))))

    assert estandar.splitlines()[0].split(",")[3] == "asignado_millones_de_pesos"
    assert estandar.splitlines()[1] == "05,Antioquia,sí,12.5,,,"
    assert para_excel.splitlines()[1] == "05;Antioquia;sí;12,5;;;"
    assert (objeto["metadatos"]["filas"], objeto["datos"][0]["codigo_dane"]) == (1, "05")


def test_un_formato_que_no_hay_no_existe(client):
    assert client.get(_descarga(un_corte(), "pdf")).status_code == 404


# ── Las cuentas, al guardar un corte ──────────────────────────────────────────────────────────


def el_formulario(corte, **cambios):
    datos = {
        campo: valor
        for campo in CorteDeRecursosForm.Meta.fields
        if (valor := getattr(corte, f"{campo}_id", None) or getattr(corte, campo)) is not None
    }
    return CorteDeRecursosForm({**datos, **cambios}, instance=corte)


def test_al_guardar_lo_ejecutado_y_lo_pendiente_suman_lo_asignado(catalogo):
    form = el_formulario(CorteDeRecursos.objects.get(clave="fse-2020-09-30"), ejecutado=351581)

    assert "deben sumar lo asignado" in form.errors["__all__"][0]


@pytest.mark.parametrize("clave", ["fome-2020", "fome-2020-segunda"])
def test_al_guardar_las_partes_suman_el_total(catalogo, clave):
    form = el_formulario(CorteDeRecursos.objects.get(clave=clave), asignado=5)

    assert "Las partes publicadas suman" in form.errors["asignado"][0]


def test_el_catalogo_se_guarda_sin_quejas(catalogo):
    for corte in CorteDeRecursos.objects.all():
        assert el_formulario(corte).errors == {}


def test_en_borrador_se_puede_arreglar_una_parte(catalogo):
    parte = CorteDeRecursos.objects.get(clave="fome-2020-segunda")
    el_formulario(parte, asignado=5, estado="borrador").save()

    with pytest.raises(ValidationError, match="suman 88.885"):
        publicar_corte(corte=parte, por=un_usuario())

    parte.refresh_from_db()
    assert parte.estado == "borrador"


def test_un_corte_retirado_deja_de_verse_hasta_que_se_publica(client, analista, catalogo):
    corte = CorteDeRecursos.objects.get(clave="fome-2020-segunda")

    client.post(reverse("indicadores:retirar-corte", args=[corte.clave]))

    corte.refresh_from_db()
    assert corte.estado == "borrador"
    client.logout()
    assert client.get(corte.get_absolute_url()).status_code == 404


def test_un_corte_no_es_parte_de_si_mismo_ni_de_una_parte(catalogo):
    total = CorteDeRecursos.objects.get(clave="fome-2020")
    parte = CorteDeRecursos.objects.get(clave="fome-2020-primera")

    assert "parte_de" in el_formulario(total, parte_de=total.pk).errors
    assert "parte_de" in el_formulario(total, parte_de=parte.pk).errors


def test_una_parte_en_borrador_no_sale_en_el_total(catalogo):
    CorteDeRecursos.objects.filter(clave="fome-2020-segunda").update(estado="borrador")

    balance = balance_de(CorteDeRecursos.objects.get(clave="fome-2020"))

    assert [parte.corte.clave for parte in balance.partes] == ["fome-2020-primera"]


def test_un_corte_sin_asignado_se_deja_ver(client):
    corte = un_corte(fondo=un_fondo("x"), ejecutado=4)

    assert client.get(corte.get_absolute_url()).status_code == 200
    assert client.get(reverse("indicadores:recursos")).status_code == 200


def test_en_la_administracion_no_se_guarda_lo_que_no_cuadra(client, catalogo):
    client.force_login(un_usuario(Rol.ADMINISTRACION))
    corte = CorteDeRecursos.objects.get(clave="fome-2020-segunda")
    datos = {campo: valor for campo, valor in el_formulario(corte).data.items() if valor}

    mal = client.post(_en_la_administracion(corte), {**datos, "asignado": "5"})
    bien = client.post(_en_la_administracion(corte), {**datos, "nota": "Revisada."})

    assert "Las partes publicadas suman" in texto(mal)
    assert bien.status_code == 302
    corte.refresh_from_db()
    assert (corte.asignado, corte.nota, corte.estado) == (311125, "Revisada.", "publicado")


def _en_la_administracion(corte):
    return reverse("admin:indicadores_cortederecursos_change", args=[corte.pk])


def test_la_administracion_lleva_a_importar(client, catalogo):
    client.force_login(un_usuario(Rol.ADMINISTRACION))

    lista = client.get(reverse("admin:indicadores_cortederecursos_changelist"))

    assert reverse("indicadores:importar-recursos") in texto(lista)
