"""Invitar, aceptar y anular: la única manera de tener una cuenta."""

import re
from concurrent.futures import ThreadPoolExecutor

import pytest
from auditlog.models import LogEntry
from django.core import mail
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.db import connection
from django.urls import reverse

from cuentas.acciones import aceptar_invitacion, anular_invitacion, invitar
from cuentas.models import AvisoPrivacidad, Invitacion, Rol, Usuario
from tests.fabricas import un_usuario, una_direccion, una_entidad

pytestmark = pytest.mark.django_db

CLAVE = "el tinto de la tarde sabe a cedro"


def una_invitacion(correo="nueva@ejemplo.test", rol=Rol.EQUIPO_SECRETARIA, **datos):
    """La invitación y la clave que llegó por correo."""
    datos.setdefault("por", None)
    datos["por"] = datos["por"] or un_usuario(Rol.ADMINISTRACION)
    if rol in (Rol.EQUIPO_SECRETARIA, Rol.SECRETARIO):
        datos.setdefault("entidad", una_entidad())
    elif rol != Rol.ADMINISTRACION:
        datos.setdefault("direccion", una_direccion())
    invitacion = invitar(correo=correo, rol=rol, portal="https://portal.example/", **datos)
    return invitacion, clave_del_correo()


def clave_del_correo():
    return re.search(r"/cuentas/invitacion/([\w-]+)/", mail.outbox[-1].body)[1]


def aceptar(clave, **datos):
    return aceptar_invitacion(
        clave=clave, **{"nombre": "Persona Nueva", "contrasena": CLAVE, "aviso": None, **datos}
    )


# ── Invitar ───────────────────────────────────────────────────────────────────────────────────


def test_invitar_manda_un_enlace_y_en_la_base_solo_queda_su_huella():
    invitacion, clave = una_invitacion("Nueva@Ejemplo.Test", entidad=una_entidad("Neiva"))

    correo = mail.outbox[-1]
    assert correo.to == ["nueva@ejemplo.test"]
    assert f"https://portal.example/cuentas/invitacion/{clave}/" in correo.body
    assert "Su secretaría: Neiva." in correo.body
    assert invitacion.huella == Invitacion.huella_de(clave)
    assert clave not in str(Invitacion.objects.values().get())


def test_la_invitacion_vence_antes_de_72_horas():
    invitacion, _ = una_invitacion()

    assert (invitacion.vence_en - invitacion.creada_en).total_seconds() <= 72 * 3600 + 1


def test_invitar_otra_vez_anula_la_anterior():
    persona = un_usuario(Rol.ADMINISTRACION)
    primera, clave = una_invitacion(por=persona)

    una_invitacion(por=persona)

    primera.refresh_from_db()
    assert primera.estado == "anulada"
    with pytest.raises(ValidationError, match="ya no sirve"):
        aceptar(clave)


def test_no_se_invita_a_quien_ya_tiene_cuenta():
    persona = un_usuario()

    with pytest.raises(ValidationError, match="Ya hay una cuenta con ese correo"):
        una_invitacion(persona.email)


@pytest.mark.parametrize(
    ("quien", "permitidos"),
    [
        (Rol.ADMINISTRACION, set(Rol)),
        (Rol.EQUIPO_MEN, {Rol.EQUIPO_SECRETARIA, Rol.SECRETARIO}),
        (Rol.LIDER_GRUPO, set()),
        (Rol.PROFESIONAL, set()),
        (Rol.EQUIPO_SECRETARIA, set()),
        (Rol.SECRETARIO, set()),
    ],
)
def test_cada_papel_invita_solo_a_los_que_puede(quien, permitidos):
    por, negados = un_usuario(quien), {}

    for rol in Rol:
        try:
            una_invitacion(f"{rol}@ejemplo.test", rol, por=por)
        except ValidationError as error:
            negados[rol] = error.code

    assert negados == dict.fromkeys(set(Rol) - permitidos, "rol_no_permitido")


