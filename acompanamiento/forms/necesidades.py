"""Los formularios de las necesidades: registrar una y filtrar la lista."""

from urllib.parse import urlencode

from django import forms
from django.utils.text import capfirst

from acompanamiento.acciones.necesidades import registrar_necesidad
from acompanamiento.consultas import opciones
from acompanamiento.consultas.grupos import entidades_a_cargo, entidades_de
from acompanamiento.forms.registrado import RegistradoForm
from acompanamiento.models import Contacto, Grupo, Necesidad
from contenidos.filtros import TemaField
from contenidos.models import Tema
from cuentas.models import Direccion
from territorio.controles import RadiosInput, VariosField
from territorio.filtros import FiltroForm
from territorio.models import EntidadTerritorial

PRIORIDADES = [
    (Necesidad.Prioridad.ALTA, "Alta: no puede esperar"),
    (Necesidad.Prioridad.MEDIA, "Media"),
    (Necesidad.Prioridad.BAJA, "Baja: cuando se pueda"),
]


# ── Registrarla ───────────────────────────────────────────────────────────────────────────────


class NecesidadForm(RegistradoForm):
    clase = "necesidad"
    modelo = Necesidad

    entidad = forms.ModelChoiceField(
        label="Secretaría",
        queryset=EntidadTerritorial.objects.all(),
        to_field_name="codigo_dane",
        error_messages={"required": "Escoja de qué secretaría es."},
    )
    texto = forms.CharField(
        label="Qué se necesita",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="En una o dos frases, para que quien la reciba sepa por dónde empezar.",
        error_messages={"required": "Escriba qué se necesita."},
    )
    prioridad = forms.TypedChoiceField(
        label="Prioridad",
        choices=PRIORIDADES,
        coerce=int,
        initial=Necesidad.Prioridad.MEDIA,
        widget=RadiosInput,
    )
    origen = forms.ChoiceField(
        label="Cómo se supo",
        choices=[
            (Necesidad.Origen.OBSERVADA, "La notó el equipo que acompaña"),
            (Necesidad.Origen.PEDIDA, "La pidió la secretaría"),
        ],
        initial=Necesidad.Origen.OBSERVADA,
        widget=RadiosInput,
    )
    direccion = forms.ModelChoiceField(
        label="Dirección del Ministerio que la atiende",
        queryset=Direccion.objects.filter(activa=True),
        required=False,
        empty_label="Aún no se sabe: la mira el grupo",
    )
    temas = VariosField(
        label="Temas",
        queryset=Tema.objects.activos(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    contacto = forms.ModelChoiceField(
        queryset=Contacto.objects.none(),
        to_field_name="clave",
        required=False,
        widget=forms.HiddenInput,
    )

    def __init__(self, data=None, *, por, objeto=None, **kwargs):
        super().__init__(data, por=por, objeto=objeto, **kwargs)
        self.se_corrige = objeto is not None and (data is None or self.la_base != 0)
        if self.se_corrige or por.es_de_secretaria:
            for campo in ("entidad", "origen", "direccion", "contacto"):
                del self.fields[campo]
        else:
            self.fields["entidad"].choices = self._entidades()
            self.fields["contacto"].queryset = Contacto.objects.visibles_para(por)
        if objeto:
            suyos = Tema.objects.filter(necesidades=objeto)
            self.fields["temas"].queryset = (Tema.objects.activos() | suyos).distinct()

    def _entidades(self):
        """Las vigentes, y primero las suyas. Otra se puede mandar: la acción dice qué le pasa."""
        vigentes = EntidadTerritorial.objects.vigentes().en_orden()
        suyas = set(entidades_a_cargo(self.por).values_list("codigo_dane", flat=True))
        todas = list(vigentes.values_list("codigo_dane", "nombre"))
        grupos = (
            ("A su cargo", [una for una in todas if una[0] in suyas]),
            ("Las demás" if suyas else "Todas", [una for una in todas if una[0] not in suyas]),
        )
        return [("", "Escoja una"), *(grupo for grupo in grupos if grupo[1])]

    @classmethod
    def puede_crear(cls, usuario):
        return usuario.is_authenticated

    @classmethod
    def editables(cls, usuario):
        return Necesidad.objects.visibles_para(usuario).abiertas()

    @classmethod
    def valores_de(cls, necesidad):
        return {
            "entidad": necesidad.entidad,
            "texto": necesidad.texto,
            "prioridad": necesidad.prioridad,
            "origen": necesidad.origen,
            "direccion": necesidad.direccion,
            "temas": list(necesidad.temas.all()),
            "contacto": necesidad.contacto,
        }

    def registrar(self, *, clave, base, cuerpo, datos):
        if self.por.es_de_secretaria:
            datos = {**datos, "entidad": self.por.entidad}
        return registrar_necesidad(clave=clave, base=base, cuerpo=cuerpo, datos=datos, por=self.por)


# ── La lista ──────────────────────────────────────────────────────────────────────────────────


class FiltroDeNecesidadesForm(FiltroForm):
    estado = forms.ChoiceField(label="Estado", required=False)
    turno = forms.ChoiceField(label="A quién esperan", required=False)
    prioridad = forms.ChoiceField(label="Prioridad", required=False)
    tema = TemaField(label="Tema", required=False)
    grupo = forms.ChoiceField(label="Grupo", required=False)
    direccion = forms.ChoiceField(label="Dirección", required=False)

    def __init__(self, *args, usuario, **kwargs):
        super().__init__(*args, **kwargs)
        self._ofrecer(
            "estado",
            [
                (Necesidad.Estado.ATENDIDA, "Atendidas"),
                (Necesidad.Estado.NO_PROCEDE, "No procede"),
                ("todas", "Todas"),
            ],
            "Abiertas",
        )
        turnos = [(t.value, capfirst(t.label)) for t in Necesidad.Turno if t != "nadie"]
        self._ofrecer("turno", turnos, "A cualquiera")
        prioridades = [(str(p.value), capfirst(p.label)) for p in Necesidad.Prioridad]
        self._ofrecer("prioridad", prioridades, "Todas")
        self._ofrecer("tema", opciones.temas())
        if usuario.es_del_ministerio:
            self._ofrecer("grupo", opciones.grupos())
            self._ofrecer("direccion", opciones.direcciones(), "Todas")
        else:
            del self.fields["grupo"], self.fields["direccion"]

    def acotar(self, necesidades):
        """Todo menos el estado y el turno: lo que las cifras de arriba cuentan."""
        puestos = self.puestos
        if numero := puestos.get("grupo"):
            grupo = Grupo.objects.get(numero=numero)
            necesidades = necesidades.filter(entidad__in=entidades_de(grupo).order_by())
        if tema := puestos.get("tema"):
            con_tema = Tema.objects.filter(slug=tema) | Tema.objects.filter(padre__slug=tema)
            rotuladas = Necesidad.temas.through.objects.filter(tema__in=con_tema)
            necesidades = necesidades.filter(pk__in=rotuladas.values("necesidad"))
        directos = {c: puestos[c] for c in ("prioridad", "direccion") if c in puestos}
        return necesidades.filter(**directos)

    def aplicar(self, necesidades):
        puestos = self.puestos
        necesidades = self.acotar(necesidades)
        if turno := puestos.get("turno"):
            necesidades = necesidades.filter(turno=turno)
        match puestos.get("estado"):
            case None:
                return necesidades.abiertas()
            case "todas":
                return necesidades
            case estado:
                return necesidades.filter(estado=estado)

    def turnos(self, cuantas: dict[str, int]) -> list[tuple[str, int, str, bool]]:
        """Por cada turno: cómo se dice, cuántas, su dirección y si es el escogido."""
        puestos = self.puestos
        escogido = puestos.pop("turno", "")
        puestos.pop("estado", None)
        return [
            (
                Necesidad.Turno(turno).label,
                n,
                urlencode(puestos if turno == escogido else {**puestos, "turno": turno}),
                turno == escogido,
            )
            for turno, n in cuantas.items()
        ]
