"""Quién puede abrir y enviar cada dirección del portal. Es para leerla y discutirla.

Cada fila dice, por papel, qué responde la dirección al leerla (GET) y al enviarle un formulario
vacío (POST). `test_tabla_de_acceso.py` la recorre entera y falla si aparece una dirección sin fila.

Para añadir una fila: el nombre de la dirección, con qué objetos se arma (propiedades de `Escena`)
y qué responde a cada papel. Lo usual ya tiene nombre (PUBLICA, CON_CUENTA, SOLO_MINISTERIO…); lo
demás se dice con `cada(...)`. Los objetos de `Escena` son de la secretaría «propia»: a la «ajena»
se le responde 404, como si no existieran.

302 a quien no ha entrado es «entre primero». Un formulario vacío que llega a quien puede enviarlo
responde 200 (dice qué falta) o 302 (no tenía nada que llenar y se hizo).
"""

from functools import cached_property

from cuentas.bitacora import anotar
from cuentas.models import AvisoPrivacidad, Invitacion, Rol
from tests.escena_de_acompanamiento import EscenaDeAcompanamiento
from tests.escena_de_conectate import EscenaDeConectate
from tests.escena_de_contenidos import EscenaDeContenidos
from tests.escena_de_indicadores import EscenaDeIndicadores
from tests.fabricas import un_usuario, una_entidad
from tests.papeles import (
    CON_CUENTA,
    DE_LA_SECRETARIA,
    LO_RECIBE,
    NO_RECIBE,
    NO_RECIBE_DE_NADIE,
    NO_SE_LEE,
    PUBLICA,
    SIN_CUENTA,
    SOLO_ADMINISTRACION,
    SOLO_MINISTERIO,
    Fila,
    cada,
    todos,
)
from tests.tabla_de_acompanamiento import ACOMPANAMIENTO
from tests.tabla_de_contenidos import CONTENIDOS
from tests.tabla_de_indicadores import INDICADORES
from trabajos.models import Trabajo


class Escena(EscenaDeAcompanamiento, EscenaDeConectate, EscenaDeContenidos, EscenaDeIndicadores):
    """Un portal con un objeto de cada clase, que se crean cuando una fila los pide."""

    @cached_property
    def propia(self):
        return una_entidad("Entidad propia")

    @cached_property
    def ajena(self):
        return una_entidad("Entidad ajena")

    @cached_property
    def personas(self):
        personas = {
            rol.value: un_usuario(rol, entidad=self._entidad_de(rol), password="x") for rol in Rol
        }
        personas["secretaria_ajena"] = un_usuario(Rol.SECRETARIO, entidad=self.ajena, password="x")
        return personas

    def _entidad_de(self, rol):
        return self.propia if rol in (Rol.EQUIPO_SECRETARIA, Rol.SECRETARIO) else None

    @cached_property
    def aviso(self):
        return AvisoPrivacidad.objects.create(
            version=1, texto="Texto.", huella="x", rige_desde="2026-01-01"
        ).version

    @cached_property
    def entrada(self):
        return anotar(por=None, verbo="hizo algo").pk

    @cached_property
    def _invitacion(self):
        clave = Invitacion.nueva_clave()
        invitacion = Invitacion.objects.create(
            email="invitada@ejemplo.test",
            rol=Rol.SECRETARIO,
            entidad=self.propia,
            creada_por=self.personas["administracion"],
            huella=Invitacion.huella_de(clave),
            vence_en="2999-01-01T00:00:00Z",
        )
        return invitacion, clave

    @cached_property
    def invitacion(self):
        return self._invitacion[0].pk

    @cached_property
    def clave_de_invitacion(self):
        return self._invitacion[1]

    @cached_property
    def trabajo(self):
        """Lo pidió el equipo de la secretaría propia; ni siquiera su secretario lo ve."""
        return Trabajo.objects.create(
            tipo="prueba", titulo="Trabajo", pedido_por=self.personas["equipo_secretaria"]
        ).clave_publica

    @property
    def uid(self):
        return "1"

    @property
    def llave(self):
        return "set-password"

    @property
    def seccion(self):
        return "conectarme-y-compartir"


DE_QUIEN_LO_PIDIO = {
    **cada(anonimo=302, ministerio=404, propia=404),
    "administracion": 200,
    "equipo_secretaria": 200,
}

