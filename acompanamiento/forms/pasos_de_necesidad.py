"""Los formularios de los pasos de una necesidad: uno por página."""

from collections.abc import Callable

from django import forms
from django.forms.utils import ErrorDict
from django.utils.formats import date_format
from django.utils.text import capfirst

from acompanamiento.acciones import necesidades as acciones
from acompanamiento.acciones.necesidades import Cosa
from acompanamiento.consultas.necesidades import (
    CANDIDATOS,
    actividades_que_sirven,
    contactos_que_sirven,
    cosas_marcadas,
    cosas_que_dicen,
)
from acompanamiento.forms.registrado import RegistradoForm
from acompanamiento.models import Actividad, Contacto, Necesidad, PasoDeNecesidad
from contenidos.models import Contenido
from contenidos.registro import BUSCABLES
from cuentas.models import Direccion

Clase = PasoDeNecesidad.Clase


class PasoForm(RegistradoForm):
    """Un paso: qué se dice en él y a la vista de cuál se escribió."""

    clase = "paso"
    modelo = PasoDeNecesidad
    paso = ""
    accion: Callable
    titulo = ""
    boton = ""
    ayuda = ""

    visto = forms.IntegerField(widget=forms.HiddenInput, required=False)
    texto = forms.CharField(
        label="Nota", max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 4})
    )

    def __init__(self, *args, necesidad, **kwargs):
        self.necesidad = necesidad
        super().__init__(*args, **kwargs)
        self.initial["visto"] = self._ultimo()

    def _ultimo(self):
        return self.necesidad.pasos.order_by("-pk").values_list("pk", flat=True).first()

    @classmethod
    def visibles(cls, usuario):
        return PasoDeNecesidad.objects.filter(
            necesidad__in=Necesidad.objects.visibles_para(usuario)
        )

    def cuerpo(self):
        """Lo visto no cuenta: el mismo paso, mandado otra vez, es el mismo."""
        cuerpo = super().cuerpo()
        del cuerpo["visto"]
        return {**cuerpo, "paso": self.paso, "necesidad": str(self.necesidad.clave)}

    def registrar(self, *, clave, base, cuerpo, datos):
        return self.dar(necesidad=self.necesidad, clave=clave, cuerpo=cuerpo, por=self.por, **datos)

    def dar(self, **datos):
        return type(self).accion(**datos)

    def _exigir_texto(self, rotulo, si_falta):
        texto = self.fields["texto"]
        texto.label, texto.required = rotulo, True
        texto.error_messages["required"] = si_falta

    def _decir(self, error):
        super()._decir(error)
        if getattr(error, "code", "") == "necesidad_cambio":  # ya lo supo: la próxima vez se guarda
            self.data = self.data.copy()
            self.data["visto"] = str(self._ultimo())


class DirigirForm(PasoForm):
    paso = Clase.DIRIGIDA
    accion = acciones.dirigir
    titulo = "Dirigir a una dirección"
    boton = "Dirigir"
    ayuda = "Desde que la dirija, es a esa dirección a quien espera la secretaría."

    direccion = forms.ModelChoiceField(
        label="Dirección del Ministerio",
        queryset=Direccion.objects.filter(activa=True),
        empty_label="Escoja una",
        error_messages={"required": "Escoja a qué dirección va."},
    )
    field_order = ["clave", "base", "visto", "direccion", "texto"]


class TrasladarForm(DirigirForm):
    paso = Clase.TRASLADADA
    accion = acciones.trasladar
    titulo = "Trasladar a otra dirección"
    boton = "Trasladar"
    ayuda = "La espera empieza a contar de nuevo, y lo que ya pasó queda a la vista."

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self._exigir_texto("Por qué se traslada", acciones.FALTA_POR_QUE)
        self.fields["direccion"].queryset = self.fields["direccion"].queryset.exclude(
            pk=self.necesidad.direccion_id
        )


class _ConTextoForm(PasoForm):
    rotulo = ""
    si_falta = ""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self._exigir_texto(self.rotulo, self.si_falta)


class PreguntarForm(_ConTextoForm):
    paso = Clase.PREGUNTA
    accion = acciones.preguntar
    titulo = "Preguntar a la secretaría"
    boton = "Preguntar"
    rotulo = "Qué necesita saber"
    si_falta = acciones.FALTA_LA_PREGUNTA
    ayuda = "La secretaría la verá en sus necesidades, y desde hoy se la espera a ella."


class ResponderForm(_ConTextoForm):
    paso = Clase.RESPUESTA
    accion = acciones.responder
    titulo = "Responder al Ministerio"
    boton = "Responder"
    rotulo = "Su respuesta"
    si_falta = acciones.FALTA_LA_RESPUESTA
    ayuda = "Con su respuesta, el turno vuelve al Ministerio."


