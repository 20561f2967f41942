"""Lo que el navegador puede mandar de un archivo de asistencia."""

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError

from conectate.acciones import importaciones, lecturas
from conectate.acciones.comparacion import Caso, Comparacion
from conectate.models import Importacion, Sesion
from trabajos.archivos import peso_de
from trabajos.subidas import TopeDeSubida

ACEPTADOS = ".csv,.txt,.tsv,.xlsx"


class SubirAsistenciaForm(forms.Form):
    archivo = forms.FileField(
        label="Archivo de asistencia",
        max_length=250,
        allow_empty_file=True,  # el vacío también se recibe, y se explica
        widget=forms.FileInput(attrs={"accept": ACEPTADOS}),
        error_messages={"required": "Escoja el archivo que descargó de Teams, Zoom o Meet."},
    )

    def __init__(self, *args, sesion: Sesion, tope: TopeDeSubida | None = None, **kwargs):
        super().__init__(*args, **kwargs)
        self.sesion = sesion
        self.tope = tope
        maximo = peso_de(settings.ASISTENCIA_TAMANO_MAXIMO)
        self.fields[
            "archivo"
        ].help_text = f"Tal como se descargó, sin arreglarlo: .csv o .xlsx de hasta {maximo}."

    def clean(self):
        datos = super().clean()
        if self.tope is not None and self.tope.se_paso:
            maximo = peso_de(settings.ASISTENCIA_TAMANO_MAXIMO)
            raise ValidationError(
                f"El archivo pesa más de {maximo} y no se recibió. Compruebe que es la lista de "
                "asistencia; si lo es, divídala en varios archivos y súbalos uno a uno.",
                code="archivo_demasiado_grande",
            )
        self.sesion.exigir_abierta()
        return datos

    def save(self, *, por, peticion) -> tuple[Importacion, bool]:
        archivo = self.cleaned_data["archivo"]
        importacion, es_nueva = importaciones.recibir(
            sesion=self.sesion, archivo=archivo, nombre=archivo.name, por=por, peticion=peticion
        )
        if es_nueva:
            lecturas.pedir_lectura(importacion, por)
        return importacion, es_nueva


class ConfirmarImportacionForm(forms.Form):
    """Solo pregunta lo que haga falta: casi siempre, nada."""

    acepta_otro_dia = forms.BooleanField(
        label="Sí, este archivo es de esta sesión aunque la fecha sea otra", required=False
    )
    modo = forms.ChoiceField(label="Qué hacer con él", widget=forms.RadioSelect, required=False)

    def __init__(self, *args, importacion: Importacion, contra: Comparacion, **kwargs):
        super().__init__(*args, **kwargs)
        self.importacion = importacion
        if not importacion.es_de_otro_dia:
            del self.fields["acepta_otro_dia"]
        if contra.todas:
            self.fields["modo"].choices = self._modos(contra)
            self.fields["modo"].initial = contra.modo
            self.fields["modo"].required = True
        else:
            del self.fields["modo"]

    @staticmethod
    def _modos(contra):
        reemplazar = (
            Importacion.Modo.REEMPLAZAR,
            "Reemplazar: vale este archivo y el anterior deja de contarse",
        )
        unir = (
            Importacion.Modo.UNIR,
            "Unir: cada persona cuenta una vez, con los minutos de los dos sin repetirlos",
        )
        anterior = (
            Importacion.Modo.ANTERIOR,
            "Conservar el que ya estaba, que es más completo, y guardar este como anterior",
        )
        if contra.caso == Caso.CON_TOTALES:
            return [unir, reemplazar]
        return [anterior, unir] if contra.caso == Caso.MENOS_COMPLETA else [reemplazar, unir]

    def clean_acepta_otro_dia(self):
        acepta = self.cleaned_data["acepta_otro_dia"]
        importaciones.exigir_su_dia(self.importacion, acepta)
        return acepta

    def save(self, *, por):
        return importaciones.pedir_confirmacion(
            self.importacion,
            por,
            modo=self.cleaned_data.get("modo", ""),
            acepta_otro_dia=self.cleaned_data.get("acepta_otro_dia", False),
        )


class EmparejarColumnasForm(forms.Form):
    """Qué trae cada columna de un archivo que no se reconoció."""

    CAMPOS = {
        "nombre": "Nombre de la persona",
        "apellido": "Apellido, si va aparte",
        "correo": "Correo electrónico",
        "etc": "Secretaría o entidad",
        "cargo": "Cargo",
        "entrada": "Hora de entrada",
        "salida": "Hora de salida",
        "duracion": "Minutos o duración",
    }
    ORDENES = [
        ("", "El portal lo deduce"),
        ("dma", "Día, mes, año (22/09/2026)"),
        ("mda", "Mes, día, año (9/22/2026)"),
        ("amd", "Año, mes, día (2026-09-22)"),
    ]

    def __init__(self, *args, importacion: Importacion, **kwargs):
        super().__init__(*args, **kwargs)
        self.importacion = importacion
        columnas = importacion.columnas["nombres"]
        opciones = [("", "No está en el archivo"), *((nombre, nombre) for nombre in columnas)]
        propuesta = importacion.emparejamiento or importacion.columnas["sugerencia"]
        for campo, rotulo in self.CAMPOS.items():
            self.fields[campo] = forms.ChoiceField(
                label=rotulo, choices=opciones, required=False, initial=propuesta.get(campo, "")
            )
        self.fields["orden_de_fechas"] = forms.ChoiceField(
            label="Cómo están escritas las fechas",
            choices=self.ORDENES,
            required=False,
            initial=propuesta.get("orden_de_fechas", ""),
        )

    def clean(self):
        datos = super().clean()
        if not (datos.get("nombre") or datos.get("correo")):
            raise ValidationError(
                "Indique al menos qué columna trae el nombre o el correo de las personas.",
                code="sin_nombre_ni_correo",
            )
        return datos

    def save(self, *, por):
        emparejamiento = {campo: valor for campo, valor in self.cleaned_data.items() if valor}
        return lecturas.emparejar(
            importacion=self.importacion, emparejamiento=emparejamiento, por=por
        )