ESCUELA = [
    Fila("portada", PUBLICA, NO_RECIBE_DE_NADIE),
    Fila("mi-portal", CON_CUENTA, NO_RECIBE),
    Fila("seccion", PUBLICA, NO_RECIBE_DE_NADIE, ("seccion",)),
    Fila("mapa-del-sitio", PUBLICA, NO_RECIBE_DE_NADIE),
    Fila("accesibilidad", todos(405), todos(302)),
    Fila("declaracion-de-accesibilidad", PUBLICA, NO_RECIBE_DE_NADIE),
    Fila("admin-de-siempre", todos(302), NO_RECIBE_DE_NADIE),
    Fila("contacto-de-seguridad", PUBLICA, NO_RECIBE_DE_NADIE),
]

ACCESO = [
    Fila("account_login", SIN_CUENTA, SIN_CUENTA),
    Fila("account_logout", cada(anonimo=302, ministerio=200, propia=200), LO_RECIBE),
    Fila("account_inactive", PUBLICA, NO_RECIBE_DE_NADIE),
    Fila("account_reauthenticate", CON_CUENTA, CON_CUENTA),
    Fila("account_change_password", CON_CUENTA, CON_CUENTA),
    Fila("account_set_password", LO_RECIBE, LO_RECIBE),
    Fila("account_reset_password", PUBLICA, PUBLICA),
    Fila("account_reset_password_done", PUBLICA, NO_RECIBE_DE_NADIE),
    Fila("account_reset_password_from_key", PUBLICA, PUBLICA, ("uid", "llave")),
    Fila("account_reset_password_from_key_done", PUBLICA, NO_RECIBE_DE_NADIE),
    Fila("mfa_index", CON_CUENTA, NO_RECIBE),
    Fila("mfa_authenticate", todos(302), todos(302)),
    # A quien no lo tiene activo lo mandan a confirmar con la contraseña.
    Fila(
        "mfa_reauthenticate",
        cada(anonimo=302, ministerio=200, propia=302),
        cada(anonimo=302, ministerio=200, propia=302),
    ),
    # Todas piden confirmar la identidad; a quien ya lo activó lo mandan a desactivarlo.
    Fila("mfa_activate_totp", todos(302), todos(302)),
    Fila(
        "mfa_deactivate_totp",
        cada(anonimo=302, ministerio=302, propia=404),
        cada(anonimo=302, ministerio=302, propia=404),
    ),
    Fila("mfa_view_recovery_codes", cada(anonimo=302, ministerio=404, propia=404), NO_RECIBE),
    Fila("mfa_generate_recovery_codes", todos(302), todos(302)),
    Fila(
        "mfa_download_recovery_codes",
        cada(anonimo=302, ministerio=404, propia=404),
        cada(anonimo=302, ministerio=404, propia=404),
    ),
    Fila("usersessions_list", CON_CUENTA, LO_RECIBE),
]

CUENTAS = [
    Fila("cuentas:inicio", LO_RECIBE, LO_RECIBE),
    Fila("cuentas:perfil", CON_CUENTA, CON_CUENTA),
    Fila("cuentas:mis-datos", CON_CUENTA, NO_RECIBE),
    Fila("cuentas:seguir", NO_SE_LEE, LO_RECIBE),
    Fila(
        "cuentas:invitaciones",
        cada(anonimo=302, ministerio=403, propia=403, administracion=200, equipo_men=200),
        NO_RECIBE,
    ),
    # Al enviar, antes que nada se confirma la identidad.
    Fila(
        "cuentas:invitar",
        cada(anonimo=302, ministerio=403, propia=403, administracion=200, equipo_men=200),
        LO_RECIBE,
    ),
    Fila(
        "cuentas:anular",
        NO_SE_LEE,
        cada(anonimo=302, ministerio=404, propia=404, administracion=302),
        ("invitacion",),
    ),
    Fila("cuentas:aceptar", PUBLICA, PUBLICA, ("clave_de_invitacion",)),
    Fila("cuentas:bitacora", SOLO_ADMINISTRACION, {**SOLO_ADMINISTRACION, "administracion": 302}),
    Fila("cuentas:entrada-de-bitacora", SOLO_ADMINISTRACION, NO_RECIBE, ("entrada",)),
    Fila("cuentas:privacidad", PUBLICA, NO_RECIBE_DE_NADIE),
    Fila("cuentas:version-privacidad", PUBLICA, NO_RECIBE_DE_NADIE, ("aviso",)),
    Fila("cuentas:aviso-leido", NO_SE_LEE, LO_RECIBE, ("aviso",)),
]

