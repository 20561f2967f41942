"""Un portal poblado: una persona de cada papel que lo mira, y tantas sesiones como se pida."""

import itertools
from collections import Counter
from datetime import date, time, timedelta

from auditlog.models import LogEntry
from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.test import Client
from django.utils import timezone

from acompanamiento.models import Compromiso, Contacto
from conectate.models import (
    Aforo,
    Asistencia,
    Constancia,
    Convocatoria,
    Decision,
    Material,
    MismaPersona,
    Participacion,
    Reclamo,
    Satisfaccion,
    Sesion,
    TipoSesion,
)
from contenidos.models import Autor, Clase, Contenido, Tema
from cuentas.acciones import registrar_aviso_leido
from cuentas.models import AvisoLeido, AvisoPrivacidad, Direccion, Usuario
from territorio.models import Dominio, EntidadTerritorial
from territorio.texto import normalizar
from trabajos.models import Trabajo

VIGENCIA = 2020
GENTE = 300  # las personas que van y vienen por todas las sesiones
POR_SESION = 18
_numero = itertools.count(1)


# ── Quién mira ────────────────────────────────────────────────────────────────────────────────


def una_persona(rol, entidad=None):
    """Con cuenta propia y el aviso de privacidad leído, como quien usa el portal a diario."""
    n = next(_numero)
    persona = Usuario.objects.create_user(
        email=f"medida{n}@ejemplo.test",
        nombre=f"Persona de Medida {n}",
        rol=rol,
        entidad=entidad,
        direccion=None if entidad else Direccion.objects.first(),
    )
    if aviso := AvisoPrivacidad.objects.vigente():
        registrar_aviso_leido(usuario=persona, aviso=aviso, canal=AvisoLeido.Canal.PORTAL)
    return persona


def navegador(persona=None) -> Client:
    """Un cliente que ya entró, con el segundo paso hecho."""
    cliente = Client(HTTP_HOST="localhost")
    if persona:
        cliente.force_login(persona)
        sesion = cliente.session
        sesion["segundo_factor"] = True
        sesion.save()
    return cliente


def galleta(cliente) -> str:
    """Lo que ese navegador manda en la cabecera Cookie."""
    nombre = settings.SESSION_COOKIE_NAME
    return f"{nombre}={cliente.cookies[nombre].value}" if nombre in cliente.cookies else ""


# ── Qué hay ───────────────────────────────────────────────────────────────────────────────────


def poblar(cuantas: int) -> list:
    """Sesiones con su convocatoria, sus temas y su asistencia, sin pasar por los archivos.

    Todas del mismo año, que es lo que más le pesa a una página; la primera está por venir.
    """
    desde = Sesion.objects.count()
    tipos, temas = list(TipoSesion.objects.order_by("pk")), list(Tema.objects.order_by("pk"))
    entidades = list(EntidadTerritorial.objects.vigentes(date(VIGENCIA, 6, 1)).order_by("pk"))
    sesiones = Sesion.objects.bulk_create(
        [_sesion(n, tipos) for n in range(desde, desde + cuantas)], batch_size=500
    )
    Sesion.temas.through.objects.bulk_create(
        [
            Sesion.temas.through(sesion=sesion, tema=temas[(n + k) % len(temas)])
            for n, sesion in enumerate(sesiones)
            for k in range(2)
        ]
    )
    for sesion in sesiones:  # una a una: juntas son casi trescientas mil filas en memoria
        Convocatoria.objects.bulk_create(
            [Convocatoria(sesion=sesion, entidad=entidad) for entidad in entidades]
        )
    _asistencia([s for s in sesiones if s.se_realizo], entidades)
    _lo_demas(sesiones, entidades)
    _acompanamiento(len(sesiones), entidades)
    return sesiones


def _sesion(n, tipos):
    viene = n % 1000 == 0
    dia = timezone.localdate() + timedelta(days=7) if viene else date(VIGENCIA, 1, 7)
    return Sesion(
        titulo=f"Conéctate con el MEN: sesión de medida número {n}",
        tipo=tipos[n % len(tipos)],
        fecha=dia if viene else dia + timedelta(days=n % 350),
        hora_inicio=time(9),
        hora_fin=time(11),
        audiencia=Sesion.Audiencia.EQUIPOS if n % 5 == 4 else Sesion.Audiencia.COMUNIDAD,
        estado=Sesion.Estado.CONVOCADA if viene else Sesion.Estado.REALIZADA,
        descripcion="De qué se trata esta sesión, en una frase.",
        ponentes="Ponente de prueba, profesional del equipo",
    )


def _asistencia(sesiones, entidades):
    filas = [
        _participacion(sesion, n, lugar, entidades)
        for n, sesion in enumerate(sesiones)
        for lugar in range(POR_SESION)
    ]
    Participacion.objects.bulk_create(filas, batch_size=2000)
    importadas = Counter((f.sesion_id, f.entidad_id) for f in filas if f.entidad_id)
    Asistencia.objects.bulk_create(
        [
            Asistencia(sesion_id=sesion, entidad_id=entidad, importadas=n)
            for (sesion, entidad), n in importadas.items()
        ],
        batch_size=2000,
    )
    MismaPersona.objects.bulk_create(
        [
            MismaPersona(sesion=una.sesion, clave=una.clave, principal=otra.clave)
            for una, otra in zip(filas[::POR_SESION], filas[5::POR_SESION], strict=True)
        ]
    )


