"""Lo que espera que alguien diga de qué entidad es, agrupado para preguntarlo una sola vez.

Las consultas no crecen con la cola: una cuenta los grupos, una trae los de la página y tres los
visten. `grupo` lo escribe el recálculo en cada participación.
"""

from collections import Counter, defaultdict
from dataclasses import dataclass, field

from django.db.models import Count, F, Q, QuerySet, Value, Window
from django.db.models.functions import Concat, DenseRank

from conectate.models import Decision, MismaPersona, Participacion, Sesion
from territorio.models import EntidadTerritorial
from territorio.texto import normalizar

AMBITOS = dict(Decision.Ambito.choices)
SUGERENCIAS = 3
MUESTRA = 5
YA_NO_CAMBIAN = [Sesion.Estado.CERRADA, Sesion.Estado.CANCELADA]
SEPARADOR_DE_SESION = "¦"  # «persona:n:ana ruiz¦12»: la tocaya de la sesión 12


@dataclass(frozen=True)
class Sugerencia:
    codigo: str
    nombre: str
    razon: str = ""


@dataclass
class Grupo:
    """Personas por las que se pregunta juntas: un dominio, un texto o una sola persona."""

    clave: str
    personas: int
    sesiones: int
    participaciones: int
    muestra: str = ""
    quienes: list[str] = field(default_factory=list)
    cuando: list[Sesion] = field(default_factory=list)
    decision: str = ""
    explicacion: str = ""
    ajena_sugerida: str = ""
    sugerencias: list[Sugerencia] = field(default_factory=list)
    correos: list[str] = field(default_factory=list)
    declarado: str = ""
    tipo: str = "persona"

    @property
    def ambito(self) -> str:
        return self.clave.partition(":")[0]

    @property
    def valor(self) -> str:
        return self.clave.partition(":")[2]

    @property
    def dice_por_que(self) -> bool:
        """«No hay con qué saberlo» en cada renglón no ayuda a nadie."""
        return self.decision != "cola" or bool(self.ajena_sugerida)

    @property
    def otras(self) -> int:
        return self.personas - len(self.quienes)


def por_revisar(
    *, sesion: Sesion | None = None, ambito: str = "", texto: str = ""
) -> QuerySet[Participacion]:
    """Las participaciones que esperan, de sesiones que aún cambian."""
    esperan = (
        Participacion.objects.por_revisar()
        .exclude(sesion__estado__in=YA_NO_CAMBIAN)
        .exclude(grupo__in=_grupos_decididos())
    )
    if sesion:
        esperan = esperan.filter(
            grupo__in=Participacion.objects.por_revisar().filter(sesion=sesion).values("grupo")
        )
    if ambito:
        esperan = esperan.filter(grupo__startswith=f"{ambito}:")
    if texto:
        esperan = esperan.filter(
            Q(grupo__contains=texto.strip().lower())
            | Q(nombre_norm__contains=normalizar(texto))
            | Q(declarado_norm__contains=normalizar(texto))
        )
    return esperan


def _grupos_decididos():
    """Lo ya decidido que aún se está aplicando no se vuelve a preguntar.

    Es una lista aparte y no un Exists: buscar a cada persona su decisión, sin índice que sirva,
    tomaba segundos con unos miles de cada una.
    """
    return (
        Decision.objects.vigentes()
        .annotate(grupo=Concat("ambito", Value(":"), "valor"))
        .values("grupo")
    )


def grupos(esperan: QuerySet[Participacion]) -> QuerySet:
    """De más a menos impacto: primero lo que resuelve más asistencias de una vez."""
    return (
        esperan.values("grupo")
        .annotate(
            participaciones=Count("pk"),
            personas=Count("clave", distinct=True),
            sesiones=Count("sesion", distinct=True),
        )
        .order_by("-participaciones", "grupo")
    )


