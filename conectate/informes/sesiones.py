"""La lista de sesiones, una sesión, y los nombres de quienes asistieron."""

from conectate.consultas.presencia import cifras_por_origen
from conectate.consultas.sesiones import (
    cifras_de,
    entidades_de,
    personas_de,
    presencia_de,
    resumen_de,
)
from conectate.informes.documento import (
    DE_LA_PRESENCIA,
    Informe,
    de_la_presencia,
    rechazar_si,
    si_no,
)
from conectate.models import Sesion
from conectate.permisos import puede_ver_cifras, puede_ver_personas
from trabajos.hojas.escribir import Columna, Hoja

DE_A_CUANTAS = 200


def informe_de_sesiones(por, *, consulta=None) -> Informe:
    """La lista, con los mismos filtros que tenía la página."""
    sesiones = Sesion.objects.visibles_para(por).filtradas(**(consulta or {}))
    ve_cifras = puede_ver_cifras(por)
    columnas = [
        Columna("Fecha", "fecha"),
        Columna("Inicio (hora de Colombia)", "hora"),
        Columna("Título", ancho=60),
        Columna("Tipo"),
        Columna("Temas", ancho=40),
        Columna("Estado"),
        Columna("Modalidad"),
        Columna("Audiencia"),
        Columna("Dirección responsable"),
    ]
    if ve_cifras:
        columnas += [
            Columna("Convocadas", "entero"),
            Columna("Presentes", "entero"),
            Columna("Asistencias", "entero"),
            Columna("Por identificar", "entero"),
        ]
    hoja = Hoja("Sesiones", columnas, list(_filas_de_sesiones(sesiones, ve_cifras)))
    pocas = [0, 2, 3, 5, *([9, 10, 11] if ve_cifras else [4])]
    return Informe(
        nombre="Sesiones de Conéctate con el MEN",
        que_es="Las sesiones que su cuenta puede ver, con los filtros de la página.",
        hojas=[hoja],
        para_pdf=_solo(hoja, pocas),
        notas=[("Filtros", _en_palabras(consulta))] if consulta else [],
        es_demostracion=sesiones.filter(es_demostracion=True).exists(),
    )


def _filas_de_sesiones(sesiones, ve_cifras):
    sesiones = list(
        sesiones.select_related("tipo", "direccion")
        .prefetch_related("temas")
        .order_by("fecha", "hora_inicio", "pk")
    )
    for desde in range(0, len(sesiones), DE_A_CUANTAS):
        tanda = sesiones[desde : desde + DE_A_CUANTAS]
        cifras = cifras_de(tanda) if ve_cifras else {}
        for sesion in tanda:
            fila = [
                sesion.fecha,
                sesion.hora_inicio,
                sesion.titulo,
                sesion.tipo.nombre,
                ", ".join(tema.nombre for tema in sesion.temas.all()),
                sesion.get_estado_display(),
                sesion.get_modalidad_display(),
                sesion.get_audiencia_display(),
                sesion.direccion.nombre if sesion.direccion else "",
            ]
            if ve_cifras:
                una = cifras[sesion.pk]
                vacio = None if una.tiene_asistencia else "sin dato"
                sin_lista = None if una.tiene_lista else "sin dato"
                fila += [
                    una.convocadas,
                    vacio or una.presentes,
                    sin_lista or una.asistencias,
                    sin_lista or una.por_revisar,
                ]
            yield fila


def _solo(hoja, posiciones):
    return Hoja(
        hoja.titulo,
        [hoja.columnas[i] for i in posiciones],
        [[fila[i] for i in posiciones] for fila in hoja.filas],
    )


def _en_palabras(consulta):
    return "; ".join(f"{campo}: {valor}" for campo, valor in consulta.items())


def informe_de_sesion(por, *, sesion_id) -> Informe:
    """Qué entidades estuvieron. Una secretaría recibe solo su renglón."""
    sesion = Sesion.objects.visibles_para(por).filter(pk=sesion_id).first()
    rechazar_si(sesion is None)
    if puede_ver_cifras(por):
        return _sesion_entera(sesion)
    rechazar_si(por.entidad is None)
    suya = presencia_de(por.entidad, [sesion])[sesion.pk]
    situacion = _situacion(suya.hay_asistencia, suya.estuvo)
    fila = [
        por.entidad.codigo_dane,
        por.entidad.nombre,
        si_no(suya.fue_convocada),
        situacion,
        suya.en_la_lista if suya.hay_asistencia else None,
        suya.minutos if suya.personas else None,
        *de_la_presencia(suya),
    ]
    columnas = [
        Columna("Código DANE"),
        Columna("Entidad"),
        Columna("Convocada"),
        Columna("Situación"),
        Columna("Personas", "entero"),
        Columna("Minutos", "decimal"),
        *DE_LA_PRESENCIA,
    ]
    return Informe(
        nombre=f"{sesion.titulo} ({sesion.fecha:%d-%m-%Y})",
        que_es="La participación de su secretaría en esta sesión.",
        hojas=[Hoja("Mi secretaría", columnas, [fila])],
        es_demostracion=sesion.es_demostracion,
    )


