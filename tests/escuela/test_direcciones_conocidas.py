"""Las direcciones que otros teclean o buscan sin que el portal las enlace."""

from datetime import datetime, timedelta

from django.utils import timezone


def test_quien_teclea_admin_llega_a_la_administracion(client):
    respuesta = client.get("/admin/")

    assert (respuesta.status_code, respuesta.url) == (302, "/administracion/")


def test_quien_halla_una_falla_sabe_a_quien_avisar(client, settings):
    settings.INSTITUCION = {
        **settings.INSTITUCION,
        "seguridad": ["mailto:seguridad@ejemplo.test", "https://ejemplo.test/fallas"],
    }

    respuesta = client.get("/.well-known/security.txt")
    campos = [renglon.split(": ", 1) for renglon in respuesta.content.decode().splitlines()]

    assert respuesta["Content-Type"] == "text/plain; charset=utf-8"
    assert [campo for campo in campos if campo[0] != "Expires"] == [
        ["Contact", "mailto:seguridad@ejemplo.test"],
        ["Contact", "https://ejemplo.test/fallas"],
        ["Preferred-Languages", "es"],
        ["Canonical", "http://testserver/.well-known/security.txt"],
    ]


def test_el_contacto_de_seguridad_vence_antes_de_doce_meses(client):
    texto = client.get("/.well-known/security.txt").content.decode()
    vence = datetime.fromisoformat(texto.split("Expires: ")[1].split("\n")[0])

    assert timedelta(days=30) < vence - timezone.now() < timedelta(days=365)