TERRITORIO = [
    Fila("territorio:entidades", PUBLICA, NO_RECIBE_DE_NADIE),
    Fila("territorio:entidades-csv", PUBLICA, NO_RECIBE_DE_NADIE),
]

TRABAJOS = [
    Fila("trabajos:trabajos", CON_CUENTA, NO_RECIBE),
    Fila("trabajos:trabajo", DE_QUIEN_LO_PIDIO, NO_RECIBE, ("trabajo",)),
    Fila("trabajos:estado", DE_QUIEN_LO_PIDIO, NO_RECIBE, ("trabajo",)),
    # El de la escena aún no tiene archivo.
    Fila("trabajos:archivo", {**todos(404), "anonimo": 302}, NO_RECIBE, ("trabajo",)),
    Fila(
        "trabajos:reintentar",
        NO_SE_LEE,
        {**DE_QUIEN_LO_PIDIO, "administracion": 302, "equipo_secretaria": 302},
        ("trabajo",),
    ),
    Fila("trabajos:salud", {**todos(404), "administracion": 200}, NO_RECIBE_DE_NADIE),
]

# De una sesión: la secretaría convocada la mira, el Ministerio la trabaja, las demás no la ven.
LA_MIRA = cada(anonimo=302, ministerio=200, propia=200, ajena=404)
LA_TRABAJA = cada(anonimo=302, ministerio=200, propia=403, ajena=404)
LA_CAMBIA = cada(anonimo=302, ministerio=302, propia=403, ajena=404)
LA_DESCARGA = cada(anonimo=302, ministerio=302, propia=302, ajena=404)
EN_EXCEL = (("formato", "xlsx"),)
DEL_MINISTERIO = cada(anonimo=302, ministerio=302, propia=403)

SESIONES = [
    Fila("conectate:entrada", PUBLICA, NO_RECIBE_DE_NADIE),
    Fila("conectate:sesiones", PUBLICA, NO_RECIBE_DE_NADIE),
    Fila("conectate:descargar-sesiones", NO_SE_LEE, LO_RECIBE, datos=EN_EXCEL),
    Fila("conectate:nueva-sesion", SOLO_MINISTERIO, SOLO_MINISTERIO),
    Fila("conectate:sesion", LA_MIRA, NO_RECIBE_DE_NADIE, ("sesion",)),
    Fila("conectate:editar-sesion", LA_TRABAJA, LA_TRABAJA, ("sesion",)),
    Fila("conectate:cambiar-estado", LA_TRABAJA, LA_CAMBIA, ("sesion", "estado")),
    Fila("conectate:descargar-sesion", NO_SE_LEE, LA_DESCARGA, ("sesion",), EN_EXCEL),
    Fila("conectate:personas", LA_MIRA, NO_RECIBE, ("sesion",)),
    Fila("conectate:descargar-personas", NO_SE_LEE, LA_DESCARGA, ("sesion",), EN_EXCEL),
    Fila("conectate:nuevo-material", LA_TRABAJA, LA_TRABAJA, ("sesion",)),
    Fila("conectate:material-de-la-biblioteca", LA_TRABAJA, LA_CAMBIA, ("sesion",)),
    Fila("conectate:grabacion", LA_TRABAJA, LA_TRABAJA, ("sesion",)),
    Fila("conectate:nuevo-aforo", LA_TRABAJA, LA_TRABAJA, ("sesion",)),
    Fila("conectate:material", LA_DESCARGA, NO_RECIBE_DE_NADIE, ("material",)),
    Fila("conectate:quitar-material", LA_TRABAJA, LA_CAMBIA, ("material",)),
    Fila("conectate:quitar-aforo", NO_SE_LEE, LA_CAMBIA, ("aforo",)),
]

