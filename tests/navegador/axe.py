"""Lo que toda prueba de accesibilidad pregunta, en un solo sitio."""

from axe_playwright_python.sync_playwright import Axe

NORMAS = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
COLORES = {"runOnly": {"type": "rule", "values": ["color-contrast"]}}
SIN_COLORES = {**NORMAS, "rules": {"color-contrast": {"enabled": False}}}
ESCRITORIO, TELEFONO = 1280, 360

# Lo que rodea a todas las páginas: es más que lo de dentro y casi siempre es lo mismo.
MARCO = [".barra-gov", ".encabezado", ".pie"]
MARCOS_MIRADOS = set()
FIRMA_DEL_MARCO = """marco => [
    ...[...document.styleSheets].map(hoja => hoja.href),
    ...marco.map(parte => document.querySelector(parte)?.outerHTML),
].join().replace(/<input type="hidden"[^>]*>| href="[^"]*"/g, "")"""

MIRAR = """async ([normas, menos]) => {
    const opciones = { ...normas, resultTypes: ["violations"], preload: false };
    const { violations } = await axe.run({ exclude: menos }, opciones);
    return violations.map(una => [una.id, una.nodes.map(nodo => nodo.html.slice(0, 160))]);
}"""


def violaciones(pagina, normas=NORMAS, menos=()) -> list[tuple[str, list[str]]]:
    """Cada norma que no se cumple, con los trozos de página que faltan a ella."""
    if not pagina.evaluate("'axe' in window"):
        pagina.evaluate(Axe().axe_script)
    return [tuple(falta) for falta in pagina.evaluate(MIRAR, [normas, list(menos)])]


def marco_ya_mirado(pagina) -> list[str]:
    """Las partes del marco, si otra página las trajo iguales; si no, ninguna."""
    firma = pagina.evaluate(FIRMA_DEL_MARCO, MARCO)
    if firma in MARCOS_MIRADOS:
        return MARCO
    MARCOS_MIRADOS.add(firma)
    return []


def se_desplaza_de_lado(pagina) -> bool:
    return pagina.evaluate("document.documentElement.scrollWidth > innerWidth")


def faltas(pagina) -> list[tuple]:
    """En un escritorio y en un teléfono, con los colores de siempre y en alto contraste.

    El alto contraste solo cambia colores, así que allí solo se miran los colores. El orden de los
    anchos es el que menos veces cambia el tamaño de la ventana.
    """
    # Sin transiciones, el contraste cambia de una vez.
    pagina.emulate_media(reduced_motion="reduce")
    marco, halladas = marco_ya_mirado(pagina), []
    for ancho, revisiones in [
        (ESCRITORIO, [(SIN_COLORES, []), (COLORES, marco)]),  # los títulos y regiones, con su marco
        (TELEFONO, [(NORMAS, marco)]),
    ]:
        pagina.set_viewport_size({"width": ancho, "height": 800})
        for normas, menos in revisiones:
            halladas += [(ancho, *falta) for falta in violaciones(pagina, normas, menos)]
        if se_desplaza_de_lado(pagina):
            halladas.append((ancho, "se desplaza de lado"))
    pagina.evaluate("document.documentElement.classList.add('contraste-alto')")
    for ancho in (TELEFONO, ESCRITORIO):
        pagina.set_viewport_size({"width": ancho, "height": 800})
        halladas += [(ancho, "alto contraste", *f) for f in violaciones(pagina, COLORES, marco)]
    return halladas
