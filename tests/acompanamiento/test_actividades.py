"""Registrar un taller, marcar a quiénes llegó y contar lo que dejó."""

import uuid
from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from acompanamiento.acciones.programas import (
    anotar_cobertura,
    registrar_actividad,
    registrar_producto,
)
from acompanamiento.forms.actividades import ActividadForm, CoberturaForm
from acompanamiento.models import Actividad, Cobertura, Envio, Producto
from cuentas.models import Rol
from tests.fabricas import un_usuario, una_entidad
from tests.fabricas_de_acompanamiento import (
    un_producto,
    un_programa,
    un_tipo_de_actividad,
    una_actividad,
)
from tests.fabricas_de_contenidos import un_contenido

pytestmark = pytest.mark.django_db


def unos_datos(**cambios):
    return {
        "programa": un_programa(),
        "tipo": un_tipo_de_actividad(),
        "alcance": Actividad.Alcance.GRUPAL,
        "nombre": "Taller de lectura",
        "desde": date(2020, 6, 9),
        **cambios,
    }


def registrar(*, clave=None, base=0, por=None, **cambios):
    return registrar_actividad(
        clave=clave or uuid.uuid4(), base=base, datos=unos_datos(**cambios), por=por or un_usuario()
    )


def marcar(actividad, personas_por_entidad, *, base=None, por=None):
    return anotar_cobertura(
        clave=actividad.clave,
        base=actividad.version if base is None else base,
        personas_por_entidad=personas_por_entidad,
        por=por or un_usuario(),
    )


def cobertura_de(actividad):
    return dict(actividad.coberturas.values_list("entidad__nombre", "personas"))


def el_error(llamada, *args, **kwargs):
    with pytest.raises(ValidationError) as error:
        llamada(*args, **kwargs)
    return error.value


# ── Registrar ─────────────────────────────────────────────────────────────────────────────────


def test_mandar_tres_veces_el_mismo_taller_guarda_uno():
    clave, por, datos = uuid.uuid4(), un_usuario(), unos_datos()

    recibos = [registrar_actividad(clave=clave, base=0, datos=datos, por=por) for _ in range(3)]

    assert Actividad.objects.count() == 1
    assert [recibo.es_nuevo for recibo in recibos] == [True, False, False]


def test_un_taller_de_una_secretaria_llega_a_ella_con_sus_personas():
    huila = una_entidad("Huila")

    actividad = registrar(alcance="individual", entidad=huila, personas=8).objeto

    assert cobertura_de(actividad) == {"Huila": 8}


def test_un_taller_de_una_secretaria_dice_cual():
    error = el_error(registrar, alcance="individual")

    assert list(error.error_dict) == ["entidad"]
    assert not Actividad.objects.exists()


def test_la_escogida_en_un_taller_para_varias_queda_marcada():
    actividad = registrar(entidad=una_entidad("Huila"), personas=8).objeto

    assert cobertura_de(actividad) == {"Huila": None}


def test_lo_que_no_ha_ocurrido_no_esta_realizado():
    manana = timezone.localdate() + timedelta(days=1)

    assert list(el_error(registrar, desde=manana).error_dict) == ["estado"]
    assert registrar(desde=manana, estado="programada").objeto.estado == "programada"


def test_un_taller_no_termina_antes_de_empezar():
    assert list(el_error(registrar, hasta=date(2020, 6, 8)).error_dict) == ["hasta"]


def test_una_entidad_cerrada_no_recibe_talleres_despues_de_su_cierre():
    cerrada = una_entidad("Cerrada", hasta=date(2020, 6, 1))

    error = el_error(registrar, alcance="individual", entidad=cerrada)

    assert error.error_dict["entidad"][0].code == "entidad_cerrada"
    assert registrar(
        alcance="individual", entidad=cerrada, desde=date(2020, 5, 30)
    ).objeto.coberturas.exists()


def test_mover_la_fecha_respeta_a_las_que_ya_estan_marcadas():
    cerrada = una_entidad("Cerrada", hasta=date(2020, 6, 30))
    actividad = una_actividad(entidades=[cerrada])

    error = el_error(
        registrar,
        clave=actividad.clave,
        base=1,
        programa=actividad.programa,
        desde=date(2020, 7, 2),
    )

    assert list(error.error_dict) == ["desde"]