def _participacion(sesion, n, lugar, entidades):
    """La mayoría con entidad; cuatro de cada dieciocho esperan, cada una por su razón."""
    persona = (n * 7 + lugar * 11) % GENTE
    nombre, dominio = f"Persona Inventada {persona:03}", f"ejemplo{persona % 90}.test"
    correo, declarado = f"medida{persona}@{dominio}", f"Sec Prueba {persona % 40}"
    espera = (f"dominio:{dominio}", f"texto:{normalizar(declarado)}", f"persona:correo:{correo}")
    grupo = espera[lugar % 3] if lugar < 4 else ""
    return Participacion(
        sesion=sesion,
        clave=f"correo:{correo}",
        tipo="persona",
        nombre=nombre,
        nombre_norm=normalizar(nombre),
        palabras=normalizar(nombre),
        correo=correo,
        dominio=dominio,
        declarado=declarado,
        declarado_norm=normalizar(declarado),
        minutos=30.0 + lugar,
        entidad=None if grupo else entidades[(persona + n) % len(entidades)],
        decision="cola" if grupo else "automatica",
        evidencia="" if grupo else "dominio",
        sugerencias=[entidades[persona % len(entidades)].codigo_dane] if grupo else [],
        grupo=grupo,
    )


def _presentaciones(cuantas):
    """Las que se ven por la sesión donde se entregaron."""
    clase, _ = Clase.objects.get_or_create(clave="enlace", defaults={"nombre": "enlace"})
    autor, _ = Autor.objects.get_or_create(nombre_norm="prueba", defaults={"nombre": "Prueba"})
    return Contenido.objects.bulk_create(
        [
            Contenido(
                slug=f"presentacion-de-medida-{next(_numero)}",
                titulo="Presentación",
                resumen="De una sesión de medida.",
                clase=clase,
                autor=autor,
                vigencia=VIGENCIA,
                enlace="https://ejemplo.test/",
                visibilidad=Contenido.Visibilidad.PRESTADA,
                estado=Contenido.Estado.PUBLICADO,
                publicado_en=timezone.now(),
            )
            for _ in range(cuantas)
        ]
    )


def _lo_demas(sesiones, entidades):
    """Lo que cada sesión deja: un material, un aforo, una decisión, un trabajo y su constancia."""
    quien = Usuario.objects.order_by("pk").first()
    Material.objects.bulk_create(
        [
            Material(sesion=sesion, contenido=contenido)
            for sesion, contenido in zip(sesiones, _presentaciones(len(sesiones)), strict=True)
        ]
    )
    Aforo.objects.bulk_create([Aforo(sesion=s, personas=489, fuente="YouTube") for s in sesiones])
    Reclamo.objects.bulk_create(
        [
            Reclamo(sesion=s, entidad=entidades[0], personas=2, explicacion="Sí.", creado_por=quien)
            for s in sesiones
        ]
    )
    Constancia.objects.bulk_create(
        [
            Constancia(codigo=f"EVS-{s.pk}", sesion=s, entidad=entidades[1], nombre="Prueba")
            for s in sesiones
        ]
    )
    Satisfaccion.objects.bulk_create(
        [
            Satisfaccion(
                sesion=s,
                testigo=str(s.pk),
                utilidad=5,
                claridad=4,
                pertinencia=3,
                comentario="Más.",
            )
            for s in sesiones
        ]
    )
    Decision.objects.bulk_create(
        [
            Decision(
                ambito=Decision.Ambito.TEXTO,
                valor=f"medida {sesion.pk}",
                muestra=f"Medida {sesion.pk}",
                entidad=entidades[sesion.pk % len(entidades)],
                creado_por=quien,
            )
            for sesion in sesiones
        ]
    )
    Trabajo.objects.bulk_create(
        [
            Trabajo(
                tipo="conectate.informe",
                titulo=f"Informe {sesion.pk}",
                pedido_por=quien,
                no_antes_de=timezone.now() - timedelta(days=1),  # atascados: la página los muestra
            )
            for sesion in sesiones
        ]
    )
    clase = ContentType.objects.get_for_model(Sesion)
    LogEntry.objects.bulk_create(
        [
            LogEntry(
                content_type=clase,
                object_pk=str(sesion.pk),
                object_id=sesion.pk,
                object_repr=sesion.titulo,
                action=LogEntry.Action.CREATE,
                actor=quien,
                additional_data={"verbo": "creó la sesión"},
            )
            for sesion in sesiones
        ]
    )


def _acompanamiento(cuantos, entidades):
    """Un contacto y un compromiso vencido por cada sesión; con diez años, `acompanamiento`."""
    hoy = timezone.localdate()
    contactos = Contacto.objects.bulk_create(
        Contacto(
            entidad=entidades[n % len(entidades)],
            canal=Contacto.Canal.LLAMADA,
            estado=Contacto.Estado.COMPLETO,
            fecha=hoy - timedelta(days=n % 300),
            asunto=f"Contacto de medida {n}",
        )
        for n in range(cuantos)
    )
    Compromiso.objects.bulk_create(
        Compromiso(
            entidad=contacto.entidad,
            contacto=contacto,
            lado="entidad",
            texto="Compromiso de medida",
            acordado_el=contacto.fecha,
            vence_el=contacto.fecha,
        )
        for contacto in contactos
    )


# ── Qué se sabe de los correos ────────────────────────────────────────────────────────────────


def ensenar_dominios() -> list[str]:
    """Un dominio por entidad, ya aprendido, para las listas inventadas."""
    entidades = EntidadTerritorial.objects.order_by("codigo_dane")
    Dominio.objects.bulk_create(
        [
            Dominio(dominio=dominio_de(entidad), entidad=entidad, clase=Dominio.Clase.ENTIDAD)
            for entidad in entidades
        ],
        ignore_conflicts=True,
    )
    return [dominio_de(entidad) for entidad in entidades]


def dominio_de(entidad) -> str:
    return f"e{entidad.codigo_dane}.example"
