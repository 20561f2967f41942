"""Lo que alguien registra se guarda una vez, y nadie pisa lo de otro sin saberlo."""

import uuid

import pytest
from django.core.exceptions import ValidationError

from acompanamiento.acciones.recepcion import recibir
from acompanamiento.models import Contacto, Envio
from tests.fabricas import un_usuario, una_entidad
from tests.fabricas_de_acompanamiento import un_contacto

pytestmark = pytest.mark.django_db


def mandar(clave, asunto, *, base=0, por=None, entidad=None, visibles=None):
    def guardar(contacto):
        if contacto is None:
            return un_contacto(entidad, clave=clave, asunto=asunto)
        contacto.asunto = asunto
        contacto.save()
        return contacto

    return recibir(
        clase="contacto",
        visibles=Contacto.objects.all() if visibles is None else visibles,
        clave=clave,
        base=base,
        cuerpo={"asunto": asunto},
        por=por or un_usuario(),
        guardar=guardar,
    )


def test_lo_mismo_tres_veces_se_guarda_una():
    clave = uuid.uuid4()

    recibos = [mandar(clave, "Matrícula") for _ in range(3)]

    assert Contacto.objects.count() == Envio.objects.count() == 1
    assert len({recibo.envio.recibo for recibo in recibos}) == 1
    assert [recibo.es_nuevo for recibo in recibos] == [True, False, False]


def test_la_misma_clave_con_otro_cuerpo_es_un_conflicto_y_quedan_los_dos():
    clave = uuid.uuid4()
    mandar(clave, "Matrícula")

    recibo = mandar(clave, "Alimentación")

    assert recibo.hay_conflicto
    assert recibo.objeto.asunto == "Matrícula"
    assert recibo.envio.cuerpo == {"asunto": "Alimentación"}


def test_sobre_la_version_actual_se_guarda_la_siguiente():
    clave = uuid.uuid4()
    mandar(clave, "Matrícula")

    recibo = mandar(clave, "Alimentación", base=1)

    assert (recibo.objeto.asunto, recibo.objeto.version) == ("Alimentación", 2)
    assert not recibo.es_nuevo


def test_sobre_una_version_vieja_no_se_guarda_nada():
    clave = uuid.uuid4()
    mandar(clave, "Matrícula")
    mandar(clave, "Alimentación", base=1)

    recibo = mandar(clave, "Transporte", base=1)

    assert recibo.hay_conflicto
    assert Contacto.objects.get().asunto == "Alimentación"


def test_repetir_un_conflicto_no_lo_duplica():
    clave = uuid.uuid4()
    mandar(clave, "Matrícula")

    recibos = [mandar(clave, "Alimentación") for _ in range(2)]

    assert recibos[0].envio == recibos[1].envio
    assert Envio.objects.en_conflicto().count() == 1


def test_una_clave_ajena_se_rechaza_sin_decir_de_quien_es():
    clave, propia = uuid.uuid4(), una_entidad()
    mandar(clave, "Matrícula")

    with pytest.raises(ValidationError) as error:
        mandar(clave, "Matrícula", visibles=Contacto.objects.filter(entidad=propia))

    assert error.value.code == "clave_ajena"


def test_lo_que_alguien_borro_no_vuelve_solo():
    clave = uuid.uuid4()
    mandar(clave, "Matrícula").objeto.delete()

    with pytest.raises(ValidationError) as error:
        mandar(clave, "Matrícula")

    assert error.value.code == "registro_borrado"
