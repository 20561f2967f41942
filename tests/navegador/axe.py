"""Lo que toda prueba de accesibilidad pregunta, en un solo sitio."""

from axe_playwright_python.sync_playwright import Axe

AXE = Axe().axe_script
ETIQUETAS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
NORMAS = {"runOnly": ETIQUETAS}
DE_COLOR = ["color-contrast", "link-in-text-block"]
SIN_COLORES = {**NORMAS, "rules": {norma: {"enabled": False} for norma in DE_COLOR}}
COLORES = {"runOnly": {"type": "rule", "values": DE_COLOR}}
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
# Si un texto contrasta lo deciden su tinta, su letra y lo que hay pintado debajo: lo que ya pasó en
# otra página, otro ancho u otro contraste no se vuelve a mirar. Da lo que falta y las huellas de lo
# que pasó; lo que axe no supo decir queda para la próxima página.
MIRAR_COLORES = """async ([normas, vistas]) => {
    const yaVistas = new Set(vistas), porMirar = new Map();
    const fondos = new Map([[null, ""]]);
    const fondo = nodo => {
        if (!fondos.has(nodo)) {
            const e = getComputedStyle(nodo);
            const suelto = /absolute|fixed|sticky/.test(e.position) ? nodo.className : "";
            const pinta = [e.backgroundColor, e.backgroundImage, e.opacity, suelto].join(" ");
            const nada = pinta === "rgba(0, 0, 0, 0) none 1 ";
            fondos.set(nodo, fondo(nodo.parentElement) + (nada ? "" : pinta + "|"));
        }
        return fondos.get(nodo);
    };
    const huella = nodo => {
        const e = getComputedStyle(nodo), alrededor = getComputedStyle(nodo.parentElement).color;
        const letra = [e.fontSize, e.fontWeight, e.textShadow, e.textDecorationLine];
        return [fondo(nodo), e.color, alrededor, ...letra, nodo.tagName === "A"].join();
    };
    // De lo apagado, lo que asoma fuera y lo que va sobre una imagen, axe nunca dice que falte.
    const seLee = nodo => {
        const caja = nodo.getBoundingClientRect();
        return nodo.checkVisibility({ visibilityProperty: true }) && caja.width > 1
            && caja.bottom > 0 && getComputedStyle(nodo).backgroundImage === "none"
            && !nodo.closest("[aria-hidden=true], [aria-disabled=true], :disabled");
    };
    const ESCRIBE = "select, textarea, input:not([type=checkbox], [type=radio], [type=hidden])";
    for (const nodo of document.body.querySelectorAll("*")) {
        const dice = [...nodo.childNodes].some(n => n.nodeType === 3 && n.data.trim().length > 1);
        if (!(dice || nodo.matches(ESCRIBE)) || !seLee(nodo)) continue;
        const suya = huella(nodo);
        if (!yaVistas.has(suya) && !porMirar.has(suya)) porMirar.set(suya, nodo);
    }
    if (!porMirar.size) return [[], []];
    const opciones = { ...normas, elementRef: true, preload: false };
    const { violations, passes } = await axe.run({ include: [...porMirar.values()] }, opciones);
    const pasaron = new Set(passes.flatMap(una => una.nodes.map(nodo => nodo.element)));
    return [
        violations.map(una => [una.id, una.nodes.map(nodo => nodo.html.slice(0, 160))]),
        [...porMirar].filter(([, nodo]) => pasaron.has(nodo)).map(([suya]) => suya),
    ];
}"""
COLORES_QUE_PASAN = set()


def violaciones(pagina, normas=NORMAS, menos=()) -> list[tuple[str, list[str]]]:
    """Cada norma que no se cumple, con los trozos de página que faltan a ella."""
    _con_axe(pagina)
    return [tuple(falta) for falta in pagina.evaluate(MIRAR, [normas, list(menos)])]


def colores(pagina) -> list[tuple[str, list[str]]]:
    """Lo que no contrasta, entre lo que ninguna otra página mostró igual."""
    _con_axe(pagina)
    faltas, pasaron = pagina.evaluate(MIRAR_COLORES, [COLORES, list(COLORES_QUE_PASAN)])
    if not faltas:
        COLORES_QUE_PASAN.update(pasaron)  # lo que falla, falla en todas las páginas donde está
    return [tuple(falta) for falta in faltas]


def _con_axe(pagina):
    """Se le da una vez a la pestaña: las páginas que abra después ya lo traen."""
    if not pagina.evaluate("'axe' in window"):
        pagina.add_init_script(AXE)
        pagina.evaluate(AXE)


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
    for ancho, menos in [
        (ESCRITORIO, []),  # los títulos y regiones, con su marco
        (TELEFONO, marco),
    ]:
        pagina.set_viewport_size({"width": ancho, "height": 800})
        halladas += [(ancho, *falta) for falta in violaciones(pagina, SIN_COLORES, menos)]
        halladas += [(ancho, *falta) for falta in colores(pagina)]
        if se_desplaza_de_lado(pagina):
            halladas.append((ancho, "se desplaza de lado"))
    pagina.evaluate("document.documentElement.classList.add('contraste-alto')")
    for ancho in (TELEFONO, ESCRITORIO):
        pagina.set_viewport_size({"width": ancho, "height": 800})
        halladas += [(ancho, "alto contraste", *f) for f in colores(pagina)]
    return halladas
