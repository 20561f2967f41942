"""Una imagen: cómo se ve en pequeño y, si es pesada, una copia ligera."""

import io
from pathlib import Path

from PIL import Image, ImageOps

EXTENSIONES = {".png", ".jpg", ".jpeg", ".webp"}
FORMATOS = ("PNG", "JPEG", "WEBP")
PUNTOS_MAXIMOS = 120_000_000
ANCHO, ALTO = 240, 340  # la miniatura se ve a la mitad: nítida en un teléfono
PESO_DE_LA_MINIATURA = 10_000
LADO_LIGERO = 1280
PESADA = 200_000  # bytes; de ahí para abajo baja bien en cualquier parte
VALE_LA_PENA = 0.6  # si no pesa al menos un 40 % menos, no se ofrece otra


def leer(ruta) -> dict:
    original = _abrir(ruta)
    return {
        "paginas": 1,
        "es_imagen": True,
        "miniatura": en_miniatura(original),
        "ligero": _ligero(original, Path(ruta).stat().st_size),
    }


def en_miniatura(imagen) -> bytes:
    """En WebP y de menos de 10 kB: van muchas en una página."""
    imagen = _aplanada(imagen)
    imagen.thumbnail((ANCHO, ALTO), Image.Resampling.LANCZOS)
    for calidad in (70, 55, 40, 25, 10):
        datos = _en_webp(imagen, calidad)
        if len(datos) <= PESO_DE_LA_MINIATURA:
            break
    return datos


def miniatura_de(datos: bytes) -> bytes | None:
    """De la que ya trae un documento; None si no se entiende."""
    try:
        with Image.open(io.BytesIO(datos), formats=FORMATOS) as imagen:
            return en_miniatura(imagen)
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError):
        return None


def _abrir(ruta):
    imagen = Image.open(ruta, formats=FORMATOS)
    if imagen.width * imagen.height > PUNTOS_MAXIMOS:
        raise MemoryError
    imagen.draft("RGB", (2 * LADO_LIGERO, 2 * LADO_LIGERO))
    imagen.load()
    return ImageOps.exif_transpose(imagen)


def _ligero(imagen, peso):
    if peso < PESADA:
        return None
    ligera = imagen.convert("RGBA" if imagen.has_transparency_data else "RGB")
    ligera.thumbnail((LADO_LIGERO, LADO_LIGERO), Image.Resampling.LANCZOS)
    datos = _en_webp(ligera, 70)
    return datos if len(datos) < peso * VALE_LA_PENA else None


def _aplanada(imagen):
    """Sobre blanco: lo transparente, en WebP sin fondo, saldría negro."""
    if not imagen.has_transparency_data:
        return imagen.convert("RGB")
    fondo = Image.new("RGBA", imagen.size, "white")
    fondo.alpha_composite(imagen.convert("RGBA"))
    return fondo.convert("RGB")


def _en_webp(imagen, calidad):
    imagen.info.clear()  # ni el lugar ni el teléfono con que se tomó
    salida = io.BytesIO()
    imagen.save(salida, "WEBP", quality=calidad, method=4)
    return salida.getvalue()
