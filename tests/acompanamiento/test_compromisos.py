"""Un compromiso se acuerda con dueño y con fecha, y lo que le pasa queda escrito."""

import uuid
from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from acompanamiento.acciones.compromisos import acordar_compromiso, cambiar_responsable, prorrogar
from acompanamiento.acciones.seguimientos import dejar_sin_efecto, reabrir, seguir_compromiso
from acompanamiento.consultas.compromisos import resumen_de_vencidos
from acompanamiento.models import Compromiso, Evidencia, Lado
from cuentas.models import Rol
from tests.fabricas import un_usuario, una_direccion, una_entidad
from tests.fabricas_de_acompanamiento import un_compromiso, un_contacto, una_dependencia

pytestmark = pytest.mark.django_db

LUNES = date(2026, 11, 16)  # festivo
PDF = b"%PDF-1.7\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"


def acordar(clave=None, *, base=0, por=None, **datos):
    """De la secretaría, a cinco días hábiles, salvo que se diga otra cosa."""
    datos = {
        "texto": "Enviar el plan.",
        "lado": Lado.ENTIDAD,
        "acordado_el": date(2026, 11, 20),
        "vence_el": date(2026, 11, 27),
        **datos,
    }
    if "contacto" not in datos:
        datos.setdefault("entidad", una_entidad())
    return acordar_compromiso(
        clave=clave or uuid.uuid4(), base=base, datos=datos, por=por or un_usuario()
    )


def un_paso(accion, compromiso, *, por=None, clave=None, **datos):
    return accion(
        clave=clave or uuid.uuid4(), compromiso=compromiso, datos=datos, por=por or un_usuario()
    ).objeto


def el_codigo(error):
    """El del único error, esté en un campo o arriba."""
    errores = getattr(error.value, "error_dict", {"": [error.value]})
    return [uno.code for varios in errores.values() for uno in varios]


# ── Acordarlo ─────────────────────────────────────────────────────────────────────────────────


def test_el_plazo_en_dias_habiles_da_la_fecha():
    compromiso = acordar(habiles=5, vence_el=None).objeto

    assert (compromiso.habiles, compromiso.vence_el) == (5, date(2026, 11, 27))


def test_mandarlo_dos_veces_deja_uno():
    clave, entidad, por = uuid.uuid4(), una_entidad(), un_usuario()

    recibos = [acordar(clave, entidad=entidad, por=por) for _ in range(2)]

    assert Compromiso.objects.count() == 1
    assert [recibo.es_repetido for recibo in recibos] == [False, True]


@pytest.mark.parametrize(
    ("datos", "codigo"),
    [
        ({"lado": ""}, "sin_responsable"),
        ({"lado": "ministerio"}, "sin_responsable"),
        ({"vence_el": None}, "sin_fecha"),
        ({"vence_el": date(2026, 11, 19)}, "vence_antes"),
        ({"habiles": 2}, "dos_fechas"),
        ({"entidad": None}, "sin_entidad"),
        ({"cosa_clase": "sesion", "cosa_id": 404}, "origen_perdido"),
    ],
)
def test_lo_que_falta_se_dice_y_no_se_guarda(datos, codigo):
    with pytest.raises(ValidationError) as error:
        acordar(**datos)

    assert el_codigo(error) == [codigo]
    assert not Compromiso.objects.exists()


def test_la_persona_es_de_la_parte_que_se_compromete():
    entidad, direccion = una_entidad(), una_direccion()
    ajena = un_usuario(Rol.EQUIPO_SECRETARIA, entidad=una_entidad())
    otra = un_usuario(Rol.PROFESIONAL, direccion=una_direccion("Otra dirección"))

    for datos in (
        {"lado": Lado.ENTIDAD, "persona": ajena},
        {"lado": Lado.MINISTERIO, "direccion": direccion, "persona": otra},
    ):
        with pytest.raises(ValidationError) as error:
            acordar(entidad=entidad, **datos)
        assert el_codigo(error) == ["persona_de_otra_parte"]


def test_quien_ya_no_tiene_cuenta_no_se_escoge():
    entidad = una_entidad()
    ida = un_usuario(Rol.EQUIPO_SECRETARIA, entidad=entidad, is_active=False)

    with pytest.raises(ValidationError) as error:
        acordar(entidad=entidad, persona=ida)

    assert el_codigo(error) == ["persona_desactivada"]


