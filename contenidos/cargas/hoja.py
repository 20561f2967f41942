"""Leer la hoja: cada fila, lo que dice y lo que le falta para ser un contenido."""

import re
from dataclasses import dataclass, field
from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils import timezone
from django.utils.text import slugify

from contenidos.cargas.columnas import OBLIGATORIAS, POR_TITULO, TITULOS
from contenidos.models import Audiencia, Clase, Contenido, Eje, Nivel, Tema
from territorio.texto import normalizar
from trabajos.hojas.leer import LibroIlegible, leer_hojas

FILAS_MAXIMAS = 1_000
FILAS_ANTES_DEL_ENCABEZADO = 10
DESDE = 1900
FORMAS_DE_FECHA = ("%Y-%m-%d", "%d/%m/%Y", "%Y-%m-%d %H:%M:%S")
SI, NO = {"si", "x", "true", "1"}, {"no", "false", "0", ""}
LARGOS = {
    "titulo": Contenido._meta.get_field("titulo").max_length,
    "resumen": Contenido._meta.get_field("resumen").max_length,
    "autor": 160,
    "enlace": 500,
}


class HojaInservible(Exception):
    """No se puede usar entera. El mensaje lo lee la persona."""


@dataclass
class Fila:
    """`campos` es lo que recibe `crear_contenido`; los archivos van por su nombre en el ZIP."""

    numero: int
    titulo: str = ""
    campos: dict = field(default_factory=dict)
    relaciones: dict = field(default_factory=dict)
    autor: str = ""
    archivo: str = ""
    subtitulos: str = ""
    motivos: list[str] = field(default_factory=list)

    @property
    def clave(self) -> tuple:
        """Lo que hace que dos filas hablen del mismo contenido."""
        clase = self.campos.get("clase")
        return normalizar(self.titulo), clase and clase.pk, self.campos.get("vigencia")


def leer_filas(datos: bytes) -> list[Fila]:
    try:
        hojas = leer_hojas(datos)
    except LibroIlegible as error:
        raise HojaInservible(error.mensaje) from error
    columnas, filas = _tabla(hojas)
    con_algo = [(n, celdas) for n, celdas in filas if any(celda.strip() for celda in celdas)]
    if not con_algo:
        raise HojaInservible("La hoja no trae ninguna fila. Llénela y vuelva a subirla.")
    if len(con_algo) > FILAS_MAXIMAS:
        raise HojaInservible(
            f"La hoja trae {len(con_algo)} filas y se reciben hasta {FILAS_MAXIMAS}. Divídala en "
            "varias y súbalas una por una."
        )
    catalogos = _Catalogos()
    return [_fila(n, celdas, columnas, catalogos) for n, celdas in con_algo]


def _tabla(hojas):
    """La primera que tenga los títulos: puede ir tras un membrete o después de otra hoja."""
    for _, filas in hojas:
        for n, celdas in enumerate(filas[:FILAS_ANTES_DEL_ENCABEZADO]):
            columnas = {
                posicion: POR_TITULO[titulo]
                for posicion, celda in enumerate(celdas)
                if (titulo := normalizar(celda.replace("*", ""))) in POR_TITULO
            }
            if "titulo" in columnas.values() and len(columnas) > 1:
                _exigir_columnas(columnas)
                return columnas, list(enumerate(filas[n + 1 :], n + 2))
    raise HojaInservible(
        "No se encontraron los títulos de las columnas. Descargue la plantilla, pase ahí sus "
        "datos y suba esa hoja."
    )


def _exigir_columnas(columnas):
    if faltan := [TITULOS[clave] for clave in OBLIGATORIAS if clave not in columnas.values()]:
        raise HojaInservible(
            f"A la hoja le falta {'la columna' if len(faltan) == 1 else 'estas columnas:'} "
            f"«{'», «'.join(faltan)}». Descargue la plantilla y complétela."
        )


def _fila(numero, celdas, columnas, catalogos):
    textos = dict.fromkeys(TITULOS, "")
    for posicion, clave in columnas.items():
        if posicion < len(celdas):
            textos[clave] = " ".join(celdas[posicion].split())
    fila = Fila(
        numero=numero,
        titulo=textos["titulo"],
        autor=textos["autor"],
        archivo=textos["archivo"],
        subtitulos=textos["subtitulos"],
    )
    fila.motivos += [f"Falta «{TITULOS[clave]}»." for clave in OBLIGATORIAS if not textos[clave]]
    fila.motivos += [
        f"«{TITULOS[clave]}» pasa de {largo} letras. Acórtelo."
        for clave, largo in LARGOS.items()
        if len(textos[clave]) > largo
    ]
    for clave, leer in _LECTORES.items():
        _leer(fila, clave, textos[clave], lambda texto, leer=leer: leer(texto, catalogos))
    fila.campos |= {clave: textos[clave] for clave in ("titulo", "resumen")}
    _exigir_que_haya_que_leer(fila)
    return fila


def _leer(fila, clave, texto, leer):
    if not texto:
        return
    try:
        valor = leer(texto)
    except ValidationError as error:
        fila.motivos.extend(error.messages)
        return
    (fila.relaciones if clave in ("temas", "audiencias", "niveles") else fila.campos)[clave] = valor


