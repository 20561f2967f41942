"""De dónde se traen cifras solas, y cada cuánto."""

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError

from indicadores.lectura.socrata import DireccionNoPermitida, direccion_del_recurso
from indicadores.models import FuenteProgramada
from territorio.controles import EnlaceField


class FuenteProgramadaForm(forms.ModelForm):
    url = EnlaceField(
        label="Dirección del servicio",
        help_text="La página del conjunto en el servicio de datos abiertos, o la de su API.",
        widget=forms.URLInput(attrs={"inputmode": "url", "spellcheck": "false"}),
    )

    class Meta:
        model = FuenteProgramada
        fields = ["conjunto", "url", "formato", "frecuencia"]
        help_texts = {"formato": "Si uno falla, pruebe con el otro: traen lo mismo."}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["conjunto"].empty_label = "Escoja el conjunto"

    def clean(self):
        datos = super().clean()
        if datos.get("url") and datos.get("formato"):
            try:
                # Se guarda la dirección de las filas: dos enlaces al mismo conjunto son la misma.
                datos["url"] = direccion_del_recurso(
                    datos["url"], datos["formato"], settings.DATOS_ABIERTOS_SERVIDORES
                )
            except DireccionNoPermitida as error:
                self.add_error("url", str(error))
            else:
                self._exigir_que_no_este(datos)
        return datos

    def _exigir_que_no_este(self, datos):
        iguales = FuenteProgramada.objects.filter(conjunto=datos.get("conjunto"), url=datos["url"])
        if iguales.exclude(pk=self.instance.pk).exists():
            self.add_error(
                "url", ValidationError("Esa fuente ya está en la lista.", code="fuente_repetida")
            )

    def save(self, *, por):
        fuente = super().save(commit=False)
        if fuente.pk is None:
            fuente.creado_por = por
        fuente.save()
        return fuente