def test_una_entidad_cerrada_conserva_los_suyos_y_no_admite_nuevos():
    cerrada = una_entidad(hasta=date(2026, 6, 30))

    antes = acordar(entidad=cerrada, acordado_el=date(2026, 6, 1)).objeto
    with pytest.raises(ValidationError) as error:
        acordar(entidad=cerrada)

    assert el_codigo(error) == ["entidad_cerrada"]
    assert list(Compromiso.objects.all()) == [antes]


def test_el_de_un_contacto_es_de_la_entidad_del_contacto():
    contacto = un_contacto()

    compromiso = acordar(contacto=contacto).objeto
    with pytest.raises(ValidationError) as error:
        acordar(contacto=contacto, entidad=una_entidad())

    assert compromiso.entidad == contacto.entidad
    assert el_codigo(error) == ["origen_de_otra_entidad"]


def test_una_secretaria_no_acuerda_compromisos():
    entidad = una_entidad()

    with pytest.raises(PermissionDenied):
        acordar(entidad=entidad, por=un_usuario(Rol.SECRETARIO, entidad=entidad))


def test_recien_acordado_se_corrige_entero_y_despues_solo_el_texto():
    clave, entidad = uuid.uuid4(), una_entidad()
    acordar(clave, entidad=entidad)
    corregido = acordar(clave, base=1, entidad=entidad, vence_el=date(2026, 11, 30)).objeto
    un_paso(seguir_compromiso, corregido, texto="Va.", estado="en_curso")
    corregido.refresh_from_db()

    mismo = {"entidad": entidad, "base": corregido.version, "vence_el": date(2026, 11, 30)}
    con_texto = acordar(clave, **mismo, texto="Enviar el plan firmado.").objeto
    with pytest.raises(ValidationError) as error:
        acordar(clave, **{**mismo, "base": con_texto.version, "vence_el": date(2026, 12, 1)})

    assert con_texto.texto == "Enviar el plan firmado."
    assert con_texto.secuencia == corregido.secuencia + 1  # en el calendario también se lee
    assert el_codigo(error) == ["tiene_historia"]


# ── Prórroga y responsable ────────────────────────────────────────────────────────────────────


def test_una_prorroga_deja_la_fecha_de_antes_y_su_motivo():
    compromiso = un_compromiso(vence_el=timezone.localdate() - timedelta(days=2))
    de, a = compromiso.vence_el, timezone.localdate() + timedelta(days=5)

    prorroga = un_paso(prorrogar, compromiso, a=a, motivo="Faltó la firma.")

    compromiso.refresh_from_db()
    assert (prorroga.de, prorroga.a, compromiso.vence_el) == (de, a, a)
    assert compromiso.version == 2


@pytest.mark.parametrize(
    ("datos", "codigo"),
    [
        ({"a": date(2020, 1, 1), "motivo": "Sí."}, "no_prorroga"),
        ({"a": date(2099, 1, 1), "motivo": " "}, "falta_motivo"),
        ({"motivo": "Sí."}, "sin_fecha"),
    ],
)
def test_una_prorroga_pide_fecha_que_venga_y_motivo(datos, codigo):
    with pytest.raises(ValidationError) as error:
        un_paso(prorrogar, un_compromiso(), **datos)

    assert el_codigo(error) == [codigo]


def test_cambiar_el_responsable_deja_escrito_quien_respondia():
    compromiso, direccion = un_compromiso(dependencia=una_dependencia()), una_direccion()

    cambio = un_paso(
        cambiar_responsable,
        compromiso,
        lado=Lado.MINISTERIO,
        direccion=direccion,
        motivo="Le toca al Ministerio.",
    )

    compromiso.refresh_from_db()
    assert (cambio.lado, cambio.dependencia) == (Lado.ENTIDAD, una_dependencia())
    assert (compromiso.lado, compromiso.direccion, compromiso.dependencia) == (
        Lado.MINISTERIO,
        direccion,
        None,
    )


def test_cambiarlo_por_el_mismo_no_es_un_cambio():
    with pytest.raises(ValidationError) as error:
        un_paso(cambiar_responsable, un_compromiso(), lado=Lado.ENTIDAD, motivo="Sí.")

    assert el_codigo(error) == ["el_mismo"]


# ── Seguirlo y cerrarlo ───────────────────────────────────────────────────────────────────────


def test_lo_de_la_secretaria_se_cierra_con_evidencia():
    entidad = una_entidad()
    compromiso, suya = un_compromiso(entidad), un_usuario(Rol.SECRETARIO, entidad=entidad)
    cumplido = {"texto": "Enviado.", "estado": "cumplido", "por": suya}

    with pytest.raises(ValidationError) as error:
        un_paso(seguir_compromiso, compromiso, **cumplido)
    archivo = SimpleUploadedFile("plan.pdf", PDF)
    un_paso(seguir_compromiso, compromiso, **cumplido, archivo=archivo)

    compromiso.refresh_from_db()
    assert el_codigo(error) == ["sin_evidencia"]
    assert (compromiso.estado, compromiso.cerrado_por) == ("cumplido", suya)
    assert Evidencia.objects.get().nombre == "plan.pdf"


