"""Leer fechas y horas como las escriben las herramientas, con un solo orden por archivo."""

import re
from collections.abc import Iterable
from datetime import date, datetime, time, timedelta

from conectate.lectura.memoria import Memoria

DE_BOGOTA_A_UTC = timedelta(hours=5)
EPOCA_DE_EXCEL = datetime(1899, 12, 30)

ESPACIOS = str.maketrans({**dict.fromkeys("\u202f\u00a0\u2009\u2007\u200a\u3000", " "), "−": "-"})
INVISIBLES = str.maketrans(dict.fromkeys("\u200e\u200f\u200b\ufeff\u202a\u202c"))

FECHA = re.compile(r"(?<!\d)(\d{1,4})([/.\-])(\d{1,2})\2(\d{2,4})(?!\d)")
HORA = re.compile(r"(\d{1,2})[:h](\d{2})(?::(\d{2})(?:[.,]\d+)?)?\s*(.*)")
ZONA = re.compile(r"(?:utc|gmt)?\s*([+-])(\d{1,2}):?(\d{2})?$")
MES_Y_DIA = re.compile(r"([a-z]{3,10})\.? (\d{1,2})(?:st|nd|rd|th)?,? (\d{4})")
DIA_Y_MES = re.compile(r"(\d{1,2})[ -](?:de )?([a-z]{3,10})\.?,?[ -](?:de |del )?(\d{4})")
SERIE_DE_EXCEL = re.compile(r"[3-7]\d{4}(?:\.\d+)?")
FECHA_ISO = re.compile(r"(?<!\d)(20\d\d)[-_.]?(\d\d)[-_.]?(\d\d)(?!\d)")

MESES = {
    nombre: numero
    for numero, nombres in enumerate(
        (
            "ene jan enero january janeiro",
            "feb fev febrero february fevereiro",
            "mar marzo march marco",
            "abr apr abril april",
            "may mai mayo maio",
            "jun junio june junho",
            "jul julio july julho",
            "ago aug agosto august",
            "sep sept set septiembre setiembre september setembro",
            "oct out octubre october outubro",
            "nov noviembre november novembro",
            "dic dec dez diciembre december dezembro",
        ),
        start=1,
    )
    for nombre in nombres.split()
}

# Lo que puede seguir a la hora sin cambiarla.
DE_AQUI = {"", "h", "hs", "hrs", "horas", "cot", "est", "bogota", "americabogota", "horadecolombia"}

POSICIONES = {"dma": (2, 1, 0), "mda": (2, 0, 1), "amd": (0, 1, 2), "adm": (0, 2, 1)}
MAX_RECORDADAS = 200_000


