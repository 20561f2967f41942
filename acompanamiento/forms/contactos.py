"""El formulario de un contacto: lo llena en dos minutos, en un teléfono, alguien cansado."""

from django import forms
from django.utils import timezone
from django.utils.text import capfirst

from acompanamiento.acciones.contactos import CLASE, exige_motivo, registrar_contacto
from acompanamiento.consultas.grupos import entidades_a_cargo
from acompanamiento.forms.fechas import fecha_cercana
from acompanamiento.forms.temas import ConTemasForm
from acompanamiento.models import Contacto, Integrante, PapelEnLaEntidad, Pertenencia
from acompanamiento.permisos import puede_acompanar
from contenidos.models import Tema
from cuentas.models import ROLES_DEL_MINISTERIO, Usuario
from territorio.controles import FechaInput, HoraInput, RadiosInput, VariosField
from territorio.models import EntidadTerritorial

PAPEL = "papel_"
ULTIMAS = 3


class ContactoForm(ConTemasForm):
    clase = CLASE
    modelo = Contacto

    entidad = forms.ModelChoiceField(
        label="Secretaría",
        queryset=EntidadTerritorial.objects.all(),
        to_field_name="codigo_dane",
        error_messages={"required": "Escoja la secretaría."},
    )
    motivo_de_otro_grupo = forms.CharField(
        label="¿Por qué la contactó usted?",
        max_length=300,
        required=False,
        help_text="Solo si la acompaña otro grupo: cubría una ausencia, se lo pidieron…",
    )
    canal = forms.ChoiceField(
        label="Cómo fue",
        choices=[(valor, capfirst(nombre)) for valor, nombre in Contacto.Canal.choices],
        widget=RadiosInput,
        initial=Contacto.Canal.LLAMADA,
    )
    estado = forms.ChoiceField(
        label="¿En qué va?",
        choices=[
            (Contacto.Estado.COMPLETO, "Ya ocurrió y está completo"),
            (Contacto.Estado.BORRADOR, "Es un borrador: lo termino después"),
            (Contacto.Estado.PROGRAMADO, "Está programado: aún no ocurre"),
        ],
        widget=RadiosInput,
        initial=Contacto.Estado.COMPLETO,
        help_text="La secretaría no ve los borradores.",
    )
    fecha = forms.DateField(label="Fecha", widget=FechaInput(), validators=[fecha_cercana])
    hora_inicio = forms.TimeField(label="Hora de inicio", widget=HoraInput(), required=False)
    hora_fin = forms.TimeField(label="Hora de finalización", widget=HoraInput(), required=False)
    donde = forms.CharField(label="Lugar o enlace", max_length=500, required=False)
    asunto = forms.CharField(
        label="De qué se trató",
        max_length=200,
        error_messages={"required": "Escriba de qué se trató, en una frase."},
    )
    temas = VariosField(label="Temas", queryset=Tema.objects.none(), required=False)
    acuerdos = forms.CharField(
        label="Acuerdos",
        widget=forms.Textarea(attrs={"rows": 4}),
        required=False,
        help_text="Lo que se acordó, en una frase por renglón. Los que tengan responsable y fecha "
        "se registran después como compromisos.",
    )
    notas = forms.CharField(
        label="Notas del equipo",
        widget=forms.Textarea(attrs={"rows": 4}),
        required=False,
        help_text="Solo las lee el Ministerio.",
    )
    proposito = forms.CharField(
        label="Propósito de la visita",
        widget=forms.Textarea(attrs={"rows": 2}),
        max_length=1000,
        required=False,
    )
    acta = forms.CharField(
        label="Texto del acta",
        widget=forms.Textarea(attrs={"rows": 8}),
        required=False,
        help_text="Lo que se hizo y se conversó. No escriba cédulas, teléfonos ni nombres de "
        "estudiantes.",
    )
    del_ministerio = VariosField(
        label="Del Ministerio", queryset=Usuario.objects.none(), required=False
    )
    otra_persona = forms.ModelChoiceField(
        label="Alguien más del Ministerio",
        queryset=Usuario.objects.none(),
        required=False,
        empty_label="Nadie más",
    )

    def __init__(self, data=None, *, por, objeto=None, initial=None, anterior=None, **kwargs):
        self.anterior = anterior
        papeles = self._papeles(objeto, data)
        if objeto is None:
            initial = {"fecha": timezone.localdate(), "del_ministerio": [por], **(initial or {})}
        super().__init__(data, por=por, objeto=objeto, initial=initial, **kwargs)
        for papel in papeles:
            self.fields[f"{PAPEL}{papel.pk}"] = forms.IntegerField(
                label=papel.nombre,
                min_value=0,
                max_value=999,
                required=False,
                widget=forms.NumberInput(attrs={"inputmode": "numeric", "class": "ancho-corto"}),
            )
        self.papeles = {f"{PAPEL}{papel.pk}": papel for papel in papeles}
        self._preparar_personas()
        self.fields["entidad"].choices = self._por_cercania
        if anterior is not None:
            self.fields["asunto"].label = "De qué se tratará"
            self.fields["canal"].label = "Cómo será"
        if objeto is not None and objeto.esta_completo:
            self.fields["estado"].choices = self.fields["estado"].choices[:1]

    @staticmethod
    def _papeles(objeto, data):
        """Los que se usan, los que este contacto tiene y los que llegaron de lejos."""
        activos = PapelEnLaEntidad.objects.filter(activo=True)
        if objeto is not None:
            activos |= PapelEnLaEntidad.objects.filter(pk__in=objeto.de_la_entidad.values("papel"))
        traidos = [
            int(numero)
            for nombre in data or ()
            if nombre.startswith(PAPEL)
            and (numero := nombre.removeprefix(PAPEL)).isdecimal()
            and len(numero) < 10
        ]
        return list(activos | PapelEnLaEntidad.objects.filter(pk__in=traidos))

    def _preparar_personas(self):
        """Se ofrece el equipo, con un toque; cualquier otra cuenta, en la lista de abajo."""
        ya = self.objeto.del_ministerio.values("persona") if self.objeto else []
        todas = Usuario.objects.filter(rol__in=ROLES_DEL_MINISTERIO)
        self.fields["del_ministerio"].queryset = (
            todas.filter(is_active=True) | todas.filter(pk__in=ya)
        ).order_by("nombre", "pk")
        self.fields["otra_persona"].queryset = todas.filter(is_active=True).order_by("nombre", "pk")

    # ── Lo que la página dibuja ───────────────────────────────────────────────────────────────

    def _por_cercania(self):
        """Las últimas, las suyas, las demás: la que busca está casi siempre arriba."""
        todas = {e.pk: e for e in EntidadTerritorial.objects.en_orden()}
        hoy = timezone.localdate()
        ultimas = self._ultimas()
        a_cargo = [e.pk for e in entidades_a_cargo(self.por) if e.pk not in ultimas]
        restan = [e for e in todas.values() if e.pk not in {*ultimas, *a_cargo}]
        grupos = (
            ("Las últimas", [todas[pk] for pk in ultimas]),
            ("A su cargo", [todas[pk] for pk in a_cargo]),
            ("Las demás", [e for e in restan if e.vale_en(hoy)]),
            ("Ya no certificadas", [e for e in restan if not e.vale_en(hoy)]),
        )
        return [
            ("", "Escoja una"),
            *(
                (rotulo, [(e.codigo_dane, e.nombre) for e in suyas])
                for rotulo, suyas in grupos
                if suyas
            ),
        ]

    def _ultimas(self):
        recientes = (
            Contacto.objects.filter(creado_por=self.por, entidad__hasta=None)
            .order_by("-pk")
            .values_list("entidad", flat=True)[:20]
        )
        return list(dict.fromkeys(recientes))[:ULTIMAS]

    @property
    def equipo(self):
        """[(persona, marcada)]: los de sus grupos, los del de la entidad y quien ya esté."""
        marcadas = {str(getattr(uno, "pk", uno)) for uno in self["del_ministerio"].value() or []}
        grupos = Integrante.objects.vigentes().filter(persona=self.por).values("grupo")
        integrantes = Integrante.objects.vigentes().filter(grupo__in=grupos)
        if codigo := self["entidad"].value():
            de_la_entidad = Pertenencia.objects.vigentes().filter(entidad__codigo_dane=codigo)
            integrantes |= Integrante.objects.vigentes().filter(
                grupo__in=de_la_entidad.values("grupo")
            )
        cerca = {*integrantes.values_list("persona", flat=True), self.por.pk}
        numeros = {int(uno) for uno in marcadas if uno.isdecimal() and len(uno) < 10}
        personas = self.fields["del_ministerio"].queryset.filter(pk__in=cerca | numeros)
        return [(persona, str(persona.pk) in marcadas) for persona in personas]

    @property
    def de_la_entidad(self):
        return [self[nombre] for nombre in self.papeles]

    @property
    def participantes_con_error(self):
        return bool(self.errors.keys() & {"del_ministerio", "otra_persona", *self.papeles})

    @property
    def es_de_otro_grupo(self) -> bool:
        """Lo escogido exige un motivo, o ya lo tiene: el campo se muestra abierto."""
        if self["motivo_de_otro_grupo"].value() or self["motivo_de_otro_grupo"].errors:
            return True
        codigo = self["entidad"].value()
        entidad = codigo and EntidadTerritorial.objects.filter(codigo_dane=codigo).first()
        hoy = timezone.localdate()
        return bool(entidad) and not self.objeto and bool(exige_motivo(entidad, hoy, self.por))

    @property
    def es_visita(self) -> bool:
        return self["canal"].value() in Contacto.CANALES_DE_VISITA

    # ── Lo que se manda ───────────────────────────────────────────────────────────────────────

    @classmethod
    def puede_crear(cls, usuario):
        return puede_acompanar(usuario)

    @classmethod
    def valores_de(cls, contacto):
        visita = getattr(contacto, "visita", None) if contacto.es_visita else None
        return {
            **{
                campo: getattr(contacto, campo)
                for campo in (
                    *("entidad", "canal", "estado", "fecha", "hora_inicio", "hora_fin", "donde"),
                    *("asunto", "acuerdos", "notas", "motivo_de_otro_grupo"),
                )
            },
            "temas": list(contacto.temas.all()),
            "del_ministerio": [uno.persona for uno in contacto.del_ministerio.all()],
            "proposito": visita.proposito if visita else "",
            "acta": visita.acta if visita else "",
            **{f"{PAPEL}{uno.papel_id}": uno.personas for uno in contacto.de_la_entidad.all()},
        }

    def cuerpo(self):
        """Quien se escogió en la lista de abajo va con los demás."""
        cuerpo = super().cuerpo()
        if otra := cuerpo.pop("otra_persona"):
            cuerpo["del_ministerio"] = sorted({*cuerpo["del_ministerio"], otra})
        for nombre in self.papeles:
            cuerpo[nombre] = "" if cuerpo[nombre] == "0" else cuerpo[nombre]
        return cuerpo

    def guardado(self):
        guardado = super().guardado()
        del guardado["otra_persona"]
        return guardado

    def registrar(self, *, clave, base, cuerpo, datos):
        de_la_entidad = {papel: datos.pop(nombre) for nombre, papel in self.papeles.items()}
        personas = list(datos.pop("del_ministerio"))
        otra = datos.pop("otra_persona")
        if otra and otra not in personas:
            personas.append(otra)
        return registrar_contacto(
            clave=clave,
            base=base,
            cuerpo=cuerpo,
            datos={**datos, "de_la_entidad": de_la_entidad, "del_ministerio": personas},
            por=self.por,
            anterior=self.anterior,
        )
