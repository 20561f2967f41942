"""Los filtros de la lista de instituciones. Lo que no se entiende no filtra."""

from django import forms

from acompanamiento.consultas import opciones
from acompanamiento.consultas.instituciones import instituciones_visibles
from territorio.filtros import FiltroForm
from territorio.models import Institucion, Municipio
from territorio.texto import normalizar

SIN_DECIR = "sin_decir"  # la fuente no lo dice


def _opciones(de, todos="Todos"):
    return [
        ("", todos),
        *((valor, nombre.capitalize()) for valor, nombre in de.choices),
        (SIN_DECIR, "La fuente no lo dice"),
    ]


class FiltroDeInstitucionesForm(FiltroForm):
    q = forms.CharField(
        label="Nombre o código DANE",
        required=False,
        max_length=100,
        widget=forms.TextInput(attrs={"type": "search"}),
    )
    entidad = forms.ChoiceField(label="Secretaría", required=False)
    municipio = forms.ChoiceField(label="Municipio", required=False)
    sector = forms.ChoiceField(
        label="Sector", required=False, choices=_opciones(Institucion.Sector)
    )
    zona = forms.ChoiceField(
        label="Zona", required=False, choices=_opciones(Institucion.Zona, "Todas")
    )
    estado = forms.ChoiceField(
        label="Estado", required=False, choices=_opciones(Institucion.Estado)
    )

    def __init__(self, *args, usuario, **kwargs):
        super().__init__(*args, **kwargs)
        self.usuario = usuario
        if usuario.es_del_ministerio:
            self._ofrecer("entidad", opciones.secretarias(), "Todas")
        else:
            del self.fields["entidad"]
        self._ofrecer_municipios()

    def _ofrecer_municipios(self):
        """Los de una secretaría; los mil del país no caben en una lista."""
        codigo = self.data.get("entidad", "") if "entidad" in self.fields else None
        if codigo == "":
            del self.fields["municipio"]
            return
        suyas = instituciones_visibles(self.usuario)
        if codigo is not None:
            suyas = suyas.filter(entidad__codigo_dane=codigo)
        municipios = Municipio.objects.filter(pk__in=suyas.order_by().values("municipio"))
        self._ofrecer("municipio", municipios.values_list("codigo", "nombre"))

    def instituciones(self):
        instituciones, puestos = instituciones_visibles(self.usuario), self.puestos
        if "entidad" in puestos:
            instituciones = instituciones.filter(entidad__codigo_dane=puestos["entidad"])
        if "municipio" in puestos:
            instituciones = instituciones.filter(municipio__codigo=puestos["municipio"])
        for campo in ("sector", "zona", "estado"):
            if campo in puestos:
                valor = "" if puestos[campo] == SIN_DECIR else puestos[campo]
                instituciones = instituciones.filter(**{campo: valor})
        if "q" in puestos:
            busca = normalizar(puestos["q"])
            donde = "codigo_dane__startswith" if busca.isdecimal() else "nombre_norm__contains"
            instituciones = instituciones.filter(**{donde: busca})
        return instituciones.order_by("nombre_norm", "codigo_dane")
