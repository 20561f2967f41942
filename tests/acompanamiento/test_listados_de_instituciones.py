"""Un directorio de instituciones: lo que entra, lo que no y por qué, y lo que ni se lee."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.urls import reverse

from acompanamiento.acciones import listados_de_instituciones as acciones
from acompanamiento.acciones.listados import descartar
from acompanamiento.lectura.instituciones import ABREVIADO, LE_FALTA, MAL_CODIGO, SIN_CODIGO
from acompanamiento.models import ListadoDeInstituciones
from cuentas.models import Rol
from territorio.consultas import entidades_vigentes
from territorio.models import Alias, Institucion
from tests.fabricas import un_usuario, una_entidad
from tests.fabricas_de_acompanamiento import una_institucion
from trabajos.acciones import ejecutar_pendientes

pytestmark = pytest.mark.django_db(transaction=True)

Estado = ListadoDeInstituciones.Estado
TITULOS = "codigo_dane,nombre,secretaria,sector,zona,estado"


@pytest.fixture(autouse=True)
def archivos(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def entrar(client):
    client.force_login(un_usuario(Rol.EQUIPO_MEN))
    return client


def subir(client, *filas, titulos=TITULOS, corte=""):
    archivo = SimpleUploadedFile("Directorio.csv", "\n".join([titulos, *filas]).encode())
    client.post(
        reverse("acompanamiento:nuevo-listado-de-instituciones"),
        {"archivo": archivo, "fuente": "Directorio de prueba", "corte": corte},
    )
    return ListadoDeInstituciones.objects.latest("pk")


def confirmar(client, listado):
    client.post(reverse("acompanamiento:confirmar-listado-de-instituciones", args=[listado.pk]))
    listado.refresh_from_db()


def test_entran_con_lo_que_la_fuente_dice_y_nada_mas(entrar, tmp_path):
    una_entidad("Tolima")

    listado = subir(
        entrar,
        "173001000011,IE Número Uno,Tolima,OFICIAL,URBANA,ANTIGUO ACTIVO",
        "273001000012,IE Número Dos,Tolima,,URBANA;RURAL,CIERRE DEFINITIVO",
    )
    confirmar(entrar, listado)

    assert listado.estado == Estado.CONFIRMADO
    assert list(
        Institucion.objects.values_list("codigo_dane", "nombre", "sector", "zona", "estado")
    ) == [
        ("273001000012", "IE Número Dos", "", "", "cierre_definitivo"),
        ("173001000011", "IE Número Uno", "oficial", "urbana", "activa"),
    ]
    assert [ruta for ruta in tmp_path.rglob("*") if ruta.is_file()] == []


def test_los_codigos_que_no_son_van_a_rechazadas_con_su_razon(entrar):
    una_entidad("Tolima")

    listado = subir(
        entrar,
        "73001000011,Le falta una,Tolima,,,",
        ",Sin código,Tolima,,,",
        "1.73E+11,Abreviado,Tolima,,,",
        "17300100001X,Con letra,Tolima,,,",
        "173001000011,Bueno,Tolima,,,",
        "173001000011,Repetido,Tolima,,,",
        "173001000012,,Tolima,,,",
    )

    assert [(f["fila"], f["motivo"]) for f in listado.filas if f["que"] == "rechazada"] == [
        (2, LE_FALTA),
        (3, SIN_CODIGO),
        (4, ABREVIADO),
        (5, MAL_CODIGO),
        (7, "Repite el código de la fila 6."),
        (8, "No trae el nombre de la institución."),
    ]
    assert listado.resumen["cuenta"]["nuevas"] == 1


def test_ni_telefonos_ni_direcciones_ni_rectores_y_se_dice(entrar):
    una_entidad("Tolima")

    listado = subir(
        entrar,
        "173001000011,IE Uno,Tolima,Calle 1,6010000,Rectora Inventada",
        titulos="codigo_dane,nombre,secretaria,direccion,telefono,rector",
    )
    pagina = entrar.get(listado.get_absolute_url()).content.decode()

    assert listado.resumen["sobran"] == ["direccion", "telefono", "rector"]
    assert "direccion, telefono, rector" in pagina
    assert "Rectora Inventada" not in str(listado.filas) + pagina


def test_el_mismo_otra_vez_no_cambia_nada(entrar):
    una_entidad("Tolima")
    fila = "173001000011,IE Uno,Tolima,OFICIAL,URBANA,NUEVO ACTIVO"
    confirmar(entrar, subir(entrar, fila))

    otra_vez = subir(entrar, fila)

    assert (otra_vez.estado, otra_vez.resumen["cuenta"]["iguales"]) == (Estado.SIN_CAMBIOS, 1)


def test_lo_que_cambia_se_muestra_y_lo_que_calla_no_se_borra(entrar):
    tolima = una_entidad("Tolima")
    una_institucion(tolima, "IE Uno", codigo_dane="173001000011", sector="oficial", zona="rural")
    quieta = una_institucion(tolima, "IE Quieta")

    listado = subir(entrar, "173001000011,IE Primero,Tolima,,,CIERRE TEMPORAL")
    muestra = [(f["texto"], f["campos"]) for f in listado.filas if f["que"] == "cambia"]
    confirmar(entrar, listado)

    cambiada = Institucion.objects.get(codigo_dane="173001000011")
    quieta.refresh_from_db()
    assert muestra == [("IE Primero", ["nombre", "estado"])]
    assert (cambiada.nombre_norm, cambiada.sector, cambiada.zona, cambiada.estado) == (
        "ie primero",
        "oficial",
        "rural",
        "cierre_temporal",
    )
    assert (quieta.nombre, quieta.fuente) == ("IE Quieta", "Directorio de prueba")


def test_una_secretaria_sin_reconocer_se_aprende_y_sus_filas_entran(entrar):
    call_command("cargar_territorio", verbosity=0)
    filas = [f"1180010000{n},IE {n},Secretaría del Cakueta,,," for n in (11, 12)]
    listado = subir(entrar, *filas)
    [duda] = [fila for fila in listado.filas if fila["que"] == "bandeja"]

    entrar.post(
        reverse("acompanamiento:reconocer-en-listado-de-instituciones", args=[listado.pk]),
        {"texto": duda["texto"], "entidad": "18"},
    )
    listado.refresh_from_db()

    assert (duda["n"], "18" in duda["sugerencias"]) == (2, True)
    assert Alias.objects.filter(texto="Secretaría del Cakueta").exists()
    assert (listado.estado, listado.resumen["cuenta"]["nuevas"]) == (Estado.VISTA_PREVIA, 2)


def test_el_municipio_dice_que_secretaria_la_atendia_en_esa_fecha(entrar):
    call_command("cargar_territorio", verbosity=0)
    fila = "105380000011,IE de La Estrella,05380"
    titulos = "codigo_dane,nombre,cod_municipio"

    for corte, entidad in (("2020-06-30", "05"), ("2024-06-30", "05380")):
        confirmar(entrar, subir(entrar, fila, titulos=titulos, corte=corte))

        una = Institucion.objects.select_related("entidad", "municipio").get()
        assert (una.entidad.codigo_dane, una.municipio.codigo) == (entidad, "05380")


def test_un_archivo_que_no_se_entiende_queda_rechazado_y_no_se_conserva(entrar, tmp_path):
    listado = subir(entrar, "uno,dos", titulos="esto,aquello")

    assert listado.estado == Estado.RECHAZADO
    assert listado.mensaje.startswith("No se reconocen las columnas.")
    assert [ruta for ruta in tmp_path.rglob("*") if ruta.is_file()] == []


def test_un_directorio_grande_se_hace_aparte_con_su_avance(entrar):
    una_entidad("Tolima")
    filas = [f"1730010{n:05},IE con un nombre corriente {n},Tolima,,," for n in range(6000)]

    listado = subir(entrar, *filas)
    mientras = entrar.get(listado.get_absolute_url()).content.decode()
    ejecutar_pendientes()
    confirmar(entrar, listado)
    guardando = entrar.get(listado.get_absolute_url()).content.decode()
    ejecutar_pendientes()
    listado.refresh_from_db()

    assert "Leyendo el directorio" in mientras
    assert "Actualizar el avance" in guardando
    assert (listado.estado, Institucion.objects.count()) == (Estado.CONFIRMADO, 6000)


def test_la_muestra_de_tres_secretarias_entra_sin_las_de_once_cifras(entrar, compartido):
    call_command("cargar_territorio", verbosity=0)
    datos = (compartido / "datos" / "establecimientos_muestra.csv").read_bytes()
    entrar.post(
        reverse("acompanamiento:nuevo-listado-de-instituciones"),
        {"archivo": SimpleUploadedFile("Muestra.csv", datos), "fuente": "Muestra"},
    )
    listado = ListadoDeInstituciones.objects.get()
    confirmar(entrar, listado)

    motivos = [fila["motivo"] for fila in listado.filas if fila["que"] == "rechazada"]
    assert (motivos.count(LE_FALTA), motivos.count(SIN_CODIGO)) == (90, 1)
    assert {
        entidad.nombre: entidad.instituciones.count()
        for entidad in entidades_vigentes(date(2024, 1, 1)).filter(instituciones__isnull=False)
    } == {"Amazonas": 47, "Barranquilla": 153, "Medellín": 20}


def test_confirmar_dos_veces_no_hace_nada_la_segunda(entrar):
    una_entidad("Tolima")
    listado = subir(entrar, "173001000011,IE Uno,Tolima,,,")
    confirmar(entrar, listado)

    confirmar(entrar, listado)

    assert (listado.estado, Institucion.objects.count()) == (Estado.CONFIRMADO, 1)


def test_descartarlo_no_guarda_ninguna(entrar):
    una_entidad("Tolima")
    listado = subir(entrar, "173001000011,IE Uno,Tolima,,,")

    entrar.post(reverse("acompanamiento:descartar-listado-de-instituciones", args=[listado.pk]))

    listado.refresh_from_db()
    assert (listado.estado, Institucion.objects.count()) == (Estado.DESCARTADO, 0)


def test_el_que_se_descarta_mientras_se_lee_queda_descartado(entrar, monkeypatch):
    una_entidad("Tolima")
    comparar = acciones.comparacion_de

    def con_alguien_que_lo_descarta(listado, tarea=None):
        comparacion = comparar(listado, tarea)
        descartar(listado=ListadoDeInstituciones.objects.get(pk=listado.pk), por=None)
        return comparacion

    monkeypatch.setattr(acciones, "comparacion_de", con_alguien_que_lo_descarta)

    listado = subir(entrar, "173001000011,IE Uno,Tolima,,,")

    assert (listado.estado, bool(listado.archivo)) == (Estado.DESCARTADO, False)


def test_una_secretaria_no_carga_directorios(client):
    client.force_login(un_usuario(Rol.SECRETARIO, entidad=una_entidad()))

    assert client.get(reverse("acompanamiento:listados-de-instituciones")).status_code == 403