def test_con_varias_marcadas_no_pasa_a_ser_de_una():
    huila = una_entidad("Huila")
    actividad = una_actividad(entidades=[huila, una_entidad("Meta")])

    error = el_error(registrar, clave=actividad.clave, base=1, alcance="individual", entidad=huila)

    assert list(error.error_dict) == ["alcance"]


def test_al_calendario_se_le_dice_lo_que_cambio_y_solo_eso():
    recibo = registrar()
    clave, programa = recibo.objeto.clave, recibo.objeto.programa

    registrar(clave=clave, base=1, programa=programa, personas=20)
    sin_cambio = Actividad.objects.get().secuencia
    registrar(clave=clave, base=2, programa=programa, personas=20, desde=date(2020, 6, 10))

    assert (sin_cambio, Actividad.objects.get().secuencia) == (0, 1)


def test_cancelarla_pide_por_que_y_retomarla_lo_quita():
    recibo = registrar(estado="programada")
    clave, programa = recibo.objeto.clave, recibo.objeto.programa
    cancelada = {"clave": clave, "programa": programa, "estado": "cancelada"}

    error = el_error(registrar, base=1, motivo_de_cancelacion=" ", **cancelada)
    registrar(base=1, motivo_de_cancelacion="No hubo sede.", **cancelada)
    queda = Actividad.objects.get()
    registrar(base=2, **{**cancelada, "estado": "programada"}, motivo_de_cancelacion="No hubo.")
    retomada = Actividad.objects.get()

    assert list(error.error_dict) == ["motivo_de_cancelacion"]
    assert (queda.motivo_de_cancelacion, queda.secuencia) == ("No hubo sede.", 1)
    assert (retomada.motivo_de_cancelacion, retomada.secuencia) == ("", 2)


def test_por_que_se_cancelo_lo_lee_quien_entro(client):
    actividad = una_actividad(estado="cancelada", motivo_de_cancelacion="No hubo sede.")

    sin_entrar = client.get(actividad.get_absolute_url()).text
    client.force_login(un_usuario(Rol.SECRETARIO))
    adentro = client.get(actividad.get_absolute_url()).text

    assert "Cancelada" in sin_entrar
    assert ("No hubo sede." in sin_entrar, "No hubo sede." in adentro) == (False, True)


def test_dos_personas_en_el_mismo_taller_no_se_pisan():
    recibo = registrar()
    clave, programa = recibo.objeto.clave, recibo.objeto.programa
    registrar(clave=clave, base=1, programa=programa, nombre="Taller de escritura")

    segundo = registrar(clave=clave, base=1, programa=programa, nombre="Taller de ciencias")

    assert segundo.hay_conflicto
    assert Actividad.objects.get().nombre == "Taller de escritura"
    assert Envio.objects.en_conflicto().get().cuerpo["nombre"] == "Taller de ciencias"


# ── A quiénes llegó ───────────────────────────────────────────────────────────────────────────


def test_marcar_otra_vez_corrige_sin_duplicar():
    huila, meta, neiva = una_entidad("Huila"), una_entidad("Meta"), una_entidad("Neiva")
    actividad = una_actividad()

    marcar(actividad, {huila: 3, meta: None})
    actividad.refresh_from_db()
    marcar(actividad, {huila: 5, neiva: None})

    assert cobertura_de(actividad) == {"Huila": 5, "Neiva": None}


def test_marcar_sobre_una_version_vieja_es_un_conflicto():
    huila, meta = una_entidad("Huila"), una_entidad("Meta")
    actividad = una_actividad()
    marcar(actividad, {huila: None})

    recibo = marcar(actividad, {meta: None}, base=1)

    assert recibo.hay_conflicto
    assert cobertura_de(actividad) == {"Huila": None}


def test_no_se_marca_a_quien_ya_no_era_entidad():
    actividad = una_actividad()

    error = el_error(marcar, actividad, {una_entidad(hasta=date(2020, 6, 1)): None})

    assert error.code == "entidad_cerrada"
    assert not Cobertura.objects.exists()


def test_las_secretarias_no_suman_mas_personas_que_el_total():
    actividad = una_actividad(personas=10)

    assert el_error(marcar, actividad, {una_entidad(): 11}).code == "total_menor"
    marcar(actividad, {una_entidad(): 9})  # también pudieron ir otras organizaciones
    assert (
        "personas"
        in el_error(
            registrar, clave=actividad.clave, base=2, programa=actividad.programa, personas=8
        ).error_dict
    )


