"""Los filtros de la lista de compromisos."""

from datetime import timedelta

from django import forms
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from acompanamiento.consultas import opciones
from acompanamiento.consultas.compromisos import DIAS_POR_VENCER
from acompanamiento.consultas.grupos import entidades_de
from acompanamiento.models import Compromiso, Grupo, Lado, Pertenencia
from cuentas.models import Usuario
from territorio.filtros import FiltroForm

NINGUNO, NINGUNA, YO = "ninguno", "ninguna", "mi"


class FiltroDeCompromisosForm(FiltroForm):
    q = forms.CharField(label="Buscar en el texto", required=False, max_length=100)
    estado = forms.ChoiceField(label="Cuáles", required=False)
    lado = forms.ChoiceField(label="Quién se comprometió", required=False)
    persona = forms.ChoiceField(label="Persona", required=False)
    grupo = forms.ChoiceField(label="Grupo", required=False)
    entidad = forms.ChoiceField(label="Secretaría", required=False)
    direccion = forms.ChoiceField(label="Dirección", required=False)
    area = forms.ChoiceField(label="Área de la secretaría", required=False)

    def __init__(self, *args, usuario, **kwargs):
        super().__init__(*args, **kwargs)
        self.usuario = usuario
        self.fields["q"].widget = forms.TextInput(attrs={"type": "search"})
        self._ofrecer(
            "estado",
            [
                ("vencidos", "Vencidos"),
                ("por_vencer", f"Por vencer en {DIAS_POR_VENCER} días"),
                (Compromiso.Estado.PENDIENTE, "Sin empezar"),
                (Compromiso.Estado.EN_CURSO, "En curso"),
                (Compromiso.Estado.CUMPLIDO, "Cumplidos"),
                (Compromiso.Estado.SIN_EFECTO, "Sin efecto"),
                ("todos", "Todos"),
            ],
            "Abiertos",
        )
        self._ofrecer(
            "lado", [(uno.value, uno.label.capitalize()) for uno in Lado], "Las dos partes"
        )
        self._ofrecer("area", opciones.areas(), "Todas")
        if usuario.es_del_ministerio:
            self._ofrecer_lo_del_ministerio()
        else:
            self._ofrecer("persona", [(YO, "Yo")], "Cualquiera")
            for campo in ("grupo", "entidad", "direccion"):
                del self.fields[campo]

    def _ofrecer_lo_del_ministerio(self):
        abiertos = Compromiso.objects.abiertos().filter(persona=OuterRef("pk"))
        personas = Usuario.objects.filter(Exists(abiertos)).order_by("nombre", "pk")
        self._ofrecer(
            "persona",
            [
                (YO, "Yo"),
                (NINGUNA, "Sin persona"),
                *((str(pk), nombre) for pk, nombre in personas.values_list("pk", "nombre")),
            ],
            "Cualquiera",
        )
        self._ofrecer("grupo", [*opciones.grupos(), (NINGUNO, "Sin grupo")])
        self._ofrecer("entidad", opciones.secretarias(), "Todas")
        self._ofrecer("direccion", opciones.direcciones(), "Todas")

    def aplicar(self, compromisos):
        puestos = self.puestos
        compromisos = self._por_estado(compromisos, puestos.get("estado"))
        if q := puestos.get("q"):
            compromisos = compromisos.filter(texto__icontains=q)
        if grupo := puestos.get("grupo"):
            compromisos = _del_grupo(compromisos, grupo)
        if persona := puestos.get("persona"):
            de_quien = {YO: Q(persona=self.usuario), NINGUNA: Q(persona=None)}
            compromisos = compromisos.filter(de_quien.get(persona) or Q(persona=persona))
        directos = {
            "lado": "lado",
            "area": "dependencia",
            "entidad": "entidad__codigo_dane",
            "direccion": "direccion",
        }
        return compromisos.filter(
            **{campo: puestos[f] for f, campo in directos.items() if f in puestos}
        )

    @staticmethod
    def _por_estado(compromisos, estado):
        """Lo abierto, por fecha: lo más atrasado primero. Lo cerrado, lo último primero."""
        hoy = timezone.localdate()
        match estado:
            case None:
                return compromisos.abiertos().order_by("vence_el", "pk")
            case "vencidos":
                return compromisos.vencidos(hoy).order_by("vence_el", "pk")
            case "por_vencer":
                hasta = hoy + timedelta(days=DIAS_POR_VENCER)
                return compromisos.por_vencer(hasta).order_by("vence_el", "pk")
            case "todos":
                return compromisos.order_by("-vence_el", "-pk")
            case _ if estado in Compromiso.ABIERTOS:
                return compromisos.filter(estado=estado).order_by("vence_el", "pk")
        return compromisos.filter(estado=estado).order_by("-vence_el", "-pk")


def _del_grupo(compromisos, numero):
    """Las entidades que acompaña hoy: es quien responde por lo que está por hacer."""
    if numero == NINGUNO:
        acompanadas = Pertenencia.objects.vigentes().values("entidad")
        return compromisos.exclude(entidad__in=acompanadas)
    grupo = Grupo.objects.get(numero=numero)
    return compromisos.filter(entidad__in=entidades_de(grupo).order_by())
