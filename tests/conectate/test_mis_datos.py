from cuentas.consultas import mis_datos
from tests.fabricas import un_usuario, una_participacion, una_sesion


def test_quien_descarga_sus_datos_recibe_tambien_su_asistencia(db):
    yo = un_usuario(email="yo@ejemplo.test")
    sesion = una_sesion(titulo="La mía")
    una_participacion(sesion=sesion, correo="yo@ejemplo.test", nombre="Persona de Prueba")
    una_participacion(sesion=sesion, correo="otra@ejemplo.test")

    asistencia = mis_datos(yo)["asistencia"]

    assert [(una["sesion"], una["correo"]) for una in asistencia] == [("La mía", yo.email)]
