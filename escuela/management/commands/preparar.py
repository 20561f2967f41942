"""Deja la base y los archivos listos: lo que hay que hacer antes de arrancar, y nada más."""

import hashlib
import json
from io import StringIO

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

CATALOGOS = [
    "cargar_territorio",
    "cargar_direcciones",
    "cargar_aviso",
    "cargar_temas",
    "cargar_catalogos_contenidos",
    "cargar_paginas",
    "cargar_tipos_sesion",
    "cargar_encuentros",
    "cargar_catalogo_indicadores",
    "cargar_acompanamiento",
]
DE_CODIGO = {
    *(".py", ".csv", ".json", ".md", ".txt", ".css", ".js"),
    *(".svg", ".woff2", ".png", ".webp"),
}


class Command(BaseCommand):
    help = "Migra, carga los catálogos y la demostración y reúne los estáticos. Se puede repetir."

    def add_arguments(self, parser):
        parser.add_argument(
            "--sin-demo", action="store_true", help="no carga ni el año de muestra ni las cifras"
        )

    def handle(self, *args, **opciones):
        hecho = self.lo_hecho()
        con_demo = not opciones["sin_demo"] and not settings.PRODUCCION
        if pendientes := self.migraciones_pendientes():
            self.decir("base de datos")
            call_command("migrate", interactive=False, verbosity=0)
            call_command("createcachetable", verbosity=0)
            if ("territorio", "0001_inicial") in pendientes:
                hecho = {}  # la base es nueva: lo anotado era de otra

        huella = self.huella_del_codigo()
        if hecho.get("huella") != huella:
            self.decir("catálogos y archivos de la página")
            for catalogo in CATALOGOS:
                call_command(catalogo, verbosity=0, stdout=StringIO())
            call_command("collectstatic", interactive=False, verbosity=0)
        if con_demo and not hecho.get("demo"):
            self.decir("año de demostración")
            call_command("cargar_demostracion", verbosity=0)
        if con_demo and not hecho.get("cifras"):
            self.decir("cifras publicadas")
            call_command("cargar_cifras_demostracion", verbosity=0)

        cargado = {que: con_demo or hecho.get(que, False) for que in ("demo", "cifras")}
        queda = {"huella": huella, **cargado}
        if queda != hecho:  # lo que se carga en bloque no le avisa al buscador
            self.decir("buscador")
            call_command("reindexar", "--lo-que-falta", verbosity=0, stdout=StringIO())
        self.nota.write_text(json.dumps(queda))

    @property
    def nota(self):
        return settings.DATOS / "preparado.json"

    def lo_hecho(self):
        return json.loads(self.nota.read_text()) if self.nota.exists() else {}

    def migraciones_pendientes(self):
        ejecutor = MigrationExecutor(connection)
        plan = ejecutor.migration_plan(ejecutor.loader.graph.leaf_nodes())
        return {(migracion.app_label, migracion.name) for migracion, _ in plan}

    def huella_del_codigo(self):
        """Cambia cuando cambia algún archivo nuestro: si no cambió, no hay nada que recargar."""
        suma = hashlib.sha256(str(settings.STATIC_ROOT).encode())
        for carpeta in (*(settings.RAIZ / app for app in self.apps_propias()), *self.estaticos()):
            for archivo in sorted(carpeta.rglob("*")):
                if archivo.suffix in DE_CODIGO:
                    estado = archivo.stat()
                    suma.update(f"{archivo}{estado.st_size}{estado.st_mtime_ns}".encode())
        return suma.hexdigest()

    def apps_propias(self):
        return [app for app in settings.INSTALLED_APPS if (settings.RAIZ / app).is_dir()]

    def estaticos(self):
        return settings.STATICFILES_DIRS

    def decir(self, que):
        self.stdout.write(f"  preparando: {que}…")
