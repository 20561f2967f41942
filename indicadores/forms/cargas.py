"""Lo que el navegador puede mandar de un archivo de indicadores."""

from django import forms
from django.core.exceptions import ValidationError

from indicadores.acciones import cargas, reversion
from indicadores.lectura.columnas import IGNORAR, LLAVES
from indicadores.models import Carga, Conjunto, Indicador, Version
from territorio.controles import FechaInput
from trabajos.archivos import peso_de

ACEPTADOS = ".csv,.txt,.tsv,.xlsx"
MOTIVO = (
    "Por qué cambian cifras ya publicadas; por ejemplo, «el Ministerio corrigió 2022». Sale en la "
    "fe de erratas."
)


class NuevaCargaForm(forms.Form):
    conjunto = forms.ModelChoiceField(
        label="De qué conjunto es",
        queryset=Conjunto.objects.all(),
        empty_label="Escoja el conjunto",
        error_messages={"required": "Escoja de qué conjunto de datos es el archivo."},
    )
    archivo = forms.FileField(
        label="Archivo",
        max_length=250,
        allow_empty_file=True,  # el vacío también se recibe, y se explica
        help_text=(
            "Tal como se descargó, sin arreglarlo: .csv o .xlsx de hasta "
            f"{cargas.TAMANO_MAXIMO // (1024 * 1024)} MB."
        ),
        widget=forms.FileInput(attrs={"accept": ACEPTADOS}),
        error_messages={"required": "Escoja el archivo que descargó del portal de datos."},
    )
    corte = forms.DateField(
        label="Corte de los datos",
        help_text="La fecha que la fuente da a esa descarga. Se muestra bajo cada cifra.",
        required=False,
        widget=FechaInput(),
    )
    motivo = forms.CharField(
        label="Por qué se carga",
        help_text=f"{MOTIVO} También puede escribirlo al confirmar.",
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def clean_archivo(self):
        archivo = self.cleaned_data["archivo"]
        if archivo.size > cargas.TAMANO_MAXIMO:
            raise ValidationError(
                f"El archivo pesa {peso_de(archivo.size)} y el máximo es "
                f"{peso_de(cargas.TAMANO_MAXIMO)}. Compruebe que es el de indicadores o "
                "divídalo por años y súbalos uno a uno.",
                code="archivo_demasiado_grande",
            )
        return archivo

    def save(self, *, por) -> Carga:
        datos = self.cleaned_data
        carga = cargas.recibir(nombre=datos["archivo"].name, por=por, **datos)
        cargas.pedir_lectura(carga, por)
        return carga


class EmparejarColumnasForm(forms.Form):
    """Qué es cada columna que no se reconoció: una pregunta por columna hallada."""

    def __init__(self, *args, carga: Carga, **kwargs):
        super().__init__(*args, **kwargs)
        self.carga = carga
        self.titulos = {}  # nombre del campo → título en el archivo
        codigos = [que for que, _ in carga.columnas["faltan"]]
        nombres = dict(Indicador.objects.filter(codigo__in=codigos).values_list("codigo", "nombre"))
        self.faltan = {que: nombres.get(que, LLAVES.get(que, que)) for que in codigos}
        opciones = [(IGNORAR, "No se usa"), *self.faltan.items()]
        for n, titulo in enumerate(carga.columnas["halladas"]):
            self.titulos[f"columna_{n}"] = titulo
            self.fields[f"columna_{n}"] = forms.ChoiceField(
                label=f"«{titulo}»",
                choices=opciones,
                initial=carga.columnas["sugeridas"].get(titulo, IGNORAR),
            )

    def clean(self):
        datos = super().clean()
        elegidas = [que for que in datos.values() if que != IGNORAR]
        for que in {que for que in elegidas if elegidas.count(que) > 1}:
            raise ValidationError(
                f"Escogió dos columnas para «{self.faltan[que]}». Deje una y marque la otra «No "
                "se usa».",
                code="columna_repetida",
            )
        for llave, nombre in LLAVES.items():
            if llave in self.faltan and llave not in elegidas:
                raise ValidationError(
                    f"Diga qué columna trae «{nombre}»: sin eso no se sabe de qué es cada fila.",
                    code="falta_la_llave",
                )
        return datos

    def save(self, *, por):
        mapa = {self.titulos[campo]: que for campo, que in self.cleaned_data.items()}
        return cargas.emparejar(carga=self.carga, mapa=mapa, por=por)


class ConfirmarCargaForm(forms.Form):
    motivo = forms.CharField(
        label="Por qué cambian",
        help_text=MOTIVO,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Escriba por qué cambian las cifras ya publicadas."},
    )

    def __init__(self, *args, carga: Carga, **kwargs):
        super().__init__(*args, initial={"motivo": carga.motivo}, **kwargs)
        self.carga = carga
        if not carga.resumen.get("cambiadas"):
            self.fields["motivo"].required = False
            self.fields["motivo"].label = "Nota de la versión"
            self.fields["motivo"].help_text = "Qué trae, para quien lea la lista de versiones."

    def save(self, *, por):
        return cargas.pedir_confirmacion(self.carga, por, self.cleaned_data["motivo"])


class DeshacerForm(forms.Form):
    motivo = forms.CharField(
        label="Por qué se deshace",
        help_text="En una o dos frases. Sale en la fe de erratas.",
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Escriba por qué la deshace: sale en la fe de erratas."},
    )

    def __init__(self, *args, version: Version, **kwargs):
        super().__init__(*args, **kwargs)
        self.version = version

    def save(self, *, por):
        return reversion.pedir_deshacer(
            version=self.version, por=por, motivo=self.cleaned_data["motivo"]
        )
