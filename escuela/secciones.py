"""Las secciones del portal: una por eje estratégico y un micrositio por línea dinamizadora.

Los nombres son los de la Escuela de Secretarías y no se cambian. Una sección con `ruta` entra por
ella; las demás tienen su texto en templates/secciones/, con su mismo slug.
"""

from dataclasses import dataclass

from django.urls import reverse

from escuela.direcciones import direccion_fija

# Lo que la biblioteca presta a todo el portal: ninguna sección se marca por estar ahí.
DE_TODO_EL_PORTAL = {
    *("juntos", "movemos", "pagina", "politicas", "politica", "ayuda", "pagina-de-ayuda"),
    *("versiones-de-pagina", "version-de-pagina", "paginas", "nueva-pagina", "editar-pagina"),
    *("imagenes", "nueva-imagen", "glosario", "termino", "nuevo-termino", "editar-termino"),
    *("buscar", "busquedas-sin-resultados", "temas", "tema"),
}


@dataclass(frozen=True)
class Seccion:
    slug: str
    titulo: str  # lo que se lee primero del nombre
    complemento: str  # el resto, o nada
    verbo: str
    resumen: str
    linea: str
    icono: str
    ruta: str = ""  # su entrada; sin ella, la página de templates/secciones/
    que_es: str = ""  # la página escrita que la explica, si no es su entrada
    apps: frozenset = frozenset()
    es_micrositio: bool = False

    def contiene(self, pagina) -> bool:
        """Si la página (lo que halló el enrutador) es de esta sección."""
        if pagina.url_name == "seccion":
            return pagina.kwargs["slug"] == self.slug
        de_todos = pagina.app_name == "contenidos" and pagina.url_name in DE_TODO_EL_PORTAL
        es_de_su_app = pagina.app_name in self.apps and not de_todos
        return pagina.view_name in (self.ruta, self.que_es) or es_de_su_app

    @property
    def nombre(self) -> str:
        return f"{self.titulo} {self.complemento}".strip()

    def get_absolute_url(self) -> str:
        return direccion_fija(self.ruta) if self.ruta else reverse("seccion", args=[self.slug])

    @property
    def plantilla(self) -> str:
        return f"secciones/{self.slug}.html"


EJES = (
    Seccion(
        slug="contactar-al-men",
        titulo="Quiero contactar al MEN",
        complemento="– Conéctate con el MEN",
        verbo="Participar en una sesión",
        resumen="Encuentros con el Ministerio: qué viene, qué se trató y quién participó.",
        linea="Asistencia, diálogo y construcción colectiva",
        icono="dialogo",
        ruta="conectate:entrada",
        apps=frozenset({"conectate"}),
    ),
    Seccion(
        slug="conectarme-y-compartir",
        titulo="Quiero conectarme",
        complemento="y compartir con otros",
        verbo="Conocer a otra secretaría",
        resumen="Lo que una secretaría ya resolvió le sirve a otra.",
        linea="Cooperación entre pares",
        icono="compartir",
    ),
    Seccion(
        slug="aprender",
        titulo="Quiero aprender",
        complemento="",
        verbo="Llevar lo tratado a su equipo",
        resumen="Guías, formatos, videos y herramientas, que se encuentran en segundos.",
        linea="Gestión de contenidos de valor",
        icono="libro",
        ruta="contenidos:entrada",
        apps=frozenset({"contenidos"}),
    ),
    Seccion(
        slug="informarme",
        titulo="Quiero informarme",
        complemento="",
        verbo="Consultar una cifra",
        resumen="Datos de cada secretaría, con su fuente y su fecha.",
        linea="Gestión de información",
        icono="cifras",
        ruta="indicadores:entrada",
        apps=frozenset({"indicadores"}),
    ),
)

MICROSITIOS = (
    Seccion(
        slug="juntos-lo-vamos-a-lograr",
        titulo="Juntos lo",
        complemento="Vamos a Lograr",
        verbo="Conocer el acompañamiento",
        resumen="Un equipo del Ministerio acompaña de cerca a cada secretaría.",
        linea="Acompañamiento técnico integral",
        icono="ruta",
        ruta="acompanamiento:entrada",
        que_es="contenidos:juntos",
        apps=frozenset({"acompanamiento"}),
        es_micrositio=True,
    ),
    Seccion(
        slug="movemos-mas-alla",
        titulo="Movemos",
        complemento="más Allá",
        verbo="Sumar a la comunidad",
        resumen="La educación también la mueven las familias y los territorios.",
        linea="Movilización social",
        icono="movilizar",
        ruta="contenidos:movemos",
        es_micrositio=True,
    ),
)

SECCIONES = EJES + MICROSITIOS
POR_SLUG = {seccion.slug: seccion for seccion in SECCIONES}
