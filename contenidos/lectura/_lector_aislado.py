"""Lee un archivo en un proceso con topes. Se ejecuta con `python -I`; no lo importa nadie.

Responde por la salida, con marshal: `["ok", {…}]` con los campos de `aparte.Leido`, o
`["error", código]`.
"""

import marshal
import sys
from pathlib import Path

MEMORIA = 1 << 30
SEGUNDOS_DE_PROCESADOR = 120


def poner_topes():
    try:
        import resource
    except ImportError:  # Windows no los tiene: allí manda el tope de tiempo de quien nos llama
        return
    resource.setrlimit(resource.RLIMIT_AS, (MEMORIA, MEMORIA))
    resource.setrlimit(resource.RLIMIT_CPU, (SEGUNDOS_DE_PROCESADOR, SEGUNDOS_DE_PROCESADOR + 1))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def hacer(que, ruta, extension):
    sys.path.append(str(Path(__file__).resolve().parents[2]))
    from contenidos.lectura import documentos, pdf, retratos

    if que == "comprobar":
        return pdf.comprobar(ruta)
    con_dibujo = que == "leer"
    if extension == ".pdf":
        return pdf.leer(ruta, con_dibujo)
    if extension in retratos.EXTENSIONES:
        return retratos.leer(ruta)
    return documentos.leer(ruta, extension, con_dibujo)


def principal():
    poner_topes()
    try:
        respuesta = ["ok", hacer(*sys.argv[1:])]
    except MemoryError:
        respuesta = ["error", "bomba"]
    except Exception as error:
        respuesta = ["error", getattr(error, "codigo", "danado")]
    sys.stdout.buffer.write(marshal.dumps(respuesta))


if __name__ == "__main__":
    principal()