def _sesion_entera(sesion):
    resumen = resumen_de(sesion)
    entidades = Hoja(
        "Entidades",
        [
            Columna("Código DANE"),
            Columna("Entidad"),
            Columna("Departamento"),
            Columna("Convocada"),
            Columna("Situación"),
            Columna("Personas", "entero"),
            Columna("Minutos", "decimal"),
            Columna("Bajo el mínimo", "entero"),
            *DE_LA_PRESENCIA,
            Columna("Lo que registró el equipo"),
            Columna("Se contradice"),
        ],
        [
            [
                fila.entidad.codigo_dane,
                fila.entidad.nombre,
                fila.entidad.departamento.nombre,
                si_no(fila.fue_convocada),
                _situacion(resumen.tiene_asistencia, fila.estuvo),
                fila.en_la_lista if resumen.tiene_asistencia else None,
                fila.minutos,
                fila.bajo_el_minimo if resumen.tiene_lista else None,
                *de_la_presencia(fila),
                fila.asistencia.get_registro_display() if fila.asistencia else "",
                si_no(fila.discrepa),
            ]
            for fila in entidades_de(sesion)
        ],
    )
    return Informe(
        nombre=f"{sesion.titulo} ({sesion.fecha:%d-%m-%Y})",
        que_es="Las entidades convocadas a la sesión y cuántas personas de cada una asistieron.",
        hojas=[entidades, _cifras(sesion, resumen), _origenes(sesion), _aforos(sesion)],
        notas=[
            ("Fecha", f"{sesion.fecha:%d/%m/%Y} (hora de Colombia)"),
            ("Mínimo de minutos", str(sesion.minutos_minimos)),
        ],
        es_demostracion=sesion.es_demostracion,
    )


def _cifras(sesion, resumen):
    de_las_entidades = [
        ["Entidades convocadas", resumen.convocadas],
        ["Entidades convocadas presentes", resumen.presentes],
        ["Entidades que asistieron sin convocatoria", resumen.no_convocadas],
    ]
    de_la_lista = [
        ["Asistencias", resumen.asistencias],
        ["Personas distintas", resumen.personas],
        ["Salas", resumen.salas],
        ["Teléfonos", resumen.telefonos],
        ["Minutos", resumen.minutos],
        ["Mediana de minutos por asistencia", resumen.mediana],
        ["Sin identificar", resumen.sin_identificar],
        ["De otras organizaciones", resumen.de_otra_organizacion],
        ["Bajo el mínimo de minutos", resumen.bajo_el_minimo],
        ["En la lista, sin aplicar el mínimo", resumen.en_la_lista],
    ]
    if not resumen.tiene_lista:
        de_la_lista = [[nombre, "sin dato"] for nombre, _ in de_la_lista]
    if not resumen.tiene_asistencia:
        de_las_entidades[1:] = [[nombre, "sin dato"] for nombre, _ in de_las_entidades[1:]]
    return Hoja(
        "Cifras",
        [Columna("Cifra", ancho=46), Columna("Valor", "decimal")],
        [*de_las_entidades, *de_la_lista],
    )


def _origenes(sesion):
    cifras = cifras_por_origen(sesion)
    return Hoja(
        "Orígenes",
        [Columna("Quién dice que estuvieron", ancho=46), Columna("Entidades", "entero")],
        [
            *([origen.capitalize(), n] for origen, n in cifras.renglones),
            ["Presentes (cada una, una vez)", cifras.presentes],
            ["Con más de un origen", cifras.con_varios],
            ["Con datos que se contradicen", cifras.discrepancias],
        ],
    )


def _aforos(sesion):
    return Hoja(
        "Aforos",
        [Columna("Fuente", ancho=46), Columna("Personas", "entero")],
        [[aforo.fuente, aforo.personas] for aforo in sesion.aforos.all()],
    )


def _situacion(hay_asistencia, estuvo):
    if not hay_asistencia:
        return "sin dato"
    return "presente" if estuvo else "ausente"


def informe_de_personas(por, *, sesion_id, consulta=None) -> Informe:
    """Los nombres: todos para el Ministerio, los suyos para una secretaría."""
    sesion = Sesion.objects.visibles_para(por).filter(pk=sesion_id).first()
    rechazar_si(sesion is None or not puede_ver_personas(por))
    personas = personas_de(sesion, por.entidad if por.es_de_secretaria else None)
    columnas = [
        Columna("Nombre"),
        Columna("Correo"),
        Columna("Cargo"),
        Columna("Código DANE"),
        Columna("Entidad"),
        Columna("Otra organización"),
        Columna("Clase"),
        Columna("Minutos", "decimal"),
        Columna("Conexiones", "entero"),
        Columna("Cuenta"),
        Columna("Cómo se identificó"),
    ]
    filas = [
        [
            persona.nombre,
            persona.correo,
            persona.cargo,
            persona.entidad.codigo_dane if persona.entidad else "",
            persona.entidad.nombre if persona.entidad else "",
            persona.ajena,
            persona.get_tipo_display(),
            persona.minutos,
            persona.conexiones,
            si_no(persona.cuenta),
            persona.get_decision_display(),
        ]
        for persona in personas
    ]
    hoja = Hoja("Personas", columnas, filas)
    return Informe(
        nombre=f"Personas en {sesion.titulo} ({sesion.fecha:%d-%m-%Y})",
        que_es="Quiénes asistieron. Contiene datos personales: guárdelo y compártalo con cuidado.",
        hojas=[hoja],
        para_pdf=_solo(hoja, [0, 1, 4, 5, 7, 9]),
        notas=[
            ("Minutos", "Vacío cuando el archivo no los trae (formularios)."),
            ("Cuenta", f"«No»: estuvo menos de {sesion.minutos_minimos} minutos."),
        ],
        es_demostracion=sesion.es_demostracion,
        n_personas=len(filas),
        sobre=sesion,
    )