class Calendario:
    """Convierte textos en fechas, con un orden de día y mes decidido una vez para todo el archivo.

    Recuerda lo ya leído: un archivo grande repite las mismas horas miles de veces.
    """

    def __init__(
        self,
        textos: Iterable[str] = (),
        *,
        dia: date | None = None,
        pista: date | None = None,
        de_excel: bool = False,
        orden: str | None = None,
    ):
        self.ambiguo = self.invertido = self.contradictorio = False
        self.lecturas_posibles: list[date] = []
        self.momentos = Memoria(self._por_partes, tope=MAX_RECORDADAS)
        self._dias: dict[str, datetime | None] = {}
        self._horas: dict[str, timedelta | None] = {}
        self._enteros: dict[str, datetime | None] = {}
        self._mitades: dict[str, int | None] = {}
        self.orden = orden or self._decidir(textos, dia, pista, de_excel)

    def __call__(self, texto: str) -> datetime | None:
        """La fecha y hora de Bogotá, o None si no la hay completa."""
        return self.momentos[texto]

    def _por_partes(self, texto: str) -> datetime | None:
        """El día y la hora por separado: de cada uno hay muchas menos maneras de escribirlo."""
        dia, _, hora = texto.partition(" ")
        base = self._dias.get(dia)
        if base is not None:
            desde = self._horas.get(hora) or self._hora_con_segundos(hora)
            if desde is not None:
                return base + desde
        return self._leer(texto)

    def en_utc(self, texto: str) -> datetime | None:
        """Para las columnas que dicen «(UTC)»."""
        momento = self(texto)
        return momento and momento - DE_BOGOTA_A_UTC

    @property
    def dias(self) -> set[date]:
        """Los días que de verdad se leyeron."""
        leidos = [*self._dias.values(), *self._enteros.values()]
        return {momento.date() for momento in leidos if momento}

    def _leer(self, texto: str) -> datetime | None:
        if texto in self._enteros:
            return self._enteros[texto]
        limpio = limpiar(texto)
        dia, _, hora = limpio.partition(" ")
        base, desde = self._dia(dia), self._hora(hora)
        if base is not None and desde is not None:
            # La próxima vez se hallará sin limpiar.
            dia, _, hora = texto.partition(" ")
            if self._dia(dia) == base:
                self._horas.setdefault(hora, desde)
            return base + desde
        momento = self._leer_despacio(limpio)
        if len(self._enteros) < MAX_RECORDADAS:
            self._enteros[texto] = momento
        return momento

    def _dia(self, texto: str) -> datetime | None:
        if texto not in self._dias:
            partes = FECHA.fullmatch(texto.rstrip(","))
            momento = partes and self._fecha(partes)
            if not momento:
                return None
            self._dias[texto] = momento
        return self._dias[texto]

    def _hora(self, texto: str) -> timedelta | None:
        if texto not in self._horas:
            desde = leer_hora(texto)
            if desde is None or len(self._horas) > MAX_RECORDADAS:
                return desde
            self._horas[texto] = desde
        return self._horas[texto]

    def _hora_con_segundos(self, texto: str) -> timedelta | None:
        """El camino corto para «9:15:32 AM» y «21:15:32»: solo enteros."""
        trozos = texto.split(":")
        if len(trozos) != 3:
            return None
        hora, minuto, cola = trozos
        mitad = self._mitad_del_dia(cola[2:])
        if mitad is None or not (hora.isdecimal() and minuto.isdecimal() and cola[:2].isdecimal()):
            return None
        horas = int(hora) if mitad < 0 else int(hora) % 12 + mitad
        if (mitad >= 0 and int(hora) > 12) or len(self._horas) > MAX_RECORDADAS:
            return None
        desde = timedelta(hours=horas, minutes=int(minuto), seconds=int(cola[:2]))
        self._horas[texto] = desde
        return desde

    def _mitad_del_dia(self, cola: str) -> int | None:
        """-1 si es reloj de 24 horas, 0 por la mañana, 12 por la tarde; None si dice otra cosa."""
        if cola not in self._mitades:
            letras = limpiar(cola).lower().replace(".", "").replace(" ", "")
            self._mitades[cola] = {"": -1, "am": 0, "pm": 12}.get(letras)
        return self._mitades[cola]

    def _fecha(self, partes: re.Match) -> datetime | None:
        numeros = (int(partes[1]), int(partes[3]), int(partes[4]))
        propio = _orden_evidente(partes)
        if propio == "amd" and self.invertido:
            propio = "adm"
        preferido, otro = ("mda", "dma") if self.orden == "mda" else ("dma", "mda")
        if propio:
            return _armar(numeros, propio) or (_armar(numeros, "amd") if propio == "adm" else None)
        return _armar(numeros, preferido) or _armar(numeros, otro)

    def _leer_despacio(self, texto: str) -> datetime | None:
        """Meses con nombre, ISO con «T», números de serie de Excel y días de la semana delante."""
        texto = texto.lower().replace("ç", "c")
        if SERIE_DE_EXCEL.fullmatch(texto):
            dias = timedelta(days=float(texto))
            return EPOCA_DE_EXCEL + timedelta(seconds=round(dias.total_seconds()))
        if partes := FECHA.search(texto):
            base = self._fecha(partes)
        else:
            partes, base = _fecha_con_mes(texto)
        if not base:
            return None
        resto = texto[partes.end() :].lstrip(" ,t")
        desde = leer_hora(resto) if resto else timedelta(0)
        return None if desde is None else base + desde

    def _decidir(
        self, textos: Iterable[str], dia: date | None, pista: date | None, de_excel: bool
    ) -> str | None:
        """Un componente mayor que 12 manda; si no, la fecha de la sesión; si no, se avisa."""
        textos = list(dict.fromkeys(textos))
        fechas = [partes for texto in _distintas(textos) if (partes := FECHA.search(texto))]
        if not fechas:
            return None
        evidentes = {_orden_evidente(partes) for partes in fechas}
        dudosas = [
            (int(partes[1]), int(partes[3]), int(partes[4]))
            for partes in fechas
            if _orden_evidente(partes) is None
        ]
        self.invertido = de_excel and _excel_invirtio(fechas, dia)
        if not dudosas:
            return "amd" if evidentes == {"amd"} else "dma"
        mayores = {
            orden
            for primero, segundo, _ in dudosas
            for orden, numero in (("dma", primero), ("mda", segundo))
            if numero > 12
        }
        if len(mayores) == 1:
            return mayores.pop()
        self.contradictorio = len(mayores) > 1
        return self._por_el_dia(dudosas, dia or pista) or self._por_costumbre(dudosas, textos)

    def _por_el_dia(self, dudosas: list[tuple], dia: date | None) -> str | None:
        if not dia:
            return None
        # En UTC, una sesión de la tarde cae al día siguiente.
        buscados = {dia, dia + timedelta(days=1)}
        aciertos = {
            orden: sum(
                (momento := _armar(numeros, orden)) is not None and momento.date() in buscados
                for numeros in dudosas
            )
            for orden in ("dma", "mda")
        }
        if aciertos["dma"] == aciertos["mda"]:
            return None
        return max(aciertos, key=aciertos.get)

    def _por_costumbre(self, dudosas: list[tuple], textos: Iterable[str]) -> str:
        """Sin nada que decida: AM/PM a la inglesa suele ir con el mes delante. Se avisa."""
        distintas = [numeros for numeros in dudosas if numeros[0] != numeros[1]]
        self.ambiguo = bool(distintas)
        opciones = (_armar(numeros, o) for numeros in distintas[:1] for o in ("dma", "mda"))
        self.lecturas_posibles = [momento.date() for momento in opciones if momento]
        muestra = next((texto for texto in textos if FECHA.search(texto)), "")
        return "mda" if re.search(r"\d ?[AP]M\b", muestra) else "dma"


