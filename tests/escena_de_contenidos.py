"""Los objetos de la biblioteca que la tabla de acceso necesita: uno de cada clase."""

import base64
from functools import cached_property

from django.core.files.base import ContentFile

from contenidos.acciones.certificados import emitir_certificado
from contenidos.acciones.indice import poner_al_dia
from contenidos.acciones.rutas import marcar_paso
from contenidos.acciones.suscripciones import seguir
from contenidos.models import Imagen, ImportacionDeContenidos
from tests.fabricas import un_tema
from tests.fabricas_de_contenidos import (
    un_contenido,
    un_paquete,
    un_termino,
    una_coleccion,
    una_pagina,
    una_ruta,
    una_version,
)
from trabajos.acciones import ejecutar

UN_PUNTO = base64.b64decode(
    "UklGRkAAAABXRUJQVlA4WAoAAAAQAAAAAAAAAAAAQUxQSAIAAAAAAFZQOCAYAAAAMAEAnQEqAQABAAFAJiWkAANwAP79"
    "NmgA"
)
TEXTO_RICO = """## Un título

Un párrafo con **negrilla**, [un enlace](/glosario/) y la deserción.

### Otro más pequeño

- **20** grupos
- **96** secretarías

| Qué | Cuánto |
|---|---|
| Uno | 1 |

## Un paso

1. Primero
2. Después
"""


class EscenaDeContenidos:
    """Se mezcla en `Escena`, que trae `propia`, `ajena` y `personas`."""

    paso_editorial = "retirar"

    @cached_property
    def _contenido(self):
        """Publicado, para cualquiera, con su versión 1 y lo que la acompaña."""
        contenido = un_contenido(slug="guia-de-prueba", creado_por=self.personas["equipo_men"])
        una_version(
            contenido,
            b"%PDF-1.7",
            miniatura=ContentFile(UN_PUNTO, name="portada.webp"),
            subtitulos=ContentFile(b"WEBVTT\n", name="subtitulos.vtt"),
            ligero=ContentFile(UN_PUNTO, name="ligero.webp"),
            tamano_ligero=len(UN_PUNTO),
        )
        return contenido

    @property
    def contenido(self):
        return self._contenido.slug

    @property
    def numero_de_version(self):
        return self._contenido.version_actual.numero

    @cached_property
    def pagina(self):
        return una_pagina("pagina-de-prueba", "Página de prueba", TEXTO_RICO).slug

    @cached_property
    def politica(self):
        return una_pagina("politica-de-prueba", "Política de prueba", grupo="politicas").slug

    @property
    def version_de_politica(self):
        return 1

    @cached_property
    def pagina_de_ayuda(self):
        return una_pagina("ayuda-de-prueba", "Ayuda de prueba", grupo="ayuda").slug

    @cached_property
    def termino(self):
        return un_termino("Deserción", siglas="DE", sinonimos="abandono", fuente="Una norma").slug

    @cached_property
    def imagen(self):
        """Un punto transparente, en WebP."""
        imagen = Imagen(alternativo="Un cuadro de prueba", ancho=1, alto=1, tamano=len(UN_PUNTO))
        imagen.archivo.save("punto.webp", ContentFile(UN_PUNTO))
        return imagen.clave

    # ── Llevarse y recorrer ───────────────────────────────────────────────────────────────────

    @cached_property
    def paquete(self):
        """Con el ZIP ya hecho y, dentro, algo que es solo para secretarías y Ministerio."""
        reservado = un_contenido(
            "Guía para secretarías", visibilidad="secretarias", archivo=b"%PDF-1.7"
        )
        paquete = un_paquete(self._contenido, reservado, por=self.personas["secretario"])
        ejecutar(paquete.trabajo_id)
        return paquete.clave

    @cached_property
    def coleccion(self):
        return una_coleccion("Caja de herramientas", self._contenido).slug

    @cached_property
    def _certificado(self):
        """De quien es secretaria de la propia."""
        ruta, quien = una_ruta("Primera ruta", self._contenido), self.personas["secretario"]
        marcar_paso(paso=ruta.pasos.get(), por=quien)
        return emitir_certificado(ruta=ruta, por=quien)

    @property
    def ruta(self):
        return self._certificado.ruta.slug

    @property
    def paso(self):
        return self._certificado.ruta.pasos.get().pk

    @property
    def certificado(self):
        return self._certificado.codigo

    # ── Temas ─────────────────────────────────────────────────────────────────────────────────

    @cached_property
    def _tema(self):
        tema = un_tema("Permanencia", descripcion="Que nadie deje la escuela.")
        un_tema("Deserción escolar", padre=tema)
        self._contenido.temas.add(tema)
        poner_al_dia(self._contenido)
        return tema

    @property
    def tema(self):
        return self._tema.slug

    @cached_property
    def testigo_de_tema(self):
        return seguir(tema=self._tema, por=self.personas["secretario"]).testigo

    @cached_property
    def importacion_de_contenidos(self):
        """Por confirmar: una fila ya está y otra no entra."""
        filas = [
            {"fila": 2, "que": "igual", "titulo": "Guía de prueba", "clase": "guía",
             "archivo": "guia.pdf", "motivos": ["Ya está."], "contenido": self.contenido},
            {"fila": 3, "que": "rechazada", "titulo": "", "clase": "", "archivo": "",
             "motivos": ["Falta «Título»."], "contenido": ""},
        ]  # fmt: skip
        return ImportacionDeContenidos.objects.create(
            nombre_de_la_hoja="contenidos.xlsx",
            hoja=ContentFile(b"PK", name="contenidos.xlsx"),
            huella="0" * 64,
            estado="vista_previa",
            filas=filas,
            creado_por=self.personas["equipo_men"],
        ).pk
