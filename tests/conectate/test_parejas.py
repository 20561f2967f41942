"""¿Es la misma persona?: se propone, se responde una vez, y se separa."""

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from conectate.acciones import importaciones
from conectate.acciones.parejas import decidir_misma_persona, deshacer_misma_persona
from conectate.acciones.recalculo import recalcular_sesion
from conectate.consultas.revision import parejas_propuestas, pendiente
from conectate.models import MismaPersona, Sesion
from tests.conectate.archivos import contadas, de, de_formulario, de_zoom, importar
from tests.fabricas import un_usuario, una_sesion

pytestmark = pytest.mark.django_db

PAREJA = de_zoom(de("Ana Ruiz", "ana@otra.test"), de("Ana Ruiz", salida="09:20", entrada="08:50"))


def test_con_correo_y_sin_el_se_sugiere_y_no_se_funde():
    sesion = una_sesion()

    importar(sesion, PAREJA)

    assert sesion.participaciones.count() == 2
    assert [(p.clave, p.principal) for p in parejas_propuestas()] == [
        ("n:ana ruiz", "c:ana@otra.test")
    ]
    assert pendiente().parejas == 1


def test_aceptar_une_sus_minutos_sin_sumarlos():
    sesion = una_sesion()
    importar(sesion, PAREJA)

    decidir_misma_persona(propuesta=parejas_propuestas().get(), es_la_misma=True, por=un_usuario())

    assert contadas(sesion) == {"Ana Ruiz": 70.0}
    assert pendiente().parejas == 0


def test_rechazar_las_deja_aparte_y_no_se_pregunta_mas_ni_en_otra_sesion():
    importar(una_sesion(), PAREJA)
    decidir_misma_persona(propuesta=parejas_propuestas().get(), es_la_misma=False, por=un_usuario())

    otra = una_sesion()
    importar(otra, PAREJA)

    assert (otra.participaciones.count(), pendiente().parejas) == (2, 0)


def test_lo_aceptado_vale_en_otra_sesion_y_deshacerlo_las_separa_en_las_dos():
    primera, segunda = una_sesion(), una_sesion()
    importar(primera, PAREJA)
    importar(segunda, PAREJA)
    propuesta = parejas_propuestas().filter(sesion=primera).get()

    decidir_misma_persona(propuesta=propuesta, es_la_misma=True, por=un_usuario())
    unidas = (primera.participaciones.count(), segunda.participaciones.count())
    deshacer_misma_persona(respuesta=propuesta, por=un_usuario())

    assert unidas == (1, 1)
    assert (primera.participaciones.count(), segunda.participaciones.count()) == (2, 2)
    assert pendiente().parejas == 2


def test_separar_deshace_tambien_lo_que_se_acepto_de_la_pareja_en_otras_sesiones():
    primera, segunda = una_sesion(), una_sesion()
    for sesion in (primera, segunda):
        importar(sesion, PAREJA)
    propuestas = list(parejas_propuestas())
    MismaPersona.objects.update(estado="aceptada", decidida_en=timezone.now())
    for sesion in (primera, segunda):
        recalcular_sesion(sesion)

    deshacer_misma_persona(respuesta=propuestas[0], por=un_usuario())

    assert (primera.participaciones.count(), segunda.participaciones.count()) == (2, 2)
    assert MismaPersona.objects.aceptadas().count() == 0


def test_separar_manda_sobre_lo_que_se_acepto_en_una_sesion_ya_cerrada():
    cerrada, abierta = una_sesion(), una_sesion()
    for sesion in (cerrada, abierta):
        importar(sesion, PAREJA)
    MismaPersona.objects.update(estado="aceptada", decidida_en=timezone.now())
    Sesion.objects.filter(pk=cerrada.pk).update(estado="cerrada")
    recalcular_sesion(abierta)

    deshacer_misma_persona(respuesta=abierta.mismas_personas.get(), por=un_usuario())

    assert (abierta.participaciones.count(), pendiente().parejas) == (2, 1)
    assert cerrada.mismas_personas.get().estado == "aceptada"


def test_deshacer_el_archivo_que_motivo_una_pareja_la_olvida():
    sesion = una_sesion()
    importar(sesion, de_zoom(de("Ana Ruiz")))
    con_correo = importar(sesion, de_formulario(("Ana Ruiz", "ana@otra.test", "")))
    decidir_misma_persona(propuesta=parejas_propuestas().get(), es_la_misma=True, por=un_usuario())

    importaciones.deshacer(importacion=con_correo, por=un_usuario())

    persona = sesion.participaciones.get()
    assert (persona.clave, persona.correo) == ("n:ana ruiz", "")
    assert MismaPersona.objects.count() == 0


def test_una_pareja_que_sigue_junta_en_otra_sesion_no_se_olvida():
    primera, segunda = una_sesion(), una_sesion()
    archivo = importar(primera, PAREJA)
    importar(segunda, PAREJA)
    propuesta = parejas_propuestas().filter(sesion=primera).get()
    decidir_misma_persona(propuesta=propuesta, es_la_misma=True, por=un_usuario())

    importaciones.deshacer(importacion=archivo, por=un_usuario())

    assert (primera.participaciones.count(), segunda.participaciones.count()) == (0, 1)
    assert MismaPersona.objects.get() == propuesta


def test_si_otro_ya_respondio_no_se_cambia_nada():
    importar(una_sesion(), PAREJA)
    propuesta = parejas_propuestas().get()
    decidir_misma_persona(propuesta=propuesta, es_la_misma=False, por=un_usuario())

    with pytest.raises(ValidationError, match="Otra persona ya respondió"):
        decidir_misma_persona(propuesta=propuesta, es_la_misma=True, por=un_usuario())
