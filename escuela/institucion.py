"""Los datos de la institución que salen en el encabezado y el pie.

Son públicos y el Ministerio los confirma: ESCUELA_INSTITUCION puede nombrar un archivo JSON que
reemplaza los que hagan falta, sin tocar el código.
"""

import json
import os
from pathlib import Path

INSTITUCION = {
    "portal": "Escuela Virtual de Secretarías",
    "lema": "Conéctate con el MEN",
    "nombre": "Ministerio de Educación Nacional",
    "sitio": "https://www.mineducacion.gov.co/",
    "direccion": "Calle 43 N.º 57-14, Centro Administrativo Nacional (CAN)",
    "ciudad": "Bogotá D. C., Colombia",
    "codigo_postal": "111321",
    "horario": "Lunes a viernes, de 8:00 a. m. a 5:00 p. m.",
    "telefonos": [
        {"nombre": "Conmutador", "numero": "+57 601 222 2800", "marcar": "+576012222800"},
        {"nombre": "Línea en Bogotá", "numero": "+57 601 307 7079", "marcar": "+576013077079"},
        {
            "nombre": "Línea anticorrupción",
            "numero": "+57 601 222 2800",
            "marcar": "+576012222800",
        },
    ],
    "correos": [
        {
            "nombre": "Atención a la ciudadanía",
            "correo": "atencionalciudadano@mineducacion.gov.co",
        },
        {
            "nombre": "Notificaciones judiciales",
            "correo": "notificacionesjudiciales@mineducacion.gov.co",
        },
    ],
    # A quién se avisa de una falla de seguridad: mailto:, tel: o una página (https:).
    "seguridad": ["mailto:atencionalciudadano@mineducacion.gov.co"],
    "redes": [
        {"nombre": "X", "url": "https://x.com/Mineducacion"},
        {"nombre": "Facebook", "url": "https://www.facebook.com/mineducacion"},
        {"nombre": "Instagram", "url": "https://www.instagram.com/mineducacioncol"},
        {"nombre": "YouTube", "url": "https://www.youtube.com/user/mineducacioncol"},
    ],
    "sede": [
        {
            "nombre": "Transparencia y acceso a la información pública",
            "url": "https://www.mineducacion.gov.co/portal/atencion-al-ciudadano/transparencia/",
        },
        {
            "nombre": "Atención y servicios a la ciudadanía",
            "url": "https://www.mineducacion.gov.co/portal/atencion-al-ciudadano/",
        },
        {
            "nombre": "Participa",
            "url": "https://www.mineducacion.gov.co/portal/atencion-al-ciudadano/participa/",
        },
    ],
    "gov_co": "https://www.gov.co/",
    "marca_pais": "https://www.colombia.co/",
    "accesibilidad": "https://www.mineducacion.gov.co/portal/accesibilidad/",
}

if _archivo := os.environ.get("ESCUELA_INSTITUCION"):
    INSTITUCION |= json.loads(Path(_archivo).read_text(encoding="utf-8"))
