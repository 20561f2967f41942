"""De qué entidad es cada quien: lo que decidió alguien y, si nadie, la evidencia.

La evidencia la pesa `territorio.resolucion`. Aquí se le ponen por encima las decisiones de la
revisión y se dice con quiénes se pregunta lo que no se sabe.
"""

from collections import defaultdict
from functools import cached_property
from typing import NamedTuple

from conectate.acciones.senas import GENERICAS, de_una_sesion, reconoce
from conectate.acciones.union import Persona, palabras_de
from conectate.models import Decision, Importacion, Participacion, Registros, Sesion
from conectate.models.asistencia import DecisionDeEntidad
from territorio.models import Dominio, EntidadTerritorial
from territorio.resolucion import Catalogo, Resolucion
from territorio.resolucion.palabras import VACIAS
from territorio.texto import normalizar

DOMINIO, TEXTO, PERSONA = Decision.Ambito.values
FUERZA = {"automatica": 3, "revision": 2, "sugerencia": 1, "cola": 0}
NO_ES_PERSONA = "no_persona"
CONFIRMADA = "confirmada"


class Veredicto(NamedTuple):
    entidad_id: int | None = None
    ajena: str = ""
    decision: str = DecisionDeEntidad.COLA
    evidencia: str = "ninguna"
    explicacion: str = ""
    sugerencias: tuple[str, ...] = ()
    ajena_sugerida: str = ""
    grupo: str = ""


class Vigente(NamedTuple):
    """Una decisión de la revisión, sin más de lo que hace falta para aplicarla."""

    pk: int
    desenlace: str
    entidad_id: int | None
    ajena: str


BOT = Veredicto(
    decision=DecisionDeEntidad.AUTOMATICA,
    evidencia=NO_ES_PERSONA,
    explicacion="Es un programa que graba o toma notas: no cuenta como asistente.",
)
POR_TELEFONO = Resolucion(
    None, "cola", "ninguna", explicacion="Entró por teléfono: el archivo no dice quién es."
)


def decisiones_vigentes() -> dict[tuple[str, str], Vigente]:
    filas = Decision.objects.vigentes().values_list(
        "ambito", "valor", "pk", "desenlace", "entidad_id", "ajena"
    )
    return {(ambito, valor): Vigente(*resto) for ambito, valor, *resto in filas}


