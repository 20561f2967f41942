"""Los tipos de sesión con que empieza el portal. Quien administra añade y cambia los suyos."""

from django.db import transaction

from conectate.models import TipoSesion

SESION, APARTE = TipoSesion.Conteo.SESION, TipoSesion.Conteo.APARTE

TIPOS = [
    {
        "clave": "informativa",
        "nombre": "Informativa",
        "plural": "Informativas",
        "conteo": SESION,
        "descripcion": "El Ministerio presenta una directiva, una orientación o un lineamiento, "
        "y responde las preguntas de las secretarías.",
    },
    {
        "clave": "dialogo",
        "nombre": "Diálogo y construcción",
        "plural": "De diálogo y construcción",
        "conteo": SESION,
        "descripcion": "Las secretarías ponen el tema: qué necesitan, qué les funciona y qué "
        "recomiendan.",
    },
    {
        "clave": "orientacion",
        "nombre": "Orientación y cualificación",
        "plural": "De orientación y cualificación",
        "conteo": SESION,
        "descripcion": "Los equipos de las secretarías aprenden a usar una herramienta o a poner "
        "en práctica una orientación.",
    },
    {
        "clave": "reunion",
        "nombre": "Reunión",
        "plural": "Reuniones",
        "conteo": APARTE,
        "descripcion": "Trabajo con algunas secretarías sobre un asunto concreto.",
    },
    {
        "clave": "encuentro",
        "nombre": "Encuentro",
        "plural": "Encuentros",
        "conteo": APARTE,
        "descripcion": "Secretarias y secretarios de todo el país, uno o varios días, en persona "
        "o en línea.",
    },
    {
        "clave": "taller",
        "nombre": "Taller",
        "plural": "Talleres",
        "conteo": APARTE,
        "descripcion": "Un grupo, o una sola secretaría, construye algo: un plan, un presupuesto, "
        "una propuesta.",
    },
]


@transaction.atomic
def cargar_tipos_sesion() -> int:
    """Crea los que falten, sin tocar los que ya están. Devuelve cuántos creó."""
    return sum(
        TipoSesion.objects.get_or_create(
            clave=tipo["clave"], defaults={**tipo, "orden": 10 * lugar}
        )[1]
        for lugar, tipo in enumerate(TIPOS, 1)
    )
