"""Los filtros del calendario del acompañamiento: de quién y qué."""

from django import forms

from acompanamiento.consultas.calendario import (
    Alcance,
    de_la_entidad,
    de_la_persona,
    del_grupo,
)
from acompanamiento.consultas.grupos import grupo_propio
from acompanamiento.models import Grupo
from territorio.filtros import FiltroForm

QUE = [
    ("visita", "Visitas"),
    ("reunion", "Reuniones y llamadas"),
    ("taller", "Talleres y encuentros"),
    ("vencimiento", "Compromisos que vencen"),
]


class FiltroDelCalendarioForm(FiltroForm):
    grupo = forms.ChoiceField(label="Grupo", required=False)
    persona = forms.ChoiceField(label="De quién", required=False)
    que = forms.ChoiceField(label="Qué", required=False)

    def __init__(self, *args, usuario, **kwargs):
        super().__init__(*args, **kwargs)
        self.usuario = usuario
        self._ofrecer("que", QUE, "Todo")
        if usuario.es_de_secretaria:
            del self.fields["grupo"], self.fields["persona"]
            return
        self.grupos = list(Grupo.objects.all())
        propio = grupo_propio(usuario) or next(iter(self.grupos), None)
        self._propio = propio
        self._ofrecer(
            "grupo",
            [(str(g.numero), str(g)) for g in self.grupos if g != propio],
            str(propio) if propio else "Aún no hay grupos",
        )
        self._ofrecer("persona", [("mi", "Solo lo mío")], "Todo el grupo")

    @property
    def del_que(self) -> Grupo | None:
        """El grupo que se mira; nada si es lo de una persona o de una secretaría."""
        if self.usuario.es_de_secretaria or self.puestos.get("persona"):
            return None
        numero = self.puestos.get("grupo")
        return next((g for g in self.grupos if str(g.numero) == numero), self._propio)

    @property
    def alcance(self) -> Alcance:
        if self.usuario.es_de_secretaria:
            return de_la_entidad(self.usuario.entidad)
        return del_grupo(self.del_que) if self.del_que else de_la_persona(self.usuario)

    @property
    def titulo(self) -> str:
        if self.usuario.es_de_secretaria:
            return f"Calendario de la secretaría de {self.usuario.entidad}"
        return f"Calendario del {self.del_que}" if self.del_que else "Mi calendario"
