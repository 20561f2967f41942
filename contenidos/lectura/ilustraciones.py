"""Una imagen lista para una página: derecha, liviana y sin lo que el teléfono escribió en ella."""

from dataclasses import dataclass
from io import BytesIO

FORMATOS = ("PNG", "JPEG", "WEBP")
ANCHO_MAXIMO = 1600
PUNTOS_MAXIMOS = 40_000_000
CALIDAD = 80


class NoEsUnaImagen(ValueError):
    """No se puede leer como PNG, JPEG o WebP, o es desmedida."""


@dataclass(frozen=True)
class Ilustracion:
    datos: bytes  # WebP
    ancho: int
    alto: int


def preparar(
    archivo, *, ancho_maximo: int = ANCHO_MAXIMO, alto_maximo: int = ANCHO_MAXIMO * 4
) -> Ilustracion:
    """Se vuelve a dibujar: del archivo que llegó no queda más que lo que se ve."""
    from PIL import Image, ImageOps  # pesa; la web arranca sin ella

    try:
        with Image.open(archivo, formats=FORMATOS) as original:
            if original.width * original.height > PUNTOS_MAXIMOS:
                raise NoEsUnaImagen("desmedida")
            original.draft("RGB", (ancho_maximo, ancho_maximo))
            derecha = ImageOps.exif_transpose(original)
            limpia = derecha.convert("RGBA" if derecha.has_transparency_data else "RGB")
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError) as error:
        raise NoEsUnaImagen("no se lee") from error
    limpia.thumbnail((ancho_maximo, alto_maximo))
    limpia.info.clear()
    destino = BytesIO()
    limpia.save(destino, "WEBP", quality=CALIDAD, method=4)
    return Ilustracion(destino.getvalue(), *limpia.size)
