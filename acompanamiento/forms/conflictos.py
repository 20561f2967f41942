"""Dos versiones de un mismo registro: en qué se diferencian, y escoger campo por campo."""

from collections.abc import Iterable
from dataclasses import dataclass

from django import forms
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from acompanamiento.acciones.conflictos import cerrar_conflicto
from acompanamiento.forms.registros import REGISTRABLES
from acompanamiento.models import Envio, Registrado
from cuentas.models import Usuario
from territorio.controles import RadiosInput

GUARDADO, SUYO, AMBOS = "guardado", "suyo", "ambos"
CAMBIO_OTRA_VEZ = "Mientras escogía, alguien volvió a guardar. Revise cómo quedó y escoja otra vez."


def conflictos_de(usuario: Usuario, clases: Iterable[str] = REGISTRABLES) -> QuerySet[Envio]:
    """Los que mandó y los de lo que puede editar."""
    suyos = Q(pk=None)
    for clase in clases:
        Formulario = REGISTRABLES[clase]
        es_visible = _esta_en(Formulario.visibles(usuario))
        suyos |= Q(es_visible, clase=clase, enviado_por=usuario)
        suyos |= Q(_esta_en(Formulario.editables(usuario)), clase=clase)
    return Envio.objects.filter(suyos).exclude(estado=Envio.Estado.ACEPTADO)


def cuantos_en_conflicto(usuario: Usuario) -> int:
    """Casi siempre ninguno: solo se mira entre las clases que hoy tienen alguno."""
    en_espera = Envio.objects.en_conflicto().order_by().values_list("clase", flat=True)
    clases = set(en_espera.distinct()) & set(REGISTRABLES)
    return conflictos_de(usuario, clases).en_conflicto().count() if clases else 0


def _esta_en(registros):
    """Uno por uno y por su índice: los envíos en espera son pocos; los registros, muchos."""
    return Exists(registros.filter(clave=OuterRef("clave")))


@dataclass(frozen=True)
class Diferencia:
    """Un campo con dos valores, los dos como los lee una persona."""

    campo: str
    nombre: str
    guardado: str
    suyo: str
    quien_cambio: str  # «suyo» o «guardado» si solo cambió uno; vacío si los dos o no se sabe
    es_texto_largo: bool


def diferencias_de(envio: Envio, objeto: Registrado) -> list[Diferencia]:
    form = formulario_de(envio, objeto)
    guardado, base = form.guardado(), _cuerpo_de_la_base(envio)
    hay = []
    for campo, suyo in form.cuerpo().items():
        if campo not in envio.cuerpo or suyo == guardado.get(campo):
            continue
        antes = base.get(campo)
        quien = ""
        if antes is not None and antes == guardado[campo]:
            quien = SUYO
        elif antes is not None and antes == suyo:
            quien = GUARDADO
        hay.append(
            Diferencia(
                campo=campo,
                nombre=str(form.fields[campo].label or campo),
                guardado=form.legible(campo, guardado[campo]),
                suyo=form.legible(campo, suyo),
                quien_cambio=quien,
                es_texto_largo=isinstance(form.fields[campo].widget, forms.Textarea),
            )
        )
    return hay


def formulario_de(envio, objeto, datos=None, *, base=None, por=None):
    """Lo que se mandó, otra vez en su formulario."""
    return REGISTRABLES[envio.clase].con_datos(
        envio.cuerpo if datos is None else datos,
        clave=envio.clave,
        base=envio.base if base is None else base,
        por=por or envio.enviado_por,
        objeto=objeto,
    )


def _cuerpo_de_la_base(envio):
    """Lo que había cuando se empezó a escribir, si llegó por aquí."""
    de_antes = Envio.objects.filter(
        clase=envio.clase, clave=envio.clave, version=envio.base, version__gt=0
    ).first()
    return de_antes.cuerpo if de_antes else {}


class ConflictoForm(forms.Form):
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, data=None, *, envio, objeto, por):
        super().__init__(data, initial={"version": objeto.version})
        self.envio, self.objeto, self.por = envio, objeto, por
        self.diferencias = diferencias_de(envio, objeto)
        de_quien = "Lo que usted escribió" if envio.enviado_por == por else "Lo que llegó después"
        for una in self.diferencias:
            opciones = [(GUARDADO, "Lo guardado"), (SUYO, de_quien)]
            if una.es_texto_largo and una.guardado and una.suyo:
                opciones.append((AMBOS, "Los dos textos, uno después del otro"))
            self.fields[una.campo] = forms.ChoiceField(
                label=una.nombre,
                choices=opciones,
                widget=RadiosInput,
                initial=una.quien_cambio or None,
                error_messages={"required": f"Escoja con cuál se queda en «{una.nombre}»."},
            )

    @property
    def campos(self):
        """[(campo, diferencia)], en el orden de la página."""
        return [(self[una.campo], una) for una in self.diferencias]

    def clean(self):
        datos = super().clean()
        if datos.get("version") != self.objeto.version:
            # Lo que sigue en la página es de una versión que ya no es: se muestra la de ahora.
            self.data = self.data.copy()
            self.data["version"] = self.objeto.version
            self.add_error(None, forms.ValidationError(CAMBIO_OTRA_VEZ, code="cambio_otra_vez"))
        return datos

    def save(self):
        """Guarda la mezcla y cierra el conflicto: las dos cosas, o ninguna."""
        if not self.is_valid():
            return False
        try:
            with transaction.atomic():
                self._guardar_la_mezcla()
                cerrar_conflicto(envio=self.envio, objeto=self.objeto, por=self.por)
        except ValidationError as error:
            self.add_error(None, error)
            return False
        return True

    def _guardar_la_mezcla(self):
        escogidos = {una.campo: self.cleaned_data[una.campo] for una in self.diferencias}
        if not set(escogidos.values()) - {GUARDADO}:
            return
        escrito = formulario_de(self.envio, self.objeto)
        guardado, suyo = escrito.guardado(), escrito.cuerpo()
        mezcla = guardado | {
            campo: suyo[campo] if cual == SUYO else f"{guardado[campo]}\n\n{suyo[campo]}"
            for campo, cual in escogidos.items()
            if cual != GUARDADO
        }
        form = formulario_de(
            self.envio, self.objeto, mezcla, base=self.objeto.version, por=self.por
        )
        recibo = form.guardar()
        if recibo is None:
            raise ValidationError(
                [e for errores in form.errors.as_data().values() for e in errores]
            )
        if recibo.hay_conflicto:
            raise ValidationError(CAMBIO_OTRA_VEZ, code="cambio_otra_vez")
