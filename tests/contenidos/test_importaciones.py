"""Importar contenidos: se mira, se confirma, no se repite y se deshace."""

import pytest
from django.core.exceptions import ValidationError

from contenidos.acciones import importaciones as acciones
from contenidos.acciones.contenidos import cambiar_contenido
from contenidos.models import Contenido, ImportacionDeContenidos, VersionDeContenido
from tests.contenidos.importar import (
    PDF,
    confirmada,
    importada,
    motivos,
    que_pasa,
    un_zip,
    una_fila,
    una_hoja,
)
from tests.fabricas import un_tema, un_usuario
from tests.fabricas_de_contenidos import una_clase
from trabajos.models import Trabajo

pytestmark = pytest.mark.django_db

Estado = ImportacionDeContenidos.Estado


@pytest.fixture
def edita():
    return un_usuario("equipo_men")


def test_mirar_la_hoja_no_crea_nada(edita):
    importacion = importada(edita)

    assert (importacion.estado, que_pasa(importacion)) == (Estado.VISTA_PREVIA, ["nueva"])
    assert not Contenido.objects.exists()


def test_al_confirmar_cada_fila_es_un_borrador_con_su_archivo(edita):
    tema = un_tema("Permanencia")
    fila = una_fila(temas="permanencia", revisar_el="2027-06-30", visibilidad="Solo el Ministerio")

    importacion = confirmada(importada(edita, fila))

    contenido = Contenido.objects.get()
    assert (importacion.estado, que_pasa(importacion)) == (Estado.CONFIRMADA, ["creada"])
    assert (contenido.titulo, contenido.estado, contenido.creado_por) == (
        "Guía de alternancia",
        "borrador",
        edita,
    )
    assert (contenido.visibilidad, str(contenido.revisar_el)) == ("ministerio", "2027-06-30")
    assert (list(contenido.temas.all()), str(contenido.autor)) == ([tema], "Dirección de Calidad")
    assert contenido.version_actual.nombre_del_archivo == "guia.pdf"
    with contenido.version_actual.archivo.open("rb") as guardado:
        assert guardado.read() == PDF


def test_se_puede_mandar_todo_a_revision(edita):
    confirmada(importada(edita), a_revision=True)

    assert Contenido.objects.get().estado == "revision"


def test_lo_que_no_esta_listo_para_revision_se_queda_en_borrador_y_lo_dice(edita):
    una_clase("video", nombre="video", es_video=True)
    video = una_fila(clase="video", archivo="", enlace="https://ejemplo.test/video")

    importacion = confirmada(importada(edita, video, archivos={}), a_revision=True)

    assert Contenido.objects.get().estado == "borrador"
    (motivo,) = motivos(importacion)
    assert motivo.startswith("Quedó en borrador. Un video sin subtítulos no se puede publicar.")


def test_la_misma_hoja_otra_vez_no_trae_nada_nuevo(edita):
    confirmada(importada(edita))

    otra_vez = importada(edita)

    assert que_pasa(otra_vez) == ["igual"]
    assert Contenido.objects.count() == 1


def test_subir_dos_veces_lo_mismo_sin_confirmar_da_la_primera(edita):
    una_clase("guia", nombre="guía")
    hoja, paquete = una_hoja(una_fila()), un_zip()

    primera, segunda = (acciones.recibir(hoja=hoja, paquete=paquete, por=edita) for _ in range(2))

    assert primera == segunda


def test_lo_que_ya_esta_con_otro_dato_no_se_pisa_y_dice_en_que(edita):
    confirmada(importada(edita))

    otra = importada(
        edita, una_fila(resumen="Otro resumen."), archivos={"guia.pdf": PDF + b"\n% otra\n"}
    )

    assert que_pasa(otra) == ["cambia"]
    assert motivos(otra)[0] == "Ya está en la biblioteca, con otro dato en: el resumen, el archivo."
    assert Contenido.objects.get().resumen == "Para organizar el regreso."


def test_dos_filas_del_mismo_contenido_son_una(edita):
    importacion = importada(edita, una_fila(), una_fila(titulo="GUIA de alternancia"))

    assert que_pasa(importacion) == ["nueva", "rechazada"]
    assert motivos(importacion) == ["Es el mismo contenido de la fila 2."]


def test_una_fila_mala_no_detiene_a_las_buenas(edita):
    importacion = confirmada(importada(edita, una_fila(vigencia="hace poco"), una_fila()))

    assert que_pasa(importacion) == ["rechazada", "creada"]
    assert Contenido.objects.count() == 1


