"""Ningún campo que pueda llevar datos de una persona queda fuera del inventario."""

import re
from pathlib import Path

from django.apps import apps
from django.contrib.auth import get_user_model
from django.db import models

INVENTARIO = Path(__file__).resolve().parent.parent / "docs" / "datos-personales.md"
PUEDEN_LLEVARLOS = (
    models.CharField,
    models.TextField,
    models.JSONField,
    models.BinaryField,
    models.FileField,
    models.GenericIPAddressField,
)


def campos_que_pueden_llevarlos():
    return {
        f"{modelo._meta.label}.{campo.name}"
        for modelo in apps.get_models()
        for campo in modelo._meta.get_fields()
        if campo.concrete and not campo.choices and puede_llevarlos(campo)
    }


def puede_llevarlos(campo):
    return isinstance(campo, PUEDEN_LLEVARLOS) or (
        campo.is_relation and campo.related_model is get_user_model()
    )


def campos_inventariados():
    texto = INVENTARIO.read_text(encoding="utf-8")
    en_tabla = re.findall(r"^\| `([\w.]+)` \|", texto, re.M)
    en_listas = [
        f"{modelo}.{campo.strip()}"
        for modelo, campos in re.findall(r"^- `(\w+\.\w+)`: (.+)$", texto, re.M)
        for campo in campos.split(",")
    ]
    return en_tabla + en_listas


def test_todo_campo_que_puede_llevar_datos_de_personas_esta_en_el_inventario():
    sin_revisar = campos_que_pueden_llevarlos() - set(campos_inventariados())

    assert sorted(sin_revisar) == [], (
        f"Diga en {INVENTARIO.name} si llevan datos de una persona, y para qué."
    )


def test_el_inventario_no_nombra_campos_que_ya_no_existen():
    assert sorted(set(campos_inventariados()) - campos_que_pueden_llevarlos()) == []


def test_ningun_campo_esta_dos_veces_en_el_inventario():
    inventariados = campos_inventariados()

    assert sorted({campo for campo in inventariados if inventariados.count(campo) > 1}) == []


def test_cada_dato_de_una_persona_tiene_finalidad_y_plazo():
    filas = re.findall(r"^\| `[\w.]+` \|.*$", INVENTARIO.read_text(encoding="utf-8"), re.M)

    incompletas = [fila for fila in filas if not all(c.strip() for c in fila.split("|")[1:-1])]

    assert incompletas == []
    assert {fila.count("|") for fila in filas} == {6}
