"""Lo que una prueba necesita, en una llamada. Cada prueba dice solo lo que le importa."""

import itertools
from datetime import date, time

from allauth.mfa.totp.internal.auth import TOTP
from django.utils import timezone

from conectate.acciones.importadas import contar_importadas
from conectate.models import (
    Asistencia,
    Convocatoria,
    Encuentro,
    Participacion,
    Satisfaccion,
    Sesion,
    TipoSesion,
)
from contenidos.models import Tema
from cuentas.models import ROLES_DE_SECRETARIA, Direccion, Rol, Usuario
from cuentas.permisos import exige_segundo_factor
from territorio.models import Departamento, EntidadTerritorial
from territorio.texto import normalizar

_numero = itertools.count(1)


# ── territorio ────────────────────────────────────────────────────────────────────────────────


def un_departamento(nombre="Departamento de prueba", codigo="99"):
    departamento, _ = Departamento.objects.get_or_create(
        codigo=codigo, defaults={"nombre": nombre, "nombre_norm": normalizar(nombre)}
    )
    return departamento


def una_entidad(nombre=None, *, departamento=None, **datos):
    n = next(_numero)
    nombre = nombre or f"Entidad {n}"
    return EntidadTerritorial.objects.create(
        nombre=nombre,
        nombre_norm=normalizar(nombre),
        departamento=departamento or un_departamento(),
        **{
            "codigo_dane": f"9{n:04}",
            "codigo_men": f"8{n:05}",
            "tipo": EntidadTerritorial.Tipo.MUNICIPIO,
            **datos,
        },
    )


# ── cuentas ───────────────────────────────────────────────────────────────────────────────────


def una_direccion(nombre="Dirección de prueba", **datos):
    direccion, _ = Direccion.objects.get_or_create(nombre=nombre, defaults=datos)
    return direccion


SECRETO_TOTP = "JBSWY3DPEHPK3PXP"


def un_usuario(
    rol=Rol.EQUIPO_MEN, *, entidad=None, direccion=None, con_segundo_factor=None, **datos
):
    """Con la pertenencia que pide su papel, y el segundo factor ya activo si se le exige."""
    n = next(_numero)
    if rol in ROLES_DE_SECRETARIA:
        entidad = entidad or una_entidad()
    elif rol != Rol.ADMINISTRACION:
        direccion = direccion or una_direccion()
    datos = {"email": f"persona{n}@ejemplo.test", "nombre": f"Persona de Prueba {n}", **datos}
    usuario = Usuario.objects.create_user(rol=rol, entidad=entidad, direccion=direccion, **datos)
    if exige_segundo_factor(usuario) if con_segundo_factor is None else con_segundo_factor:
        TOTP.activate(usuario, SECRETO_TOTP)
    return usuario


# ── contenidos ────────────────────────────────────────────────────────────────────────────────


def un_tema(nombre=None, **datos):
    nombre = nombre or f"Tema {next(_numero)}"
    tema, _ = Tema.objects.get_or_create(
        nombre_norm=normalizar(nombre),
        defaults={
            "nombre": nombre,
            "slug": normalizar(nombre).replace(" ", "-")[:140],
            **datos,
        },
    )
    return tema


# ── conectate ─────────────────────────────────────────────────────────────────────────────────


def un_tipo(clave="informativa", *, conteo=TipoSesion.Conteo.SESION, **datos):
    tipo, _ = TipoSesion.objects.get_or_create(
        clave=clave,
        defaults={
            "nombre": clave.capitalize(),
            "plural": f"{clave.capitalize()}s",
            "conteo": conteo,
            **datos,
        },
    )
    return tipo


def una_sesion(titulo=None, *, convocadas=(), temas=(), **datos):
    """Realizada y de 2020, salvo que se diga otra cosa."""
    titulo = titulo or f"Sesión {next(_numero)}"
    sesion = Sesion.objects.create(
        titulo=titulo,
        **{
            "tipo": datos.get("tipo") or un_tipo(),
            "fecha": date(2020, 6, 9),
            "hora_inicio": time(9),
            "hora_fin": time(11),
            "estado": Sesion.Estado.REALIZADA,
            **datos,
        },
    )
    Convocatoria.objects.bulk_create(
        [Convocatoria(sesion=sesion, entidad=entidad) for entidad in convocadas]
    )
    sesion.temas.set(temas)
    return sesion


def un_encuentro(titulo=None, **datos):
    """Lo suyo va al encuentro; lo demás, a su sesión."""
    propios = {campo.name for campo in Encuentro._meta.concrete_fields}
    propio = {campo: datos.pop(campo) for campo in propios & set(datos)}
    tipo = un_tipo("encuentro", conteo=TipoSesion.Conteo.APARTE)
    sesion = una_sesion(titulo, tipo=tipo, **datos)
    return Encuentro.objects.create(sesion=sesion, **{"ordinal": "Primer", **propio})


def una_participacion(sesion=None, entidad=None, **datos):
    """Una persona que estuvo una hora; con entidad, ya resuelta; sin ella, por identificar."""
    n = next(_numero)
    nombre = datos.pop("nombre", f"Asistente de Prueba {n}")
    correo = datos.get("correo", f"asistente{n}@ejemplo.test")
    dominio = correo.partition("@")[2]
    resuelta = entidad is not None or datos.get("ajena") or datos.get("tipo") == "bot"
    participacion = Participacion.objects.create(
        sesion=sesion or una_sesion(),
        entidad=entidad,
        nombre=nombre,
        nombre_norm=normalizar(nombre),
        palabras=" ".join(sorted(normalizar(nombre).split())),
        **{
            "clave": f"correo:{correo}",
            "tipo": "persona",
            "correo": correo,
            "dominio": dominio,
            "minutos": 60.0,
            "cuenta": datos.get("tipo") != "bot",
            "decision": "automatica" if resuelta else "cola",
            "evidencia": "dominio" if resuelta else "",
            "grupo": "" if resuelta else f"persona:correo:{correo}",
            **datos,
        },
    )
    contar_importadas(participacion.sesion)
    return participacion


def una_asistencia(sesion, entidad, *, registro="", **datos):
    """Lo que se sabe de una entidad sin lista: en la ventana, por el equipo o por reclamo."""
    if registro:
        datos = {"registro": registro, "registrada_en": timezone.now(), **datos}
    asistencia, _ = Asistencia.objects.update_or_create(
        sesion=sesion, entidad=entidad, defaults=datos
    )
    asistencia.refresh_from_db()
    return asistencia


def una_opinion(sesion, utilidad=4, claridad=4, pertinencia=4, **datos):
    """La respuesta de un asistente a la encuesta."""
    return Satisfaccion.objects.create(
        sesion=sesion,
        utilidad=utilidad,
        claridad=claridad,
        pertinencia=pertinencia,
        **{"testigo": f"{next(_numero):064}", **datos},
    )