def test_la_rejilla_marca_sola_a_quien_tiene_personas(client):
    huila, meta, neiva = una_entidad("Huila"), una_entidad("Meta"), una_entidad("Neiva")
    actividad = una_actividad(entidades=[neiva])
    client.force_login(un_usuario())

    client.post(
        reverse("acompanamiento:cobertura", args=[actividad.clave]),
        {
            "base": 1,
            f"asistio_{huila.codigo_dane}": "on",
            f"personas_{meta.codigo_dane}": "0",
        },
    )

    assert cobertura_de(actividad) == {"Huila": None, "Meta": 0}


def test_marcarlas_todas_no_guarda_todavia(client):
    una_entidad("Huila"), una_entidad("Meta")
    actividad = una_actividad()
    client.force_login(un_usuario())

    respuesta = client.post(
        reverse("acompanamiento:cobertura", args=[actividad.clave]), {"base": 1, "todas": "1"}
    )

    assert respuesta.text.count(" checked") == 2
    assert not Cobertura.objects.exists()


def test_la_rejilla_vuelve_llena_si_algo_esta_mal(client):
    huila = una_entidad("Huila")
    actividad = una_actividad(personas=3)
    client.force_login(un_usuario())

    respuesta = client.post(
        reverse("acompanamiento:cobertura", args=[actividad.clave]),
        {"base": 1, f"personas_{huila.codigo_dane}": "40"},
    )

    assert "El total de la actividad dice 3 personas y sus secretarías suman 40" in respuesta.text
    assert 'value="40"' in respuesta.text


def test_la_rejilla_hace_las_mismas_consultas_con_pocas_y_muchas(django_assert_num_queries):
    por = un_usuario()
    actividad = una_actividad(entidades=[una_entidad() for _ in range(20)])

    with django_assert_num_queries(2):
        form = CoberturaForm(por=por, objeto=actividad)
        [list(suyas) for _, suyas in form.por_departamento]


# ── Las páginas ───────────────────────────────────────────────────────────────────────────────


def lo_que_manda(programa, **cambios):
    return {
        "clave": str(uuid.uuid4()),
        "base": 0,
        "programa": programa.slug,
        "tipo": un_tipo_de_actividad().clave,
        "nombre": "Taller de lectura",
        "alcance": "grupal",
        "estado": "realizada",
        "desde": "2020-06-09",
        **cambios,
    }


def test_despues_de_registrar_uno_para_varias_se_marcan_cuales(client):
    programa = un_programa()
    client.force_login(un_usuario())

    respuesta = client.post(
        reverse("acompanamiento:nueva-actividad"), lo_que_manda(programa, personas="")
    )

    actividad = Actividad.objects.get()
    assert respuesta.url == reverse("acompanamiento:cobertura", args=[actividad.clave])
    assert actividad.personas is None


def test_el_formulario_llega_con_el_programa_escogido(client):
    programa = un_programa()
    client.force_login(un_usuario())

    respuesta = client.get(reverse("acompanamiento:nueva-actividad"), {"programa": programa.slug})

    assert f'<option value="{programa.slug}" selected>' in respuesta.text


def test_doble_clic_guarda_un_taller_y_lleva_al_mismo_sitio(client):
    datos = lo_que_manda(un_programa())
    client.force_login(un_usuario())

    dos = [client.post(reverse("acompanamiento:nueva-actividad"), datos).url for _ in range(2)]

    assert Actividad.objects.count() == 1
    assert len(set(dos)) == 1


def test_editar_muestra_lo_guardado_y_lo_vuelve_a_guardar_igual():
    por, huila = un_usuario(), una_entidad("Huila")
    actividad = registrar(alcance="individual", entidad=huila, personas=8, por=por).objeto

    guardado = ActividadForm(por=por, objeto=actividad).guardado()
    form = ActividadForm.con_datos(
        guardado, clave=actividad.clave, base=1, por=por, objeto=actividad
    )

    assert form.guardar() is not None
    assert form.cuerpo() == guardado
    assert cobertura_de(actividad) == {"Huila": 8}


@pytest.mark.parametrize("rol", [Rol.SECRETARIO, Rol.EQUIPO_SECRETARIA])
def test_una_secretaria_mira_los_programas_y_no_los_cambia(client, rol):
    actividad = una_actividad()
    client.force_login(un_usuario(rol))

    assert client.get(actividad.get_absolute_url()).status_code == 200
    for nombre in ("editar-actividad", "cobertura"):
        direccion = reverse(f"acompanamiento:{nombre}", args=[actividad.clave])
        assert client.post(direccion).status_code == 403


