"""Lo que entra de archivos: el catálogo propio y la lista de dominios que da el Ministerio.

Repetir una carga no cambia nada, no borra nada y no toca lo que dijo una persona.
"""

import csv
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path

from django.db import transaction

from territorio.models import (
    Alias,
    Atencion,
    Departamento,
    Dominio,
    EntidadTerritorial,
    Municipio,
    Origen,
)
from territorio.texto import UN_DOMINIO, dominio_limpio, normalizar

CATALOGO = Path(__file__).parent / "catalogo"


# ── El catálogo ───────────────────────────────────────────────────────────────────────────────


@transaction.atomic
def cargar_catalogo() -> Counter:
    """Deja la base como dicen los archivos de `catalogo/`; cuenta lo nuevo y lo cambiado."""
    cambios = Counter()
    _departamentos(cambios)
    _entidades(cambios)
    _municipios(cambios)
    _atenciones(cambios)
    _alias(cambios)
    _dominios(cambios)
    return cambios


def _departamentos(cambios):
    igualar(
        Departamento,
        "codigo",
        [{**fila, "nombre_norm": normalizar(fila["nombre"])} for fila in _filas("departamentos")],
        cambios,
    )


def _entidades(cambios):
    departamentos = dict(Departamento.objects.values_list("codigo", "pk"))
    igualar(
        EntidadTerritorial,
        "codigo_dane",
        [
            {
                **fila,
                "nombre_norm": normalizar(fila["nombre"]),
                "departamento_id": departamentos[fila["codigo_dane"][:2]],
                "desde": _fecha(fila["desde"]),
                "hasta": _fecha(fila["hasta"]),
            }
            for fila in _filas("entidades")
        ],
        cambios,
    )


def _municipios(cambios):
    departamentos = dict(Departamento.objects.values_list("codigo", "pk"))
    igualar(
        Municipio,
        "codigo",
        [
            {
                "codigo": fila["codigo"],
                "nombre": fila["nombre"],
                "nombre_norm": normalizar(fila["nombre"]),
                "otros_nombres": fila["otros_nombres"],
                "departamento_id": departamentos[fila["codigo"][:2]],
            }
            for fila in _filas("municipios")
        ],
        cambios,
    )


def _atenciones(cambios):
    """A cada municipio lo atiende su secretaría desde que se certifica; antes, su departamento."""
    entidades = {entidad.codigo_dane: entidad for entidad in EntidadTerritorial.objects.all()}
    municipios = dict(Municipio.objects.values_list("codigo", "pk"))
    existentes = {}
    for atencion in Atencion.objects.all():
        existentes.setdefault(atencion.municipio_id, {})[(atencion.entidad_id, atencion.desde)] = (
            atencion
        )

    nuevas = []
    for fila in _filas("municipios"):
        municipio = municipios[fila["codigo"]]
        hay = existentes.get(municipio, {})
        if any(atencion.origen == Origen.PERSONA for atencion in hay.values()):
            continue
        tramos = _tramos(fila, entidades)
        for atencion in hay.values():
            hasta = tramos.get((atencion.entidad_id, atencion.desde), atencion.hasta)
            if hasta != atencion.hasta:
                atencion.hasta = hasta
                atencion.save(update_fields=["hasta"])
                cambios["atencion cambiadas"] += 1
        nuevas += [
            Atencion(municipio_id=municipio, entidad_id=entidad, desde=desde, hasta=hasta)
            for (entidad, desde), hasta in tramos.items()
            if (entidad, desde) not in hay
        ]
    Atencion.objects.bulk_create(nuevas)
    cambios["atencion nuevas"] += len(nuevas)


def _tramos(fila, entidades):
    """Por quién y desde cuándo se atendió un municipio, y hasta cuándo."""
    departamental = entidades.get(fila["codigo"][:2])
    propia = entidades.get(fila["codigo"])
    hasta = _fecha(fila["hasta"])
    if propia is None:
        return {(departamental.pk, None): hasta}
    tramos = {(propia.pk, propia.desde): hasta}
    if propia.desde:
        tramos = {(departamental.pk, None): propia.desde - timedelta(days=1), **tramos}
    return tramos


def _alias(cambios):
    entidades = dict(EntidadTerritorial.objects.values_list("codigo_dane", "pk"))
    igualar(
        Alias,
        "texto_norm",
        [
            {
                "texto": fila["texto"],
                "texto_norm": normalizar(fila["texto"]),
                "entidad_id": entidades.get(fila["codigo_dane"]),
                "ajena": fila["ajena"],
            }
            for fila in _filas("alias")
        ],
        cambios,
    )


def _dominios(cambios):
    entidades = dict(EntidadTerritorial.objects.values_list("codigo_dane", "pk"))
    igualar(
        Dominio,
        "dominio",
        [
            {
                "dominio": fila["dominio"],
                "clase": fila["clase"],
                "entidad_id": entidades.get(fila["codigo_dane"]),
                "ajena": fila["ajena"],
            }
            for fila in _filas("dominios")
        ],
        cambios,
    )


def igualar(modelo, clave, filas, cambios):
    """Crea lo que falta y corrige lo que difiere, salvo lo que cambió una persona."""
    existentes = {getattr(objeto, clave): objeto for objeto in modelo.objects.all()}
    nuevos, cambiados = [], []
    for fila in filas:
        objeto = existentes.get(fila[clave])
        if objeto is None:
            nuevos.append(modelo(**fila))
        elif getattr(objeto, "origen", None) != Origen.PERSONA and any(
            getattr(objeto, campo) != valor for campo, valor in fila.items()
        ):
            for campo, valor in fila.items():
                setattr(objeto, campo, valor)
            cambiados.append(objeto)
    modelo.objects.bulk_create(nuevos)
    if cambiados:
        modelo.objects.bulk_update(cambiados, [campo for campo in filas[0] if campo != clave])
    cambios[f"{modelo._meta.model_name} nuevas"] += len(nuevos)
    cambios[f"{modelo._meta.model_name} cambiadas"] += len(cambiados)


