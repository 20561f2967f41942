"""Las secciones del portal: una por eje estratégico y un micrositio por línea dinamizadora.

Los nombres son los de la Escuela de Secretarías y no se cambian. El texto es nuestro.
"""

from dataclasses import dataclass
from itertools import chain


@dataclass(frozen=True)
class Enlace:
    """Algo que la persona puede hacer hoy. La ruta es un nombre de URL o una dirección completa."""

    texto: str
    detalle: str
    ruta: str

    @property
    def es_externo(self) -> bool:
        return self.ruta.startswith("https://")


@dataclass(frozen=True)
class Dato:
    valor: str
    unidad: str
    fuente: str


@dataclass(frozen=True)
class Seccion:
    slug: str
    titulo: str  # lo que se lee primero del nombre
    complemento: str  # el resto, o nada
    verbo: str
    icono: str
    linea: str
    resumen: str
    parrafos: tuple[str, ...]
    para_quien: tuple[str, ...]
    hoy: tuple[Enlace, ...]
    datos: tuple[Dato, ...] = ()
    apps: frozenset = frozenset()
    es_micrositio: bool = False

    @property
    def nombre(self) -> str:
        return f"{self.titulo} {self.complemento}".strip()


BALANCE_2020 = "Balance 2020 del acompañamiento territorial"

EJES = (
    Seccion(
        slug="contactar-al-men",
        titulo="Quiero contactar al MEN",
        complemento="– Conéctate con el MEN",
        verbo="Participar en las sesiones",
        icono="dialogo",
        linea="Eje: asistencia, diálogo y construcción colectiva",
        resumen="Sesiones con los equipos del Ministerio: qué viene, qué se trató y quién participó.",
        parrafos=(
            "Conéctate con el MEN reúne a las secretarías y al Ministerio para resolver dudas, "
            "conocer orientaciones y construir respuestas juntos.",
            "Hay sesiones informativas, que presentan directivas y orientaciones. Hay sesiones de "
            "diálogo y construcción, que parten de lo que las secretarías necesitan. Y hay "
            "sesiones de orientación y cualificación para sus equipos.",
        ),
        para_quien=(
            "Secretarias y secretarios de educación.",
            "Equipos de planeación, calidad, cobertura, recursos humanos y primera infancia.",
            "Toda la comunidad educativa, en las sesiones abiertas.",
        ),
        hoy=(
            Enlace(
                "Ver las sesiones",
                "El calendario del año, con su tema, su fecha y sus materiales.",
                "conectate:sesiones",
            ),
        ),
        datos=(
            Dato("50", "sesiones en el año: 45 informativas y 5 de diálogo", BALANCE_2020),
            Dato("+23.000", "participantes", BALANCE_2020),
        ),
        apps=frozenset({"conectate"}),
    ),
    Seccion(
        slug="conectarme-y-compartir",
        titulo="Quiero conectarme",
        complemento="y compartir con otros",
        verbo="Aprender de otra secretaría",
        icono="compartir",
        linea="Eje: cooperación entre pares",
        resumen="Lo que una secretaría ya resolvió le sirve a otra.",
        parrafos=(
            "Las secretarías intercambian prácticas, iniciativas, conocimiento, capacidades y "
            "recursos. Nadie sabe más de un territorio que quien trabaja en él.",
            "El intercambio ocurre en encuentros regionales, en sesiones de diálogo y en el libro "
            "«El Territorio, La Gran Escuela», que recoge experiencias significativas contadas "
            "por las propias secretarías.",
        ),
        para_quien=(
            "Secretarías con una experiencia que otras puedan repetir.",
            "Secretarías que buscan cómo otra resolvió un problema parecido.",
        ),
        hoy=(
            Enlace(
                "Buscar encuentros y sesiones de diálogo",
                "Las sesiones en que las secretarías toman la palabra.",
                "conectate:sesiones",
            ),
        ),
        datos=(
            Dato("23", "experiencias innovadoras de 18 secretarías", BALANCE_2020),
            Dato("9", "encuentros regionales, con 85 secretarías", BALANCE_2020),
        ),
    ),
    Seccion(
        slug="aprender",
        titulo="Quiero aprender",
        complemento="",
        verbo="Llevar lo tratado a su equipo",
        icono="libro",
        linea="Eje: gestión de contenidos de valor",
        resumen="Materiales, grabaciones y temas para decidir mejor en su secretaría.",
        parrafos=(
            "Aquí se reúnen guías, orientaciones, presentaciones y herramientas que ayudan a los "
            "equipos de las secretarías a tomar decisiones.",
            "Cada sesión de Conéctate con el MEN deja sus materiales y su grabación. Los temas son "
            "los mismos en todo el portal: si sigue uno, encuentra todo lo que se ha dicho de él.",
        ),
        para_quien=(
            "Equipos técnicos de las secretarías.",
            "Rectoras, rectores y docentes que acompañan esos equipos.",
        ),
        hoy=(
            Enlace(
                "Consultar materiales por sesión",
                "Presentaciones y grabaciones, en la página de cada sesión.",
                "conectate:sesiones",
            ),
            Enlace(
                "Colombia Aprende",
                "El portal de contenidos educativos del Ministerio.",
                "https://www.colombiaaprende.edu.co/",
            ),
        ),
        datos=(
            Dato("10", "talleres pedagógicos grupales, con 1.013 asistentes", BALANCE_2020),
            Dato("96", "talleres financieros: uno por secretaría", BALANCE_2020),
        ),
    ),
    Seccion(
        slug="informarme",
        titulo="Quiero informarme",
        complemento="",
        verbo="Consultar cifras con su fuente",
        icono="cifras",
        linea="Eje: gestión de información",
        resumen="Datos de cada secretaría, con su fuente y su fecha.",
        parrafos=(
            "Decidir bien pide datos que se puedan comprobar. Cada cifra de este portal dice de "
            "dónde sale, qué cuenta y hasta qué fecha.",
            "La participación de cada secretaría se calcula sesión por sesión y se puede "
            "descargar en Excel y en CSV. Los indicadores oficiales de matrícula, cobertura y "
            "deserción están en los datos abiertos del Estado.",
        ),
        para_quien=(
            "Equipos de planeación y de cobertura.",
            "Quien necesite una cifra con su fuente: prensa, veedurías, universidades.",
        ),
        hoy=(
            Enlace(
                "Participación por sesión",
                "Cuántas secretarías estuvieron en cada sesión, de cuántas convocadas.",
                "conectate:sesiones",
            ),
            Enlace(
                "Estadísticas por municipio",
                "Cobertura, deserción, aprobación y repitencia, en datos abiertos.",
                "https://www.datos.gov.co/d/nudc-7mev",
            ),
            Enlace(
                "Estadísticas por departamento",
                "Las mismas medidas, en datos abiertos.",
                "https://www.datos.gov.co/d/ji8i-4anb",
            ),
        ),
    ),
)

