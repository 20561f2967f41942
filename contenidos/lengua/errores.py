"""Errores al teclear: una letra de más, de menos, cambiada o trocada con la siguiente."""

from collections.abc import Iterable

from rapidfuzz import process
from rapidfuzz.distance import OSA

LETRAS = "abcdefghijklmnopqrstuvwxyz"
MINIMO = 4  # en una sigla, cambiar una letra es decir otra cosa
MINIMO_A_DOS = 6


def a_una_letra(palabra: str) -> set[str]:
    """Todo lo que queda a un error de distancia, exista o no: se le pregunta a la base cuál existe.

    Así no hay que traer el vocabulario a la memoria ni importa cuánto crezca.
    """
    if len(palabra) < MINIMO or not palabra.isalpha():
        return set()
    cortes = [(palabra[:i], palabra[i:]) for i in range(len(palabra) + 1)]
    de_menos = {a + b[1:] for a, b in cortes if b}
    trocadas = {a + b[1] + b[0] + b[2:] for a, b in cortes if len(b) > 1}
    cambiadas = {a + letra + b[1:] for a, b in cortes if b for letra in LETRAS}
    de_mas = {a + letra + b for a, b in cortes for letra in LETRAS}
    return (de_menos | trocadas | cambiadas | de_mas) - {palabra}


def la_mas_parecida(palabra: str, conocidas: Iterable[str]) -> str:
    """A dos errores a lo sumo. Eso ya no se da por hecho: se pregunta."""
    if len(palabra) < MINIMO_A_DOS or not palabra.isalpha():
        return ""
    hallada = process.extractOne(palabra, conocidas, scorer=OSA.distance, score_cutoff=2)
    return hallada[0] if hallada else ""