class NoProcedeForm(_ConTextoForm):
    paso = Clase.NO_PROCEDE
    accion = acciones.no_procede
    titulo = "Cerrar: no procede"
    boton = "Cerrar la necesidad"
    rotulo = "Por qué no procede"
    si_falta = acciones.FALTA_EL_MOTIVO
    ayuda = "La secretaría leerá el motivo. Si cambia algo, se puede reabrir."


class ReabrirForm(_ConTextoForm):
    paso = Clase.REABIERTA
    accion = acciones.reabrir
    titulo = "Reabrir la necesidad"
    boton = "Reabrir"
    rotulo = "Qué quedó faltando"
    si_falta = acciones.FALTA_LO_QUE_FALTO
    ayuda = "Vuelve a quien la estaba atendiendo."


class _ContactoField(forms.ModelChoiceField):
    def label_from_instance(self, contacto):
        canal = capfirst(contacto.get_canal_display())
        return f"{date_format(contacto.fecha)}: {canal}, {contacto.asunto}"


class _ActividadField(forms.ModelChoiceField):
    def label_from_instance(self, actividad):
        return f"{date_format(actividad.desde)}: {actividad}"


class AtenderForm(PasoForm):
    """Con qué se atendió. Lo de la biblioteca y las sesiones se buscan sin perder lo escrito."""

    paso = Clase.ATENDIDA
    titulo = "Dar por atendida"
    boton = "Dar por atendida"

    contacto = _ContactoField(
        label="Un contacto con la secretaría",
        queryset=Contacto.objects.none(),
        required=False,
        empty_label="Ninguno",
    )
    actividad = _ActividadField(
        label="Un taller o encuentro que llegó a ella",
        queryset=Actividad.objects.none(),
        required=False,
        empty_label="Ninguno",
    )
    q = forms.CharField(
        label="Buscar una sesión o un contenido",
        required=False,
        max_length=200,
        help_text="Por su título o su tema. Lo que marque se conserva aunque busque otra cosa.",
    )
    cosas = forms.MultipleChoiceField(
        label="Sesiones y contenidos", required=False, widget=forms.CheckboxSelectMultiple
    )
    field_order = ["clave", "base", "visto", "contacto", "actividad", "q", "cosas", "texto"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["contacto"].queryset = _los_primeros(contactos_que_sirven(self.necesidad))
        self.fields["actividad"].queryset = _los_primeros(actividades_que_sirven(self.necesidad))
        self.fields["texto"].label = "Algo que la secretaría deba saber"
        self.fields["cosas"].choices = self._cosas()

    def solo_buscar(self):
        """Vuelve a dibujarse con lo escrito y lo hallado, sin revisar lo que falte."""
        self._errors = ErrorDict()

    def _cosas(self):
        marcadas = [par for par in map(_clase_y_pk, self._enviadas()) if par]
        puestas = cosas_marcadas(marcadas, self.por)
        halladas = cosas_que_dicen(self.data.get("q", "")[:200], self.por)
        return [
            (f"{cosa.clase}:{cosa.objeto_id}", _como_se_dice(cosa))
            for cosa in {c.pk: c for c in [*puestas, *halladas]}.values()
        ]

    def _enviadas(self):
        return self.data.getlist("cosas")[:CANDIDATOS] if self.is_bound else []

    def cuerpo(self):
        cuerpo = super().cuerpo()
        del cuerpo["q"]
        return cuerpo

    def dar(self, *, contacto, actividad, cosas, q, **datos):
        pares = [_clase_y_pk(una) for una in cosas]
        contenidos = Contenido.objects.in_bulk([pk for clase, pk in pares if clase == "contenido"])
        respuestas = [una for una in (contacto, actividad) if una]
        respuestas += [
            contenidos[pk] if clase == "contenido" else Cosa(clase, pk)
            for clase, pk in pares
            if clase != "contenido" or pk in contenidos
        ]
        return acciones.atender(respuestas=respuestas, **datos)


def _los_primeros(consulta):
    return consulta.model.objects.filter(
        pk__in=list(consulta.values_list("pk", flat=True)[:CANDIDATOS])
    ).order_by(*consulta.query.order_by)


def _clase_y_pk(valor):
    clase, _, pk = valor.partition(":")
    return (clase, int(pk)) if pk.isascii() and pk.isdecimal() and len(pk) < 19 else None


def _como_se_dice(cosa):
    clase = BUSCABLES[cosa.clase].nombre if cosa.clase in BUSCABLES else cosa.clase
    cuando = f", {date_format(cosa.fecha)}" if cosa.fecha else ""
    return f"{capfirst(clase)}: {cosa.titulo}{cuando}"


PASOS = {
    form.paso: form
    for form in (
        *(DirigirForm, TrasladarForm, PreguntarForm, ResponderForm),
        *(AtenderForm, NoProcedeForm, ReabrirForm),
    )
}
