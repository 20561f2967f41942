"""El acta: se escribe sin pisarse, y las ausentes van solo en la copia del Ministerio."""

from datetime import date, time
from io import BytesIO

import pytest
from django.urls import reverse
from django.utils import timezone
from pypdf import PdfReader

from conectate.acciones.cierre import cerrar_sesion, guardar_acta, pedir_acta
from conectate.consultas.acta import parrafos, renglones
from conectate.models import Acta, Encuentro
from cuentas.models import Rol
from tests.conectate.paginas import texto
from tests.fabricas import un_tema, un_tipo, un_usuario, una_asistencia, una_entidad, una_sesion
from trabajos.acciones import ejecutar_pendientes
from trabajos.models import Trabajo

pytestmark = pytest.mark.django_db

PESO_MAXIMO = 200_000


def con_ausentes(**datos):
    """Una presente y dos que faltaron, una de ellas con excusa."""
    huila, meta, cauca = (una_entidad(nombre) for nombre in ("Huila", "Meta", "Cauca"))
    sesion = una_sesion("Rutas", convocadas=[huila, meta, cauca], **datos)
    una_asistencia(sesion, huila, ventana_en=timezone.now())
    una_asistencia(sesion, cauca, registro="excusada")
    return sesion, huila


def pdf_para(usuario, sesion):
    pedir_acta(sesion=sesion, por=usuario)
    ejecutar_pendientes()
    trabajo = Trabajo.objects.latest("pk")
    assert trabajo.estado == "terminado", trabajo.mensaje
    with trabajo.archivo.open("rb") as archivo:
        lector = PdfReader(BytesIO(archivo.read()))
    escrito = " ".join(" ".join(p.extract_text() for p in lector.pages).split())
    return lector, escrito, trabajo


# ── Escribirla ────────────────────────────────────────────────────────────────────────────────


def test_el_acta_se_escribe_y_se_vuelve_a_escribir(client):
    sesion, _ = con_ausentes()
    por = un_usuario()
    client.force_login(por)
    direccion = reverse("conectate:editar-acta", args=[sesion.pk])

    client.post(direccion, {"tratado": "Lo primero.", "acuerdos": "", "leida": ""})
    leida = client.get(direccion).context["form"]["leida"].value()
    client.post(direccion, {"tratado": "Lo segundo.", "acuerdos": "Uno", "leida": leida})

    acta = Acta.objects.get()
    assert (acta.tratado, acta.acuerdos, acta.actualizada_por) == ("Lo segundo.", "Uno", por)


def test_si_otra_persona_la_cambio_entretanto_no_se_pisa_y_se_leen_las_dos(client):
    sesion, _ = con_ausentes()
    guardar_acta(sesion=sesion, tratado="Primera.", acuerdos="", por=un_usuario())
    client.force_login(un_usuario())
    direccion = reverse("conectate:editar-acta", args=[sesion.pk])
    leida = client.get(direccion).context["form"]["leida"].value()
    guardar_acta(
        sesion=sesion, tratado="De otra.", acuerdos="", leida=leida, por=un_usuario(nombre="Eva")
    )

    pagina = client.post(direccion, {"tratado": "La mía.", "acuerdos": "", "leida": leida})
    conservada = Acta.objects.get().tratado
    nueva = pagina.context["form"]["leida"].value()
    client.post(direccion, {"tratado": "Las dos.", "acuerdos": "", "leida": nueva})

    assert "Mientras usted escribía, Eva cambió el acta." in texto(pagina)
    assert pagina.context["form"]["tratado"].value() == "La mía."
    assert "Lo que está guardado ahora Lo que se trató De otra." in texto(pagina)
    assert (conservada, Acta.objects.get().tratado) == ("De otra.", "Las dos.")


