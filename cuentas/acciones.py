"""Lo que puede pasarle a una persona en el portal: entrar, dejar de entrar, quedar informada."""

from allauth.mfa.models import Authenticator
from auditlog.models import LogEntry
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from cuentas.avisos import enviar_invitacion
from cuentas.bitacora import anotar
from cuentas.models import (
    ROLES_DE_SECRETARIA,
    AvisoLeido,
    AvisoPrivacidad,
    Direccion,
    Invitacion,
    Rol,
    Usuario,
)
from cuentas.permisos import puede_administrar_cuentas, puede_anular, roles_que_puede_dar
from cuentas.sesiones import cerrar_sesiones
from territorio.models import EntidadTerritorial


@transaction.atomic
def invitar(
    *,
    correo: str,
    rol: Rol,
    entidad: EntidadTerritorial | None = None,
    direccion: Direccion | None = None,
    por: Usuario,
    portal: str,
) -> Invitacion:
    """Manda un enlace de un solo uso. Invitar otra vez al mismo correo anula la anterior.

    `portal` es la dirección del portal con que se arma el enlace. La clave solo va en el correo.
    """
    if rol not in roles_que_puede_dar(por):
        raise ValidationError(
            "Su papel en el portal no le permite dar ese rol.", code="rol_no_permitido"
        )
    correo = Usuario.objects.normalizar(correo)
    if Usuario.objects.filter(email=correo).exists():
        raise ValidationError("Ya hay una cuenta con ese correo.", code="cuenta_existente")
    exigir_pertenencia(rol=rol, entidad=entidad, direccion=direccion)
    for anterior in Invitacion.objects.abiertas().filter(email=correo).select_for_update():
        _cerrar(anterior, por=por, verbo="reemplazó una invitación")
    clave = Invitacion.nueva_clave()
    try:
        with transaction.atomic():
            invitacion = Invitacion.objects.create(
                email=correo,
                rol=rol,
                entidad=entidad,
                direccion=direccion,
                huella=Invitacion.huella_de(clave),
                creada_por=por,
                vence_en=timezone.now() + Invitacion.DURACION,
            )
    except IntegrityError as choque:
        raise ValidationError(
            "Otra persona acaba de invitar ese correo. Mire la lista de invitaciones.",
            code="invitacion_simultanea",
        ) from choque
    enviar_invitacion(invitacion=invitacion, clave=clave, portal=portal)
    anotar(por=por, verbo="invitó", objeto=invitacion, despues=_pertenencia_de(invitacion))
    return invitacion


def exigir_pertenencia(
    *, rol: Rol, entidad: EntidadTerritorial | None, direccion: Direccion | None
) -> None:
    """Cada quien es de una secretaría o de una dirección, según su rol."""
    if rol in ROLES_DE_SECRETARIA:
        if entidad is None or direccion is not None:
            raise ValidationError(
                "Escoja la secretaría de esta persona y deje vacía la dirección del Ministerio.",
                code="falta_secretaria",
            )
    elif entidad is not None:
        raise ValidationError(
            "Quien trabaja en el Ministerio no pertenece a una secretaría: déjela vacía.",
            code="sobra_secretaria",
        )
    elif direccion is None and rol != Rol.ADMINISTRACION:
        raise ValidationError(
            "Escoja la dirección del Ministerio a la que pertenece esta persona.",
            code="falta_direccion",
        )


@transaction.atomic
def anular_invitacion(*, invitacion: Invitacion, por: Usuario) -> None:
    """El enlace deja de servir. Anular la que ya se usó no tiene efecto: se desactiva la cuenta."""
    invitacion = Invitacion.objects.select_for_update().get(pk=invitacion.pk)
    if not puede_anular(por, invitacion):
        raise ValidationError(
            "Solo la anula quien la hizo o quien administra el portal.", code="no_puede_anular"
        )
    if invitacion.usada_en:
        raise ValidationError(
            "Esa invitación ya se usó. Si la persona no debe entrar, desactive su cuenta.",
            code="invitacion_usada",
        )
    if not invitacion.anulada_en:
        _cerrar(invitacion, por=por, verbo="anuló una invitación")


def _cerrar(invitacion, *, por, verbo):
    invitacion.anulada_en = timezone.now()
    invitacion.save(update_fields=["anulada_en"])
    anotar(por=por, verbo=verbo, objeto=invitacion)