def _filas(nombre):
    with open(CATALOGO / f"{nombre}.csv", encoding="utf-8", newline="") as archivo:
        return list(csv.DictReader(archivo))


def _fecha(texto):
    return date.fromisoformat(texto) if texto else None


# ── Los dominios ──────────────────────────────────────────────────────────────────────────────


class ArchivoIlegible(Exception):
    """No se pudo leer la lista; el mensaje dice qué hacer."""


@dataclass
class CargaDeDominios:
    nuevos: int = 0
    cambiados: int = 0
    iguales: int = 0
    errores: list[str] = field(default_factory=list)


@transaction.atomic
def cargar_dominios(ruta: Path) -> CargaDeDominios:
    """Lee `dominio, codigo_dane`. Las filas con error se cuentan y no detienen a las demás."""
    entidades = {entidad.codigo_dane: entidad for entidad in EntidadTerritorial.objects.all()}
    existentes = {dominio.dominio: dominio for dominio in Dominio.objects.all()}
    resultado = CargaDeDominios()
    filas = list(_filas_de_dominios(ruta))
    codigos = _codigos_por_dominio(filas)
    for numero, fila in filas:
        dominio = dominio_limpio(fila["dominio"])
        entidad = entidades.get(_codigo_limpio(fila["codigo_dane"]))
        try:
            _exigir_un_codigo(dominio, codigos[dominio])
            _cargar_dominio(dominio, entidad, fila, existentes, resultado)
        except ValueError as error:
            resultado.errores.append(f"Fila {numero}: {error}")
    return resultado


def _codigos_por_dominio(filas):
    codigos = defaultdict(set)
    for _, fila in filas:
        codigos[dominio_limpio(fila["dominio"])].add(_codigo_limpio(fila["codigo_dane"]))
    return codigos


def _exigir_un_codigo(dominio, codigos):
    """Si la lista se contradice no gana ninguna fila: lo resuelve quien la escribió."""
    if len(codigos) > 1 and UN_DOMINIO.fullmatch(dominio):
        varios = ", ".join(f"«{codigo}»" for codigo in sorted(codigos))
        raise ValueError(
            f"«{dominio}» está varias veces en la lista con códigos distintos ({varios}). Deje "
            "una sola fila, con el código que es."
        )


def _cargar_dominio(dominio, entidad, fila, existentes, resultado):
    if not UN_DOMINIO.fullmatch(dominio):
        raise ValueError(
            f"«{fila['dominio']}» no es un dominio de correo. Escríbalo como «semneiva.gov.co»."
        )
    if entidad is None:
        raise ValueError(
            f"no hay una entidad con el código DANE «{fila['codigo_dane']}». Son dos dígitos para "
            "un departamento y cinco para un municipio o distrito."
        )
    actual = existentes.get(dominio)
    if actual is None:
        existentes[dominio] = Dominio.objects.create(dominio=dominio, entidad=entidad)
        resultado.nuevos += 1
    elif actual.clase == Dominio.Clase.ENTIDAD and actual.entidad_id == entidad.pk:
        resultado.iguales += 1
    elif actual.clase == Dominio.Clase.PERSONAL:
        raise ValueError(f"«{dominio}» es de correo personal: no señala a ninguna entidad.")
    elif actual.clase == Dominio.Clase.AJENO:
        raise ValueError(f"«{dominio}» es de {actual.ajena}, que no es una secretaría.")
    elif actual.origen == Origen.PERSONA:
        raise ValueError(
            f"una persona confirmó que «{dominio}» es de {actual.entidad}. Si ya no es así, "
            "cámbielo en la administración."
        )
    else:
        actual.entidad = entidad
        actual.save(update_fields=["entidad"])
        resultado.cambiados += 1


def _filas_de_dominios(ruta):
    try:
        texto = Path(ruta).read_bytes().decode("utf-8-sig")
    except FileNotFoundError as error:
        raise ArchivoIlegible(f"No existe el archivo «{ruta}»: revise la ruta.") from error
    except OSError as error:
        raise ArchivoIlegible(
            f"No se pudo abrir «{ruta}»: compruebe que es un archivo y que puede leerlo."
        ) from error
    except UnicodeDecodeError as error:
        raise ArchivoIlegible(f"«{ruta}» no está en UTF-8: guárdelo como «CSV UTF-8».") from error
    lineas = texto.splitlines()
    separador = ";" if lineas and lineas[0].count(";") > lineas[0].count(",") else ","
    lector = csv.DictReader(lineas, delimiter=separador)
    lector.fieldnames = [normalizar(nombre or "") for nombre in lector.fieldnames or []]
    if not {"dominio", "codigo dane"} <= set(lector.fieldnames):
        raise ArchivoIlegible(
            f"«{ruta}» debe tener una primera fila con las columnas «dominio» y «codigo_dane»."
        )
    for fila in lector:
        dominio, codigo = fila["dominio"] or "", fila["codigo dane"] or ""
        if dominio.strip() or codigo.strip():
            yield lector.line_num, {"dominio": dominio.strip(), "codigo_dane": codigo.strip()}


def _codigo_limpio(texto):
    """Excel se come el cero inicial: «5001» es 05001 y «5» es 05."""
    return texto.zfill(2 if len(texto) < 3 else 5) if texto.isdigit() else texto