def test_la_evidencia_de_antes_de_reabrir_ya_no_cierra():
    compromiso = un_compromiso()
    cumplido = {"texto": "Listo.", "estado": "cumplido"}
    un_paso(seguir_compromiso, compromiso, **cumplido, enlace="https://ejemplo.test/plan")
    un_paso(reabrir, compromiso, motivo="El enlace no abre.")

    with pytest.raises(ValidationError) as error:
        un_paso(seguir_compromiso, compromiso, **cumplido)

    compromiso.refresh_from_db()
    assert el_codigo(error) == ["sin_evidencia"]
    assert (compromiso.estado, compromiso.cerrado_en) == ("en_curso", None)


def test_lo_del_ministerio_se_cierra_contando_que_paso():
    compromiso = un_compromiso(lado=Lado.MINISTERIO)

    un_paso(seguir_compromiso, compromiso, texto="Se envió la circular.", estado="cumplido")

    compromiso.refresh_from_db()
    assert compromiso.estado == "cumplido"


def test_un_exe_llamado_jpg_no_es_evidencia_y_el_compromiso_sigue_abierto():
    compromiso = un_compromiso()
    archivo = SimpleUploadedFile("foto.jpg", b"MZ\x90\x00" + b"\x00" * 200)

    with pytest.raises(ValidationError) as error:
        un_paso(seguir_compromiso, compromiso, texto="Va.", estado="cumplido", archivo=archivo)

    compromiso.refresh_from_db()
    assert el_codigo(error) == ["contenido_no_corresponde"]
    assert compromiso.esta_abierto


def test_un_seguimiento_repetido_se_escribe_una_vez():
    compromiso, clave, por = un_compromiso(), uuid.uuid4(), un_usuario()

    for _ in range(2):
        un_paso(seguir_compromiso, compromiso, clave=clave, por=por, texto="Va.", estado="en_curso")

    assert compromiso.seguimientos.count() == 1


def test_dejarlo_sin_efecto_guarda_el_motivo_y_ya_no_se_mueve():
    compromiso = un_compromiso()

    un_paso(dejar_sin_efecto, compromiso, motivo="Cambió la norma.")
    with pytest.raises(ValidationError) as error:
        un_paso(prorrogar, compromiso, a=date(2100, 1, 1), motivo="Más tiempo.")

    assert el_codigo(error) == ["cerrado"]
    assert [paso.texto for paso in compromiso.seguimientos.all()] == ["Cambió la norma."]


def test_la_secretaria_solo_sigue_lo_que_ella_prometio():
    entidad = una_entidad()
    suya = un_usuario(Rol.SECRETARIO, entidad=entidad)
    paso = {"texto": "Va.", "estado": "en_curso", "por": suya}

    un_paso(seguir_compromiso, un_compromiso(entidad), **paso)
    for ajeno in (un_compromiso(entidad, lado=Lado.MINISTERIO), un_compromiso()):
        with pytest.raises(PermissionDenied):
            un_paso(seguir_compromiso, ajeno, **paso)
    for accion in (prorrogar, dejar_sin_efecto, reabrir, cambiar_responsable):
        with pytest.raises(PermissionDenied):
            un_paso(accion, un_compromiso(entidad), por=suya, motivo="Sí.")


# ── Lo vencido ────────────────────────────────────────────────────────────────────────────────


def test_el_resumen_cuenta_lo_vencido_y_lo_que_viene_por_entidad(django_assert_num_queries):
    hoy, huila, meta = timezone.localdate(), una_entidad(), una_entidad()
    for entidad, dias in ((huila, -1), (huila, 0), (huila, 20), (meta, -30), (meta, -2)):
        un_compromiso(entidad, vence_el=hoy + timedelta(days=dias))
    un_compromiso(meta, vence_el=hoy - timedelta(days=9), estado="cumplido")

    with django_assert_num_queries(1):
        todo = resumen_de_vencidos()

    assert (todo.abiertos, todo.vencidos, todo.por_vencer) == (5, 3, 1)
    assert dict(todo.vencidos_de) == {huila.pk: 1, meta.pk: 2}
    assert resumen_de_vencidos(entidades=[huila]).vencidos == 1