@pytest.mark.parametrize(
    ("rol", "con", "codigo"),
    [
        (Rol.SECRETARIO, {"entidad": None}, "falta_secretaria"),
        (Rol.SECRETARIO, {"direccion": True}, "falta_secretaria"),
        (Rol.PROFESIONAL, {"direccion": None}, "falta_direccion"),
        (Rol.PROFESIONAL, {"entidad": True}, "sobra_secretaria"),
        (Rol.ADMINISTRACION, {"entidad": True}, "sobra_secretaria"),
    ],
)
def test_cada_quien_es_de_una_secretaria_o_de_una_direccion(rol, con, codigo):
    hechos = {"entidad": una_entidad, "direccion": una_direccion}
    datos = {lado: hechos[lado]() if valor else None for lado, valor in con.items()}

    with pytest.raises(ValidationError) as error:
        una_invitacion(rol=rol, **datos)

    assert error.value.code == codigo


# ── Aceptar ───────────────────────────────────────────────────────────────────────────────────


def test_aceptar_crea_la_cuenta_con_el_papel_de_la_invitacion():
    neiva = una_entidad("Neiva")
    invitacion, clave = una_invitacion(entidad=neiva)

    usuario = aceptar(clave)

    invitacion.refresh_from_db()
    assert (usuario.email, usuario.rol, usuario.entidad) == (
        "nueva@ejemplo.test",
        Rol.EQUIPO_SECRETARIA,
        neiva,
    )
    assert usuario.check_password(CLAVE)
    assert (invitacion.usada_por, invitacion.estado) == (usuario, "aceptada")


def test_el_enlace_sirve_una_sola_vez():
    _, clave = una_invitacion()
    aceptar(clave)

    with pytest.raises(ValidationError, match="ya no sirve"):
        aceptar(clave)

    assert Usuario.objects.filter(email="nueva@ejemplo.test").count() == 1


def test_el_enlace_vencido_no_sirve(time_machine):
    time_machine.move_to("2026-11-20T08:00:00-05:00", tick=False)
    _, clave = una_invitacion()

    time_machine.move_to("2026-11-23T08:00:00-05:00", tick=False)

    with pytest.raises(ValidationError, match="ya no sirve"):
        aceptar(clave)


def test_aceptar_no_admite_una_contrasena_previsible():
    _, clave = una_invitacion(entidad=una_entidad("Neiva"))

    with pytest.raises(ValidationError):
        aceptar(clave, contrasena="SecretariaDeNeiva2026")

    assert not Usuario.objects.filter(email="nueva@ejemplo.test").exists()


def test_aceptar_deja_prueba_del_aviso_que_se_mostro():
    call_command("cargar_aviso", verbosity=0)
    aviso = AvisoPrivacidad.objects.get()
    _, clave = una_invitacion()

    usuario = aceptar(clave, aviso=aviso)

    leido = usuario.avisos_leidos.get()
    assert (leido.aviso, leido.huella, leido.canal) == (aviso, aviso.huella, "invitacion")
    assert leido.finalidades == aviso.finalidades


def test_un_nombre_con_simbolos_se_guarda_como_se_escribio():
    _, clave = una_invitacion()

    assert aceptar(clave, nombre="María Ñáñez & O'Higgins <Neiva>").nombre == (
        "María Ñáñez & O'Higgins <Neiva>"
    )


# ── Anular ────────────────────────────────────────────────────────────────────────────────────


def test_anular_cierra_el_enlace():
    persona = un_usuario(Rol.ADMINISTRACION)
    invitacion, clave = una_invitacion(por=persona)

    anular_invitacion(invitacion=invitacion, por=persona)

    with pytest.raises(ValidationError, match="ya no sirve"):
        aceptar(clave)


def test_la_que_ya_se_uso_no_se_anula():
    persona = un_usuario(Rol.ADMINISTRACION)
    invitacion, clave = una_invitacion(por=persona)
    aceptar(clave)

    with pytest.raises(ValidationError, match="desactive su cuenta"):
        anular_invitacion(invitacion=invitacion, por=persona)


