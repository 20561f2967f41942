"""Qué cambiaría un directorio de instituciones, frente a lo que hay."""

from collections.abc import Callable
from dataclasses import dataclass, field

from django.utils import timezone

from acompanamiento.lectura.instituciones import FilaDeInstitucion, LecturaDeInstituciones
from acompanamiento.models import ListadoDeInstituciones
from territorio.models import Institucion, Municipio
from territorio.resolucion.filas import Quien, Reconocedor
from territorio.texto import normalizar
from trabajos.models import Trabajo

CAMPOS = {
    "nombre": "nombre",
    "entidad_id": "secretaría",
    "municipio_id": "municipio",
    "sector": "sector",
    "zona": "zona",
    "estado": "estado",
}
CADA = 500  # filas entre dos avisos de por dónde va


@dataclass(frozen=True)
class CambioDeInstitucion:
    fila: int
    institucion: Institucion
    campos: tuple[str, ...]  # cuáles son distintos, en palabras


@dataclass
class ComparacionDeInstituciones:
    nuevas: list[Institucion] = field(default_factory=list)
    cambiadas: list[CambioDeInstitucion] = field(default_factory=list)
    iguales: int = 0
    rechazadas: list[dict] = field(default_factory=list)
    bandeja: dict[str, dict] = field(default_factory=dict)  # nombre de secretaría → sus filas
    sin_municipio: int = 0

    @property
    def cambia_algo(self) -> bool:
        return bool(self.nuevas or self.cambiadas)

    @property
    def cuenta(self) -> dict[str, int]:
        return {
            "nuevas": len(self.nuevas),
            "cambiadas": len(self.cambiadas),
            "iguales": self.iguales,
            "rechazadas": len(self.rechazadas),
            "sin_reconocer": sum(uno["n"] for uno in self.bandeja.values()),
            "sin_municipio": self.sin_municipio,
        }


def fecha_de(listado: ListadoDeInstituciones):
    return listado.corte or timezone.localdate(listado.creado_en)


def comparar(
    lectura: LecturaDeInstituciones,
    listado: ListadoDeInstituciones,
    avanzar: Callable[[int, int], None] = lambda hechas, total: None,
) -> ComparacionDeInstituciones:
    """Lo que una fila no dice no borra lo que ya se sabía; lo que el archivo no trae, se queda."""
    lugares = _Lugares(listado)
    hay = Institucion.objects.in_bulk(
        [fila.codigo for fila in lectura.filas], field_name="codigo_dane"
    )
    comparacion = ComparacionDeInstituciones(
        rechazadas=[
            {"fila": uno.fila, "texto": uno.valor, "motivo": uno.motivo}
            for uno in lectura.rechazadas
        ]
    )
    for n, fila in enumerate(lectura.filas):
        if n % CADA == 0:
            avanzar(n, len(lectura.filas))
        quien = lugares.de_quien(fila)
        if quien.motivo:
            comparacion.rechazadas.append(
                {
                    "fila": fila.fila,
                    "texto": f"{fila.codigo} · {fila.nombre}"[:120],
                    "motivo": quien.motivo,
                }
            )
        elif quien.entidad is None:
            suyas = comparacion.bandeja.setdefault(
                fila.secretaria,
                {"fila": fila.fila, "n": 0, "sugerencias": list(quien.sugerencias)},
            )
            suyas["n"] += 1
        else:
            _contar(comparacion, fila, quien.entidad, lugares, hay.get(fila.codigo), listado)
    comparacion.rechazadas.sort(key=lambda una: una["fila"])
    return comparacion


def _contar(comparacion, fila, entidad, lugares, actual, listado):
    municipio = lugares.municipio(fila, entidad)
    if municipio is None:
        comparacion.sin_municipio += 1
    dicho = {
        "nombre": fila.nombre,
        "entidad_id": entidad.pk,
        "municipio_id": municipio and municipio.pk,
        "sector": fila.sector,
        "zona": fila.zona,
        "estado": fila.estado,
    }
    if actual is None:
        comparacion.nuevas.append(
            Institucion(
                codigo_dane=fila.codigo,
                nombre_norm=normalizar(fila.nombre),
                fuente=listado.fuente,
                **dicho,
            )
        )
        return
    distintos = [c for c, valor in dicho.items() if valor and valor != getattr(actual, c)]
    if not distintos:
        comparacion.iguales += 1
        return
    for campo in distintos:
        setattr(actual, campo, dicho[campo])
    actual.nombre_norm, actual.fuente = normalizar(actual.nombre), listado.fuente
    comparacion.cambiadas.append(
        CambioDeInstitucion(fila.fila, actual, tuple(CAMPOS[campo] for campo in distintos))
    )


class _Lugares:
    """La secretaría y el municipio de cada fila, preguntando una vez por cada texto distinto."""

    def __init__(self, listado):
        self.fecha = fecha_de(listado)
        self.reconocedor = Reconocedor(self.fecha)
        entidades = {entidad.pk: entidad for entidad in self.reconocedor.por_dane.values()}
        self.municipios, self.por_nombre, self.atienden = {}, {}, {}
        for municipio in Municipio.objects.prefetch_related("atenciones"):
            self.municipios[municipio.codigo] = municipio
            for atencion in municipio.atenciones.all():
                if atencion.vale_en(self.fecha):
                    self.atienden[municipio.codigo] = entidades[atencion.entidad_id]
                    self.por_nombre[(atencion.entidad_id, municipio.nombre_norm)] = municipio
        self._sabidas = {}

    def de_quien(self, fila: FilaDeInstitucion) -> Quien:
        clave = (fila.codigo_men, fila.secretaria, fila.codigo_municipio)
        if clave not in self._sabidas:
            self._sabidas[clave] = self._de_quien(*clave)
        return self._sabidas[clave]

    def _de_quien(self, codigo, nombre, municipio):
        if codigo or nombre:
            return self.reconocedor.de_quien(codigo, nombre=nombre)
        entidad = self.atienden.get(municipio.zfill(5))
        if entidad:
            return Quien(entidad)
        return Quien(
            motivo=f"Ningún municipio tiene el código «{municipio}»."
            if municipio
            else "No dice de qué secretaría es."
        )

    def municipio(self, fila, entidad):
        return self.municipios.get(fila.codigo_municipio.zfill(5)) or self.por_nombre.get(
            (entidad.pk, normalizar(fila.municipio))
        )


def trabajo_del_listado(listado: ListadoDeInstituciones) -> Trabajo | None:
    """El último paso pedido, si no ha terminado bien: su avance, o por qué no se pudo."""
    claves = [f"leer-instituciones:{listado.pk}", f"confirmar-instituciones:{listado.pk}"]
    trabajo = Trabajo.objects.filter(clave_unica__in=claves).order_by("-pedido_en", "-pk").first()
    return trabajo if trabajo and trabajo.estado != Trabajo.Estado.TERMINADO else None
