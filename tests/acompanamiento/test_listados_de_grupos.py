"""El listado de los grupos: 96 nuevas, otra vez cero cambios, y todo lo que puede venir mal."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.urls import reverse

from acompanamiento.acciones.listados_de_grupos import (
    confirmar_listado_de_grupos,
    recibir_listado_de_grupos,
    reconocer_en_listado_de_grupos,
)
from acompanamiento.consultas.grupos import grupo_de
from acompanamiento.consultas.listados_de_grupos import comparar
from acompanamiento.informes.plantilla_de_grupos import escribir_plantilla_de_grupos
from acompanamiento.models import Grupo, Integrante, ListadoDeGrupos, Padrinazgo
from cuentas.models import Rol
from territorio.consultas import entidades_vigentes
from territorio.models import Alias
from tests.fabricas import un_usuario, una_entidad
from tests.fabricas_de_acompanamiento import un_contacto, un_grupo, un_integrante, un_padrinazgo

pytestmark = pytest.mark.django_db

Estado = ListadoDeGrupos.Estado
EN_JUNIO = date(2021, 6, 1)


@pytest.fixture(autouse=True)
def archivos(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def territorio():
    call_command("cargar_territorio", verbosity=0)


@pytest.fixture
def quien_organiza():
    return un_usuario(Rol.EQUIPO_MEN)


def un_csv(*filas, titulos="Grupo,Código,Secretaría,Líder,Padrino,Enlace"):
    texto = "\n".join([titulos, *filas])
    return SimpleUploadedFile("Grupos.csv", texto.encode())


def las_96(*, cambiado=None):
    """Dieciséis grupos de cinco y cuatro de cuatro, en el orden de las secretarías."""
    entidades = list(entidades_vigentes(EN_JUNIO))
    tamanos = [5] * 16 + [4] * 4
    numeros = [n for n, tamano in enumerate(tamanos, start=1) for _ in range(tamano)]
    filas = {e.nombre: f"{n},{e.codigo_dane},,,," for e, n in zip(entidades, numeros, strict=True)}
    return [*(filas | (cambiado or {})).values()]


def recibir(archivo, por, desde=EN_JUNIO):
    return recibir_listado_de_grupos(archivo=archivo, desde=desde, por=por)


def test_96_nuevas_en_20_grupos_y_el_mismo_archivo_otra_vez_no_cambia_nada(
    territorio, quien_organiza, django_capture_on_commit_callbacks
):
    listado = recibir(un_csv(*las_96()), quien_organiza)
    antes = comparar(listado)
    with django_capture_on_commit_callbacks(execute=True):
        confirmar_listado_de_grupos(listado=listado, por=quien_organiza, vista=antes.huella)
    otra_vez = recibir(un_csv(*las_96()), quien_organiza)

    assert (len(antes.nuevas), len(antes.cambiadas), len(antes.grupos_nuevos)) == (96, 0, 20)
    assert (listado.estado, bool(listado.archivo)) == (Estado.CONFIRMADO, False)
    assert sorted(g.pertenencias.count() for g in Grupo.objects.all()) == [4] * 4 + [5] * 16
    assert otra_vez.estado == Estado.SIN_CAMBIOS
    assert otra_vez.resumen["cuenta"]["iguales"] == 96


def test_un_grupo_que_cambia_en_junio_no_mueve_lo_de_mayo(quien_organiza):
    tolima = una_entidad("Tolima")
    viejo, nuevo = un_grupo(tolima, numero=3), un_grupo(numero=4)
    de_mayo = un_contacto(tolima, fecha=date(2021, 5, 20), grupo=viejo)
    de_junio = un_contacto(tolima, fecha=date(2021, 6, 20), grupo=viejo)

    listado = recibir(un_csv(f"4,{tolima.codigo_dane},,,,"), quien_organiza)
    cuenta = confirmar_listado_de_grupos(listado=listado, por=quien_organiza).cuenta

    de_mayo.refresh_from_db()
    de_junio.refresh_from_db()
    assert (cuenta["nuevas"], cuenta["cambiadas"]) == (0, 1)
    assert (de_mayo.grupo, de_junio.grupo) == (viejo, nuevo)
    assert (grupo_de(tolima, date(2021, 5, 31)), grupo_de(tolima, EN_JUNIO)) == (viejo, nuevo)


def test_con_95_filas_dice_cual_falta_y_no_la_toca(territorio, quien_organiza):
    ultima = entidades_vigentes(EN_JUNIO).last()
    corto = recibir(un_csv(*las_96()[:-1]), quien_organiza)
    faltaba = comparar(corto).faltan
    confirmar_listado_de_grupos(listado=corto, por=quien_organiza)
    sin_grupo = grupo_de(ultima, EN_JUNIO)

    entero = recibir(un_csv(*las_96()), quien_organiza)
    confirmar_listado_de_grupos(listado=entero, por=quien_organiza)
    otra_vez = recibir(un_csv(*las_96()[:-1]), quien_organiza)

    assert (faltaba, sin_grupo) == ([(ultima, None)], None)
    assert (entero.resumen["cuenta"]["nuevas"], grupo_de(ultima, EN_JUNIO).numero) == (1, 20)
    assert (otra_vez.estado, otra_vez.resumen["faltan"]) == (
        Estado.SIN_CAMBIOS,
        [[ultima.nombre, 20]],
    )


def test_una_secretaria_dos_veces_entra_una_y_en_dos_grupos_ninguna(quien_organiza):
    tolima, huila = una_entidad("Tolima"), una_entidad("Huila")
    archivo = un_csv(
        f"1,{tolima.codigo_dane},,,,",
        f"1,{tolima.codigo_dane},,,,",
        f"1,{huila.codigo_dane},,,,",
        f"2,{huila.codigo_dane},,,,",
    )

    listado = recibir(archivo, quien_organiza)

    assert [(fila["que"], fila.get("motivo", "")) for fila in listado.filas] == [
        ("reconocida", ""),
        ("rechazada", "Repite a Tolima, de la fila 2."),
        (
            "rechazada",
            "Huila está en el grupo 1 (fila 4) y en el grupo 2 (fila 5). Deje una sola fila.",
        ),
        (
            "rechazada",
            "Huila está en el grupo 1 (fila 4) y en el grupo 2 (fila 5). Deje una sola fila.",
        ),
    ]


def test_un_nombre_desconocido_espera_con_sugerencias_y_se_aprende(territorio, quien_organiza):
    listado = recibir(un_csv("7,,Secretaría del Cakueta,,,"), quien_organiza)
    caqueta = entidades_vigentes().get(codigo_dane="18")
    [fila] = listado.filas

    reconocer_en_listado_de_grupos(
        listado=listado, texto=fila["texto"], entidad=caqueta, por=quien_organiza
    )

    assert (fila["que"], "18" in fila["sugerencias"]) == ("bandeja", True)
    assert [(f["que"], f["entidad"]) for f in listado.filas] == [("reconocida", caqueta.pk)]
    assert Alias.objects.filter(texto="Secretaría del Cakueta", entidad=caqueta).exists()


def test_pone_lider_padrino_y_enlace_por_su_correo(quien_organiza):
    tolima = una_entidad("Tolima")
    viejo = un_padrinazgo(tolima)
    lider, padrino, enlace = (un_usuario(Rol.PROFESIONAL) for _ in range(3))
    grupo = un_grupo(tolima, numero=9)
    un_integrante(grupo, papel=Integrante.Papel.LIDER)
    correos = f"{lider.email.upper()},{padrino.email},{enlace.email}"

    listado = recibir(un_csv(f"Grupo 9,,Tolima,{correos}"), quien_organiza)
    cuenta = confirmar_listado_de_grupos(listado=listado, por=quien_organiza).cuenta

    viejo.refresh_from_db()
    assert (cuenta["cambiadas"], cuenta["lideres"]) == (1, 1)
    assert viejo.hasta == date(2021, 5, 31)
    assert set(Padrinazgo.objects.filter(hasta=None).values_list("papel", "persona")) == {
        ("padrino", padrino.pk),
        ("enlace", enlace.pk),
    }
    assert grupo.integrantes.get(hasta=None, papel="lider").persona == lider
    assert all("@" not in str(fila) for fila in listado.filas)


@pytest.mark.parametrize(
    ("datos", "motivo"),
    [
        (None, "no tiene cuenta en el portal"),
        ({"rol": Rol.SECRETARIO}, "no es una cuenta del Ministerio"),
        ({"rol": Rol.PROFESIONAL, "is_active": False}, "tiene la cuenta desactivada"),
    ],
)
def test_un_correo_que_no_sirve_se_dice_y_la_fila_entra_igual(quien_organiza, datos, motivo):
    tolima = una_entidad("Tolima")
    if datos is not None:
        entidad = tolima if datos["rol"] == Rol.SECRETARIO else None
        un_usuario(email="quien@correo.example", entidad=entidad, **datos)

    listado = recibir(un_csv("3,,Tolima,,quien@correo.example,"), quien_organiza)
    comparacion = comparar(listado)
    confirmar_listado_de_grupos(listado=listado, por=quien_organiza)

    [aviso] = comparacion.avisos
    assert aviso.startswith(
        f"«quien@correo.example» (padrino o madrina, fila 2) {motivo}: lo demás"
    )
    assert grupo_de(tolima, EN_JUNIO).numero == 3
    assert Padrinazgo.objects.count() == 0


def test_dos_lideres_para_un_grupo_no_ponen_a_ninguno(quien_organiza):
    uno, otro = un_usuario(Rol.LIDER_GRUPO), un_usuario(Rol.LIDER_GRUPO)
    una_entidad("Tolima"), una_entidad("Huila")

    listado = recibir(
        un_csv(f"3,,Tolima,{uno.email},,", f"3,,Huila,{otro.email},,"), quien_organiza
    )
    confirmar_listado_de_grupos(listado=listado, por=quien_organiza)

    assert Integrante.objects.count() == 0


def test_un_nombre_donde_va_un_correo_se_dice(quien_organiza):
    una_entidad("Tolima")

    listado = recibir(un_csv("3,,Tolima,,Persona de Prueba,"), quien_organiza)

    [aviso] = comparar(listado).avisos
    assert aviso.startswith("«persona de prueba» (padrino o madrina, fila 2) no es un correo")


def test_una_entidad_cerrada_y_un_grupo_cerrado_no_entran(quien_organiza):
    cerrada = una_entidad("Tolima", hasta=date(2021, 3, 31))
    una_entidad("Huila")
    un_grupo(numero=8, hasta=date(2020, 12, 31))

    listado = recibir(
        un_csv(f"1,{cerrada.codigo_dane},,,,", "8,,Huila,,,", "x,,Huila,,,"), quien_organiza
    )

    assert [fila["motivo"] for fila in listado.filas] == [
        "Tolima no figura como secretaría certificada el 1 de junio de 2021.",
        "El grupo 8 no está vigente el 1 de junio de 2021.",
        "«x» no es un número de grupo. Escriba solo el número.",
    ]


def test_lo_que_alguien_cambio_mientras_tanto_se_mira_otra_vez(quien_organiza):
    tolima = una_entidad("Tolima")
    listado = recibir(un_csv("3,,Tolima,,,"), quien_organiza)
    vista = comparar(listado).huella
    un_grupo(tolima, numero=5)

    with pytest.raises(ValidationError) as error:
        confirmar_listado_de_grupos(listado=listado, por=quien_organiza, vista=vista)

    assert error.value.code == "cambio_mientras_tanto"
    assert grupo_de(tolima, EN_JUNIO).numero == 5


def test_si_una_fila_no_se_puede_no_se_cambia_ninguna(quien_organiza):
    tolima, huila = una_entidad("Tolima"), una_entidad("Huila")
    un_padrinazgo(huila, desde=date(2022, 1, 1))
    otro = un_usuario(Rol.PROFESIONAL)

    listado = recibir(un_csv("1,,Tolima,,,", f"1,,Huila,,{otro.email},"), quien_organiza)
    with pytest.raises(ValidationError) as error:
        confirmar_listado_de_grupos(listado=listado, por=quien_organiza)

    assert error.value.code == "fila_imposible"
    assert error.value.message.startswith("Fila 3: Ya hay otra persona desde")
    assert (grupo_de(tolima, EN_JUNIO), Grupo.objects.count()) == (None, 0)


def test_la_plantilla_vuelve_tal_cual_y_no_cambia_nada(quien_organiza):
    tolima = una_entidad("Tolima")
    un_grupo(tolima, lider=un_usuario(Rol.LIDER_GRUPO), numero=6)
    un_padrinazgo(tolima)
    libro = SimpleUploadedFile("Plantilla.xlsx", escribir_plantilla_de_grupos().read())

    listado = recibir(libro, quien_organiza)

    assert (listado.estado, listado.resumen["cuenta"]["iguales"]) == (Estado.SIN_CAMBIOS, 1)


# ── Las páginas ───────────────────────────────────────────────────────────────────────────────


def test_se_sube_se_revisa_y_se_confirma(client, quien_organiza):
    una_entidad("Tolima")
    client.force_login(quien_organiza)
    datos = {"archivo": un_csv("3,,Tolima,,,"), "desde": "2021-06-01"}

    revisar = client.post(
        reverse("acompanamiento:nuevo-listado-de-grupos"), datos, follow=True
    ).content.decode()
    listado = ListadoDeGrupos.objects.get()
    client.post(reverse("acompanamiento:confirmar-listado-de-grupos", args=[listado.pk]))
    quedo = client.get(listado.get_absolute_url()).content.decode()

    assert "Revise antes de confirmar" in revisar
    assert "Los grupos quedaron así" in quedo


def test_una_fila_que_no_entra_no_se_cuenta_como_ausente(client, quien_organiza):
    tolima = una_entidad("Tolima")
    fila = f"{{}},{tolima.codigo_dane},,,,"
    listado = recibir(un_csv(fila.format(1), fila.format(2)), quien_organiza)
    client.force_login(quien_organiza)

    revisar = client.get(listado.get_absolute_url()).content.decode()

    assert "El archivo no la trae, o su fila no entra." in revisar
    assert "no está en el archivo" not in revisar


@pytest.mark.parametrize(
    ("archivo", "mensaje"),
    [
        (SimpleUploadedFile("vacio.csv", b""), "El archivo está vacío"),
        (SimpleUploadedFile("foto.xlsx", b"MZ\x00\x00"), "El archivo no es una tabla"),
        (un_csv("Tolima", titulos="Nombre"), "No se reconocen las columnas"),
    ],
)
def test_un_archivo_que_no_sirve_dice_que_hacer_y_no_guarda(
    client, quien_organiza, archivo, mensaje
):
    client.force_login(quien_organiza)
    archivo.seek(0)

    pagina = client.post(
        reverse("acompanamiento:nuevo-listado-de-grupos"),
        {"archivo": archivo, "desde": "2021-06-01"},
    ).content.decode()

    assert mensaje in pagina
    assert ListadoDeGrupos.objects.count() == 0


def test_descartarlo_no_cambia_nada_y_suelta_el_archivo(
    client, quien_organiza, tmp_path, django_capture_on_commit_callbacks
):
    una_entidad("Tolima")
    listado = recibir(un_csv("3,,Tolima,,,"), quien_organiza)
    client.force_login(quien_organiza)

    with django_capture_on_commit_callbacks(execute=True):
        client.post(reverse("acompanamiento:descartar-listado-de-grupos", args=[listado.pk]))

    listado.refresh_from_db()
    assert (listado.estado, listado.filas, Grupo.objects.count()) == (Estado.DESCARTADO, [], 0)
    assert [ruta for ruta in tmp_path.rglob("*") if ruta.is_file()] == []


def test_revisar_muchas_cuesta_las_mismas_consultas(
    client, quien_organiza, django_assert_max_num_queries
):
    client.force_login(quien_organiza)
    for n in range(12):
        una_entidad(f"Secretaría número {n}")
    codigos = [e.codigo_dane for e in entidades_vigentes(EN_JUNIO)]
    listado = recibir(un_csv(*(f"3,{codigo},,,," for codigo in codigos)), quien_organiza)

    with django_assert_max_num_queries(14):
        client.get(listado.get_absolute_url())


@pytest.mark.parametrize("rol", [Rol.LIDER_GRUPO, Rol.PROFESIONAL, Rol.SECRETARIO])
def test_solo_quien_organiza_carga_listados(client, rol):
    entidad = una_entidad("Tolima") if rol == Rol.SECRETARIO else None
    client.force_login(un_usuario(rol, entidad=entidad))

    assert client.get(reverse("acompanamiento:listados-de-grupos")).status_code == 403
