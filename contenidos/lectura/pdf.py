"""Un PDF: cuántas páginas tiene, qué dice cada una y cómo se ve la primera."""

import pypdfium2

from contenidos.lectura.limpieza import MAX_PAGINAS, acotar
from contenidos.lectura.retratos import ALTO, ANCHO, en_miniatura

PIDE_CONTRASENA = 4  # FPDF_ERR_PASSWORD
LETRAS_DE_UNA_PAGINA_ESCRITA = 10
PAGINAS_QUE_BASTAN = 200  # para saber si es una imagen


class PdfIlegible(Exception):
    def __init__(self, codigo):
        self.codigo = codigo
        super().__init__(codigo)


def comprobar(ruta) -> None:
    with _abierto(ruta):
        pass


def leer(ruta, con_dibujo: bool) -> dict:
    with _abierto(ruta) as documento:
        textos = acotar(_textos(documento))
        return {
            "textos": textos,
            "paginas": len(documento),
            "es_imagen": es_imagen(textos),
            "esta_etiquetado": bool(documento.is_tagged()),
            "miniatura": _primera_pagina(documento) if con_dibujo else None,
        }


def es_imagen(textos) -> bool:
    """Si casi ninguna página trae letras: la escanearon. Una carátula sin texto no cuenta."""
    muestra = textos[:PAGINAS_QUE_BASTAN]
    escritas = sum(len(texto) >= LETRAS_DE_UNA_PAGINA_ESCRITA for texto in muestra)
    return escritas * 4 < len(muestra)


def _abierto(ruta):
    try:
        documento = pypdfium2.PdfDocument(ruta)
    except pypdfium2.PdfiumError as error:
        pide = error.err_code == PIDE_CONTRASENA
        raise PdfIlegible("con_contrasena" if pide else "danado") from error
    if not len(documento):
        raise PdfIlegible("danado")
    return documento


def _textos(documento):
    for numero in range(min(len(documento), MAX_PAGINAS)):
        try:
            pagina = documento[numero]
        except pypdfium2.PdfiumError:  # una página rota no daña las demás
            yield ""
            continue
        letras = pagina.get_textpage()
        yield letras.get_text_range()
        letras.close()
        pagina.close()


def _primera_pagina(documento):
    try:
        pagina = documento[0]
        ancho, alto = pagina.get_size()
        escala = min(2 * ANCHO / ancho, 2 * ALTO / alto)  # al doble, y se reduce: se lee mejor
        return en_miniatura(pagina.render(scale=escala).to_pil())
    except (pypdfium2.PdfiumError, ValueError, ZeroDivisionError):
        return None
