"""El vocabulario con que se nombra una secretaría: siglas, niveles y palabras que no deciden."""

from enum import StrEnum


def _palabras(texto):
    return frozenset(texto.split())


class Nivel(StrEnum):
    MUNICIPAL = "municipal"  # «Secretaría de Educación Municipal», «SEM»: exige certificada
    ALCALDIA = "alcaldía"  # la hay en todo municipio, certificado o no
    DEPARTAMENTAL = "departamental"
    DEPARTAMENTO = "departamento"  # «Pasto, departamento de Nariño»: solo ubica
    SED = "sed"  # departamental o distrital
    DISTRITAL = "distrital"
    SECRETARIA = "secretaría"  # sin decir de qué nivel


# Marcas que por sí solas dicen «secretaría de educación» (o su gobierno) en un nombre visible.
SIGLAS = {
    ("sem",): Nivel.MUNICIPAL,
    ("s", "e", "m"): Nivel.MUNICIPAL,
    ("sed",): Nivel.SED,
    ("s", "e", "d"): Nivel.SED,
    ("se",): Nivel.SECRETARIA,
    ("s", "e"): Nivel.SECRETARIA,
    ("see",): Nivel.SECRETARIA,
    ("etc",): Nivel.SECRETARIA,
    ("gobernacion",): Nivel.DEPARTAMENTAL,
    ("gob",): Nivel.DEPARTAMENTAL,
    ("alcaldia",): Nivel.ALCALDIA,
}
# «Secretaría» y «educación», juntas y en cualquier forma, son una marca.
SECRETARIA = _palabras("secretaria secretarias sec secr secret sria secre subsecretaria subsec")
EDUCACION = _palabras("educacion educ edu educativa educacional")

NIVELES = {
    "municipal": Nivel.MUNICIPAL,
    "mpal": Nivel.MUNICIPAL,
    "mcpal": Nivel.MUNICIPAL,
    "municipalidad": Nivel.ALCALDIA,
    "municipio": Nivel.ALCALDIA,
    "mpio": Nivel.ALCALDIA,
    "mcpio": Nivel.ALCALDIA,
    "mun": Nivel.ALCALDIA,
    "alcaldia": Nivel.ALCALDIA,
    "departamental": Nivel.DEPARTAMENTAL,
    "dptal": Nivel.DEPARTAMENTAL,
    "deptal": Nivel.DEPARTAMENTAL,
    "departamento": Nivel.DEPARTAMENTO,
    "depto": Nivel.DEPARTAMENTO,
    "dpto": Nivel.DEPARTAMENTO,
    "dto": Nivel.DEPARTAMENTO,
    "distrital": Nivel.DISTRITAL,
    "distrito": Nivel.DISTRITAL,
    "dist": Nivel.DISTRITAL,
}

ENLACES = _palabras("de del d la las el los y e en a al para por")
# Dentro de un nombre se dejan caer sin cambiarlo: «Valle Cauca», «Guajira».
ARTICULOS = _palabras("de del la las el los")

# «Secretaría de Educación, Cultura y Deporte» es la de educación; «Secretaría de Cultura», no.
OTROS_SECTORES = _palabras(
    "gobierno administracion cultura deporte deportes recreacion juventud turismo ciencia "
    "tecnologia innovacion"
)
# No cambian de quién se habla; los otros sectores, solo si además se nombra la educación.
NEUTRAS_SIN_EDUCACION = SECRETARIA | _palabras(
    "entidad ente territorial certificada certificado colombia especial turistico cultural "
    "historico industrial portuario biodiverso ecoturistico empresarial logistico dtch dtyc deip "
    "dtc capital mayor sector"
)
NEUTRAS = NEUTRAS_SIN_EDUCACION | EDUCACION | OTROS_SECTORES
# Oficios y dependencias: con una marca delante («Cobertura SEM Pasto») tampoco cambian nada.
OFICIOS = _palabras(
    "oficina area equipo grupo despacho direccion subdireccion coordinacion calidad cobertura "
    "planeacion inspeccion vigilancia talento humano financiera financiero administrativa "
    "administrativo juridica simat profesional funcionario funcionaria lider jefe coordinador "
    "coordinadora director directora universitario universitaria apoyo tecnico tecnica "
    "contratista servidor servidora publico publica secretario subsecretario asesor asesora "
    "auxiliar delegado delegada representante nivel central"
)
# «D.C.», «D.T. y C.», «D.E.I.P.»: siglas de distrito que van tras el nombre.
COLETILLAS = (
    ("d", "t", "y", "c"),
    ("d", "t", "c", "h"),
    ("d", "e", "i", "p"),
    ("d", "t"),
    ("d", "c"),
    ("dc",),
)

# Ni entidad ni lugar: equivalen a no contestar.
VACIAS = frozenset(
    {
        "",
        "n a",
        "na",
        "no",
        "si",
        "no aplica",
        "no se",
        "ninguna",
        "ninguno",
        "ninguna de las anteriores",
        "no pertenezco",
        "otra",
        "otro",
        "x",
        "xx",
        "xxx",
        "privado",
        "privada",
        "particular",
        "independiente",
        "no tengo",
        "sin informacion",
        "s i",
        "nd",
        "n d",
        "nn",
        "null",
        "none",
        "nan",
        "pendiente",
    }
)

# Quien trabaja aquí no es de una secretaría, por mucho que el nombre lleve un lugar dentro.
OTRAS = _palabras(
    "universidad univ uni politecnico unad sena icbf icfes icetex oei unicef unesco fundacion "
    "corporacion sindicato fecode ministerio contraloria procuraduria personeria defensoria ong "
    "empresa hospital ese clinica camara senado congreso concejo asamblea ejercito policia "
    "cooperativa caja iglesia alianza consultoria"
)
# Estas sí son de una secretaría, pero falta saber de cuál: el lugar solo orienta.
COLEGIOS = _palabras(
    "colegio institucion institucional ie iem ied escuela liceo gimnasio normal jardin sede "
    "instituto centro rural"
)

# Lo que las herramientas ponen entre paréntesis y no habla de la persona.
ESTADOS = _palabras(
    "invitado invitada guest no comprobado unverified externo external usuario user anfitrion "
    "host organizador coorganizador organizer presentador presenter panelista panelist iphone "
    "ipad android movil celular telefono phone tablet pc laptop portatil galaxy samsung huawei "
    "xiaomi redmi motorola moto lenovo"
)

# Entidades cuyo nombre es también nombre o apellido: pegadas a una persona no dicen nada.
TAMBIEN_SON_PERSONAS = _palabras(
    "armenia florencia soledad cesar magdalena bello giron cordoba caldas bolivar sucre santander "
    "narino cartagena pereira mosquera palmira valle medellin estrella"
) | {"la estrella", "el cesar", "el valle"}