CONVOCAR = [
    Fila("conectate:convocatoria", LA_TRABAJA, NO_RECIBE, ("por_venir",)),
    Fila("conectate:escribir", LA_TRABAJA, LA_TRABAJA, ("por_venir", "clase")),
    Fila("conectate:anotar-respuesta", LA_TRABAJA, LA_TRABAJA, ("por_venir", "codigo_propio")),
    # El Ministerio no responde por una secretaría: se le lleva a la convocatoria.
    Fila(
        "conectate:responder",
        cada(anonimo=302, ministerio=302, propia=200, ajena=404),
        cada(anonimo=302, ministerio=302, propia=200, ajena=404),
        ("por_venir",),
    ),
    Fila("conectate:mensaje", LA_TRABAJA, NO_RECIBE, ("mensaje_escrito",)),
    Fila("conectate:reintentar-mensaje", NO_SE_LEE, LA_CAMBIA, ("mensaje_escrito",)),
    Fila("conectate:listas", SOLO_MINISTERIO, NO_RECIBE),
    Fila("conectate:nueva-lista", SOLO_MINISTERIO, SOLO_MINISTERIO),
    Fila("conectate:editar-lista", SOLO_MINISTERIO, SOLO_MINISTERIO, ("lista",)),
    Fila("conectate:quitar-lista", SOLO_MINISTERIO, DEL_MINISTERIO, ("lista",)),
]

PARTICIPACION = [
    Fila("conectate:mi-secretaria", cada(anonimo=302, ministerio=302, propia=302), NO_RECIBE),
    Fila("conectate:participacion-reciente", LO_RECIBE, NO_RECIBE),
    Fila("conectate:participacion", SOLO_MINISTERIO, NO_RECIBE, ("vigencia",)),
    Fila("conectate:descargar-participacion", NO_SE_LEE, DEL_MINISTERIO, ("vigencia",), EN_EXCEL),
    Fila("conectate:matriz", SOLO_MINISTERIO, NO_RECIBE, ("vigencia",)),
    Fila("conectate:descargar-matriz", NO_SE_LEE, DEL_MINISTERIO, ("vigencia",), EN_EXCEL),
    Fila(
        "conectate:participacion-entidad",
        DE_LA_SECRETARIA,
        NO_RECIBE,
        ("vigencia", "codigo_propio"),
    ),
    Fila(
        "conectate:descargar-participacion-entidad",
        NO_SE_LEE,
        LA_DESCARGA,
        ("vigencia", "codigo_propio"),
        EN_EXCEL,
    ),
]

ASISTENCIA = [
    Fila("conectate:subir-asistencia", LA_TRABAJA, LA_TRABAJA, ("sesion",)),
    Fila("conectate:plantilla-de-asistencia", LA_TRABAJA, NO_RECIBE, ("sesion",)),
    Fila("conectate:importacion", LA_TRABAJA, NO_RECIBE, ("importacion",)),
    # El original trae más de lo que se guarda: quien lo subió y quien administra.
    Fila(
        "conectate:archivo-original",
        {**LA_TRABAJA, "lider_grupo": 403, "profesional": 403},
        NO_RECIBE,
        ("importacion",),
    ),
    Fila("conectate:emparejar-columnas", LA_CAMBIA, LA_CAMBIA, ("importacion",)),
    Fila("conectate:confirmar-importacion", NO_SE_LEE, LA_CAMBIA, ("importacion",)),
    Fila("conectate:deshacer-importacion", LA_CAMBIA, LA_CAMBIA, ("importacion",)),
    Fila("conectate:descartar-importacion", NO_SE_LEE, LA_CAMBIA, ("importacion",)),
    Fila("conectate:releer-importacion", NO_SE_LEE, LA_CAMBIA, ("importacion",)),
]

REVISION = [
    Fila("conectate:revision-de-sesion", LA_TRABAJA, NO_RECIBE, ("sesion",)),
    Fila("conectate:mismas-personas-de-sesion", LA_TRABAJA, NO_RECIBE, ("sesion",)),
    Fila("conectate:revision", SOLO_MINISTERIO, NO_RECIBE),
    Fila("conectate:decidir", NO_SE_LEE, DEL_MINISTERIO),
    Fila("conectate:mismas-personas", SOLO_MINISTERIO, NO_RECIBE),
    Fila("conectate:responder-pareja", NO_SE_LEE, DEL_MINISTERIO, ("pareja",)),
    Fila("conectate:separar-pareja", NO_SE_LEE, DEL_MINISTERIO, ("pareja",)),
    Fila("conectate:decisiones", SOLO_MINISTERIO, NO_RECIBE),
    Fila("conectate:deshacer-decision", NO_SE_LEE, DEL_MINISTERIO, ("decision",)),
    Fila("conectate:entidad-de-persona", LA_TRABAJA, LA_TRABAJA, ("participacion",)),
]

