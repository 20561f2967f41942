"""Los pasos de un compromiso: contar cómo va, prorrogarlo, pasarlo a otro, cerrarlo, reabrirlo."""

from urllib.parse import urlsplit

from django import forms
from django.conf import settings
from django.urls import Resolver404, resolve
from django.utils import timezone

from acompanamiento.acciones.compromisos import cambiar_responsable, prorrogar
from acompanamiento.acciones.responsables import Responsable
from acompanamiento.acciones.seguimientos import dejar_sin_efecto, reabrir, seguir_compromiso
from acompanamiento.forms.compromisos import (
    PLAZO_PROPUESTO,
    PlazoField,
    plazo_enviado,
    una_sola_fecha,
)
from acompanamiento.forms.registrado import RegistradoForm
from acompanamiento.forms.responsable import ResponsableField, datos_de, legible, leido
from acompanamiento.models import CambioDeResponsable, Compromiso, Prorroga, Seguimiento
from acompanamiento.permisos import puede_acompanar
from contenidos.controles import DocumentoField
from contenidos.models import Contenido
from territorio.controles import EnlaceField, FechaInput, RadiosInput
from trabajos.archivos import huella_de, peso_de


class PasoForm(RegistradoForm):
    """Lo que se añade a un compromiso. Solo se añade: lo escrito no se reescribe."""

    accion = None
    titulo = boton = dicho = ayuda = ""

    compromiso = forms.ModelChoiceField(
        queryset=Compromiso.objects.none(), to_field_name="clave", widget=forms.HiddenInput
    )

    def __init__(self, data=None, *args, por, objeto=None, compromiso=None, **kwargs):
        self.el_compromiso = compromiso or (objeto and objeto.compromiso)
        super().__init__(data, *args, por=por, objeto=objeto, **kwargs)
        self.initial.setdefault("compromiso", self.el_compromiso)
        self.fields["compromiso"].queryset = Compromiso.objects.visibles_para(por)
        if self.el_compromiso is None and self.is_bound:  # llegó por JSON
            self.el_compromiso = self._oculto("compromiso")

    @classmethod
    def visibles(cls, usuario):
        return cls.modelo.objects.filter(compromiso__in=Compromiso.objects.visibles_para(usuario))

    @classmethod
    def editables(cls, usuario):
        return cls.modelo.objects.none()

    @classmethod
    def puede_crear(cls, usuario):
        return puede_acompanar(usuario)

    @classmethod
    def valores_de(cls, paso):
        return {"compromiso": paso.compromiso}

    def registrar(self, *, clave, base, cuerpo, datos):
        compromiso = datos.pop("compromiso")
        return type(self).accion(
            clave=clave, base=base, compromiso=compromiso, datos=datos, cuerpo=cuerpo, por=self.por
        )


def _motivo(rotulo="Motivo"):
    return forms.CharField(
        label=rotulo,
        max_length=300,
        help_text="Una frase: queda en la historia y todos la leen.",
        error_messages={"required": "Escriba por qué, en una frase."},
    )


class SeguimientoForm(PasoForm):
    clase = "seguimiento"
    modelo = Seguimiento
    accion = seguir_compromiso
    titulo, boton = "Contar cómo va", "Guardar"
    dicho = "El seguimiento quedó guardado."

    texto = forms.CharField(
        label="Qué pasó",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": "Cuente qué pasó, aunque sea en una frase."},
    )
    estado = forms.ChoiceField(
        label="En qué queda",
        choices=[
            (Compromiso.Estado.EN_CURSO, "En curso"),
            (Compromiso.Estado.CUMPLIDO, "Cumplido: se cierra"),
            (Compromiso.Estado.PENDIENTE, "Sin empezar"),
        ],
        initial=Compromiso.Estado.EN_CURSO,
        widget=RadiosInput,
    )
    archivo = DocumentoField(label="Archivo que lo demuestra", required=False)
    enlace = EnlaceField(
        label="O un enlace",
        required=False,
        help_text="La dirección completa. Puede ser la de un contenido de la biblioteca.",
    )

    def __init__(self, *args, tope=None, **kwargs):
        self.tope = tope
        super().__init__(*args, **kwargs)

    @classmethod
    def puede_crear(cls, usuario):
        """La secretaría también; la acción mira que el compromiso sea suyo."""
        return usuario.is_authenticated

    @classmethod
    def valores_de(cls, seguimiento):
        evidencia = seguimiento.evidencias.exclude(enlace="").first()
        return {
            **super().valores_de(seguimiento),
            "texto": seguimiento.texto,
            "estado": seguimiento.estado,
            "enlace": evidencia.enlace if evidencia else "",
        }

    def cuerpo(self):
        """De un archivo cuenta lo que trae, no cómo se llama."""
        archivo = self.files.get(self.add_prefix("archivo")) if self.files else None
        return {**super().cuerpo(), "archivo": huella_de(archivo) if archivo else ""}

    def clean(self):
        datos = super().clean()
        if self.tope and self.tope.se_paso:
            maximo = peso_de(settings.CONTENIDOS_TAMANO_MAXIMO)
            self.add_error(
                "archivo",
                forms.ValidationError(
                    f"El archivo pesa más de {maximo} y no se recibió. Redúzcalo, o ponga su "
                    "enlace. Lo demás sigue aquí.",
                    code="archivo_muy_grande",
                ),
            )
        return datos

    def registrar(self, *, datos, **mas):
        contenido = contenido_en(datos["enlace"], self.por)
        if contenido:
            datos = {**datos, "contenido": contenido, "enlace": ""}
        return super().registrar(datos=datos, **mas)


