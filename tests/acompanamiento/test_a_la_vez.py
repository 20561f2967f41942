"""Dos envíos iguales que llegan en el mismo instante: uno queda, y el otro no deja rastro."""

import uuid

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from acompanamiento.acciones import pasos
from acompanamiento.acciones.archivos import subir_adjunto, subir_foto
from acompanamiento.acciones.relevos import relevar
from acompanamiento.acciones.seguimientos import seguir_compromiso
from acompanamiento.models import Adjunto, Compromiso, Evidencia, Foto, Relevo, Seguimiento
from tests.a_la_vez import a_la_vez
from tests.archivos_de_prueba import un_pdf, una_imagen
from tests.fabricas import un_usuario, una_entidad
from tests.fabricas_de_acompanamiento import un_compromiso, un_contacto, un_padrinazgo

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def carpeta(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


def guardados(carpeta):
    return [uno for uno in carpeta.rglob("*") if uno.is_file()]


def test_cerrar_con_la_misma_evidencia_a_la_vez_lo_cierra_una_vez(carpeta):
    clave, compromiso, por = uuid.uuid4(), un_compromiso(), un_usuario()

    recibos = a_la_vez(
        lambda: seguir_compromiso(
            clave=clave,
            compromiso=compromiso,
            datos={
                "texto": "Se envió.",
                "estado": Compromiso.Estado.CUMPLIDO,
                "archivo": SimpleUploadedFile("plan.pdf", un_pdf()),
            },
            por=por,
        )
    )

    assert sorted(uno.es_repetido for uno in recibos) == [False, True]
    assert (Seguimiento.objects.count(), Evidencia.objects.count()) == (1, 1)
    assert len(guardados(carpeta)) == 1


def test_la_misma_foto_a_la_vez_queda_una_con_sus_dos_archivos(carpeta):
    clave, contacto, por = uuid.uuid4(), un_contacto(), un_usuario()
    datos = una_imagen(formato="JPEG")

    fotos = a_la_vez(
        lambda: subir_foto(
            contacto=contacto,
            clave=clave,
            archivo=SimpleUploadedFile("mesa.jpg", datos),
            descripcion="Mesa de trabajo",
            autorizaron=True,
            por=por,
        )
    )

    assert fotos == [Foto.objects.get()] * 2
    assert len(guardados(carpeta)) == 2


def test_el_mismo_documento_a_la_vez_queda_uno(carpeta):
    clave, contacto, por = uuid.uuid4(), un_contacto(), un_usuario()

    adjuntos = a_la_vez(
        lambda: subir_adjunto(
            contacto=contacto,
            clave=clave,
            archivo=SimpleUploadedFile("lista.pdf", un_pdf()),
            por=por,
        )
    )

    assert adjuntos == [Adjunto.objects.get()] * 2
    assert len(guardados(carpeta)) == 1


def test_si_el_paso_no_queda_tampoco_el_archivo_de_su_evidencia(carpeta, monkeypatch):
    def falla(**_):
        raise RuntimeError

    monkeypatch.setattr(pasos, "anotar", falla)

    with pytest.raises(RuntimeError):
        seguir_compromiso(
            clave=uuid.uuid4(),
            compromiso=un_compromiso(),
            datos={
                "texto": "Va.",
                "estado": Compromiso.Estado.EN_CURSO,
                "archivo": SimpleUploadedFile("plan.pdf", un_pdf()),
            },
            por=un_usuario(),
        )

    assert guardados(carpeta) == []


def test_de_dos_relevos_de_la_misma_persona_a_la_vez_vale_uno():
    entidad, de, por = una_entidad(), un_usuario(), un_usuario()
    un_padrinazgo(entidad, de)
    quienes_reciben = [un_usuario(), un_usuario()]
    destinos = list(quienes_reciben)

    def entregar():
        return relevar(
            clave=uuid.uuid4(),
            de=de,
            a=destinos.pop(),
            fecha=timezone.localdate(),
            motivo="Cambió de equipo",
            por=por,
        ).objeto.a

    hechos = a_la_vez(entregar)

    relevo = Relevo.objects.get()
    assert {*hechos} == {"nada_que_entregar", relevo.a}
    assert entidad.padrinazgos.get(hasta=None).persona == relevo.a
