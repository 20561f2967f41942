from acompanamiento.models import ParticipanteDelMinisterio
from cuentas.consultas import mis_datos
from tests.fabricas import una_entidad
from tests.fabricas_de_acompanamiento import (
    un_compromiso,
    un_contacto,
    un_grupo,
    un_lider,
    un_padrinazgo,
)


def test_quien_descarga_sus_datos_recibe_lo_que_hizo_acompanando_y_nada_ajeno(db):
    huila, yo, otra = una_entidad("Huila"), un_lider(), un_lider()
    un_grupo(huila, lider=yo, numero=7)
    un_grupo(lider=otra, numero=8)
    un_padrinazgo(huila, yo)
    for persona, asunto in ((yo, "La mía"), (otra, "La otra")):
        ParticipanteDelMinisterio.objects.create(
            contacto=un_contacto(huila, asunto=asunto), persona=persona
        )
        un_compromiso(huila, lado="ministerio", persona=persona, texto=f"Compromiso de {asunto}")

    suyo = mis_datos(yo)["acompanamiento"]

    assert [(uno["grupo"], uno["papel"]) for uno in suyo["grupos"]] == [(7, "líder")]
    assert [uno["secretaria"] for uno in suyo["secretarias_que_apadrina"]] == ["Huila"]
    assert [uno["asunto"] for uno in suyo["contactos"]] == ["La mía"]
    assert [uno["texto"] for uno in suyo["compromisos"]] == ["Compromiso de La mía"]
    assert suyo["lo_que_mando_guardar"] == []