def test_solo_la_anula_quien_la_hizo_o_quien_administra():
    invitacion, _ = una_invitacion()

    with pytest.raises(ValidationError, match="Solo la anula"):
        anular_invitacion(invitacion=invitacion, por=un_usuario(Rol.EQUIPO_MEN))


def test_lo_que_pasa_con_una_invitacion_queda_en_la_bitacora_sin_el_correo():
    invitacion, clave = una_invitacion()
    aceptar(clave)

    entradas = LogEntry.objects.filter(content_type__model="invitacion").order_by("pk")
    verbos = [(e.additional_data or {}).get("verbo") for e in entradas]
    assert [v for v in verbos if v] == ["invitó", "aceptó la invitación"]
    assert not any("nueva@" in f"{e.changes} {e.additional_data}" for e in entradas)


# ── En el navegador ───────────────────────────────────────────────────────────────────────────


def entrar(client, rol=Rol.ADMINISTRACION):
    persona = un_usuario(rol, password=CLAVE)
    client.force_login(persona)
    client.post(reverse("account_reauthenticate"), {"password": CLAVE})
    return persona


def test_se_invita_desde_el_formulario(client):
    entrar(client)

    respuesta = client.post(
        reverse("cuentas:invitar"),
        {"correo": "nueva@ejemplo.test", "rol": "secretario", "entidad": una_entidad().pk},
    )

    assert respuesta.url == reverse("cuentas:invitaciones")
    assert "http://testserver/cuentas/invitacion/" in mail.outbox[-1].body
    assert "nueva@ejemplo.test" in client.get(respuesta.url).content.decode()


def test_el_formulario_dice_que_falta(client):
    entrar(client)

    respuesta = client.post(
        reverse("cuentas:invitar"), {"correo": "nueva@ejemplo.test", "rol": "secretario"}
    )

    assert respuesta.context["form"].non_field_errors() == [
        "Escoja la secretaría de esta persona y deje vacía la dirección del Ministerio."
    ]


def test_el_equipo_del_men_solo_ve_los_papeles_que_puede_dar(client):
    entrar(client, Rol.EQUIPO_MEN)

    form = client.get(reverse("cuentas:invitar")).context["form"]

    assert [valor for valor, _ in form.fields["rol"].choices] == ["equipo_secretaria", "secretario"]
    assert "direccion" not in form.fields


def test_invitar_pide_confirmar_la_identidad(client):
    client.force_login(un_usuario(Rol.ADMINISTRACION, password=CLAVE))

    respuesta = client.post(
        reverse("cuentas:invitar"),
        {"correo": "nueva@ejemplo.test", "rol": "secretario", "entidad": una_entidad().pk},
    )

    assert respuesta.url.startswith(reverse("account_reauthenticate"))
    assert Invitacion.objects.count() == 0


def test_se_acepta_desde_la_pagina_publica_y_se_entra(client):
    call_command("cargar_aviso", verbosity=0)
    _, clave = una_invitacion(entidad=una_entidad("Neiva"))
    pagina = reverse("cuentas:aceptar", args=[clave])

    vista = client.get(pagina).content.decode()
    client.post(
        pagina,
        {"nombre": "Persona Nueva", "contrasena": CLAVE, "repetida": CLAVE, "leido": "on"},
    )
    client.post(reverse("account_login"), {"login": "nueva@ejemplo.test", "password": CLAVE})

    assert "Neiva" in vista
    assert "Qué datos guarda el portal" in vista
    assert client.get(reverse("cuentas:perfil")).status_code == 200


def test_abrir_el_enlace_no_lo_gasta(client):
    invitacion, clave = una_invitacion()

    for _ in range(3):
        client.get(reverse("cuentas:aceptar", args=[clave]))

    invitacion.refresh_from_db()
    assert invitacion.estado == "pendiente"


