"""El índice de búsqueda sigue a lo que indexa: se entera solo, y se puede rehacer entero.

Guardar algo de una clase registrada lo apunta en el lote de su transacción; al confirmarse, el lote
se indexa de una vez. Antes no: lo que se deshizo no debe encontrarse, y quien guarda no espera
dentro de su candado. Si indexar falla, lo guardado queda guardado y la vuelta de la noche lo pone.
Lo que se guarda en bloque (`bulk_create`, `update`) no avisa: quien lo hace llama `poner_al_dia`.
"""

from collections import defaultdict
from itertools import islice

from django.contrib.auth.models import AnonymousUser
from django.db import models, transaction
from django.utils import timezone

from contenidos.consultas.busqueda import motores
from contenidos.lengua.palabras import LARGO_MAXIMO, dice_algo, palabras, raices, raiz
from contenidos.models import Buscable, Pagina, Palabra, Tema, VersionDePagina
from contenidos.registro import BUSCABLES, ClaseBuscable, Ficha, clases_buscables

POR_LOTE = 200
LARGO_DEL_RESUMEN = 1500
LETRAS_POR_ENTRADA = 700_000  # una entrada de PostgreSQL no pasa de un millón de bytes
CAMPOS = ["titulo", "titulo_raices", "resumen", "url", "fecha", "vigente", "indexado_en"]
EnBuscable = Buscable.temas.through


def poner_al_dia(*objetos: models.Model) -> None:
    """Que el índice diga lo que ahora dicen. Repetirlo no cambia nada."""
    por_clase = defaultdict(set)
    for objeto in objetos:
        for clase in _clases_de(type(objeto)):
            por_clase[clase.clave].add(objeto.pk)
    _indexar_apuntados(por_clase)


def quitar(*objetos: models.Model) -> None:
    for objeto in objetos:
        for clase in _clases_de(type(objeto)):
            _quitar(clase, [objeto.pk])


def reindexar_todo() -> dict[str, int]:
    """Rehace el índice por tandas, sin dejar de servir; devuelve cuántas entradas hay por clase.

    El vocabulario se rehace entero: una palabra que ya no está en ningún texto no corrige a nadie.
    """
    cuantas, palabras_vistas = {}, set()
    for clase in clases_buscables():
        existentes = list(_todos(clase))
        for tanda in _tandas(existentes):
            _indexar(clase, tanda, palabras_vistas)
        suyas = Buscable.objects.filter(clase=clase.clave)
        _borrar(suyas.exclude(objeto_id__in=motores.entre(existentes)))
        cuantas[clase.clave] = suyas.count()
    _borrar(Buscable.objects.exclude(clase__in=BUSCABLES))
    motores.borrar_huerfanas()
    _olvidar_palabras_que_no_estan_en(palabras_vistas)
    return cuantas


def indexar_lo_que_falta() -> dict[str, int]:
    """Lo que llegó sin avisar: un traslado, una carga en bloque. Devuelve cuánto era por clase."""
    cuantas, palabras_vistas = {}, set()
    for clase in clases_buscables():
        indexados = Buscable.objects.filter(clase=clase.clave).order_by().values("objeto_id")
        faltan = list(_todos(clase).exclude(pk__in=indexados))
        for tanda in _tandas(faltan):
            _indexar(clase, tanda, palabras_vistas)
        cuantas[clase.clave] = len(faltan)
    return cuantas


def _todos(clase):
    return clase.modelo._default_manager.order_by("pk").values_list("pk", flat=True)


# ── Enterarse solo ────────────────────────────────────────────────────────────────────────────


class _Lote:
    """Lo que cambió en una transacción, para indexarlo de una vez al confirmarse."""

    def __init__(self):
        self.por_clase = defaultdict(set)
        self.temas = set()

    def indexar(self):
        por_clase, temas = self.por_clase, self.temas
        self.__init__()
        if temas:
            rotulado = Buscable.objects.filter(temas__in=temas).order_by()
            for clave, objeto_id in rotulado.values_list("clase", "objeto_id"):
                por_clase[clave].add(objeto_id)
        _indexar_apuntados(por_clase)


def al_guardar(sender, instance, raw=False, **_):
    if raw:
        return
    _apuntar(sender, [instance.pk])
    if sender is VersionDePagina:
        _apuntar(Pagina, [instance.pagina_id])
    elif sender is Tema:  # si cambió de nombre, cambiaron las palabras de lo que rotula
        _apuntar(sender, [], temas=[instance.pk])


def al_borrar(sender, instance, **_):
    _apuntar(sender, [instance.pk])


def al_cambiar_relacion(instance, action, model, reverse, pk_set, **_):
    if not action.startswith("post_"):
        return
    _apuntar(type(instance), [instance.pk])
    if reverse and pk_set:  # tema.contenidos.add(…): lo que cambió está del otro lado
        _apuntar(model, pk_set)


def _apuntar(modelo, claves_primarias, temas=()):
    clases = _clases_de(modelo)
    if not clases and not temas:
        return
    lote = _lote_abierto()
    for clase in clases:
        lote.por_clase[clase.clave].update(claves_primarias)
    lote.temas.update(temas)
    # Cada aviso lo llama; el primero lo vacía. Si falla se anota: lo guardado ya quedó.
    transaction.on_commit(lote.indexar, robust=True)


def _lote_abierto():
    """El de esta transacción. Si lo que lo abrió se deshace, se va con ello."""
    for _, hacer, *_ in reversed(transaction.get_connection().run_on_commit):
        if isinstance(lote := getattr(hacer, "__self__", None), _Lote):
            return lote
    return _Lote()


