"""Las páginas que miran a cada secretaría: semáforo, lista y línea de tiempo."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from acompanamiento.consultas.linea_de_tiempo import HITOS_POR_PAGINA, linea_de_tiempo
from acompanamiento.consultas.secretarias import en_lista, panorama_de_secretaria, secretarias
from acompanamiento.models import Compromiso, Contacto, Lado, Presencialidad, VisitaReportada
from cuentas.models import Rol
from tests.conectate.paginas import texto
from tests.fabricas import un_usuario, una_direccion, una_entidad
from tests.fabricas_de_acompanamiento import (
    un_compromiso,
    un_contacto,
    un_grupo,
    un_padrinazgo,
    una_actividad,
    una_necesidad,
    una_visita,
)

pytestmark = pytest.mark.django_db


def hace(dias):
    return timezone.localdate() - timedelta(days=dias)


def pagina_de(client, nombre, *args, **filtros):
    return client.get(reverse(f"acompanamiento:{nombre}", args=args), filtros)


# ── Semáforo ──────────────────────────────────────────────────────────────────────────────────


def test_el_semaforo_dice_la_regla_las_cifras_y_primero_las_que_nunca(client):
    un_contacto(una_entidad("Huila"), fecha=hace(20))
    un_grupo(una_entidad("Meta"), numero=4)
    client.force_login(un_usuario())

    pagina = texto(pagina_de(client, "semaforo"))

    assert "Hasta 7 días está al día; hasta 14, en alerta; después, atrasada." in pagina
    assert "1 sin ningún contacto 1 atrasada 0 en alerta 0 al día" in pagina
    assert pagina.index("Meta Sin ningún contacto No hay ningún contacto completo") < pagina.index(
        "Huila Atrasada Hace 20 días"
    )


def test_se_filtra_por_grupo_padrino_y_luz_y_lo_que_no_se_entiende_no_filtra(client):
    huila, meta = una_entidad("Huila"), una_entidad("Meta")
    un_grupo(huila, numero=4)
    madrina = un_usuario()
    un_padrinazgo(meta, madrina)
    un_contacto(meta, fecha=hace(1))
    client.force_login(un_usuario())

    def las_de(**filtros):
        pagina = pagina_de(client, "semaforo", **filtros).context["pagina"]
        return [fila.entidad for fila in pagina]

    assert las_de(grupo="4") == [huila]
    assert las_de(padrino=str(madrina.pk)) == [meta]
    assert las_de(luz="nunca") == [huila]
    assert las_de(grupo="99", luz="violeta", padrino="x") == [huila, meta]


def test_van_de_a_veinticuatro_y_la_siguiente_conserva_los_filtros(client):
    for n in range(25):
        una_entidad(f"Secretaría {n:02}")
    client.force_login(un_usuario())

    primera = pagina_de(client, "semaforo", luz="nunca")
    segunda = pagina_de(client, "semaforo", luz="nunca", page="2")

    assert (len(primera.context["pagina"]), len(segunda.context["pagina"])) == (24, 1)
    assert "25 secretarías" in texto(primera)
    assert 'href="?luz=nunca&amp;page=2"' in primera.content.decode()


def test_cada_luz_lleva_a_las_suyas_sin_perder_el_grupo(client):
    un_grupo(una_entidad(), numero=4)
    client.force_login(un_usuario())

    luces = pagina_de(client, "semaforo", grupo="4", luz="nunca").context["luces"]

    assert [(consulta, es_actual) for *_, consulta, es_actual in luces] == [
        ("grupo=4", True),
        ("grupo=4&luz=atrasada", False),
        ("grupo=4&luz=en_alerta", False),
        ("grupo=4&luz=al_dia", False),
    ]


def test_el_semaforo_es_del_ministerio(client):
    client.force_login(un_usuario(Rol.SECRETARIO))

    assert pagina_de(client, "semaforo").status_code == 403


# ── La lista ──────────────────────────────────────────────────────────────────────────────────


def test_la_lista_va_por_nombre_con_lo_que_se_debe():
    huila, choco = una_entidad("Huila"), una_entidad("Chocó")
    un_compromiso(huila)
    un_compromiso(huila, lado=Lado.MINISTERIO, vence_el=hace(3))

    assert [(una.fila.entidad, una.abiertos, una.vencidos) for una in en_lista(secretarias())] == [
        (choco, 0, 0),
        (huila, 2, 1),
    ]
    assert [fila.entidad for fila in secretarias(texto="CHOCO")] == [choco]


def test_una_cerrada_se_ve_aparte_y_su_historia_se_conserva(client):
    cerrada = una_entidad("Antigua", hasta=date(2026, 6, 30))
    un_contacto(cerrada, fecha=date(2026, 5, 4), asunto="Revisión de mayo")
    client.force_login(un_usuario())

    lista = pagina_de(client, "secretarias")
    suya = texto(pagina_de(client, "secretaria", cerrada.codigo_dane))

    assert (lista.context["secretarias"], lista.context["cerradas"]) == ([], [cerrada])
    assert "Dejó de ser certificada el 30 de junio de 2026." in suya
    assert "Revisión de mayo" in suya
    assert "Registrar un contacto" not in suya


def test_cada_secretaria_llega_a_la_suya(client):
    secretario = un_usuario(Rol.SECRETARIO)
    suya = reverse("acompanamiento:secretaria", args=[secretario.entidad.codigo_dane])
    client.force_login(secretario)

    assert pagina_de(client, "secretarias").url == reverse("acompanamiento:mi-acompanamiento")
    assert pagina_de(client, "mi-acompanamiento").url == suya


# ── La línea de tiempo ────────────────────────────────────────────────────────────────────────


def una_historia(entidad):
    """Un hito de cada clase, uno por mes."""
    visita = una_visita(entidad, fecha=date(2026, 5, 4)).contacto
    compromiso = un_compromiso(
        entidad, contacto=visita, acordado_el=date(2026, 4, 4), vence_el=date(2026, 8, 4)
    )
    necesidad = una_necesidad(entidad)
    actividad = una_actividad(entidades=[entidad], desde=date(2026, 3, 4))
    una_actividad(entidades=[una_entidad()], desde=date(2026, 3, 5))
    presencialidad = Presencialidad.objects.create(
        entidad=entidad, fecha=date(2026, 2, 4), en_presencialidad=0, fuente="La secretaría"
    )
    return necesidad, visita, compromiso, actividad.coberturas.get(), presencialidad


def test_la_linea_reune_todo_de_lo_ultimo_a_lo_primero():
    entidad = una_entidad()
    historia = una_historia(entidad)

    pagina = linea_de_tiempo(entidad, usuario=un_usuario())

    assert tuple(hito.objeto for hito in pagina.object_list) == historia
    assert [hito.clase for hito in pagina.object_list] == [
        "necesidad",
        "contacto",
        "compromiso",
        "taller",
        "presencialidad",
    ]


def test_la_linea_dice_de_quien_es_cada_compromiso_y_lo_de_ahora_va_antes(client):
    huila = una_entidad("Huila")
    un_compromiso(huila, lado=Lado.MINISTERIO, direccion=una_direccion())
    un_compromiso(huila, lado=Lado.ENTIDAD)
    client.force_login(un_usuario())

    pagina = texto(pagina_de(client, "secretaria", huila.codigo_dane))

    assert "Compromiso del Ministerio" in pagina
    assert "Compromiso de la secretaría" in pagina
    assert pagina.index("Cómo va") < pagina.index("Línea de tiempo")


def test_los_vencidos_de_la_entrada_llevan_solo_a_los_de_la_secretaria(client):
    huila = una_entidad("Huila")
    un_compromiso(huila, lado=Lado.ENTIDAD, vence_el=hace(3))
    un_compromiso(huila, lado=Lado.MINISTERIO, vence_el=hace(3))
    client.force_login(un_usuario(rol=Rol.EQUIPO_SECRETARIA, entidad=huila))

    pagina = pagina_de(client, "entrada").content.decode()

    assert "?lado=entidad&amp;estado=vencidos" in pagina


def test_una_historia_vacia_dice_que_la_llenara(client):
    huila = una_entidad("Huila")
    client.force_login(un_usuario())

    pagina = texto(pagina_de(client, "secretaria", huila.codigo_dane))

    assert "abre su historia" in pagina
    assert "Decir cuántas son" in pagina


@pytest.mark.parametrize("clase", ["contacto", "compromiso", "necesidad", "taller"])
def test_se_puede_ver_una_sola_clase(clase):
    entidad = una_entidad()
    una_historia(entidad)

    pagina = linea_de_tiempo(entidad, usuario=un_usuario(), clase=clase)

    assert [hito.clase for hito in pagina.object_list] == [clase]


def test_la_secretaria_ve_lo_suyo_sin_borradores_ni_notas_ni_nombres(client):
    entidad = una_entidad("Huila")
    madrina = un_usuario(
        Rol.PROFESIONAL, nombre="Nombre De Madrina", direccion=una_direccion("Calidad")
    )
    un_grupo(entidad, numero=4)
    un_padrinazgo(entidad, madrina)
    un_contacto(entidad, asunto="Llamada hecha", notas="Solo del equipo")
    un_contacto(entidad, asunto="A medio escribir", estado="borrador")
    un_contacto(una_entidad(), asunto="De otra secretaría")
    client.force_login(un_usuario(Rol.SECRETARIO, entidad=entidad))

    pagina = texto(pagina_de(client, "secretaria", entidad.codigo_dane))

    for dicho in ("Llamada hecha", "Grupo 4", "Padrino o madrina", "Calidad"):
        assert dicho in pagina
    for callado in (
        "A medio escribir",
        "De otra secretaría",
        "Solo del equipo",
        "Nombre De Madrina",
        "Registrar un contacto",
    ):
        assert callado not in pagina


def test_la_de_otra_secretaria_no_existe(client):
    client.force_login(un_usuario(Rol.SECRETARIO))

    assert pagina_de(client, "secretaria", una_entidad().codigo_dane).status_code == 404


def test_las_visitas_que_la_fuente_cuenta_sin_dia_se_dicen_aparte(client):
    caqueta = una_entidad("Caquetá")
    VisitaReportada.objects.create(
        entidad=caqueta, vigencia=2020, modalidad="presencial", fuente="Informe de 2020"
    )
    client.force_login(un_usuario())

    pagina = pagina_de(client, "secretaria", caqueta.codigo_dane)

    assert pagina.context["pagina"].paginator.count == 0
    assert (
        "2020 · Visita presencial reportada La fuente no dice para qué fue Fuente: Informe de "
        "2020. No se suma a las visitas registradas." in texto(pagina)
    )


def test_cero_en_presencialidad_no_es_sin_dato(client):
    con_cero, sin_dato = una_entidad(), una_entidad()
    una_historia(con_cero)
    client.force_login(un_usuario())

    paginas = [
        texto(pagina_de(client, "secretaria", una.codigo_dane)) for una in (con_cero, sin_dato)
    ]

    assert "En presencialidad 0 instituciones el 4 de febrero de 2026" in paginas[0]
    assert "En presencialidad Sin dato" in paginas[1]


def test_el_panorama_dice_lo_que_viene_y_lo_que_falta():
    entidad = una_entidad()
    un_contacto(entidad, fecha=hace(-9), estado=Contacto.Estado.PROGRAMADO)
    proximo = un_contacto(entidad, fecha=hace(-2), estado=Contacto.Estado.PROGRAMADO)
    un_contacto(entidad, fecha=hace(2), estado=Contacto.Estado.PROGRAMADO)
    un_compromiso(entidad, vence_el=hace(1))
    un_compromiso(entidad, estado=Compromiso.Estado.CUMPLIDO)
    una_necesidad(entidad)

    panorama = panorama_de_secretaria(entidad, usuario=un_usuario())

    assert panorama.proximo == proximo
    assert (panorama.compromisos.abiertos, panorama.compromisos.vencidos) == (1, 1)
    assert panorama.necesidades == 1


def test_con_poca_o_con_mucha_historia_son_las_mismas_consultas(
    client, django_assert_max_num_queries
):
    entidad, usuario = una_entidad(), un_usuario()
    for _ in range(HITOS_POR_PAGINA):
        una_historia(entidad) if not Presencialidad.objects.exists() else un_compromiso(
            entidad, lado=Lado.MINISTERIO, persona=un_usuario()
        )
        un_contacto(entidad, grupo=un_grupo())

    with django_assert_max_num_queries(7):
        pagina = linea_de_tiempo(entidad, usuario=usuario, pagina="2")
        assert len([str(hito.objeto) for hito in pagina.object_list]) == HITOS_POR_PAGINA