@transaction.atomic
def aceptar_invitacion(
    *, clave: str, nombre: str, contrasena: str, aviso: AvisoPrivacidad | None
) -> Usuario:
    """Crea la cuenta de quien trae la clave y deja prueba del aviso que se le mostró.

    Quien llega por invitación de una cuenta de demostración también es de demostración: la
    contraseña de aquella la conoce cualquiera, y se quita con ella.
    """
    invitacion = (
        Invitacion.objects.select_for_update().filter(huella=Invitacion.huella_de(clave)).first()
    )
    if invitacion is None:
        raise ValidationError(Invitacion.NO_SIRVE, code="invitacion_no_utilizable")
    invitacion.exigir_utilizable()
    usuario = Usuario(
        email=invitacion.email,
        nombre=nombre,
        rol=invitacion.rol,
        entidad=invitacion.entidad,
        direccion=invitacion.direccion,
        es_demostracion=invitacion.creada_por.es_demostracion,
    )
    validate_password(contrasena, usuario)
    usuario.set_password(contrasena)
    usuario.full_clean()
    usuario.save()
    invitacion.usada_por, invitacion.usada_en = usuario, timezone.now()
    invitacion.save(update_fields=["usada_por", "usada_en"])
    anotar(
        por=usuario,
        verbo="aceptó la invitación",
        objeto=invitacion,
        despues=_pertenencia_de(usuario),
    )
    if aviso is not None:
        registrar_aviso_leido(usuario=usuario, aviso=aviso, canal=AvisoLeido.Canal.INVITACION)
    return usuario


@transaction.atomic
def registrar_aviso_leido(
    *, usuario: Usuario, aviso: AvisoPrivacidad, canal: AvisoLeido.Canal
) -> AvisoLeido:
    """Prueba de que se le informó: qué versión, con qué texto, para qué y por dónde. Una vez."""
    leido, es_nuevo = AvisoLeido.objects.get_or_create(
        usuario=usuario,
        aviso=aviso,
        defaults={"huella": aviso.huella, "finalidades": aviso.finalidades, "canal": canal},
    )
    if es_nuevo:
        anotar(
            por=usuario,
            verbo="leyó el aviso de privacidad",
            objeto=aviso,
            detalle={"version": aviso.version, "huella": aviso.huella, "canal": canal.label},
            accion=LogEntry.Action.ACCESS,
        )
    return leido


@transaction.atomic
def desactivar_usuario(*, usuario: Usuario, por: Usuario) -> None:
    """Deja de entrar desde ya: se cierran sus sesiones. Lo que hizo sigue siendo suyo."""
    _exigir_administracion(por)
    if usuario.pk == por.pk:
        raise ValidationError("No puede desactivar su propia cuenta.", code="cuenta_propia")
    usuario.is_active = False
    usuario.save(update_fields=["is_active"])
    cerradas = cerrar_sesiones(usuario)
    anotar(por=por, verbo="desactivó una cuenta", objeto=usuario, detalle={"sesiones": cerradas})


@transaction.atomic
def reactivar_usuario(*, usuario: Usuario, por: Usuario) -> None:
    _exigir_administracion(por)
    usuario.is_active = True
    usuario.save(update_fields=["is_active"])
    anotar(por=por, verbo="reactivó una cuenta", objeto=usuario)


@transaction.atomic
def quitar_segundo_factor(*, usuario: Usuario, por: Usuario) -> None:
    """Para quien perdió el teléfono y los códigos: entra con su contraseña y lo activa de nuevo."""
    _exigir_administracion(por)
    Authenticator.objects.filter(user=usuario).delete()
    cerrar_sesiones(usuario)
    anotar(por=por, verbo="quitó el segundo factor", objeto=usuario)


@transaction.atomic
def cambiar_pertenencia(
    *,
    usuario: Usuario,
    rol: Rol,
    entidad: EntidadTerritorial | None,
    direccion: Direccion | None,
    por: Usuario,
) -> None:
    """Cambia el rol, la secretaría o la dirección. Sus sesiones se cierran: eran de otro papel."""
    _exigir_administracion(por)
    if usuario.pk == por.pk and rol != Rol.ADMINISTRACION:
        raise ValidationError(
            "Su propia administración no se la quita usted: pídaselo a otra persona que "
            "administre el portal.",
            code="cuenta_propia",
        )
    exigir_pertenencia(rol=rol, entidad=entidad, direccion=direccion)
    antes = _pertenencia_de(Usuario.objects.get(pk=usuario.pk))
    usuario.rol, usuario.entidad, usuario.direccion = rol, entidad, direccion
    despues = _pertenencia_de(usuario)
    if antes == despues:
        return
    usuario.save(update_fields=["rol", "entidad", "direccion"])
    if usuario.pk != por.pk:
        cerrar_sesiones(usuario)
    anotar(por=por, verbo="cambió el papel", objeto=usuario, antes=antes, despues=despues)


@transaction.atomic
def corregir_nombre(*, usuario: Usuario, nombre: str) -> None:
    usuario.nombre = nombre
    usuario.save(update_fields=["nombre"])
    anotar(por=usuario, verbo="corrigió su nombre")


def _exigir_administracion(por):
    if not puede_administrar_cuentas(por):
        raise ValidationError("Solo lo hace quien administra el portal.", code="no_administra")


def _pertenencia_de(quien: Usuario | Invitacion) -> dict:
    return {
        "rol": quien.rol,
        "secretaria": quien.entidad.codigo_dane if quien.entidad else None,
        "direccion": str(quien.direccion) if quien.direccion else None,
    }
