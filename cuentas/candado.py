"""El candado de lo que solo se añade: disparadores que impiden cambiar y borrar.

Cada motor lo dice a su manera; lo que se permite es lo mismo en los dos. De la bitácora solo se
puede borrar la identidad de quien actuó, para que una persona pueda dejar de estar en ella.
"""

from django.db import connection as conexion_por_defecto

# Tabla → columnas que se pueden vaciar.
TABLAS = {
    "auditlog_logentry": (
        "actor_id",
        "actor_email",
        "remote_addr",
        "remote_port",
        "object_repr",
    ),
    "cuentas_sellobitacora": (),
    "cuentas_avisoprivacidad": (),
    "cuentas_avisoleido": (),
}
# Lo de una cuenta de demostración se va con ella.
SE_BORRA_SI = {
    "cuentas_avisoleido": (
        "EXISTS (SELECT 1 FROM cuentas_usuario u WHERE u.id = OLD.usuario_id AND u.es_demostracion)"
    )
}
MENSAJE = "Esta tabla solo se añade: no se cambia ni se borra"


def poner(conexion=conexion_por_defecto):
    """Pone el candado; si ya estaba, lo deja igual."""
    quitar(conexion)
    _MOTORES[conexion.vendor]["poner"](conexion)


def quitar(conexion=conexion_por_defecto):
    _MOTORES[conexion.vendor]["quitar"](conexion)


def esta_puesto(conexion=conexion_por_defecto) -> bool:
    esperados = {_nombre(tabla, verbo) for tabla in TABLAS for verbo in ("cambia", "borra")}
    with conexion.cursor() as cursor:
        cursor.execute(_MOTORES[conexion.vendor]["consulta"])
        return esperados <= {fila[0] for fila in cursor.fetchall()}


def _nombre(tabla, verbo):
    return f"{tabla}_no_se_{verbo}"


def _se_vacia(columna, distinto):
    vacio = "''" if columna == "object_repr" else "NULL"
    return f"(NEW.{columna} {distinto} OLD.{columna} AND NEW.{columna} {distinto} {vacio})"


# ── SQLite ────────────────────────────────────────────────────────────────────────────────────


def _poner_en_sqlite(conexion):
    with conexion.cursor() as cursor:
        for tabla, borrables in TABLAS.items():
            columnas = [
                columna.name
                for columna in conexion.introspection.get_table_description(cursor, tabla)
            ]
            prohibido = " OR ".join(
                [f"NEW.{c} IS NOT OLD.{c}" for c in columnas if c not in borrables]
                + [_se_vacia(c, "IS NOT") for c in borrables]
            )
            cursor.execute(
                f"CREATE TRIGGER {_nombre(tabla, 'cambia')} BEFORE UPDATE ON {tabla} "
                f"WHEN {prohibido} BEGIN SELECT RAISE(ABORT, '{MENSAJE}'); END"
            )
            cursor.execute(
                f"CREATE TRIGGER {_nombre(tabla, 'borra')} BEFORE DELETE ON {tabla} "
                f"WHEN NOT ({SE_BORRA_SI.get(tabla, 'FALSE')}) "
                f"BEGIN SELECT RAISE(ABORT, '{MENSAJE}'); END"
            )


def _quitar_en_sqlite(conexion):
    with conexion.cursor() as cursor:
        for tabla in TABLAS:
            for verbo in ("cambia", "borra"):
                cursor.execute(f"DROP TRIGGER IF EXISTS {_nombre(tabla, verbo)}")


# ── PostgreSQL ────────────────────────────────────────────────────────────────────────────────


def _poner_en_postgresql(conexion):
    with conexion.cursor() as cursor:
        for tabla, borrables in TABLAS.items():
            lista = ", ".join(f"'{columna}'" for columna in borrables)
            resto = f"- ARRAY[{lista}]::text[]"
            prohibido = " OR ".join(
                [f"to_jsonb(NEW) {resto} IS DISTINCT FROM to_jsonb(OLD) {resto}"]
                + [_se_vacia(c, "IS DISTINCT FROM") for c in borrables]
            )
            rechazar = f"RAISE EXCEPTION '{MENSAJE}' USING ERRCODE = 'restrict_violation'"
            for verbo, condicion, sigue in (
                ("cambia", prohibido, "NEW"),
                ("borra", f"NOT ({SE_BORRA_SI.get(tabla, 'FALSE')})", "OLD"),
                ("vacia", "TRUE", "NULL"),
            ):
                cursor.execute(
                    f"CREATE FUNCTION {_nombre(tabla, verbo)}() RETURNS trigger "
                    f"LANGUAGE plpgsql AS $$ BEGIN "
                    f"IF {condicion} THEN {rechazar}; END IF; RETURN {sigue}; END $$"
                )
            for verbo, cuando, por in (
                ("cambia", "UPDATE", "ROW"),
                ("borra", "DELETE", "ROW"),
                ("vacia", "TRUNCATE", "STATEMENT"),
            ):
                nombre = _nombre(tabla, verbo)
                cursor.execute(
                    f"CREATE TRIGGER {nombre} BEFORE {cuando} ON {tabla} "
                    f"FOR EACH {por} EXECUTE FUNCTION {nombre}()"
                )


def _quitar_en_postgresql(conexion):
    with conexion.cursor() as cursor:
        for tabla in TABLAS:
            for verbo in ("cambia", "borra", "vacia"):
                nombre = _nombre(tabla, verbo)
                cursor.execute(f"DROP TRIGGER IF EXISTS {nombre} ON {tabla}")
                cursor.execute(f"DROP FUNCTION IF EXISTS {nombre}()")


_MOTORES = {
    "sqlite": {
        "poner": _poner_en_sqlite,
        "quitar": _quitar_en_sqlite,
        "consulta": "SELECT name FROM sqlite_master WHERE type = 'trigger'",
    },
    "postgresql": {
        "poner": _poner_en_postgresql,
        "quitar": _quitar_en_postgresql,
        "consulta": "SELECT tgname FROM pg_trigger WHERE tgenabled <> 'D'",
    },
}