MICROSITIOS = (
    Seccion(
        slug="juntos-lo-vamos-a-lograr",
        titulo="Juntos lo",
        complemento="Vamos a Lograr",
        verbo="Conocer el acompañamiento",
        icono="ruta",
        linea="Línea: acompañamiento técnico integral",
        resumen="Un equipo del Ministerio acompaña de cerca a cada secretaría.",
        parrafos=(
            "Las secretarías se organizan en grupos de trabajo. Cada grupo tiene un líder y un "
            "equipo del Ministerio que conoce su territorio y responde por el enlace.",
            "El acompañamiento incluye visitas, reuniones de seguimiento, lectura de planes y "
            "talleres con docentes y directivos. Lo que se acuerda queda como compromiso, con "
            "responsable y fecha.",
        ),
        para_quien=(
            "Todas las secretarías de educación certificadas.",
            "Los equipos del Ministerio que las acompañan.",
        ),
        hoy=(
            Enlace(
                "Ver talleres y encuentros",
                "Las sesiones de trabajo con los equipos de las secretarías.",
                "conectate:sesiones",
            ),
        ),
        datos=(
            Dato("20", "grupos de trabajo para 96 secretarías", BALANCE_2020),
            Dato("42", "planes de permanencia, en talleres con 82 secretarías", BALANCE_2020),
        ),
        es_micrositio=True,
    ),
    Seccion(
        slug="movemos-mas-alla",
        titulo="Movemos",
        complemento="más Allá",
        verbo="Sumar a la comunidad",
        icono="movilizar",
        linea="Línea: movilización social",
        resumen="La educación también la mueven las familias y los territorios.",
        parrafos=(
            "La transformación de la educación no la hace sola una secretaría. La mueven las "
            "familias, la comunidad educativa, las instituciones, la sociedad civil y los "
            "territorios.",
            "Esta línea los convoca a participar: a conocer lo que se propone, a decir lo que hace "
            "falta y a sostener lo que funciona.",
        ),
        para_quien=(
            "Familias y comunidad educativa.",
            "Alcaldías, gobernaciones y organizaciones que trabajan por la educación.",
        ),
        hoy=(
            Enlace(
                "Asistir a las sesiones abiertas",
                "Sesiones informativas para la comunidad educativa en general.",
                "conectate:sesiones",
            ),
        ),
        es_micrositio=True,
    ),
)

SECCIONES = tuple(chain(EJES, MICROSITIOS))
POR_SLUG = {seccion.slug: seccion for seccion in SECCIONES}
