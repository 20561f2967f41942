"""De lo que alguien escribió a lo que se busca: raíces, siglas, sinónimos y errores al teclear."""

from dataclasses import dataclass

from django.db.models import Q

from contenidos.consultas.busqueda.consulta import Consulta, Correccion, Grupo
from contenidos.consultas.busqueda.glosario import Glosario, maneras_de_decirlo
from contenidos.lengua.errores import a_una_letra, la_mas_parecida
from contenidos.lengua.palabras import UNA_PALABRA, dice_algo, palabras, raiz
from contenidos.models import Palabra

MAXIMO_DE_LETRAS, MAXIMO_DE_PALABRAS = 500, 12
MINIMO_PARA_COMPLETAR = 3
MAXIMO_DE_COMIENZOS, MAXIMO_DE_CORRECCIONES = 20, 3

SIN_PALABRAS = (
    "Escriba al menos una palabra de dos letras o más que diga qué busca: «matrícula», «PAE»."
)


@dataclass(frozen=True)
class _Escrita:
    """Una palabra de la consulta."""

    forma: str
    es_sigla: bool

    @property
    def raiz(self):
        return raiz(self.forma)

    @property
    def puede_tener_un_error(self):
        return self.forma.isalpha() and len(self.forma) >= MINIMO_PARA_COMPLETAR


def interpretar(texto: str) -> Consulta:
    """Nunca falla: lo que no se entiende no se busca, y se dice."""
    texto = " ".join(texto.replace("\0", " ").split())
    if not texto:
        return Consulta()
    avisos = []
    if len(texto) > MAXIMO_DE_LETRAS:
        texto = texto[:MAXIMO_DE_LETRAS].rsplit(" ", 1)[0]
        avisos.append(f"Se buscaron solo las primeras {MAXIMO_DE_LETRAS} letras.")
    glosario = maneras_de_decirlo()
    escritas = _las_que_dicen_algo(texto, glosario)
    if not escritas:
        return Consulta(texto=texto, avisos=(*avisos, SIN_PALABRAS))
    if len(escritas) > MAXIMO_DE_PALABRAS:
        escritas = escritas[:MAXIMO_DE_PALABRAS]
        avisos.append(f"Se buscaron solo las primeras {MAXIMO_DE_PALABRAS} palabras.")
    grupos, sueltas = _agrupar(escritas, glosario)
    correcciones, parecidas = _corregir(sueltas)
    return Consulta(
        texto=texto,
        grupos=tuple(_con_correccion(grupo, correcciones) for grupo in grupos),
        frase=" ".join(escrita.raiz for escrita in escritas),
        avisos=tuple(avisos),
        correcciones=tuple(correcciones.values()),
        sugerencia=_sugerencia(escritas, parecidas),
    )


def _las_que_dicen_algo(texto, glosario):
    escritas = [
        _Escrita(forma, es_sigla=escrita[0].isupper() and len(forma) > 1)
        for escrita in UNA_PALABRA.finditer(texto)
        for forma in palabras(escrita[0])
    ]
    if not any(dice_algo(escrita.forma) for escrita in escritas):
        return [escrita for escrita in escritas if (escrita.raiz,) in glosario]
    # Quien escribe todo en mayúsculas no está diciendo que «SE» sea una sigla.
    distingue = not texto.isupper()
    return [
        escrita
        for escrita in escritas
        if dice_algo(escrita.forma)
        or (distingue and escrita.es_sigla and (escrita.raiz,) in glosario)
    ]


def _agrupar(escritas, glosario: Glosario):
    """Los grupos, y las palabras que el glosario no conoce: solo esas pueden estar mal escritas."""
    grupos, sueltas, i = {}, [], 0
    mas_larga = max(map(len, glosario), default=0)
    while i < len(escritas):
        for n in range(min(mas_larga, len(escritas) - i), 0, -1):
            forma = tuple(escrita.raiz for escrita in escritas[i : i + n])
            if forma in glosario:
                escrito = " ".join(escrita.forma for escrita in escritas[i : i + n])
                grupos[forma] = Grupo(escrito, glosario[forma])
                i += n
                break
        else:
            grupos[(escritas[i].raiz,)] = Grupo(escritas[i].forma, ((escritas[i].raiz,),))
            if escritas[i].puede_tener_un_error:
                sueltas.append(escritas[i])
            i += 1
    return list(grupos.values()), sueltas


def _corregir(sueltas) -> tuple[dict[str, Correccion], dict[str, str]]:
    """Por cada palabra que nadie escribió nunca: cómo empiezan otras, o cuáles están a una letra.

    Las que ni así: la más parecida, para preguntar. Tres consultas a lo sumo.
    """
    if not sueltas:
        return {}, {}
    buscadas = {escrita.raiz for escrita in sueltas}
    conocidas = set(Palabra.objects.filter(raiz__in=buscadas).values_list("raiz", flat=True))
    faltan = {escrita.forma for escrita in sueltas if escrita.raiz not in conocidas}
    correcciones = _por_comienzo(faltan)
    correcciones |= _por_una_letra(faltan - correcciones.keys())
    return correcciones, _parecidas(faltan - correcciones.keys())


def _por_comienzo(faltan):
    if not faltan:
        return {}
    empieza = Q()
    for forma in faltan:
        empieza |= Q(forma__startswith=forma)
    halladas = sorted(_formas(empieza), key=lambda forma: (len(forma), forma))
    return {
        forma: Correccion(forma, tuple(suyas), por_comienzo=True)
        for forma in faltan
        if (suyas := [otra for otra in halladas if otra.startswith(forma)][:MAXIMO_DE_COMIENZOS])
    }


def _por_una_letra(faltan):
    posibles = {forma: a_una_letra(forma) for forma in faltan}
    todas = set().union(*posibles.values())
    halladas = sorted(_formas(Q(forma__in=todas))) if todas else []
    correcciones = {}
    for forma, suyas in posibles.items():
        # Casi nadie se equivoca en la primera letra.
        cercanas = sorted(
            (otra for otra in halladas if otra in suyas), key=lambda otra: otra[0] != forma[0]
        )
        una_por_raiz = {raiz(otra): otra for otra in reversed(cercanas)}
        if una_por_raiz:
            elegidas = [otra for otra in cercanas if otra in una_por_raiz.values()]
            correcciones[forma] = Correccion(forma, tuple(elegidas[:MAXIMO_DE_CORRECCIONES]))
    return correcciones


def _parecidas(faltan):
    if not faltan:
        return {}
    empieza = Q()
    for forma in faltan:
        empieza |= Q(forma__startswith=forma[0])
    conocidas = sorted(_formas(empieza))
    return {forma: otra for forma in faltan if (otra := la_mas_parecida(forma, conocidas))}


def _formas(condicion):
    return Palabra.objects.filter(condicion).values_list("forma", flat=True)


def _con_correccion(grupo, correcciones):
    """Lo escrito se busca siempre: que no esté en el vocabulario no prueba que no exista."""
    if grupo.escrito not in correcciones:
        return grupo
    otras = [(raiz(forma),) for forma in correcciones[grupo.escrito].buscadas]
    return Grupo(grupo.escrito, tuple(dict.fromkeys([*grupo.alternativas, *otras])))


def _sugerencia(escritas, parecidas):
    if not parecidas:
        return ""
    return " ".join(parecidas.get(escrita.forma, escrita.forma) for escrita in escritas)
