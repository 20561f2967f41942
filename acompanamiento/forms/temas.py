"""Los temas de lo que se registra, para marcarlos con un toque."""

from acompanamiento.forms.registrado import RegistradoForm
from contenidos.models import Tema


class ConTemasForm(RegistradoForm):
    """Lo heredan los que declaran `temas`: se ofrecen los activos y los que ya tenga."""

    def __init__(self, data=None, *, por, objeto=None, **kwargs):
        super().__init__(data, por=por, objeto=objeto, **kwargs)
        suyos = objeto.temas.values("pk") if objeto else []
        self.fields["temas"].queryset = Tema.objects.activos() | Tema.objects.filter(pk__in=suyos)

    @property
    def temas_por_grupo(self) -> list:
        """Tema mayor → [(tema, marcado)]. El mayor también se puede escoger."""
        marcados = {str(getattr(tema, "pk", tema)) for tema in self["temas"].value() or []}
        grupos = {}
        for tema in self.fields["temas"].queryset.select_related("padre"):
            grupos.setdefault(tema.padre or tema, []).append(tema)
        return [
            (mayor.nombre, [(tema, str(tema.pk) in marcados) for tema in suyos])
            for mayor, suyos in sorted(grupos.items(), key=lambda par: par[0].nombre_norm)
        ]