def test_si_se_interrumpe_a_la_mitad_no_crea_dos_veces(edita, monkeypatch):
    importacion = importada(edita, una_fila(), una_fila(titulo="Otra guía"))
    crear = acciones.crear_de_la_fila
    llamadas = []

    def crear_y_caerse(**datos):
        llamadas.append(datos["campos"]["titulo"])
        if len(llamadas) == 2:
            raise RuntimeError("se cayó el trabajador")
        return crear(**datos)

    monkeypatch.setattr(acciones, "crear_de_la_fila", crear_y_caerse)
    a_medias = confirmada(importacion)
    assert (a_medias.estado, Contenido.objects.count()) == (Estado.VISTA_PREVIA, 1)

    Trabajo.objects.update(no_antes_de="2020-01-01T00:00:00Z")
    terminada = confirmada(importacion)

    assert que_pasa(terminada) == ["creada", "creada"]
    assert Contenido.objects.count() == 2


def test_quien_perdio_el_permiso_ya_no_confirma(edita):
    importacion = importada(edita)
    edita.rol = "profesional"
    edita.save()

    confirmada(importacion)

    assert not Contenido.objects.exists()


def test_los_temas_se_reconocen_por_el_nombre_que_tuvieron(edita):
    from contenidos.acciones.temas import renombrar_tema

    tema = un_tema("Alternancia")
    renombrar_tema(tema=tema, nombre="Retorno gradual", por=un_usuario("administracion"))

    confirmada(importada(edita, una_fila(temas="Alternancia")))

    assert list(Contenido.objects.get().temas.all()) == [tema]


# ── Deshacer ──────────────────────────────────────────────────────────────────────────────────


def test_deshacer_quita_lo_que_nadie_toco_con_sus_archivos(
    edita, django_capture_on_commit_callbacks
):
    importacion = confirmada(importada(edita))
    archivo = VersionDeContenido.objects.get().archivo

    with django_capture_on_commit_callbacks(execute=True):
        n, quedan = acciones.deshacer(importacion=importacion, por=edita)

    importacion.refresh_from_db()
    assert (n, quedan, importacion.estado) == (1, [], Estado.DESHECHA)
    assert (Contenido.objects.count(), archivo.storage.exists(archivo.name)) == (0, False)


def test_lo_que_alguien_ya_corrigio_se_queda(edita):
    importacion = confirmada(importada(edita, una_fila(), una_fila(titulo="Otra guía")))
    corregido = Contenido.objects.get(titulo="Otra guía")
    cambiar_contenido(contenido=corregido, por=un_usuario("equipo_men"), resumen="Mejor dicho.")

    n, quedan = acciones.deshacer(importacion=importacion, por=edita)

    assert (n, quedan, list(Contenido.objects.all())) == (1, [corregido], [corregido])


def test_lo_que_ya_esta_en_una_coleccion_se_queda(edita):
    from contenidos.models import Coleccion

    importacion = confirmada(importada(edita, una_fila(), una_fila(titulo="Otra guía")))
    usado = Contenido.objects.get(titulo="Otra guía")
    Coleccion.objects.create(slug="c", titulo="C", resumen="R").entradas.create(contenido=usado)

    _, quedan = acciones.deshacer(importacion=importacion, por=edita)

    assert quedan == [usado]


def test_si_ya_trabajaron_todos_no_se_deshace_y_dice_que_hacer(edita):
    importacion = confirmada(importada(edita))
    contenido = Contenido.objects.get()
    cambiar_contenido(contenido=contenido, por=edita, resumen="Mejor dicho.")

    with pytest.raises(ValidationError, match="Retire los que no deban estar"):
        acciones.deshacer(importacion=importacion, por=edita)

    assert Contenido.objects.count() == 1


def test_deshacer_dos_veces_no_se_puede(edita):
    importacion = confirmada(importada(edita))
    acciones.deshacer(importacion=importacion, por=edita)

    with pytest.raises(ValidationError, match="ya no se puede deshacer"):
        acciones.deshacer(importacion=importacion, por=edita)


def test_lo_deshecho_se_puede_importar_de_nuevo(edita):
    acciones.deshacer(importacion=confirmada(importada(edita)), por=edita)

    assert que_pasa(importada(edita)) == ["nueva"]
