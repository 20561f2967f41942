"""Lo que una prueba de indicadores necesita, en una llamada."""

from datetime import date

from indicadores.models import (
    Carga,
    Caso,
    Conjunto,
    FuenteProgramada,
    Hallazgo,
    Indicador,
    Unidad,
    Valor,
    Version,
)
from territorio.models import EntidadTerritorial, Municipio
from territorio.texto import normalizar
from tests.fabricas import un_departamento, una_entidad


def un_conjunto(clave="municipal", **datos):
    conjunto, _ = Conjunto.objects.get_or_create(
        clave=clave,
        defaults={
            "nombre": "Estadísticas de educación",
            "ambito": "municipio" if clave == "municipal" else "departamento",
            "entidad_que_publica": "Ministerio de Educación Nacional",
            "licencia": "CC BY-SA 4.0",
            "cita": "Ministerio de Educación Nacional – datos.gov.co",
            **datos,
        },
    )
    return conjunto


def un_indicador(codigo="desercion", **datos):
    indicador, _ = Indicador.objects.get_or_create(
        codigo=codigo,
        defaults={
            "nombre": codigo.replace("_", " ").capitalize(),
            "nombre_corto": codigo.replace("_", " ").capitalize(),
            "familia": Indicador.Familia.DESERCION,
            "nivel": Indicador.Nivel.TOTAL,
            "definicion": "De cada cien, cuántos.",
            "formula": "Unos ÷ otros × 100.",
            "medida": Indicador.Medida.PORCENTAJE,
            "sentido": Indicador.Sentido.BAJA,
            "agregacion": Indicador.Agregacion.MATRICULA_ESTIMADA,
            "fuente": "Fuente de prueba",
            "desde": 2011,
            "orden": Indicador.objects.count() + 1,
            **datos,
        },
    )
    return indicador


def una_unidad(entidad=None, *, ambito=None, codigo=None, nombre=None, **datos):
    """La de una entidad, creándola; o la del ámbito y código que se digan."""
    if ambito is None:
        entidad = entidad or una_entidad()
        unidad = Unidad.objects.filter(entidad=entidad).first()
        if unidad:
            return unidad
        ambito = Unidad.Ambito.ENTIDAD if entidad.es_departamental else Unidad.Ambito.MUNICIPIO
        codigo, nombre = entidad.codigo_dane, entidad.nombre
        datos = {"entidad": entidad, "departamento": entidad.departamento, **datos}
    if ambito == Unidad.Ambito.DEPARTAMENTO:
        datos.setdefault("departamento", un_departamento(nombre or "Departamento", codigo))
    unidad, _ = Unidad.objects.get_or_create(
        ambito=ambito, codigo=codigo, defaults={"nombre": nombre or codigo, **datos}
    )
    return unidad


def un_municipio(codigo, nombre=None, *, departamento=None):
    nombre = nombre or f"Municipio {codigo}"
    return Municipio.objects.create(
        codigo=codigo,
        nombre=nombre,
        nombre_norm=normalizar(nombre),
        departamento=departamento or un_departamento(),
    )


def la_nacion():
    return una_unidad(ambito=Unidad.Ambito.NACION, codigo="00", nombre="Colombia")


def una_entidad_departamental(nombre="Antioquia", codigo="05", **datos):
    return una_entidad(
        nombre,
        codigo_dane=codigo,
        tipo=EntidadTerritorial.Tipo.DEPARTAMENTO,
        departamento=un_departamento(nombre, codigo),
        **datos,
    )


def una_version(**datos):
    anterior = Version.objects.ultima()
    return Version.objects.create(
        **{
            "numero": anterior.numero + 1 if anterior else 1,
            "clase": Version.Clase.CARGA,
            "conjunto": un_conjunto(),
            "corte": date(2023, 12, 31),
            "fuente": "Fuente de prueba",
            **datos,
        }
    )


def un_valor(valor=4.7, *, indicador=None, unidad=None, vigencia=2022, version=None, **datos):
    return Valor.objects.create(
        **{
            "indicador": indicador or un_indicador(),
            "unidad": unidad or una_unidad(),
            "vigencia": vigencia,
            "valor": valor,
            "estado": Valor.Estado.SIN_DATO if valor is None else Valor.Estado.VALOR,
            "metodo": Valor.Metodo.PUBLICADO,
            "fila": 2,
            "desde": version or Version.objects.ultima() or una_version(),
            **datos,
        }
    )


def una_carga(**datos):
    """Publicada en la última versión, salvo que se diga otra cosa."""
    if "version" not in datos and datos.get("estado") is None:
        datos["version"] = una_version()
    return Carga.objects.create(
        **{
            "conjunto": un_conjunto(),
            "estado": Carga.Estado.CONFIRMADA,
            "nombre_del_archivo": "estadisticas.csv",
            "tamano": 1234,
            "huella": "0" * 64,
            "corte": date(2023, 12, 31),
            **datos,
        }
    )


def un_hallazgo(valores=None, *, carga=None, **datos):
    """Un salto que retiene esas cifras; sin decir cuáles, una. Con `valores=[]`, ninguna."""
    carga = carga or una_carga()
    if valores is None:
        valores = [un_valor(47.6, estado=Valor.Estado.RETENIDO, version=carga.version)]
    hallazgo = Hallazgo.objects.create(
        **{
            "carga": carga,
            "regla": Hallazgo.Regla.SALTO,
            "indicador": valores[0].indicador if valores else None,
            "vigencia": 2022,
            "n_casos": len(valores) or 3,
            "detalle": "Cambia más de 25 frente al año anterior.",
            **datos,
        }
    )
    Caso.objects.bulk_create(Caso(hallazgo=hallazgo, valor=valor) for valor in valores)
    return hallazgo


def una_fuente(url="https://www.datos.gov.co/resource/nudc-7mev.csv", **datos):
    fuente, _ = FuenteProgramada.objects.get_or_create(
        conjunto=un_conjunto(), url=url, defaults=datos
    )
    return fuente