def limpiar(texto: str) -> str:
    """Espacios de toda clase a uno solo; sin comillas ni marcas invisibles."""
    return " ".join(texto.translate(ESPACIOS).translate(INVISIBLES).strip(" \"'").split())


def leer_hora(texto: str) -> timedelta | None:
    """«9:15:32 a. m. GMT-5», «21:04», «12:05 AM»… desde la medianoche, en hora de Bogotá."""
    partes = HORA.fullmatch(limpiar(texto).lower())
    if not partes:
        return None
    hora, minuto, segundo = int(partes[1]), int(partes[2]), int(partes[3] or 0)
    cola = partes[4].replace(".", "").replace(" ", "")
    if cola[:2] in ("pm", "am"):
        hora = hora % 12 + (12 if cola[0] == "p" else 0) if hora <= 12 else hora
        cola = cola[2:]
    elif cola[:1] in ("p", "a") and len(cola) == 1:
        hora = hora % 12 + (12 if cola == "p" else 0)
        cola = ""
    if hora > 24 or minuto > 59 or segundo > 59:
        return None
    desfase = _desfase(cola.removeprefix("(").removesuffix(")"))
    if desfase is None:
        return None
    return timedelta(hours=hora, minutes=minuto, seconds=segundo) + desfase


def hora_del_dia(texto: str) -> time | None:
    """Solo para textos que son una hora y nada más, como los de Meet."""
    desde = leer_hora(texto)
    return None if desde is None else (datetime.min + desde % timedelta(days=1)).time()


def fecha_del_nombre(nombre: str) -> date | None:
    """La fecha año-mes-día que a veces lleva el nombre del archivo. Orienta; no decide."""
    for partes in FECHA_ISO.finditer(nombre):
        try:
            return date(int(partes[1]), int(partes[2]), int(partes[3]))
        except ValueError:
            continue
    return None


def _desfase(cola: str) -> timedelta | None:
    """Lo que hay que sumar para llegar a Bogotá; cero si no dice zona, None si no se entiende."""
    if cola in DE_AQUI:
        return timedelta(0)
    if cola in ("utc", "gmt", "z"):
        return -DE_BOGOTA_A_UTC
    partes = ZONA.fullmatch(cola)
    if not partes:
        return None
    zona = timedelta(hours=int(partes[2]), minutes=int(partes[3] or 0))
    return -DE_BOGOTA_A_UTC - (zona if partes[1] == "+" else -zona)


def _distintas(textos: Iterable[str]) -> set[str]:
    return {texto.partition(" ")[0] if texto[:1].isdigit() else texto for texto in textos}


def _orden_evidente(partes: re.Match) -> str | None:
    """Con el año delante o con puntos no hay duda."""
    if len(partes[1]) == 4:
        return "amd"
    return "dma" if partes[2] == "." else None


def _armar(numeros: tuple[int, int, int], orden: str) -> datetime | None:
    vigencia, mes, dia = (numeros[posicion] for posicion in POSICIONES[orden])
    if vigencia < 100:
        vigencia += 2000
    try:
        return datetime(vigencia, mes, dia)
    except ValueError:
        return None


def _excel_invirtio(fechas: list[re.Match], dia: date | None) -> bool:
    """Excel en español abre 3/5 (mayo 3) como 3 de mayo al revés y lo guarda ya convertido."""
    if not dia:
        return False
    numeros = [
        tuple(int(parte) for parte in (fecha[1], fecha[3], fecha[4]))
        for fecha in fechas
        if _orden_evidente(fecha) == "amd"
    ]
    derechas = {_armar(n, "amd") for n in numeros}
    cruzadas = {_armar(n, "adm") for n in numeros}
    hoy = datetime.combine(dia, time())
    return hoy not in derechas and hoy in cruzadas


def _fecha_con_mes(texto: str) -> tuple[re.Match | None, datetime | None]:
    for patron, (del_mes, del_dia) in ((MES_Y_DIA, (1, 2)), (DIA_Y_MES, (2, 1))):
        for partes in patron.finditer(texto):
            if mes := MESES.get(partes[del_mes].rstrip(".")):
                return partes, _armar((int(partes[3]), mes, int(partes[del_dia])), "amd")
    return None, None
