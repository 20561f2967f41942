"""Lo que la gente busca y no encuentra, para que quien edita sepa qué falta. Sin quién lo buscó."""

import re
from datetime import timedelta

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone

from contenidos.lengua.palabras import palabras
from contenidos.models import BusquedaSinResultados
from cuentas.bitacora import anotar
from cuentas.models import Usuario

LARGO_MAXIMO = 120
SE_OLVIDA_TRAS = timedelta(days=180)
# Un correo, una cédula, un teléfono: alguien se buscó a sí mismo o a otra persona.
UN_DATO_PERSONAL = re.compile(r"@|\d(?:[\s.,-]?\d){5,}")


def anotar_sin_resultados(texto: str) -> None:
    """La cuenta una vez más. Lo que parece un dato personal no se guarda."""
    if UN_DATO_PERSONAL.search(texto):
        return
    limpio = " ".join(palabras(texto))
    if not 2 < len(limpio) <= LARGO_MAXIMO:
        return
    if _contar_otra(limpio):
        return
    try:
        with transaction.atomic():
            BusquedaSinResultados.objects.create(texto=limpio)
    except IntegrityError:  # otra persona buscó lo mismo en este instante
        _contar_otra(limpio)


def _contar_otra(texto):
    """Si ya se había atendido y sigue sin hallarse, vuelve a la lista."""
    return BusquedaSinResultados.objects.filter(texto=texto).update(
        veces=F("veces") + 1, ultima_en=timezone.now(), atendida_en=None
    )


@transaction.atomic
def atender(*, busqueda: BusquedaSinResultados, por: Usuario) -> None:
    """Ya se publicó lo que faltaba, o se decidió que no va."""
    busqueda.atendida_en = timezone.now()
    busqueda.save(update_fields=["atendida_en"])
    anotar(por=por, verbo="atendió una búsqueda sin resultados", objeto=busqueda)


def olvidar_las_viejas() -> int:
    """Lo que nadie ha vuelto a buscar en meses ya no dice qué falta."""
    hasta = timezone.now() - SE_OLVIDA_TRAS
    return BusquedaSinResultados.objects.filter(ultima_en__lt=hasta).delete()[0]
