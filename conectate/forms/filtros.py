"""Los filtros de las listas: van en la dirección, que se puede guardar y enviar.

Lo que no se entiende no filtra: una dirección vieja o mal copiada no da un error.
"""

from django import forms
from django.utils.text import capfirst

from conectate.consultas.matriz import sesiones_de_la_matriz
from conectate.consultas.participacion import tipos_de_la_vigencia
from conectate.models import Sesion
from contenidos.filtros import TemaField
from territorio.filtros import FiltroForm
from territorio.texto import normalizar

SIN_IDENTIFICAR, AJENAS = "sin-identificar", "otras"


class FiltroDeSesionesForm(FiltroForm):
    q = forms.CharField(label="Buscar", required=False, max_length=100)
    vigencia = forms.ChoiceField(label="Año", required=False)
    tipo = forms.ChoiceField(label="Tipo", required=False)
    tema = TemaField(label="Tema", required=False)
    estado = forms.ChoiceField(label="Estado", required=False)
    pendiente = forms.ChoiceField(label="Por hacer", required=False)

    def __init__(self, *args, vigencias, tipos, temas, del_ministerio, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["q"].widget = forms.TextInput(attrs={"type": "search"})
        self._ofrecer("vigencia", [(str(v), str(v)) for v in vigencias])
        self._ofrecer("tipo", [(tipo.clave, tipo.nombre) for tipo in tipos])
        self._ofrecer("tema", [(tema.slug, tema.nombre) for tema in temas])
        self._ofrecer(
            "estado",
            [
                (valor, capfirst(nombre))
                for valor, nombre in Sesion.Estado.choices
                if del_ministerio or valor != Sesion.Estado.BORRADOR
            ],
        )
        if del_ministerio:
            self._ofrecer(
                "pendiente",
                [(valor, capfirst(nombre)) for valor, nombre in Sesion.Pendiente.choices],
                vacio="Todas",
            )
        else:
            del self.fields["pendiente"]

    def aplicar(self, sesiones):
        return sesiones.filtradas(**self.puestos)


class FiltroDePersonasForm(FiltroForm):
    q = forms.CharField(label="Nombre", required=False, max_length=100)
    entidad = forms.ChoiceField(label="Entidad", required=False)

    def __init__(self, *args, entidades, de_una, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["q"].widget = forms.TextInput(attrs={"type": "search"})
        if de_una is not None:
            del self.fields["entidad"]
            return
        self._ofrecer(
            "entidad",
            [
                (SIN_IDENTIFICAR, "Sin identificar"),
                (AJENAS, "De otras organizaciones"),
                *((e.entidad.codigo_dane, e.entidad.nombre) for e in entidades if e.estuvo),
            ],
            vacio="Todas",
        )

    def aplicar(self, personas):
        puestos = self.puestos
        for palabra in normalizar(puestos.get("q", "")).split():
            personas = personas.filter(nombre_norm__contains=palabra)
        match puestos.get("entidad"):
            case None:
                return personas
            case "sin-identificar":
                return personas.filter(entidad=None, ajena="")
            case "otras":
                return personas.exclude(ajena="")
            case codigo:
                return personas.filter(entidad__codigo_dane=codigo)


class FiltroDeMatrizForm(FiltroForm):
    tipo = forms.ChoiceField(label="Tipo", required=False)
    trimestre = forms.ChoiceField(label="Meses", required=False)

    def __init__(self, *args, vigencia, **kwargs):
        super().__init__(*args, **kwargs)
        self.vigencia = vigencia
        tipos = [uno.tipo for uno in tipos_de_la_vigencia(vigencia)]
        self._ofrecer("tipo", [(tipo.clave, tipo.nombre) for tipo in tipos])
        self._ofrecer(
            "trimestre",
            [
                ("1", "Enero a marzo"),
                ("2", "Abril a junio"),
                ("3", "Julio a septiembre"),
                ("4", "Octubre a diciembre"),
            ],
            vacio="Todo el año",
        )

    @property
    def como_parametros(self) -> dict:
        puestos = self.puestos
        trimestre = puestos.get("trimestre")
        return {"tipo": puestos.get("tipo"), "trimestre": int(trimestre) if trimestre else None}

    def sesiones(self):
        return sesiones_de_la_matriz(self.vigencia, **self.como_parametros)


class OrdenDeParticipacionForm(FiltroForm):
    """Por nombre, o de más a menos participación en un tipo o en todos."""

    orden = forms.ChoiceField(label="Ordenar por", required=False)

    def __init__(self, *args, tipos, **kwargs):
        super().__init__(*args, **kwargs)
        self.por_clave = {tipo.tipo.clave: tipo.tipo.pk for tipo in tipos}
        self._ofrecer(
            "orden",
            [
                ("total", "Participación total"),
                *((tipo.tipo.clave, f"Participación: {tipo.tipo.nombre}") for tipo in tipos),
                ("asistencias", "Asistencias"),
            ],
            vacio="Nombre",
        )

    def ordenar(self, filas):
        orden = self.puestos.get("orden")
        if not orden:
            return filas
        if orden == "asistencias":
            return sorted(filas, key=lambda fila: -fila.asistencias)

        def cuanto(fila):
            cuenta = fila.por_tipo[self.por_clave[orden]] if orden in self.por_clave else fila.total
            return (cuenta.fraccion is not None, cuenta.fraccion or 0, cuenta.n)

        return sorted(filas, key=cuanto, reverse=True)
