from conectate.models import Constancia
from cuentas.consultas import mis_datos
from tests.fabricas import un_usuario, una_entidad, una_participacion, una_sesion


def test_quien_descarga_sus_datos_recibe_tambien_su_asistencia(db):
    yo = un_usuario(email="yo@ejemplo.test")
    sesion = una_sesion(titulo="La mía")
    una_participacion(sesion=sesion, correo="yo@ejemplo.test", nombre="Persona de Prueba")
    una_participacion(sesion=sesion, correo="otra@ejemplo.test")

    asistencia = mis_datos(yo)["asistencia"]

    assert [(una["sesion"], una["correo"]) for una in asistencia] == [("La mía", yo.email)]


def test_y_las_constancias_que_llevan_su_nombre(db):
    yo = un_usuario(email="yo@ejemplo.test")
    de_todos = {"sesion": una_sesion(titulo="La mía"), "entidad": una_entidad()}
    Constancia.objects.create(codigo="EVS-A", clave="c:yo@ejemplo.test", nombre="Yo", **de_todos)
    Constancia.objects.create(codigo="EVS-B", clave="c:otra@ejemplo.test", nombre="O", **de_todos)
    Constancia.objects.create(codigo="EVS-C", nombre="La secretaría", **de_todos)

    constancias = mis_datos(yo)["constancias"]

    assert [una["codigo"] for una in constancias] == ["EVS-A"]
