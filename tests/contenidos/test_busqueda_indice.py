"""El índice sigue a lo que indexa, sin que nadie tenga que acordarse."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.management import call_command
from django.db import connection, transaction

from contenidos.acciones.indice import (
    indexar_lo_que_falta,
    poner_al_dia,
    quitar,
    reindexar_todo,
)
from contenidos.consultas.busqueda import contenidos_que, encontrar, interpretar
from contenidos.models import (
    Buscable,
    Contenido,
    Palabra,
    Termino,
    VersionDeContenido,
    VersionDePagina,
)
from tests.fabricas import un_tema
from tests.fabricas_de_contenidos import un_borrador, un_contenido, una_pagina, una_version

pytestmark = pytest.mark.django_db


def slugs(texto):
    return [uno.slug for uno in contenidos_que(texto, AnonymousUser())[0]]


def en_la_tabla():
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM contenidos_busqueda")
        return cursor.fetchone()[0]


def test_lo_guardado_se_encuentra_al_confirmarse_y_no_antes(django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        un_contenido("Cartilla de huertas", slug="huertas")
        antes = slugs("huertas")

    assert (antes, slugs("huertas")) == ([], ["huertas"])


def test_lo_que_se_deshizo_no_llega_al_indice(django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        with transaction.atomic():
            un_contenido("Cartilla de huertas")
            transaction.set_rollback(True)
        un_contenido("Cartilla de ríos", slug="rios")

    assert [uno.titulo for uno in Buscable.objects.filter(clase="contenido")] == [
        "Cartilla de ríos"
    ]


def test_lo_que_cambia_de_titulo_deja_de_encontrarse_por_el_viejo():
    contenido = un_contenido("Cartilla de huertas", slug="c")
    poner_al_dia(contenido)
    numero = Buscable.objects.get(clase="contenido").pk

    contenido.titulo = "Cartilla de ríos"
    contenido.save()
    poner_al_dia(contenido)

    assert (slugs("huertas"), slugs("ríos")) == ([], ["c"])
    assert Buscable.objects.get(clase="contenido").pk == numero


def test_lo_borrado_sale_del_indice(django_capture_on_commit_callbacks):
    contenido = un_contenido("Cartilla de huertas")
    poner_al_dia(contenido)
    antes = en_la_tabla()

    with django_capture_on_commit_callbacks(execute=True):
        contenido.delete()

    assert not Buscable.objects.filter(clase="contenido").exists()
    assert en_la_tabla() == antes - 1


def test_un_tema_que_cambia_de_nombre_cambia_lo_que_rotula(django_capture_on_commit_callbacks):
    tema = un_tema("Huertas")
    contenido = un_contenido("Cartilla", slug="c", temas=[tema])
    poner_al_dia(contenido)

    with django_capture_on_commit_callbacks(execute=True):
        tema.nombre = "Ríos"
        tema.save()

    assert (slugs("huertas"), slugs("ríos")) == ([], ["c"])
    assert list(Buscable.objects.get(clase="contenido").temas.all()) == [tema]


def test_otra_version_de_una_pagina_cambia_lo_que_se_encuentra(django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        pagina = una_pagina(titulo="Qué es", cuerpo="Una huerta.")
    with django_capture_on_commit_callbacks(execute=True):
        VersionDePagina.objects.create(pagina=pagina, numero=2, titulo="Qué es", cuerpo="Un río.")

    def paginas(texto):
        return [uno.clase.clave for uno in encontrar(interpretar(texto), AnonymousUser())]

    assert (paginas("huerta"), paginas("río")) == ([], ["pagina"])


def test_lo_reemplazado_va_despues_de_lo_vigente():
    nueva = un_contenido("Guía de huertas", slug="nueva")
    vieja = un_contenido("Guía de huertas", slug="vieja", reemplazado_por=nueva)
    poner_al_dia(nueva, vieja)

    assert slugs("guía huertas") == ["nueva", "vieja"]


def test_lo_reservado_no_ensena_palabras():
    poner_al_dia(un_borrador("Xilófonos"), un_contenido("Huertas"))

    assert list(Palabra.objects.filter(forma__in=["xilofonos", "huertas"])) == [
        Palabra(forma="huertas")
    ]


def test_reindexar_dos_veces_deja_lo_mismo_y_olvida_lo_que_ya_no_esta():
    un_contenido("Cartilla de huertas")
    Palabra.objects.create(forma="olvidada", raiz="olvid")
    with connection.cursor() as cursor:  # lo que deja una prueba que vacía solo las tablas
        cursor.execute("INSERT INTO contenidos_busqueda (rowid) VALUES (987654)")
    Buscable.objects.create(clase="contenido", objeto_id=987, titulo="No existe", url="/")

    primera = (reindexar_todo(), en_la_tabla(), Palabra.objects.count())
    segunda = (reindexar_todo(), en_la_tabla(), Palabra.objects.count())

    assert primera == segunda
    assert primera[0]["contenido"] == 1
    assert en_la_tabla() == Buscable.objects.count()
    assert not Palabra.objects.filter(forma="olvidada").exists()


def test_una_fila_que_quedo_de_otra_cosa_se_reemplaza():
    contenido = un_contenido("Cartilla de huertas", slug="c")
    poner_al_dia(contenido)
    numero = Buscable.objects.get(clase="contenido").pk
    quitar(contenido)
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO contenidos_busqueda (rowid) VALUES (%s)", [numero])
        cursor.execute("INSERT INTO contenidos_busqueda (rowid) VALUES (%s)", [numero + 1])

    poner_al_dia(contenido)

    assert slugs("huertas") == ["c"]


def test_lo_que_llego_en_bloque_se_pone_sin_rehacer_lo_demas(capsys):
    poner_al_dia(un_contenido("Cartilla de huertas"))
    un_contenido("Cartilla de ríos", slug="rios")

    assert indexar_lo_que_falta()["contenido"] == 1
    call_command("reindexar", "--lo-que-falta")

    assert "Contenidos: 0.\n" in capsys.readouterr().out
    assert slugs("ríos") == ["rios"]


def test_un_libro_de_mas_de_lo_que_cabe_se_encuentra_por_su_titulo():
    contenido = un_contenido("Guía de huertas", slug="libro")
    textos = [" ".join(f"palabra{n}x{m}" for m in range(500)) for n in range(150)]
    una_version(contenido, textos=textos)

    poner_al_dia(contenido)

    assert slugs("guía huertas") == ["libro"]


def test_indexar_veinte_son_las_mismas_consultas_que_indexar_dos_y_sus_paginas(
    django_assert_max_num_queries,
):
    def cuantas(n):
        contenidos = [un_contenido(f"Guía {i}", temas=[un_tema()]) for i in range(n)]
        with django_assert_max_num_queries(1000) as hechas:
            poner_al_dia(*contenidos)
        return len(hechas)

    assert cuantas(2) == cuantas(20)
    assert VersionDeContenido.objects.count() == 0


def test_el_glosario_que_cambia_cambia_la_busqueda_de_una_vez():
    poner_al_dia(un_contenido("Guía de huertas escolares", slug="c"))
    antes = slugs("GHE")

    Termino.objects.create(
        nombre="Guía de huertas", slug="ghe", siglas="GHE", definicion="Cómo sembrar."
    )

    assert (antes, slugs("GHE")) == ([], ["c"])
    assert Contenido.objects.count() == 1
