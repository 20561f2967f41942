"""Lo que toda prueba de accesibilidad pregunta, en un solo sitio."""

from axe_playwright_python.sync_playwright import Axe

NORMAS = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
COLORES = {"runOnly": {"type": "rule", "values": ["color-contrast"]}}
ANCHOS = (360, 1280)


MIRAR = """async normas => {
    const { violations } = await axe.run(document, { ...normas, resultTypes: ["violations"] });
    return violations.map(una => [una.id, una.nodes.map(nodo => nodo.html.slice(0, 160))]);
}"""


def violaciones(pagina, normas=NORMAS) -> list[tuple[str, list[str]]]:
    """Cada norma que no se cumple, con los trozos de página que faltan a ella."""
    if not pagina.evaluate("'axe' in window"):
        pagina.evaluate(Axe().axe_script)
    return [tuple(falta) for falta in pagina.evaluate(MIRAR, normas)]


def se_desplaza_de_lado(pagina) -> bool:
    return pagina.evaluate("document.documentElement.scrollWidth > innerWidth")


def faltas(pagina) -> list[tuple]:
    """En un teléfono y en un escritorio, con los colores de siempre y en alto contraste.

    El alto contraste solo cambia colores, así que allí solo se miran los colores.
    """
    # Sin transiciones, el contraste cambia de una vez.
    pagina.emulate_media(reduced_motion="reduce")
    halladas = []
    for ancho in ANCHOS:
        pagina.set_viewport_size({"width": ancho, "height": 800})
        halladas += [(ancho, *falta) for falta in violaciones(pagina)]
        if se_desplaza_de_lado(pagina):
            halladas.append((ancho, "se desplaza de lado"))
    pagina.evaluate("document.documentElement.classList.add('contraste-alto')")
    for ancho in ANCHOS:
        pagina.set_viewport_size({"width": ancho, "height": 800})
        halladas += [(ancho, "alto contraste", *f) for f in violaciones(pagina, COLORES)]
    return halladas