def test_un_acta_vacia_no_se_guarda(client):
    sesion, _ = con_ausentes()
    client.force_login(un_usuario())

    pagina = client.post(reverse("conectate:editar-acta", args=[sesion.pk]), {"tratado": "  "})

    assert "Escriba lo que se trató o al menos un acuerdo." in texto(pagina)
    assert Acta.objects.count() == 0


def test_la_de_una_sesion_cerrada_no_se_escribe(client):
    sesion, _ = con_ausentes()
    cerrar_sesion(sesion=sesion, por=None)
    client.force_login(un_usuario())

    pagina = client.get(reverse("conectate:editar-acta", args=[sesion.pk]), follow=True)

    assert "La sesión está cerrada. Reábrala antes de cambiarla." in texto(pagina)


@pytest.mark.parametrize(
    ("escrito", "leido"),
    [
        ("Uno\n\n  Dos  \n", ["Uno", "Dos"]),
        ("- Uno\n2. Dos\n• Tres", ["Uno", "Dos", "Tres"]),
        ("3 de 5 escuelas\n1.200 niños", ["3 de 5 escuelas", "1.200 niños"]),
        ("", []),
    ],
)
def test_los_acuerdos_van_uno_por_linea(escrito, leido):
    assert renglones(escrito) == leido


def test_los_parrafos_los_separa_un_renglon_en_blanco():
    assert parrafos("Uno\r\nsigue\r\n\r\n\r\nDos ") == ["Uno\nsigue", "Dos"]


# ── Quién la lee ──────────────────────────────────────────────────────────────────────────────


def test_mientras_no_se_cierra_es_un_borrador_que_solo_ve_el_ministerio(client):
    sesion, huila = con_ausentes(audiencia="comunidad")
    direccion = reverse("conectate:acta", args=[sesion.pk])

    sin_entrar = client.get(direccion).status_code
    client.force_login(un_usuario(Rol.SECRETARIO, entidad=huila))
    convocada = client.get(direccion).status_code
    bajarla = client.post(reverse("conectate:descargar-acta", args=[sesion.pk])).status_code
    client.force_login(un_usuario())
    del_ministerio = client.get(direccion)

    assert (sin_entrar, convocada, bajarla) == (302, 404, 404)
    assert "Es un borrador." in texto(del_ministerio)


def test_cerrada_la_lee_quien_ve_la_sesion_sin_saber_quien_falto(client):
    sesion, huila = con_ausentes(audiencia="comunidad")
    guardar_acta(sesion=sesion, tratado="Lo tratado.", acuerdos="Uno", por=un_usuario())
    cerrar_sesion(sesion=sesion, por=None)
    direccion = reverse("conectate:acta", args=[sesion.pk])

    publica = texto(client.get(direccion))
    client.force_login(un_usuario(Rol.SECRETARIO, entidad=huila))
    de_secretaria = texto(client.get(direccion))
    client.force_login(un_usuario())
    del_ministerio = texto(client.get(direccion))

    for copia in (publica, de_secretaria):
        assert "1 de 3 secretarías convocadas (33,3 %)." in copia
        assert "Lo tratado." in copia
        assert ("Meta" in copia, "Cauca" in copia, "No asistieron" in copia) == (False,) * 3
    assert "Cauca (se excusó) Meta" in del_ministerio


def test_la_de_los_equipos_no_la_lee_una_secretaria_que_no_fue_convocada(client):
    sesion, _ = con_ausentes()
    cerrar_sesion(sesion=sesion, por=None)
    client.force_login(un_usuario(Rol.SECRETARIO))

    respuestas = [
        client.get(reverse("conectate:acta", args=[sesion.pk])),
        client.post(reverse("conectate:descargar-acta", args=[sesion.pk])),
    ]

    assert [r.status_code for r in respuestas] == [404, 404]


# ── El PDF ────────────────────────────────────────────────────────────────────────────────────


