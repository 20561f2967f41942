"""Llevar a la biblioteca lo que otras apps guardaban por su cuenta. Solo para migraciones.

Con los modelos de esa fecha, no con los de hoy.
"""

import hashlib
import unicodedata
from datetime import UTC, datetime, time
from pathlib import PurePath

from django.utils.text import slugify

CLASES = {
    "presentacion": ("presentación", "presentaciones"),
    "documento-estrategico": ("documento estratégico", "documentos estratégicos"),
    "enlace": ("enlace", "enlaces"),
    "video": ("video", "videos"),
}


def trasladar(apps, *, clase, autor, fecha, archivo="", nombre_del_archivo="", temas=(), **datos):
    """Un contenido con su versión 1, si trae archivo. El archivo se queda donde está."""
    contenido = apps.get_model("contenidos", "Contenido").objects.create(
        clase=_clase(apps, clase),
        autor=_autor(apps, autor),
        vigencia=fecha.year,
        publicado_en=datetime.combine(fecha, time(12), UTC),
        slug=_slug_libre(apps, datos.pop("slug", "") or slugify(datos["titulo"])[:120]),
        **datos,
    )
    contenido.temas.set(temas)
    if archivo:
        version = apps.get_model("contenidos", "VersionDeContenido").objects.create(
            contenido=contenido,
            numero=1,
            archivo=archivo.name,
            nombre_del_archivo=nombre_del_archivo or PurePath(archivo.name).name,
            tamano=_tamano(archivo),
            huella=_huella(archivo),
            creado_en=contenido.publicado_en,
        )
        contenido.version_actual = version
        contenido.save(update_fields=["version_actual"])
    return contenido


def _clase(apps, clave):
    nombre, plural = CLASES[clave]
    marcas = {"es_video": clave == "video", "es_enlace": clave == "enlace"}
    datos = {"nombre": nombre, "plural": plural, **marcas}
    return apps.get_model("contenidos", "Clase").objects.get_or_create(clave=clave, defaults=datos)[
        0
    ]


def _autor(apps, nombre):
    letras = unicodedata.normalize("NFKD", nombre.lower())
    clave = "".join(letra if letra.isalnum() else " " for letra in letras if letra.isascii())
    return apps.get_model("contenidos", "Autor").objects.get_or_create(
        nombre_norm=" ".join(clave.split())[:160], defaults={"nombre": nombre[:160]}
    )[0]


def _slug_libre(apps, slug):
    contenidos = apps.get_model("contenidos", "Contenido").objects
    libre, n = slug or "contenido", 1
    while contenidos.filter(slug=libre).exists():
        n += 1
        libre = f"{slug or 'contenido'}-{n}"
    return libre


def _tamano(archivo):
    try:
        return archivo.size
    except OSError:  # el archivo ya no está: la fila lo dice al pedirlo
        return 0


def _huella(archivo):
    suma = hashlib.sha256()
    try:
        with archivo.open("rb") as abierto:
            for pedazo in abierto.chunks():
                suma.update(pedazo)
    except OSError:
        return ""
    return suma.hexdigest()