def vestir(filas: list[dict]) -> list[Grupo]:
    """Los grupos de una página, con sus nombres, su porqué y sus sugerencias."""
    vestidos = {
        fila["grupo"]: Grupo(
            fila["grupo"], fila["personas"], fila["sesiones"], fila["participaciones"]
        )
        for fila in filas
    }
    muestras = _muestras(list(vestidos))
    for clave, grupo in vestidos.items():
        _describir(grupo, muestras[clave])
    _sugerir(vestidos, muestras)
    return list(vestidos.values())


def grupo_de(clave: str) -> Grupo | None:
    fila = grupos(por_revisar().filter(grupo=clave)).first()
    return vestir([fila])[0] if fila else None


def de_una_persona(participacion: Participacion) -> Grupo:
    """La ficha de una sola persona, espere o no respuesta."""
    grupo = Grupo(f"persona:{participacion.clave}", 1, 1, 1)
    muestras = {grupo.clave: [participacion]}
    _describir(grupo, muestras[grupo.clave])
    _sugerir({grupo.clave: grupo}, muestras)
    return grupo


def _muestras(claves):
    """Las primeras personas de cada grupo, en todas sus sesiones."""
    filas = (
        Participacion.objects.por_revisar()
        .filter(grupo__in=claves)
        .exclude(sesion__estado__in=YA_NO_CAMBIAN)
        .annotate(lugar=Window(DenseRank(), partition_by="grupo", order_by=F("clave").asc()))
        .filter(lugar__lte=MUESTRA)
        .select_related("sesion")
        .order_by("grupo", "nombre_norm", "-sesion__fecha")
    )
    muestras = defaultdict(list)
    for fila in filas:
        muestras[fila.grupo].append(fila)
    return muestras


def _describir(grupo, filas):
    if not filas:
        return
    primera = filas[0]
    grupo.tipo = primera.tipo
    grupo.decision = primera.decision
    grupo.explicacion = primera.explicacion
    grupo.ajena_sugerida = next((f.ajena_sugerida for f in filas if f.ajena_sugerida), "")
    grupo.quienes = list({fila.clave: fila.nombre for fila in filas}.values())
    grupo.correos = list(dict.fromkeys(fila.correo for fila in filas if fila.correo))
    grupo.declarado = next((fila.declarado for fila in filas if fila.declarado), "")
    grupo.cuando = list({fila.sesion_id: fila.sesion for fila in filas}.values())
    grupo.muestra = muestra_de(grupo.clave, primera)


def muestra_de(clave: str, fila: Participacion) -> str:
    """El grupo como lo lee una persona: «@semneiva.gov.co», «Sec. Neiva», «Ana Ruiz»."""
    ambito, _, valor = clave.partition(":")
    if ambito == Decision.Ambito.DOMINIO:
        return f"@{valor}"
    if ambito == Decision.Ambito.TEXTO:
        return fila.declarado or valor
    return fila.nombre


def _sugerir(grupos, muestras):
    """Lo que sugirió la evidencia y, si falta, dónde se conoce ya a esa persona."""
    conocidas = _conocidas(fila for filas in muestras.values() for fila in filas)
    nombres = dict(EntidadTerritorial.objects.values_list("codigo_dane", "nombre"))
    for clave, grupo in grupos.items():
        filas = muestras[clave]
        razones = {}
        de_la_evidencia = Counter(
            codigo
            for fila in filas
            for lugar, codigo in enumerate(fila.sugerencias[:SUGERENCIAS])
            for _ in range(SUGERENCIAS - lugar)
        )
        for codigo, _ in de_la_evidencia.most_common():
            razones[codigo] = ""
        if grupo.ambito == Decision.Ambito.PERSONA:
            for fila in filas:
                for codigo, sesiones in conocidas[fila.clave]:
                    razones.setdefault(codigo, f"ya participó por ella en {_sesiones(sesiones)}")
                for codigo, sesiones in conocidas[fila.palabras]:
                    razones.setdefault(codigo, f"alguien con su nombre, en {_sesiones(sesiones)}")
        grupo.sugerencias = [
            Sugerencia(codigo, nombres[codigo], razon)
            for codigo, razon in list(razones.items())[:SUGERENCIAS]
            if codigo in nombres
        ]