# Ponerse al día lo dice la secretaría, no el Ministerio.
SE_PONE_AL_DIA = cada(anonimo=302, ministerio=403, propia=302, ajena=404)

DESPUES = [
    Fila("conectate:lo-que-me-perdi", LO_RECIBE, NO_RECIBE),
    Fila("conectate:lo-que-se-perdio", DE_LA_SECRETARIA, NO_RECIBE, ("vigencia", "codigo_propio")),
    Fila("conectate:ya-la-revisamos", NO_SE_LEE, SE_PONE_AL_DIA, ("sesion",)),
    Fila("conectate:aun-no-la-revisamos", NO_SE_LEE, SE_PONE_AL_DIA, ("sesion",)),
    Fila("conectate:satisfaccion", PUBLICA, PUBLICA, ("testigo",)),
    Fila("conectate:opinar", LA_MIRA, LA_MIRA, ("de_hoy",)),
    Fila("conectate:resultados-de-satisfaccion", LA_MIRA, NO_RECIBE, ("de_hoy",)),
    Fila("conectate:enviar-satisfaccion", NO_SE_LEE, LA_CAMBIA, ("de_hoy",)),
    Fila(
        "conectate:moderar-satisfaccion",
        NO_SE_LEE,
        LA_CAMBIA,
        ("opinion",),
        (("moderacion", "visible"),),
    ),
]

BOLETIN = [
    Fila("conectate:mi-boletin", LO_RECIBE, NO_RECIBE),
    Fila(
        "conectate:boletin-reciente",
        cada(anonimo=302, ministerio=302, propia=302, ajena=404),
        NO_RECIBE,
        ("vigencia", "codigo_propio"),
    ),
    Fila("conectate:boletin", DE_LA_SECRETARIA, NO_RECIBE, ("vigencia", "mes", "codigo_propio")),
    Fila(
        "conectate:descargar-boletin",
        NO_SE_LEE,
        LA_DESCARGA,
        ("vigencia", "mes", "codigo_propio"),
    ),
]

MENCIONES = [
    Fila("conectate:menciones-recientes", todos(302), NO_RECIBE_DE_NADIE),
    Fila("conectate:menciones", PUBLICA, NO_RECIBE_DE_NADIE, ("vigencia",)),
    Fila("conectate:descargar-menciones", NO_SE_LEE, LO_RECIBE, ("vigencia",), EN_EXCEL),
]

CALENDARIO = [
    Fila("conectate:calendario", PUBLICA, NO_RECIBE_DE_NADIE),
    Fila("conectate:calendario-lista", PUBLICA, NO_RECIBE_DE_NADIE),
    Fila("conectate:calendario-anteriores", PUBLICA, NO_RECIBE_DE_NADIE),
    Fila("conectate:calendario-vigencia", PUBLICA, NO_RECIBE_DE_NADIE, ("vigencia",)),
    Fila("conectate:calendario-mes", PUBLICA, NO_RECIBE_DE_NADIE, ("vigencia", "mes")),
    Fila("conectate:calendario-ics", PUBLICA, NO_RECIBE_DE_NADIE),
    # Lo lee un programa: abre a quien traiga el testigo, haya entrado o no.
    Fila("conectate:calendario-privado", PUBLICA, NO_RECIBE_DE_NADIE, ("testigo_del_calendario",)),
    Fila("conectate:sesion-ics", LA_MIRA, NO_RECIBE_DE_NADIE, ("sesion",)),
    Fila("conectate:suscripcion-al-calendario", CON_CUENTA, LO_RECIBE),
    Fila("conectate:encuentros", PUBLICA, NO_RECIBE_DE_NADIE),
    Fila("conectate:nuevo-encuentro", SOLO_MINISTERIO, SOLO_MINISTERIO),
    Fila("conectate:encuentro", LA_MIRA, NO_RECIBE_DE_NADIE, ("encuentro",)),
    Fila("conectate:editar-encuentro", LA_TRABAJA, LA_TRABAJA, ("encuentro",)),
]

