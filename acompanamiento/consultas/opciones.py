"""Lo que ofrecen los filtros de todas las listas, como parejas (valor, rótulo)."""

from acompanamiento.models import Dependencia, Grupo
from contenidos.models import Tema
from cuentas.models import Direccion
from territorio.models import EntidadTerritorial
from territorio.recordado import Recordado


def _por_numero(modelo):
    return lambda: [(str(pk), nombre) for pk, nombre in modelo.objects.values_list("pk", "nombre")]


grupos = Recordado(Grupo, lambda: [(str(uno.numero), str(uno)) for uno in Grupo.objects.all()])
secretarias = Recordado(
    EntidadTerritorial,
    lambda: list(EntidadTerritorial.objects.en_orden().values_list("codigo_dane", "nombre")),
)
temas = Recordado(Tema, lambda: list(Tema.objects.activos().values_list("slug", "nombre")))
direcciones = Recordado(Direccion, _por_numero(Direccion))
areas = Recordado(Dependencia, _por_numero(Dependencia))