class Identificador:
    """Lo que se sabe para una sesión: el catálogo de su fecha y lo que se ha decidido."""

    def __init__(self, sesion: Sesion, *, catalogo: Catalogo, decisiones: dict):
        self.sesion_id = sesion.pk
        self.catalogo = catalogo
        self.decisiones = decisiones
        self.decididas = {  # de quiénes decidió alguien, aquí o para todas las sesiones
            clave
            for ambito, valor in decisiones
            if ambito == PERSONA
            for clave in (valor, valor.rpartition("¦")[0])
        }
        entidades = EntidadTerritorial.objects.vigentes(sesion.fecha)
        self.ids = dict(entidades.values_list("codigo_dane", "pk"))
        self.vigentes = {None, *self.ids.values()}
        self.dominios = dict(Dominio.objects.values_list("dominio", "clase"))
        self.acotadas: dict[str, set[int]] = {}
        self.mira_otras_sesiones = False

    def veredictos(self, personas: list[Persona]) -> list[Veredicto]:
        self.acotadas = self._homonimos(personas)
        return [self._veredicto(persona) for persona in personas]

    def _veredicto(self, persona):
        if persona.tipo == "bot":
            return BOT
        if not self.decididas.isdisjoint(claves_de(persona)):
            if de_esta_sesion := self._decidida_aqui(persona):
                return self._aplicar(de_esta_sesion)
            clave, decidida = self._decidida_para_todas(persona)
            if decidida:
                contraria = self._contraria(persona, clave, decidida)
                return contraria or self._aplicar(decidida)
        resolucion = self._resolver(persona)
        if resolucion.decision == "automatica":
            return Veredicto(
                self.ids[resolucion.codigo] if resolucion.codigo else None,
                resolucion.ajena,
                resolucion.decision,
                resolucion.evidencia,
                resolucion.explicacion,
            )
        ambito, valor = self._grupo(persona, resolucion)
        if decidida := self._que_valga((ambito, valor)):
            return self._aplicar(decidida)
        return Veredicto(
            None,
            "",
            resolucion.decision,
            resolucion.evidencia,
            resolucion.explicacion[:300],
            resolucion.sugerencias,
            resolucion.ajena_sugerida,
            f"{ambito}:{valor}",
        )

    def _aplicar(self, decidida):
        return Veredicto(
            decidida.entidad_id,
            decidida.ajena,
            DecisionDeEntidad.CONFIRMADA,
            CONFIRMADA,
            "Se confirmó en la revisión.",
        )

    # ── La evidencia ──────────────────────────────────────────────────────────────────────────

    def _resolver(self, persona, *, sin_correo=False) -> Resolucion:
        if persona.tipo == "telefono":
            return POR_TELEFONO
        correo = persona.correos[0] if persona.correos and not sin_correo else ""
        if len(persona.nombres) < 2 and len(persona.declarados) < 2:
            mejor = self.catalogo.resolver(
                correo=correo,
                declarado=persona.declarados[0] if persona.declarados else "",
                visible=persona.nombres[0] if persona.nombres else "",
            )
        else:
            mejor = self._entre_varias(persona, correo)
        if mejor.decision == "cola" and not mejor.sugerencias and persona.dominio_sugerido:
            return self._por_su_cuenta(persona.dominio_sugerido) or mejor
        return mejor

    def _entre_varias(self, persona, correo):
        """Escribió su nombre o su entidad de varias maneras: la más clara, si no se contradicen."""
        posibles = [
            self.catalogo.resolver(correo=correo, declarado=declarado, visible=nombre)
            for declarado in persona.declarados or [""]
            for nombre in persona.nombres[:5] or [""]
        ]
        mejor = max(posibles, key=lambda resolucion: FUERZA[resolucion.decision])
        distintas = {r.codigo or r.ajena for r in posibles if r.decision == "automatica"}
        if len(distintas) < 2:
            return mejor
        return Resolucion(
            None,
            "revision",
            "conflicto",
            tuple(dict.fromkeys(r.codigo for r in posibles if r.codigo))[:3],
            explicacion="Sus datos señalan entidades distintas en archivos distintos.",
        )

    def _por_su_cuenta(self, dominio):
        """La cuenta de Teams de un invitado trae el dominio de donde viene: solo sugiere."""
        suya = self.catalogo.resolver(correo=f"cuenta@{dominio}")
        sugerencias = (suya.codigo,) if suya.codigo else suya.sugerencias
        if not sugerencias:
            return None
        return Resolucion(
            None,
            "sugerencia",
            "cuenta_de_invitado",
            sugerencias,
            explicacion=f"Entró como invitado con una cuenta de @{dominio}.",
        )

    # ── Con quiénes se pregunta ───────────────────────────────────────────────────────────────

    def _grupo(self, persona, resolucion):
        """Por dominio o por lo que escribió, si vale para todos; si no, una por una."""
        if resolucion.decision != "revision" and persona.tipo != "telefono":
            if persona.correos:
                dominio = dominio_de(persona.correos[0])
                if self._se_puede_aprender(dominio) and self._es_pregunta((DOMINIO, dominio)):
                    return DOMINIO, dominio
            if persona.declarados:
                texto = norma_de(declarado_que_vale(persona.declarados))
                if dice_de_quien(texto) and self._es_pregunta((TEXTO, texto)):
                    return TEXTO, texto
        solo_aqui = (
            persona.clave in self.acotadas
            or not reconoce(persona.clave)
            or not self._es_pregunta((PERSONA, persona.clave))
        )
        return PERSONA, self._aqui(persona.clave) if solo_aqui else persona.clave

    def _aqui(self, clave):
        return de_una_sesion(clave, self.sesion_id)

    def _es_pregunta(self, grupo):
        """Lo decidido que no vale en esta fecha se pregunta aparte, solo para esta sesión."""
        return grupo not in self.decisiones or self._que_valga(grupo) is not None

    def _se_puede_aprender(self, dominio):
        """El de correo personal no dice de dónde es nadie, y el conocido no se pregunta."""
        if dominio in self.dominios:
            return False
        etiquetas = dominio.split(".")
        padres = (".".join(etiquetas[i:]) for i in range(len(etiquetas) - 1))
        return all(self.dominios.get(padre) != Dominio.Clase.PERSONAL for padre in padres)

    # ── Lo que decidió alguien ────────────────────────────────────────────────────────────────

    def _decidida_aqui(self, persona):
        de_aqui = (self._que_valga((PERSONA, self._aqui(c))) for c in claves_de(persona))
        return next(filter(None, de_aqui), None)

    def _decidida_para_todas(self, persona):
        """Con qué clave y qué: de quien no se reconoce en otra sesión no vale ninguna."""
        for clave in claves_de(persona):
            if clave in self.decididas and reconoce(clave):
                decidida = self._que_valga((PERSONA, clave))
                if decidida and self.sesion_id in self.acotadas.get(clave, {self.sesion_id}):
                    return clave, decidida
        return "", None

    def _contraria(self, persona, clave, decidida):
        """Lo que trae aquí señala otra entidad, y quien decidió no lo vio: se pregunta."""
        # El dominio va con el correo a todas partes: quien decidió sobre un correo lo vio.
        suya = self._resolver(persona, sin_correo=clave.startswith("c:"))
        if suya.decision == "automatica":
            otra = (self.ids.get(suya.codigo), suya.ajena) != (decidida.entidad_id, decidida.ajena)
        else:
            otra = suya.decision == "revision"
        if not otra or self._se_vio_al_decidir(persona, decidida):
            return None
        codigos = {pk: codigo for codigo, pk in self.ids.items()}
        posibles = (suya.codigo, *suya.sugerencias, codigos.get(decidida.entidad_id))
        return Veredicto(
            decision=DecisionDeEntidad.REVISION,
            evidencia="conflicto",
            explicacion=(
                f"En otra sesión se decidió otra cosa de esta persona. {suya.explicacion}"[:300]
            ),
            sugerencias=tuple(dict.fromkeys(filter(None, posibles)))[:3],
            ajena_sugerida=suya.ajena or suya.ajena_sugerida or decidida.ajena,
            grupo=f"{PERSONA}:{self._aqui(persona.clave)}",
        )

    def _se_vio_al_decidir(self, persona, decidida):
        """Si todos los archivos de esta sesión donde está ya contaban para quien decidió."""
        suyas = claves_de(persona)
        donde = {pk for pk, claves in self.por_archivo.items() if not claves.isdisjoint(suyas)}
        vistas = Decision.importaciones.through.objects.filter(decision=decidida.pk)
        return bool(donde) and donde.issubset(vistas.values_list("importacion", flat=True))

    @cached_property
    def por_archivo(self) -> dict[int, set[str]]:
        """Quiénes están en cada archivo confirmado de la sesión."""
        paquetes = Registros.objects.filter(
            importacion__sesion=self.sesion_id, importacion__estado=Importacion.Estado.CONFIRMADA
        )
        return {uno.importacion_id: {r.clave for r in uno.todos()} for uno in paquetes}

    def _que_valga(self, grupo):
        """La decisión, si su entidad existía en la fecha de la sesión."""
        decidida = self.decisiones.get(grupo)
        return decidida if decidida and decidida.entidad_id in self.vigentes else None

    def _homonimos(self, personas):
        """Quien no tiene correo y se llama como alguien de otra entidad.

        Lo que se decidió de ella vale en las sesiones donde se decidió; en otra se pregunta.
        """
        dudosas = defaultdict(list)
        for persona in personas:
            if persona.correos or persona.tipo != "persona":
                continue
            if decidida := self.decisiones.get((PERSONA, persona.clave)):
                for nombre in persona.nombres:
                    dudosas[palabras_de(nombre)].append((persona.clave, decidida))
        self.mira_otras_sesiones = bool(dudosas)
        if not dudosas:
            return {}
        tocayos = set(
            Participacion.objects.filter(palabras__in=dudosas, entidad__isnull=False)
            .exclude(palabras="")  # así SQLite usa el índice, que no guarda a los sin nombre
            .exclude(correo="")
            .exclude(sesion=self.sesion_id)
            .values_list("palabras", "entidad_id")
        )
        for persona in personas:
            if persona.correos and not dudosas.keys().isdisjoint(map(palabras_de, persona.nombres)):
                suya = self._veredicto(persona).entidad_id
                tocayos.update((palabras_de(nombre), suya) for nombre in persona.nombres if suya)
        acotadas = {}
        for palabras, entidad_id in tocayos:
            for clave, decidida in dudosas.get(palabras, ()):
                if entidad_id != decidida.entidad_id:
                    acotadas[clave] = decidida.pk
        sesiones = defaultdict(set)
        for decision_id, sesion_id in Decision.importaciones.through.objects.filter(
            decision__in=acotadas.values()
        ).values_list("decision_id", "importacion__sesion_id"):
            sesiones[decision_id].add(sesion_id)
        return {clave: sesiones[decision_id] for clave, decision_id in acotadas.items()}


def claves_de(persona: Persona) -> tuple[str, ...]:
    return (persona.clave, *persona.otras_claves)


def dice_de_quien(texto: str) -> bool:
    """Si un texto ya normalizado vale para todo el que escriba lo mismo."""
    return texto not in VACIAS and any(
        len(palabra) > 2 for palabra in texto.split() if palabra not in GENERICAS
    )


def declarado_que_vale(declarados: list[str]) -> str:
    """De lo que escribió en varios archivos, lo primero que dice algo."""
    for declarado in declarados:
        if dice_de_quien(norma_de(declarado)):
            return declarado
    return declarados[-1] if declarados else ""


def norma_de(declarado: str) -> str:
    """Como se compara y se recuerda lo que alguien escribió."""
    return normalizar(declarado[:250])[:200] if declarado else ""


def dominio_de(correo: str) -> str:
    return correo.rpartition("@")[2]
