"""Lo que una prueba del acompañamiento necesita, en una llamada."""

import itertools
from datetime import date, timedelta

from django.core.files.base import ContentFile
from django.utils import timezone

from acompanamiento.acciones.recepcion import marcar_cambio
from acompanamiento.forms.contactos import ContactoForm
from acompanamiento.models import (
    Actividad,
    CifraReportada,
    Compromiso,
    Contacto,
    Dependencia,
    Evidencia,
    Grupo,
    Integrante,
    Lado,
    Necesidad,
    Padrinazgo,
    PapelEnLaEntidad,
    Pertenencia,
    Presencialidad,
    Producto,
    Programa,
    Seguimiento,
    TipoDeActividad,
    Visita,
)
from cuentas.models import Rol
from territorio.models import Institucion
from territorio.texto import normalizar
from tests.fabricas import un_usuario, una_direccion, una_entidad

_numero = itertools.count(1)
HACE_TIEMPO = date(2020, 1, 1)


def un_grupo(*entidades, lider=None, numero=None, desde=HACE_TIEMPO, **datos):
    """Con esas entidades y ese líder desde hace tiempo."""
    numero = numero or next(_numero)
    grupo = Grupo.objects.create(numero=numero, desde=desde, **datos)
    for entidad in entidades:
        una_pertenencia(grupo, entidad, desde=desde)
    if lider is not None:
        un_integrante(grupo, lider, papel=Integrante.Papel.LIDER, desde=desde)
    return grupo


def una_pertenencia(grupo, entidad, *, desde=HACE_TIEMPO, hasta=None):
    return Pertenencia.objects.create(grupo=grupo, entidad=entidad, desde=desde, hasta=hasta)


def un_integrante(grupo, persona=None, *, papel=Integrante.Papel.TECNICO, desde=HACE_TIEMPO, **d):
    persona = persona or un_usuario(Rol.PROFESIONAL)
    return Integrante.objects.create(grupo=grupo, persona=persona, papel=papel, desde=desde, **d)


def un_padrinazgo(entidad, persona=None, *, papel="padrino", desde=HACE_TIEMPO, **datos):
    persona = persona or un_usuario(Rol.PROFESIONAL)
    return Padrinazgo.objects.create(
        entidad=entidad, persona=persona, papel=papel, desde=desde, **datos
    )


def un_lider(**datos):
    return un_usuario(Rol.LIDER_GRUPO, **datos)


def un_papel(nombre="Líder de planeación"):
    return PapelEnLaEntidad.objects.get_or_create(nombre=nombre)[0]


def una_dependencia(nombre="Calidad educativa"):
    return Dependencia.objects.get_or_create(nombre=nombre)[0]


def un_contacto(entidad=None, *, temas=(), **datos):
    """Una llamada de hoy, completa, salvo que se diga otra cosa."""
    entidad = entidad or una_entidad()
    contacto = Contacto.objects.create(
        entidad=entidad,
        **{
            "canal": Contacto.Canal.LLAMADA,
            "estado": Contacto.Estado.COMPLETO,
            "fecha": timezone.localdate(),
            "asunto": f"Contacto {next(_numero)}",
            **datos,
        },
    )
    contacto.temas.set(temas)
    return contacto


def una_visita(entidad=None, *, acta="", proposito="", **datos):
    """Presencial, de hoy y completa."""
    contacto = un_contacto(entidad, **{"canal": Contacto.Canal.VISITA_PRESENCIAL, **datos})
    return Visita.objects.create(contacto=contacto, acta=acta, proposito=proposito)


def un_conflicto(contacto, *, por, **cambios):
    """Lo que alguien mandó sobre una versión anterior de ese contacto: espera a que se escoja."""
    datos = {
        **ContactoForm(por=por, objeto=contacto).guardado(),
        "asunto": "Otro asunto",
        **cambios,
    }
    marcar_cambio(contacto)
    form = ContactoForm.con_datos(
        datos, clave=contacto.clave, base=contacto.version - 1, por=por, objeto=contacto
    )
    return form.guardar().envio