# ── Lo que dejó ───────────────────────────────────────────────────────────────────────────────


def test_un_producto_enlaza_a_la_biblioteca_con_la_direccion_pegada_entera(client):
    contenido, huila, programa = un_contenido(), una_entidad("Huila"), un_programa()
    client.force_login(un_usuario())

    client.post(
        reverse("acompanamiento:nuevo-producto", args=[programa.slug]),
        {
            "clave": str(uuid.uuid4()),
            "base": 0,
            "programa": programa.slug,
            "entidad": huila.codigo_dane,
            "clase_de_producto": "experiencia",
            "nombre": "Radio escolar",
            "contenido": f"https://portal.example{contenido.get_absolute_url()}",
        },
    )

    producto = Producto.objects.get()
    assert (producto.clase, producto.contenido) == ("experiencia", contenido)
    assert contenido.get_absolute_url() in client.get(programa.get_absolute_url()).text


def test_el_enlace_a_un_contenido_solo_lo_ve_quien_puede_abrirlo(client):
    borrador = un_contenido(estado="borrador")
    producto = un_producto(contenido=borrador)

    texto = client.get(producto.programa.get_absolute_url()).text

    assert producto.nombre in texto
    assert borrador.get_absolute_url() not in texto


def test_un_producto_no_sale_de_una_actividad_de_otro_programa():
    error = el_error(
        registrar_producto,
        clave=uuid.uuid4(),
        base=0,
        por=un_usuario(),
        datos={
            "programa": un_programa(),
            "actividad": una_actividad(),
            "entidad": una_entidad(),
            "clase": "plan",
            "nombre": "Plan de permanencia",
        },
    )

    assert list(error.error_dict) == ["actividad"]


# ── Por JSON ──────────────────────────────────────────────────────────────────────────────────


def mandar_por_json(client, clase, clave, base, datos):
    return client.post(
        reverse("acompanamiento:registros", args=[clase]),
        {"clave": str(clave), "base": base, "datos": datos},
        content_type="application/json",
    )


def test_un_taller_y_sus_secretarias_tambien_llegan_por_json(client):
    huila, meta = una_entidad("Huila"), una_entidad("Meta")
    datos = lo_que_manda(un_programa())
    clave, base = datos.pop("clave"), datos.pop("base")
    client.force_login(un_usuario())

    dos = [mandar_por_json(client, "actividad", clave, base, datos) for _ in range(2)]
    respuesta = mandar_por_json(
        client,
        "cobertura",
        clave,
        1,
        {f"asistio_{huila.codigo_dane}": True, f"personas_{meta.codigo_dane}": 4},
    )

    assert [una.status_code for una in dos] == [201, 200]
    assert respuesta.status_code == 200
    assert cobertura_de(Actividad.objects.get()) == {"Huila": None, "Meta": 4}


def test_un_producto_tambien_llega_por_json(client):
    programa, huila = un_programa(), una_entidad("Huila")
    client.force_login(un_usuario())

    respuesta = mandar_por_json(
        client,
        "producto",
        uuid.uuid4(),
        0,
        {
            "programa": programa.slug,
            "entidad": huila.codigo_dane,
            "clase_de_producto": "plan",
            "nombre": "Plan de permanencia",
        },
    )

    assert respuesta.status_code == 201
    assert respuesta.json()["direccion"] == f"{programa.get_absolute_url()}#productos"


def test_dos_que_marcan_a_la_vez_escogen_secretaria_por_secretaria(client):
    huila, meta = una_entidad("Huila"), una_entidad("Meta")
    actividad = una_actividad()
    client.force_login(un_usuario())
    mandar_por_json(client, "cobertura", actividad.clave, 1, {f"asistio_{huila.codigo_dane}": True})

    respuesta = mandar_por_json(
        client, "cobertura", actividad.clave, 1, {f"asistio_{meta.codigo_dane}": True}
    )

    assert respuesta.status_code == 409
    assert [
        (una["nombre"], una["guardado"], una["suyo"]) for una in respuesta.json()["diferencias"]
    ] == [("Huila: participó", "sí", "no"), ("Meta: participó", "no", "sí")]
