"""El formulario de lo que alguien registra: sirve a una página y a un envío por JSON.

Una clase de registro es una subclase. Declara sus campos, dice cómo se leen de lo guardado y a qué
acción llama:

    class SeguimientoForm(RegistradoForm):
        clase = "seguimiento"                      # su nombre en los envíos y en la dirección
        modelo = Seguimiento
        texto = forms.CharField(label="Qué pasó", widget=forms.Textarea)

        @classmethod
        def editables(cls, usuario):               # cuáles puede cambiar esa persona
            return Seguimiento.objects.visibles_para(usuario)

        @classmethod
        def valores_de(cls, seguimiento):          # lo guardado, campo por campo
            return {"texto": seguimiento.texto}

        def registrar(self, *, clave, base, cuerpo, datos):
            return seguir_compromiso(
                clave=clave, base=base, cuerpo=cuerpo, datos=datos, por=self.por
            )

La acción le pasa el `cuerpo` a `recibir` y revisa sus reglas dentro de `guardar`. Se apunta en
`forms/registros.py` y la vista queda así (`objeto=None` si es nuevo):

    form = SeguimientoForm(request.POST or None, por=request.user, objeto=seguimiento)
    if recibo := form.guardar():
        return responder(request, recibo, "El seguimiento quedó guardado.")

La plantilla pone `{{ form.clave }}{{ form.base }}` dentro del formulario, o `{{ form|crispy }}`.
"""

import uuid
from contextlib import suppress
from datetime import date, time

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.forms.utils import ErrorDict
from django.http import QueryDict

from acompanamiento.acciones.recepcion import Recibo, ya_recibido
from acompanamiento.models import Registrado
from trabajos.archivos import huella_de

SIN_BASE = (
    "La página no dijo sobre qué versión escribió. Lo suyo sigue aquí: cópielo, recargue la página "
    "y vuelva a ponerlo."
)
NO_SON_CAMPOS = {"clave", "base"}


