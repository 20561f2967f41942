"""Las cuentas de la demostración: una por rol, de personas que no existen."""

import base64
from dataclasses import dataclass

from allauth.account.models import EmailAddress
from django.db import transaction
from django.db.models import Q
from django.utils.crypto import salted_hmac

from cuentas.models import AvisoLeido, Direccion, Invitacion, Rol, Usuario
from territorio.models import EntidadTerritorial


@dataclass(frozen=True)
class Cuenta:
    rol: Rol
    email: str
    nombre: str
    entidad: str | None = None  # código DANE

    @property
    def clave(self) -> str:
        """Distinta en cada instalación y siempre la misma en una: no se guarda, se deduce."""
        firma = salted_hmac("cuentas.demostracion", self.email, algorithm="sha256").digest()
        letras = base64.b32encode(firma).decode().lower()[:15]
        return "-".join(letras[i : i + 5] for i in range(0, 15, 5))


CUENTAS = (
    Cuenta(Rol.ADMINISTRACION, "administracion@demostracion.example", "Administración de Prueba"),
    Cuenta(Rol.EQUIPO_MEN, "equipo.men@demostracion.example", "Equipo MEN de Prueba"),
    Cuenta(Rol.LIDER_GRUPO, "lider@demostracion.example", "Líder de Prueba"),
    Cuenta(Rol.PROFESIONAL, "profesional@demostracion.example", "Profesional de Prueba"),
    Cuenta(Rol.EQUIPO_SECRETARIA, "manizales@demostracion.example", "Equipo de Prueba", "17001"),
    Cuenta(Rol.SECRETARIO, "huila@demostracion.example", "Secretaría de Prueba", "41"),
)


@transaction.atomic
def cargar() -> dict[Rol, Usuario]:
    """Deja las cuentas listas para entrar. Repetirla las restablece."""
    direccion, _ = Direccion.objects.get_or_create(nombre="Dirección de demostración")
    usuarios = {}
    for cuenta in CUENTAS:
        del_ministerio = cuenta.entidad is None
        usuario, _ = Usuario.objects.update_or_create(
            email=cuenta.email,
            defaults={
                "nombre": cuenta.nombre,
                "rol": cuenta.rol,
                "entidad": None
                if del_ministerio
                else EntidadTerritorial.objects.get(codigo_dane=cuenta.entidad),
                "direccion": direccion if del_ministerio else None,
                "is_active": True,
                "es_demostracion": True,
            },
        )
        if not usuario.check_password(cuenta.clave):
            usuario.set_password(cuenta.clave)
            usuario.save(update_fields=["password"])
        EmailAddress.objects.update_or_create(
            user=usuario, email=cuenta.email, defaults={"verified": True, "primary": True}
        )
        usuarios[cuenta.rol] = usuario
    return usuarios


@transaction.atomic
def quitar() -> int:
    """Borra las cuentas, con lo que solo es suyo, y la dirección inventada.

    Devuelve cuántas cuentas borró.
    """
    de_prueba = Usuario.objects.filter(es_demostracion=True)
    cuantas = de_prueba.count()
    AvisoLeido.objects.filter(usuario__in=de_prueba).delete()
    Invitacion.objects.filter(Q(creada_por__in=de_prueba) | Q(usada_por__in=de_prueba)).delete()
    de_prueba.delete()
    Direccion.objects.filter(nombre="Dirección de demostración", usuarios=None).delete()
    return cuantas


def para_mostrar() -> list[dict]:
    """Rol, correo, contraseña y entidad de cada cuenta que existe en esta instalación."""
    presentes = set(Usuario.objects.filter(es_demostracion=True).values_list("email", flat=True))
    return [
        {
            "rol": cuenta.rol.value,
            "correo": cuenta.email,
            "contrasena": cuenta.clave,
            "entidad": cuenta.entidad,
        }
        for cuenta in CUENTAS
        if cuenta.email in presentes
    ]