def _clases_de(modelo):
    return [clase for clase in BUSCABLES.values() if clase.modelo is modelo]


def _indexar_apuntados(por_clase):
    for clave, claves_primarias in por_clase.items():
        for tanda in _tandas(sorted(claves_primarias)):
            _indexar(BUSCABLES[clave], tanda, set())


# ── Escribir ──────────────────────────────────────────────────────────────────────────────────


def _indexar(clase: ClaseBuscable, claves_primarias, palabras_vistas: set[str]):
    """Una tanda. A `palabras_vistas` se le suman las que hoy puede leer cualquiera."""
    objetos = clase.preparar(clase.modelo._default_manager.filter(pk__in=claves_primarias))
    fichas = {objeto.pk: ficha for objeto in objetos if (ficha := clase.ficha(objeto)) is not None}
    # Solo lo público enseña palabras: corregir una consulta no debe contar lo reservado.
    publicos = clase.visibles(AnonymousUser()).order_by().filter(pk__in=fichas)
    publicos = set(publicos.values_list("pk", flat=True)) if fichas else set()
    leidas = {pk: _Lectura(ficha, pk in publicos) for pk, ficha in fichas.items()}
    with transaction.atomic():
        _quitar(clase, set(claves_primarias) - fichas.keys())
        numeros = _guardar_fichas(clase, leidas)
        _guardar_temas(numeros, fichas)
        motores.escribir(leidas[pk].entrada(numero) for pk, numero in numeros.items())
    nuevas = set().union(*(leida.formas for leida in leidas.values())) - palabras_vistas
    _aprender(nuevas)
    palabras_vistas |= nuevas


class _Lectura:
    """Una ficha, leída una sola vez: sus raíces y las palabras que enseña."""

    def __init__(self, ficha: Ficha, ensena: bool):
        self.ficha = ficha
        self.titulo = raices(ficha.titulo)
        self.cabeza = [*self.titulo, *raices(f"{ficha.resumen} {ficha.otras_palabras}")]
        distintas = set(palabras(f"{ficha.titulo} {ficha.resumen} {ficha.otras_palabras}"))
        for pagina in ficha.paginas:
            distintas.update(palabras(pagina))
        self.todo = set(self.cabeza)
        self.todo.update(raiz(palabra) for palabra in distintas if dice_algo(palabra))
        self.formas = {p for p in distintas if _se_aprende(p)} if ensena else set()

    def buscable(self, clave, objeto_id):
        ficha = self.ficha
        return Buscable(
            clase=clave,
            objeto_id=objeto_id,
            titulo=ficha.titulo[:300],
            titulo_raices=" ".join(self.titulo)[:300],
            resumen=ficha.resumen[:LARGO_DEL_RESUMEN],
            url=ficha.url,
            fecha=ficha.fecha,
            vigente=ficha.vigente,
            indexado_en=timezone.now(),
        )

    def entrada(self, numero):
        todo = " ".join(sorted(self.todo))
        if len(todo) > LETRAS_POR_ENTRADA:
            todo = todo[:LETRAS_POR_ENTRADA].rpartition(" ")[0]
        return motores.Entrada(numero, " ".join(self.titulo), " ".join(self.cabeza), todo)


def _se_aprende(palabra):
    return 2 < len(palabra) <= LARGO_MAXIMO and palabra.isalpha() and dice_algo(palabra)


def _guardar_fichas(clase, leidas) -> dict[int, int]:
    """Del objeto al número de su entrada, que no cambia."""
    Buscable.objects.bulk_create(
        [leida.buscable(clase.clave, pk) for pk, leida in leidas.items()],
        update_conflicts=True,
        unique_fields=["clase", "objeto_id"],
        update_fields=CAMPOS,
    )
    suyas = Buscable.objects.filter(clase=clase.clave, objeto_id__in=leidas).order_by()
    return dict(suyas.values_list("objeto_id", "pk"))


def _guardar_temas(numeros, fichas):
    de_ahora = {(numeros[pk], tema) for pk, ficha in fichas.items() for tema in ficha.temas}
    suyos = EnBuscable.objects.filter(buscable__in=numeros.values())
    de_antes = {(b, tema): pk for pk, b, tema in suyos.values_list("pk", "buscable", "tema")}
    EnBuscable.objects.filter(
        pk__in=[pk for par, pk in de_antes.items() if par not in de_ahora]
    ).delete()
    EnBuscable.objects.bulk_create(
        (EnBuscable(buscable_id=b, tema_id=tema) for b, tema in de_ahora - de_antes.keys()),
        ignore_conflicts=True,
    )


def _quitar(clase, claves_primarias):
    if claves_primarias:
        _borrar(Buscable.objects.filter(clase=clase.clave, objeto_id__in=claves_primarias))


@transaction.atomic
def _borrar(buscables):
    motores.borrar(buscables.order_by().values_list("pk", flat=True))
    buscables.delete()


def _aprender(formas):
    Palabra.objects.bulk_create(
        [Palabra(forma=forma, raiz=raiz(forma)) for forma in sorted(formas)],
        ignore_conflicts=True,
        batch_size=5_000,
    )


def _olvidar_palabras_que_no_estan_en(vistas):
    conocidas = set(Palabra.objects.values_list("forma", flat=True))
    for tanda in _tandas(sorted(conocidas - vistas)):
        Palabra.objects.filter(forma__in=tanda).delete()


def _tandas(lista):
    lista = iter(lista)
    return iter(lambda: list(islice(lista, POR_LOTE)), [])