def un_compromiso(entidad=None, *, lado=Lado.ENTIDAD, **datos):
    """De la secretaría, abierto y con una semana por delante."""
    hoy = timezone.localdate()
    if lado == Lado.MINISTERIO:
        datos.setdefault("direccion", una_direccion())
    if datos.get("estado") in (Compromiso.Estado.CUMPLIDO, Compromiso.Estado.SIN_EFECTO):
        datos.setdefault("cerrado_en", timezone.now())
    vence_el = datos.get("vence_el", hoy + timedelta(days=7))
    return Compromiso.objects.create(
        entidad=entidad or una_entidad(),
        lado=lado,
        **{
            "texto": f"Compromiso {next(_numero)}",
            "acordado_el": min(hoy, vence_el),
            "vence_el": vence_el,
            **datos,
        },
    )


def una_evidencia(compromiso=None, datos=b"%PDF-1.7 de prueba", *, nombre="plan.pdf", **mas):
    """En un seguimiento de hoy, que deja el compromiso en curso."""
    seguimiento = Seguimiento.objects.create(
        compromiso=compromiso or un_compromiso(), texto="Se avanzó.", estado="en_curso"
    )
    return Evidencia.objects.create(
        seguimiento=seguimiento,
        nombre=nombre,
        archivo=ContentFile(datos, nombre),
        tipo="application/pdf",
        tamano=len(datos),
        **mas,
    )


def una_necesidad(entidad=None, *, temas=(), **datos):
    """La pidió la secretaría y espera al grupo."""
    necesidad = Necesidad.objects.create(
        entidad=entidad or una_entidad(),
        **{
            "texto": f"Necesidad {next(_numero)}",
            "origen": Necesidad.Origen.PEDIDA,
            **datos,
        },
    )
    necesidad.temas.set(temas)
    return necesidad


def un_programa(nombre="Talleres de prueba", **datos):
    n = next(_numero)
    return Programa.objects.create(
        nombre=nombre, **{"slug": f"programa-{n}", "vigencia": 2020, **datos}
    )


def un_tipo_de_actividad(clave="taller", **datos):
    datos = {"nombre": clave.capitalize(), "plural": f"{clave.capitalize()}es", **datos}
    return TipoDeActividad.objects.get_or_create(clave=clave, defaults=datos)[0]


def una_actividad(programa=None, *, entidades=(), **datos):
    """Grupal y de junio de 2020, con esas entidades."""
    actividad = Actividad.objects.create(
        programa=programa or un_programa(),
        tipo=datos.pop("tipo", None) or un_tipo_de_actividad(),
        **{
            "alcance": Actividad.Alcance.GRUPAL,
            "nombre": f"Actividad {next(_numero)}",
            "desde": date(2020, 6, 9),
            **datos,
        },
    )
    actividad.coberturas.bulk_create(
        [actividad.coberturas.model(actividad=actividad, entidad=entidad) for entidad in entidades]
    )
    return actividad


def un_producto(actividad=None, entidad=None, **datos):
    """Un plan que dejó esa actividad."""
    actividad = actividad or una_actividad()
    return Producto.objects.create(
        programa=actividad.programa,
        actividad=actividad,
        entidad=entidad or una_entidad(),
        **{"clase": Producto.Clase.PLAN, "nombre": f"Plan {next(_numero)}", **datos},
    )


def una_cifra(programa, **datos):
    """Diez actividades, según una fuente."""
    return CifraReportada.objects.create(
        programa=programa,
        **{
            "clave": f"cifra-{next(_numero)}",
            "medida": "Talleres",
            "valor": 10,
            "fuente": "Documento de prueba, línea 1",
            "calculo": CifraReportada.Calculo.ACTIVIDADES,
            **datos,
        },
    )


def una_institucion(entidad=None, nombre=None, **datos):
    n = next(_numero)
    nombre = nombre or f"Institución {n}"
    return Institucion.objects.create(
        entidad=entidad or una_entidad(),
        nombre=nombre,
        nombre_norm=normalizar(nombre),
        **{"codigo_dane": f"1{n:011}", "fuente": "Directorio de prueba", **datos},
    )


def una_presencialidad(entidad=None, fecha=date(2021, 5, 3), en_presencialidad=0, **datos):
    return Presencialidad.objects.create(
        entidad=entidad or una_entidad(),
        fecha=fecha,
        en_presencialidad=en_presencialidad,
        **{"fuente": "Reporte de prueba", **datos},
    )


def un_listado(modelo, **datos):
    """Ya leído y por confirmar, sin su archivo."""
    return modelo.objects.create(
        **{
            "nombre_del_archivo": "Listado de prueba.xlsx",
            "huella": "ab" * 32,
            "estado": modelo.Estado.VISTA_PREVIA,
            **datos,
        }
    )