def _exigir_que_haya_que_leer(fila):
    clase, enlace = fila.campos.get("clase"), fila.campos.get("enlace", "")
    if clase is not None and clase.es_enlace and not enlace:
        fila.motivos.append("Es un enlace: escriba su dirección en «Enlace».")
    elif not fila.archivo and not enlace:
        fila.motivos.append("Escriba el nombre de su archivo en «Archivo», o su «Enlace».")
    if fila.archivo and enlace:
        fila.motivos.append("Trae archivo y enlace: deje solo uno.")
    if fila.subtitulos and not fila.archivo:
        fila.motivos.append("El archivo de subtítulos acompaña al de un video: falta «Archivo».")


# ── Lo que dice cada celda ────────────────────────────────────────────────────────────────────


class _Catalogos:
    """Lo que hay para escoger, por sus nombres sin tildes. Se lee una vez por hoja."""

    def __init__(self):
        self.clases = {}
        for clase in Clase.objects.filter(activa=True):
            for nombre in (clase.plural, clase.nombre, clase.clave):
                self.clases[normalizar(nombre)] = clase
        self.temas = {tema.nombre_norm: tema for tema in Tema.objects.activos()}
        # De un nombre que se usó en dos épocas, el que rige.
        self.ejes = _por_nombre(Eje.objects.filter(hasta__isnull=False))
        self.ejes |= _por_nombre(Eje.objects.vigentes())
        self.audiencias = _por_nombre(Audiencia.objects.all())
        self.niveles = _por_nombre(Nivel.objects.all())


def _por_nombre(consulta):
    return {normalizar(uno.nombre): uno for uno in consulta}


def _uno(que, texto, opciones):
    try:
        return opciones[normalizar(texto)]
    except KeyError:
        raise ValidationError(
            f"{que}: «{texto}» no está en el portal. Escójalo de la lista de la plantilla.",
            code="no_esta_en_la_lista",
        ) from None


def _varios(que, texto, opciones):
    partes = [parte.strip() for parte in re.split(r"[;|\n]", texto) if parte.strip()]
    return list(dict.fromkeys(_uno(que, parte, opciones) for parte in partes))


def _tema(texto, temas):
    """También por el nombre que tuvo antes de renombrarse o fundirse."""
    if tema := temas.get(normalizar(texto)):
        return tema
    return Tema.objects.activos().con_direccion(slugify(texto)).first()


def _temas(texto, catalogos):
    partes = [parte.strip() for parte in re.split(r"[;|\n]", texto) if parte.strip()]
    hallados = {parte: _tema(parte, catalogos.temas) for parte in partes}
    if desconocidos := [parte for parte, tema in hallados.items() if tema is None]:
        raise ValidationError(
            f"Temas: «{'», «'.join(desconocidos)}» no está en el portal. Use los de la plantilla.",
            code="no_esta_en_la_lista",
        )
    return list(dict.fromkeys(hallados.values()))


def _de_las_opciones(que, opciones):
    por_nombre = {normalizar(rotulo): valor for valor, rotulo in opciones.choices}
    por_nombre |= {normalizar(valor): valor for valor in opciones.values}

    return lambda texto, _: _uno(que, texto, por_nombre)


def _vigencia(texto, _):
    hasta = timezone.localdate().year + 1
    if not re.fullmatch(r"[0-9]{4}", texto) or not DESDE <= int(texto) <= hasta:
        raise ValidationError(
            f"Año: «{texto}» no es un año entre {DESDE} y {hasta}.", code="vigencia_imposible"
        )
    return int(texto)


def _fecha(texto, _) -> date:
    for forma in FORMAS_DE_FECHA:
        try:
            return datetime.strptime(texto, forma).date()
        except ValueError:
            continue
    raise ValidationError(
        f"Revisar el: «{texto}» no es una fecha. Escríbala día/mes/año.", code="fecha_imposible"
    )


def _si_o_no(texto, _):
    respuesta = normalizar(texto)
    if respuesta not in SI | NO:
        raise ValidationError("Tiene subtítulos: escriba sí o no.", code="ni_si_ni_no")
    return respuesta in SI


def _enlace(texto, _):
    try:
        URLValidator(schemes=["http", "https"])(texto)
    except ValidationError:
        raise ValidationError(
            f"Enlace: «{texto}» no es una dirección completa. Empiece por https://",
            code="enlace_imposible",
        ) from None
    return texto


def _visibilidad(texto, _):
    posibles = set(Contenido.Visibilidad) - {Contenido.Visibilidad.PRESTADA}
    return _uno("Quién lo ve", texto, {normalizar(uno.label): uno.value for uno in posibles})


_LECTORES = {
    "clase": lambda texto, c: _uno("Clase", texto, c.clases),
    "vigencia": _vigencia,
    "enlace": _enlace,
    "temas": _temas,
    "eje": lambda texto, c: _uno("Eje o línea", texto, c.ejes),
    "audiencias": lambda texto, c: _varios("Para quién", texto, c.audiencias),
    "niveles": lambda texto, c: _varios("Niveles", texto, c.niveles),
    "licencia": _de_las_opciones("Licencia", Contenido.Licencia),
    "idioma": _de_las_opciones("Idioma", Contenido.Idioma),
    "visibilidad": _visibilidad,
    "tiene_subtitulos": _si_o_no,
    "revisar_el": _fecha,
}