def test_las_ausentes_van_en_el_pdf_del_ministerio_y_no_en_el_de_la_secretaria():
    sesion, huila = con_ausentes(temas=[un_tema("Alternancia")])
    guardar_acta(
        sesion=sesion,
        tratado="Se presentó el balance.\n\nHubo preguntas. #strong[x] $x^2$",
        acuerdos="Enviar los planes",
        por=un_usuario(),
    )
    cerrar_sesion(
        sesion=sesion, por=None, corregido={"personas": 180}, motivo="Se contaron en la sala."
    )

    lector, del_ministerio, _ = pdf_para(un_usuario(), sesion)
    _, de_secretaria, trabajo = pdf_para(un_usuario(Rol.SECRETARIO, entidad=huila), sesion)

    assert lector.metadata.title == "Acta: Rutas"
    assert lector.trailer["/Root"]["/Lang"].lower() == "es-co"
    assert "/StructTreeRoot" in lector.trailer["/Root"]
    for copia in (del_ministerio, de_secretaria):
        for escrito in (
            f"CM-{sesion.pk:05}",
            "9 de junio de 2020, de 9:00 a.m. a 11:00 a.m. (hora de Colombia)",
            "Alternancia",
            "Se presentó el balance.",
            "#strong[x] $x^2$",
            "Enviar los planes",
            "Asistieron 1 de 3 secretarías convocadas (33,3 %).",
            "Personas distintas: el portal calculó sin dato y se confirmó 180.",
            "Motivo: Se contaron en la sala.",
            "Huila",
        ):
            assert escrito in copia
    assert "Secretarías que no asistieron" in del_ministerio
    assert ("Meta" in del_ministerio, "Cauca (se excusó)" in del_ministerio) == (True, True)
    assert ("Meta" in de_secretaria, "Cauca" in de_secretaria) == (False, False)
    assert trabajo.bytes_del_archivo < PESO_MAXIMO


def test_el_de_un_encuentro_trae_ordinal_lema_objetivos_y_sus_dias():
    tipo = un_tipo("encuentro", nombre="Encuentro de Secretarios", conteo="aparte")
    sesion, _ = con_ausentes(
        tipo=tipo, fecha=date(2020, 1, 23), fecha_fin=date(2020, 1, 25), hora_inicio=time(8)
    )
    Encuentro.objects.create(
        sesion=sesion,
        ordinal="Primer",
        lema="Unidos por un retorno gradual y seguro",
        objetivos="Conocerse\nCompartir las apuestas",
        asuntos="Alimentación escolar",
    )

    _, escrito, _ = pdf_para(un_usuario(), sesion)

    for esperado in (
        "Borrador: la sesión no se ha cerrado",
        "Primer Encuentro de Secretarios",
        "23 al 25 de enero de 2020",
        "Unidos por un retorno gradual y seguro",
        "1. Conocerse 2. Compartir las apuestas",
        "Alimentación escolar",
    ):
        assert esperado in escrito


def test_sin_asistencia_el_acta_dice_sin_dato_y_no_que_faltaron_todas():
    sesion = una_sesion(convocadas=[una_entidad("Huila")])

    _, escrito, _ = pdf_para(un_usuario(), sesion)

    assert "Asistencia: sin dato." in escrito
    assert "Huila" not in escrito


def test_si_al_componerla_ya_no_puede_verla_el_trabajo_se_rechaza():
    sesion, huila = con_ausentes()
    cerrar_sesion(sesion=sesion, por=None)
    secretario = un_usuario(Rol.SECRETARIO, entidad=huila)
    pedir_acta(sesion=sesion, por=secretario)
    sesion.convocatorias.filter(entidad=huila).delete()

    ejecutar_pendientes()

    trabajo = Trabajo.objects.latest("pk")
    assert (trabajo.estado, bool(trabajo.archivo)) == ("fallido", False)


def test_pedirla_dos_veces_no_compone_dos():
    sesion, _ = con_ausentes()
    por = un_usuario()

    assert pedir_acta(sesion=sesion, por=por) == pedir_acta(sesion=sesion, por=por)