CIERRE = [
    Fila("conectate:cierre", LA_TRABAJA, LA_TRABAJA, ("sesion",)),
    # El acta de una abierta es un borrador del Ministerio: `test_acta.py`.
    Fila("conectate:acta", LA_MIRA, NO_RECIBE_DE_NADIE, ("sesion_cerrada",)),
    Fila("conectate:editar-acta", LA_TRABAJA, LA_TRABAJA, ("sesion",)),
    Fila("conectate:descargar-acta", NO_SE_LEE, LA_DESCARGA, ("sesion_cerrada",)),
    Fila("conectate:historia-entidad", DE_LA_SECRETARIA, NO_RECIBE, ("codigo_propio",)),
    Fila("conectate:historia-tipo", PUBLICA, NO_RECIBE_DE_NADIE, ("clave_del_tipo",)),
]

# Quitarle valor a una constancia lo hacen los mismos que reabren una sesión.
LA_REVOCA = {**LA_TRABAJA, "lider_grupo": 403, "profesional": 403}

CONSTANCIAS = [
    Fila("conectate:verificar-constancias", PUBLICA, NO_RECIBE_DE_NADIE),
    Fila("conectate:verificar-constancia", PUBLICA, NO_RECIBE_DE_NADIE, ("codigo_de_constancia",)),
    Fila("conectate:revocar-constancia", LA_REVOCA, LA_REVOCA, ("codigo_de_constancia",)),
    Fila("conectate:volver-a-emitir-constancia", LA_REVOCA, LA_REVOCA, ("codigo_de_constancia",)),
    Fila("conectate:mis-constancias", CON_CUENTA, NO_RECIBE),
    # Solo quien estuvo: la escena certificó a alguien del equipo de la secretaría.
    Fila(
        "conectate:pedir-mi-constancia",
        NO_SE_LEE,
        {**todos(404), "anonimo": 302, "equipo_secretaria": 302},
        ("certificada",),
    ),
    Fila("conectate:constancias", LA_MIRA, NO_RECIBE, ("certificada",)),
    Fila("conectate:descargar-constancias", NO_SE_LEE, LA_DESCARGA, ("certificada",)),
    Fila(
        "conectate:constancias-de-entidad",
        DE_LA_SECRETARIA,
        NO_RECIBE,
        ("vigencia", "codigo_propio"),
    ),
    Fila(
        "conectate:descargar-constancias-de-entidad",
        NO_SE_LEE,
        LA_DESCARGA,
        ("vigencia", "codigo_propio"),
    ),
]

# Declararse presente y reclamar, cada secretaría por sí; el Ministerio tiene la rejilla.
DE_CADA_SECRETARIA = cada(anonimo=302, ministerio=403, propia=200, ajena=404)
# El enlace reenviado a otra, o abierto en el Ministerio, no sirve y lo dice.
DE_LA_DEL_PASE = cada(anonimo=302, ministerio=403, propia=200, ajena=403)

PRESENCIA = [
    Fila("conectate:estamos-presentes", DE_CADA_SECRETARIA, DE_CADA_SECRETARIA, ("sesion",)),
    Fila("conectate:presente", DE_LA_DEL_PASE, DE_LA_DEL_PASE, ("codigo_del_pase",)),
    Fila("conectate:pases", LA_TRABAJA, LA_TRABAJA, ("sesion",)),
    Fila("conectate:rejilla", LA_TRABAJA, LA_TRABAJA, ("sesion",)),
    Fila("conectate:hoja", LA_TRABAJA, NO_RECIBE, ("sesion",)),
    Fila("conectate:reclamar", DE_CADA_SECRETARIA, DE_CADA_SECRETARIA, ("sesion",)),
    Fila("conectate:reclamos", LA_TRABAJA, NO_RECIBE, ("sesion",)),
    Fila("conectate:reclamos-pendientes", SOLO_MINISTERIO, NO_RECIBE),
    Fila("conectate:responder-reclamo", LA_TRABAJA, LA_TRABAJA, ("reclamo",)),
]

CONECTATE = [
    *CALENDARIO,
    *SESIONES,
    *CONVOCAR,
    *PARTICIPACION,
    *ASISTENCIA,
    *PRESENCIA,
    *REVISION,
    *DESPUES,
    *BOLETIN,
    *MENCIONES,
    *CIERRE,
    *CONSTANCIAS,
]

TABLA = [
    *ESCUELA,
    *ACCESO,
    *CUENTAS,
    *TERRITORIO,
    *TRABAJOS,
    *ACOMPANAMIENTO,
    *CONTENIDOS,
    *CONECTATE,
    *INDICADORES,
]

# Las de la administración de Django se prueban juntas: solo entra quien administra.
PREFIJOS_APARTE = ("admin:",)
