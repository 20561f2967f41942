"""Lo que toda prueba de accesibilidad pregunta, en un solo sitio."""

from collections import defaultdict

from axe_playwright_python.sync_playwright import Axe

ETIQUETAS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
NORMAS = {"runOnly": ETIQUETAS}
SIN_COLORES = {**NORMAS, "rules": {"color-contrast": {"enabled": False}}}
COLORES = {"runOnly": {"type": "rule", "values": ["color-contrast"]}}
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
# El color de un texto lo deciden las hojas de estilo de la página y lo que lo contiene: lo ya
# mirado igual en otra página no se vuelve a mirar. Da lo que falta y las huellas de lo mirado.
MIRAR_COLORES = """async ([normas, vistas]) => {
    const yaVistas = new Set(vistas), nuevas = new Map();
    const PINTAN = /^(class|style|role|type|open|disabled|hidden|aria-.*|fill|stroke)$/;
    const hojas = [...document.styleSheets].map(hoja => hoja.href).join();
    const rasgos = nodo => [...nodo.attributes]
        .filter(a => PINTAN.test(a.name) && !/^aria-(label|describedby|controls)/.test(a.name))
        .map(a => a.name + "=" + a.value).join();
    const suma = (base, texto) => {
        for (let i = 0; i < texto.length; i++) base = (base * 31 + texto.charCodeAt(i)) | 0;
        return base;
    };
    const huellas = new Map([[null, suma(7, hojas)]]);
    const huella = nodo => {
        if (!huellas.has(nodo))
            huellas.set(nodo, suma(huella(nodo.parentElement), nodo.tagName + rasgos(nodo)));
        return huellas.get(nodo);
    };
    for (const nodo of document.body.querySelectorAll("*")) {
        const dice = [...nodo.childNodes].some(n => n.nodeType === 3 && n.data.trim());
        if (!dice && !/^(INPUT|SELECT|TEXTAREA)$/.test(nodo.tagName)) continue;
        const suya = huella(nodo);
        if (!yaVistas.has(suya) && !nuevas.has(suya)) nuevas.set(suya, nodo);
    }
    if (!nuevas.size) return [[], []];
    const opciones = { ...normas, resultTypes: ["violations"], preload: false };
    const { violations } = await axe.run({ include: [...nuevas.values()] }, opciones);
    return [
        violations.map(una => [una.id, una.nodes.map(nodo => nodo.html.slice(0, 160))]),
        [...nuevas.keys()],
    ];
}"""
COLORES_MIRADOS = defaultdict(set)  # por ancho y contraste


def violaciones(pagina, normas=NORMAS, menos=()) -> list[tuple[str, list[str]]]:
    """Cada norma que no se cumple, con los trozos de página que faltan a ella."""
    _con_axe(pagina)
    return [tuple(falta) for falta in pagina.evaluate(MIRAR, [normas, list(menos)])]


def colores(pagina, *modo) -> list[tuple[str, list[str]]]:
    """Lo que no contrasta, entre lo que ninguna otra página mostró igual en ese modo."""
    _con_axe(pagina)
    vistas = COLORES_MIRADOS[modo]
    faltas, nuevas = pagina.evaluate(MIRAR_COLORES, [COLORES, list(vistas)])
    if not faltas:
        vistas.update(nuevas)  # lo que falla, falla en todas las páginas donde está
    return [tuple(falta) for falta in faltas]


def _con_axe(pagina):
    if not pagina.evaluate("'axe' in window"):
        pagina.evaluate(Axe().axe_script)


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
        halladas += [(ancho, *falta) for falta in colores(pagina, ancho)]
        if se_desplaza_de_lado(pagina):
            halladas.append((ancho, "se desplaza de lado"))
    pagina.evaluate("document.documentElement.classList.add('contraste-alto')")
    for ancho in (TELEFONO, ESCRITORIO):
        pagina.set_viewport_size({"width": ancho, "height": 800})
        halladas += [(ancho, "alto contraste", *f) for f in colores(pagina, ancho, "alto")]
    return halladas