class RegistradoForm(forms.Form):
    """Trae la clave que le puso quien lo escribió y la versión sobre la que escribió."""

    clase = ""
    modelo: type[Registrado]

    clave = forms.UUIDField(widget=forms.HiddenInput, required=False)
    base = forms.IntegerField(
        widget=forms.HiddenInput, required=False, min_value=0, max_value=2**31 - 1
    )

    def __init__(self, data=None, *, por, objeto=None, initial=None, **kwargs):
        self.por, self.objeto = por, objeto
        guardado = self.valores_de(objeto) if objeto else {}
        puestos = {
            "clave": objeto.clave if objeto else uuid.uuid4(),
            "base": objeto.version if objeto else 0,
        }
        super().__init__(data, initial={**guardado, **(initial or {}), **puestos}, **kwargs)
        self.label_suffix = ""

    # ── Lo que cada clase dice ────────────────────────────────────────────────────────────────

    @classmethod
    def visibles(cls, usuario) -> QuerySet:
        """Entre qué registros puede estar el suyo."""
        objetos = cls.modelo.objects
        return (
            objetos.visibles_para(usuario) if hasattr(objetos, "visibles_para") else objetos.all()
        )

    @classmethod
    def editables(cls, usuario) -> QuerySet:
        """Cuáles puede cambiar: quien puede cambiarlo ve sus conflictos y los resuelve."""
        return cls.visibles(usuario) if cls.puede_crear(usuario) else cls.modelo.objects.none()

    @classmethod
    def puede_crear(cls, usuario) -> bool:
        return usuario.is_authenticated and usuario.es_del_ministerio

    @classmethod
    def valores_de(cls, objeto) -> dict:
        """Lo guardado, como valor inicial de cada campo."""
        raise NotImplementedError

    def registrar(self, *, clave, base, cuerpo, datos) -> Recibo:
        """Llama a su acción con lo ya revisado (`datos`) y con lo que se mandó (`cuerpo`)."""
        raise NotImplementedError

    # ── Lo común ──────────────────────────────────────────────────────────────────────────────

    @classmethod
    def con_datos(cls, datos: dict, *, clave, base, por, objeto=None, **kwargs):
        """El mismo formulario con lo que llegó por JSON: {campo: texto, número, sí/no o lista}."""
        enviado = QueryDict(mutable=True)
        for campo, valor in {**datos, "clave": clave, "base": base}.items():
            if isinstance(valor, list | tuple):
                enviado.setlist(campo, [str(uno) for uno in valor])
            elif valor is not None and valor is not False:
                enviado[campo] = "on" if valor is True else str(valor)
        return cls(enviado, por=por, objeto=objeto, **kwargs)

    @property
    def campos(self) -> dict:
        """Los que se llenan."""
        return {n: campo for n, campo in self.fields.items() if n not in NO_SON_CAMPOS}

    @property
    def la_clave(self) -> uuid.UUID:
        """La del registro que se edita; si es nuevo, la que trae el formulario."""
        return self.objeto.clave if self.objeto else self._oculto("clave") or self.initial["clave"]

    @property
    def la_base(self) -> int | None:
        base = self._oculto("base")
        return 0 if base is None and not self.objeto else base

    def _oculto(self, nombre):
        try:
            return self.fields[nombre].clean(self[nombre].data)
        except ValidationError:
            return None

    def cuerpo(self) -> dict:
        """Lo que se mandó, siempre escrito igual: con él se reconoce lo repetido y se compara."""
        return {
            nombre: llano(
                campo,
                campo.widget.value_from_datadict(self.data, self.files, self.add_prefix(nombre)),
            )
            for nombre, campo in self.campos.items()
        }

    def guardado(self) -> dict:
        """Lo que hay guardado, escrito como `cuerpo()`."""
        valores = self.valores_de(self.objeto)
        return {n: llano(campo, valores.get(n)) for n, campo in self.campos.items()}

    def legible(self, nombre: str, valor) -> str:
        """Un valor de `cuerpo()` como lo lee una persona."""
        campo = self.fields[nombre]
        if valor in ("", None, []):
            return ""
        if isinstance(valor, bool):
            return "sí" if valor else "no"
        if isinstance(campo, forms.ModelChoiceField):
            varios = valor if isinstance(valor, list) else [valor]
            clave = campo.to_field_name or "pk"
            try:
                nombres = [str(uno) for uno in campo.queryset.filter(**{f"{clave}__in": varios})]
            except (ValueError, ValidationError, OverflowError):
                nombres = varios
            return ", ".join(nombres)
        if isinstance(campo, forms.ChoiceField):
            opciones = {str(uno): texto for uno, texto in campo.choices}
            return str(opciones.get(str(valor), valor))
        return str(valor)

    def full_clean(self):
        super().full_clean()
        if self.is_bound and self._repetido():
            self._errors = ErrorDict()

    def _repetido(self):
        if self.la_base is None:
            return None
        return ya_recibido(
            clase=self.clase,
            visibles=self.visibles(self.por),
            clave=self.la_clave,
            base=self.la_base,
            cuerpo=self.cuerpo(),
        )

    def clean(self):
        datos = super().clean()
        if self.la_base is None:
            self.add_error(None, forms.ValidationError(SIN_BASE, code="sin_base"))
        return datos

    def guardar(self) -> Recibo | None:
        """Lo guarda una vez. None: no se envió nada, o falta algo y los errores lo dicen."""
        if not self.is_valid():
            return None
        if repetido := self._repetido():
            return repetido
        datos = {n: v for n, v in self.cleaned_data.items() if n not in NO_SON_CAMPOS}
        try:
            return self.registrar(
                clave=self.la_clave, base=self.la_base, cuerpo=self.cuerpo(), datos=datos
            )
        except ValidationError as error:
            self._decir(error)
            return None

    def _decir(self, error):
        """Cada error, junto a su campo; los de un campo que aquí no está, arriba."""
        if not hasattr(error, "error_dict"):
            self.add_error(None, error)
            return
        for campo, errores in error.error_dict.items():
            self.add_error(campo if campo in self.fields else None, errores)


def llano(campo: forms.Field, valor):
    """Un valor, escrito o guardado, en la única forma con que se compara: textos y listas."""
    if isinstance(campo, forms.ModelMultipleChoiceField):
        return sorted(str(campo.prepare_value(uno)) for uno in valor or [])
    if isinstance(campo, forms.ModelChoiceField):
        return "" if valor in (None, "") else str(campo.prepare_value(valor))
    if isinstance(campo, forms.FileField):
        return huella_de(valor) if valor else ""
    if isinstance(campo, forms.MultipleChoiceField):
        return sorted(str(uno) for uno in valor or [])
    with suppress(ValidationError):  # lo que no se entiende viaja como se escribió
        valor = campo.to_python(valor)
    match valor:
        case bool():
            return valor
        case None:
            return ""
        case time():
            return valor.strftime("%H:%M")
        case date():
            return valor.isoformat()
    return str(valor).replace("\r\n", "\n").strip()