def contenido_en(enlace: str, usuario) -> Contenido | None:
    """El contenido del portal al que lleva esa dirección, si esa persona lo ve."""
    if not enlace.startswith(f"{settings.DIRECCION_DEL_PORTAL}/"):
        return None
    try:
        lleva_a = resolve(urlsplit(enlace).path)
    except Resolver404:
        return None
    if lleva_a.view_name != "contenidos:contenido":
        return None
    return Contenido.objects.visibles_para(usuario).filter(slug=lleva_a.kwargs["slug"]).first()


class ProrrogaForm(PasoForm):
    clase = "prorroga"
    modelo = Prorroga
    accion = prorrogar
    titulo, boton = "Prorrogar", "Prorrogar"
    dicho = "El compromiso tiene nueva fecha."
    ayuda = "La fecha de antes y el motivo quedan en la historia."

    habiles = PlazoField(initial=PLAZO_PROPUESTO, help_text="Contados desde hoy.")
    a = forms.DateField(
        label="Otra fecha",
        required=False,
        widget=FechaInput(),
        help_text="Si la escribe, es la que vale.",
    )
    motivo = _motivo("Por qué se prorroga")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        traido = plazo_enviado(self["habiles"].data)
        self.fields["habiles"].contar_desde(timezone.localdate(), [traido])

    @classmethod
    def valores_de(cls, prorroga):
        return {**super().valores_de(prorroga), "a": prorroga.a, "motivo": prorroga.motivo}

    def clean(self):
        datos = super().clean()
        una_sola_fecha(self, datos, "a")
        return datos


class CambioForm(PasoForm):
    clase = "cambio"
    modelo = CambioDeResponsable
    accion = cambiar_responsable
    titulo, boton = "Cambiar el responsable", "Cambiar"
    dicho = "El compromiso cambió de responsable."
    ayuda = "Quién respondía hasta hoy queda en la historia."

    responsable = ResponsableField(label="Quién responde desde hoy")
    motivo = _motivo("Por qué cambia")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        compromiso = self.el_compromiso
        self.fields["responsable"].ofrecer(compromiso and compromiso.entidad)

    @classmethod
    def valores_de(cls, cambio):
        return {
            **super().valores_de(cambio),
            "responsable": Responsable.de(cambio.compromiso),
            "motivo": cambio.motivo,
        }

    def legible(self, nombre, valor):
        es_responsable = nombre == "responsable" and valor
        return legible(leido(valor)) if es_responsable else super().legible(nombre, valor)

    def registrar(self, *, datos, **mas):
        responsable = datos.pop("responsable")
        return super().registrar(datos={**datos, **datos_de(responsable)}, **mas)


class SinEfectoForm(PasoForm):
    clase = "sin_efecto"
    modelo = Seguimiento
    accion = dejar_sin_efecto
    titulo, boton = "Dejar sin efecto", "Dejar sin efecto"
    dicho = "El compromiso quedó sin efecto."
    ayuda = "Ya no habrá que cumplirlo. No se borra: queda con su motivo, y se puede reabrir."

    motivo = _motivo("Por qué ya no hay que cumplirlo")

    @classmethod
    def valores_de(cls, seguimiento):
        return {**super().valores_de(seguimiento), "motivo": seguimiento.texto}


class ReaperturaForm(SinEfectoForm):
    clase = "reapertura"
    accion = reabrir
    titulo, boton = "Reabrir", "Reabrir"
    dicho = "El compromiso está abierto otra vez."
    ayuda = "Vuelve a estar en curso, con la fecha que tenía. Si ya pasó, prorróguelo después."

    motivo = _motivo("Por qué se reabre")


PASOS = {
    form.clase: form
    for form in (SeguimientoForm, ProrrogaForm, CambioForm, SinEfectoForm, ReaperturaForm)
}