def _conocidas(filas):
    """Por identidad o por nombre, las entidades con que ya participó, la más frecuente primero."""
    filas = list(filas)
    claves = {fila.clave for fila in filas}
    palabras = {fila.palabras for fila in filas if " " in fila.palabras}
    conocidas = defaultdict(list)
    if not claves:
        return conocidas
    # SQLite solo usa un índice parcial si la consulta repite su condición.
    con_ese_nombre = ~Q(palabras="") & Q(palabras__in=palabras)
    cuentas = (
        Participacion.objects.filter(Q(clave__in=claves) | con_ese_nombre)
        .filter(entidad__isnull=False)
        .values("clave", "palabras", "entidad__codigo_dane")
        .annotate(sesiones=Count("sesion", distinct=True))
        .order_by("-sesiones", "entidad__codigo_dane")
    )
    for cuenta in cuentas:
        pareja = (cuenta["entidad__codigo_dane"], cuenta["sesiones"])
        conocidas[cuenta["clave"]].append(pareja)
        if " " in cuenta["palabras"]:
            conocidas[cuenta["palabras"]].append(pareja)
    return conocidas


def _sesiones(n):
    return "una sesión" if n == 1 else f"{n} sesiones"


@dataclass(frozen=True)
class Pendiente:
    """Cuánto falta por revisar, para las pestañas y el avance."""

    grupos: int
    participaciones: int
    parejas: int


def pendiente(sesion: Sesion | None = None) -> Pendiente:
    esperan = por_revisar(sesion=sesion)
    cuenta = esperan.aggregate(grupos=Count("grupo", distinct=True), participaciones=Count("pk"))
    return Pendiente(**cuenta, parejas=parejas_propuestas(sesion).count())


# ── ¿Es la misma persona? ─────────────────────────────────────────────────────────────────────


def parejas_propuestas(sesion: Sesion | None = None) -> QuerySet[MismaPersona]:
    propuestas = MismaPersona.objects.propuestas().exclude(sesion__estado__in=YA_NO_CAMBIAN)
    if sesion:
        propuestas = propuestas.filter(sesion=sesion)
    return propuestas.select_related("sesion").order_by("-sesion__fecha", "clave", "pk")


@dataclass
class Pareja:
    """Dos identidades, cada una con lo que se sabe de ella en la sesión."""

    propuesta: MismaPersona
    una: Participacion
    otra: Participacion

    @property
    def las_dos(self) -> list[Participacion]:
        return [self.otra, self.una]


def con_sus_datos(propuestas: list[MismaPersona]) -> list[Pareja]:
    claves = {clave for p in propuestas for clave in (p.clave, p.principal)}
    filas = {
        (fila.sesion_id, fila.clave): fila
        for fila in Participacion.objects.filter(
            sesion__in={p.sesion_id for p in propuestas}, clave__in=claves
        ).select_related("entidad")
    }
    return [
        Pareja(p, filas[p.sesion_id, p.clave], filas[p.sesion_id, p.principal])
        for p in propuestas
        if (p.sesion_id, p.clave) in filas and (p.sesion_id, p.principal) in filas
    ]


# ── Lo que ya se decidió ──────────────────────────────────────────────────────────────────────


def decisiones_recientes() -> QuerySet[Decision]:
    return Decision.objects.select_related("entidad", "creado_por", "deshecha_por").order_by(
        "-creado_en", "-pk"
    )


def parejas_respondidas() -> QuerySet[MismaPersona]:
    return (
        MismaPersona.objects.exclude(estado=MismaPersona.Estado.PROPUESTA)
        .select_related("sesion", "decidida_por")
        .order_by("-decidida_en", "-pk")
    )
