"""Lo que el navegador puede enviar de la presencia: declararse, la rejilla y los reclamos."""

import json

from django import forms

from conectate.acciones.presencia import (
    NADA,
    FilaEscrita,
    Registrado,
    declarar_presente,
    registrar_rejilla,
    usar_pase,
)
from conectate.acciones.reclamos import reclamar, responder_reclamo
from conectate.models import Asistencia

MAXIMO_DE_PERSONAS = 5_000
MEDIO_USUAL = "llamada"


class DeclararPresenteForm(forms.Form):
    personas = forms.IntegerField(
        label="Cuántas personas de su equipo asisten",
        required=False,
        min_value=1,
        max_value=MAXIMO_DE_PERSONAS,
        help_text="Si lo sabe. Puede dejarlo vacío.",
        widget=forms.NumberInput(attrs={"class": "ancho-corto"}),
    )

    def save(self, *, sesion, por):
        return declarar_presente(sesion=sesion, por=por, **self.cleaned_data)

    def usar(self, *, codigo, por):
        return usar_pase(codigo=codigo, por=por, **self.cleaned_data)


class ReclamoForm(forms.Form):
    personas = forms.IntegerField(
        label="Cuántas personas de su equipo asistieron",
        min_value=1,
        max_value=MAXIMO_DE_PERSONAS,
        widget=forms.NumberInput(attrs={"class": "ancho-corto"}),
    )
    explicacion = forms.CharField(
        label="Qué pasó",
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Por ejemplo: «Nos conectamos desde una sala y no pudimos declararnos "
        "presentes». No escriba cédulas ni teléfonos.",
    )

    def save(self, *, sesion, por):
        return reclamar(sesion=sesion, por=por, **self.cleaned_data)


class RespuestaForm(forms.Form):
    ACEPTAR, RECHAZAR = "aceptar", "rechazar"

    decision = forms.ChoiceField(
        label="Decisión",
        choices=[
            (ACEPTAR, "Aceptarlo: la secretaría figurará presente, con origen «reclamada»"),
            (RECHAZAR, "No aceptarlo: seguirá ausente"),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": "Escoja si lo acepta o no."},
    )
    respuesta = forms.CharField(
        label="Respuesta a la secretaría",
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="La leerá la secretaría. Si no lo acepta, es obligatoria.",
    )

    def clean(self):
        datos = super().clean()
        if datos.get("decision") == self.RECHAZAR and not datos.get("respuesta"):
            self.add_error("respuesta", "Explíquele a la secretaría por qué no se acepta.")
        return datos

    def save(self, *, reclamo, por):
        responder_reclamo(
            reclamo=reclamo,
            acepta=self.cleaned_data["decision"] == self.ACEPTAR,
            respuesta=self.cleaned_data["respuesta"],
            por=por,
        )


# ── La rejilla ────────────────────────────────────────────────────────────────────────────────


class FilaForm(forms.Form):
    """Una secretaría. `antes` es lo que se veía al abrir la página."""

    registro = forms.ChoiceField(choices=[("", ""), *Asistencia.Registro.choices], required=False)
    personas = forms.IntegerField(required=False, min_value=1, max_value=MAXIMO_DE_PERSONAS)
    forma = forms.ChoiceField(choices=[("", ""), *Asistencia.Forma.choices], required=False)
    medio = forms.CharField(required=False, max_length=60)
    antes = forms.CharField(required=False, max_length=400)

    def __init__(self, *args, entidad, asistencia, **opciones):
        self.entidad, self.asistencia = entidad, asistencia
        self.guardado = Registrado.de(asistencia)
        self.choque, self.escrito = None, None
        super().__init__(*args, prefix=f"e{entidad.pk}", **opciones)

    def clean_antes(self):
        """Lo que no se entiende se toma por una fila que nadie había tocado."""
        try:
            return Registrado(*json.loads(self.cleaned_data["antes"] or "[]"))
        except (TypeError, ValueError):
            return NADA

    def clean(self):
        datos = super().clean()
        if datos.get("personas") and datos.get("registro") != Asistencia.Registro.PRESENTE:
            self.add_error("personas", "Solo una secretaría presente lleva personas.")
        return datos

    def escrita(self, medio_usual) -> FilaEscrita:
        datos = self.cleaned_data
        ahora = NADA
        if datos["registro"]:
            presente = datos["registro"] == Asistencia.Registro.PRESENTE
            ahora = Registrado(
                datos["registro"],
                datos["personas"],
                datos["forma"] if presente else "",
                datos["medio"] or ("" if datos["antes"].registro else medio_usual),
            )
        return FilaEscrita(self.entidad, datos["antes"], ahora)

    # Lo que se dibuja: lo escrito si se envió y lo guardado si no.

    @property
    def valores(self) -> dict:
        if self.escrito:
            return self.escrito
        if self.is_bound:
            return {campo: self.data.get(self.add_prefix(campo), "") for campo in CAMPOS}
        return dict(zip(CAMPOS, self.guardado, strict=True))

    @property
    def version(self) -> str:
        if self.is_bound:
            return self.data.get(self.add_prefix("antes"), "")
        return json.dumps(list(self.guardado), ensure_ascii=False) if self.guardado[0] else ""

    @property
    def otros_origenes(self) -> list[str]:
        if self.asistencia is None:
            return []
        return [o.label for o in self.asistencia.origenes if o != Asistencia.Origen.EQUIPO]


CAMPOS = ("registro", "personas", "forma", "medio")


class RejillaForm(forms.Form):
    medio = forms.CharField(
        label="Cómo lo supo el equipo",
        required=False,
        max_length=60,
        initial=MEDIO_USUAL,
        help_text="Vale para las que marque y no digan otro: llamada, correo, en sala…",
        widget=forms.TextInput(attrs={"class": "form-control ancho-medio"}),
    )

    def __init__(self, datos=None, *, sesion, entidades):
        super().__init__(datos)
        self.sesion = sesion
        asistencias = {una.entidad_id: una for una in sesion.asistencias.all()}
        self.filas = [
            FilaForm(datos, entidad=entidad, asistencia=asistencias.get(entidad.pk))
            for entidad in entidades
        ]

    def is_valid(self):
        # Todas se revisan: la persona corrige de una vez.
        return all([super().is_valid(), *(fila.is_valid() for fila in self.filas)])

    @property
    def con_errores(self) -> list[FilaForm]:
        return [fila for fila in self.filas if self.is_bound and fila.errors]

    @property
    def con_choque(self) -> list[FilaForm]:
        return [fila for fila in self.filas if fila.choque]

    def save(self, *, por):
        medio = self.cleaned_data["medio"]
        guardado = registrar_rejilla(
            sesion=self.sesion, filas=[fila.escrita(medio) for fila in self.filas], por=por
        )
        choques = {choque.entidad.pk: choque for choque in guardado.choques}
        for fila in self.filas:
            fila.choque = choques.get(fila.entidad.pk)
        return guardado

    def releida(self):
        """Como está guardada; en las que chocaron, lo que la persona escribió sigue puesto."""
        otra = RejillaForm(sesion=self.sesion, entidades=[fila.entidad for fila in self.filas])
        for fila, anterior in zip(otra.filas, self.filas, strict=True):
            if anterior.choque:
                fila.choque, fila.escrito = anterior.choque, anterior.valores
        return otra