@pytest.mark.parametrize(
    ("cambio", "campo", "mensaje"),
    [
        ({"repetida": "otra cosa distinta"}, "repetida", "No es igual a la anterior"),
        ({"contrasena": "corta", "repetida": "corta"}, "contrasena", "demasiado corta"),
        ({"leido": ""}, "leido", "Lea el aviso de privacidad"),
        ({"nombre": "   "}, "nombre", "obligatorio"),
    ],
)
def test_la_pagina_de_aceptar_dice_que_corregir(client, cambio, campo, mensaje):
    call_command("cargar_aviso", verbosity=0)
    _, clave = una_invitacion()
    datos = {"nombre": "Persona", "contrasena": CLAVE, "repetida": CLAVE, "leido": "on", **cambio}

    respuesta = client.post(reverse("cuentas:aceptar", args=[clave]), datos)

    assert mensaje in " ".join(respuesta.context["form"].errors[campo])
    assert Usuario.objects.filter(email="nueva@ejemplo.test").count() == 0


def test_un_enlace_que_no_sirve_lo_dice(client):
    respuesta = client.get(reverse("cuentas:aceptar", args=["inventada"]))

    assert respuesta.status_code == 404
    assert "Esta invitación ya no sirve" in respuesta.content.decode()


def test_con_otra_cuenta_abierta_se_pide_salir_primero(client):
    _, clave = una_invitacion()
    client.force_login(un_usuario(Rol.SECRETARIO))

    respuesta = client.get(reverse("cuentas:aceptar", args=[clave]))

    assert "Salga para aceptar la invitación" in respuesta.content.decode()


def test_el_equipo_del_men_ve_y_anula_solo_las_suyas(client):
    ajena, _ = una_invitacion("ajena@ejemplo.test")
    persona = entrar(client, Rol.EQUIPO_MEN)
    propia, _ = una_invitacion("propia@ejemplo.test", por=persona)

    lista = client.get(reverse("cuentas:invitaciones"))
    sobre_ajena = client.post(reverse("cuentas:anular", args=[ajena.pk]))
    client.post(reverse("cuentas:anular", args=[propia.pk]))

    propia.refresh_from_db()
    assert list(lista.context["pagina"]) == [propia]
    assert (sobre_ajena.status_code, propia.estado) == (404, "anulada")


def test_sin_invitaciones_la_lista_dice_como_empezar(client):
    entrar(client)

    assert (
        "Aún no hay invitaciones." in client.get(reverse("cuentas:invitaciones")).content.decode()
    )


@pytest.mark.parametrize("cuantas", [1, 3])
def test_la_lista_hace_las_mismas_consultas_con_una_y_con_tres(
    client, django_assert_num_queries, cuantas
):
    persona = entrar(client)
    for n in range(cuantas):
        una_invitacion(f"nueva{n}@ejemplo.test", por=persona)
    client.get(reverse("cuentas:perfil"))

    with django_assert_num_queries(6):
        client.get(reverse("cuentas:invitaciones"))


def test_ver_la_lista_queda_en_la_bitacora(client):
    persona = entrar(client)

    client.get(reverse("cuentas:invitaciones"))

    entrada = LogEntry.objects.filter(actor=persona).latest("pk")
    assert entrada.additional_data == {
        "verbo": "vio una lista de personas",
        "detalle": {"lista": "invitaciones", "personas": 0},
    }


@pytest.mark.django_db(transaction=True)
def test_dos_que_aceptan_a_la_vez_el_mismo_enlace_crean_una_sola_cuenta():
    _, clave = una_invitacion()

    def aceptar_en_otro_hilo(nombre):
        try:
            return aceptar(clave, nombre=nombre).nombre
        except ValidationError as error:
            return error.code
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as hilos:
        resultados = list(hilos.map(aceptar_en_otro_hilo, ["Persona Una", "Persona Otra"]))

    (usuario,) = Usuario.objects.filter(email="nueva@ejemplo.test")
    assert sorted(resultados) == sorted([usuario.nombre, "invitacion_no_utilizable"])
