"""Lo que vale en una fecha, cargado de una vez; después no se vuelve a preguntar a la base."""

from datetime import date
from functools import lru_cache

from territorio.models import (
    Alias,
    Atencion,
    Departamento,
    Dominio,
    EntidadTerritorial,
    Municipio,
    Origen,
)
from territorio.resolucion.correo import LectorDeCorreos
from territorio.resolucion.declarado import MINISTERIO, LectorDeTextos
from territorio.resolucion.lectura import NADA, Lectura, oracion
from territorio.resolucion.mapa import Lugar, Mapa
from territorio.resolucion.veredicto import Resolucion, decidir
from territorio.resolucion.visible import LectorDeNombres, puede_decir_algo

RECORDADOS = 1 << 15
LARGO = 300  # lo que alguien escribe de más no dice de dónde es


class Catalogo:
    """Resuelve miles de personas de una misma fecha: `Catalogo.vigente_en(sesion.fecha)`."""

    def __init__(self, correos: LectorDeCorreos, textos: LectorDeTextos, nombres: LectorDeNombres):
        de_correo = lru_cache(RECORDADOS)(correos.leer)
        del_dominio = lru_cache(RECORDADOS)(correos.del_dominio)
        del_texto = lru_cache(RECORDADOS)(textos.leer)
        del_nombre = lru_cache(RECORDADOS)(nombres.leer)

        @lru_cache(RECORDADOS)
        def juntas(correo, dominio, declarado, visible):
            return decidir(
                de_correo(correo) if correo else del_dominio(dominio) if dominio else NADA,
                del_texto(declarado) if declarado else NADA,
                del_nombre(visible) if visible else NADA,
            )

        self._juntas = juntas

    @classmethod
    def vigente_en(cls, fecha: date) -> "Catalogo":
        territorio = _Territorio(fecha)
        mapa = Mapa.de(territorio.nombres_de_lugares())
        textos = LectorDeTextos(
            mapa,
            nombres=territorio.nombres,
            codigos_men=territorio.codigos_men,
            ajenas=territorio.ajenas(),
            confirmados=territorio.confirmados(),
        )
        correos = LectorDeCorreos(mapa, nombres=territorio.nombres, dominios=territorio.dominios())
        return cls(correos, textos, LectorDeNombres(mapa, textos))

    def resolver(self, *, correo: str = "", declarado: str = "", visible: str = "") -> Resolucion:
        # De miles de personas, casi todas comparten dominio y su nombre no dice de dónde son.
        visible = visible[:LARGO]
        return self._juntas(
            *_entero_o_dominio(correo),
            declarado[:LARGO],
            visible if visible and puede_decir_algo(visible) else "",
        )


def _entero_o_dominio(correo: str) -> tuple[str, str]:
    """De un correo corriente basta el dominio; el raro, entero: puede ser el de un invitado."""
    usuario, _, dominio = correo.rpartition("@")
    if not usuario.strip() or "#" in usuario or "@" in usuario:
        return correo, ""
    return "", dominio.strip(" .<>;,\t").lower()


def resolver(texto: str, correo: str = "", *, fecha: date, visible: str = "") -> Resolucion:
    """Una sola persona. Para una lista, un `Catalogo` y su `resolver`."""
    return Catalogo.vigente_en(fecha).resolver(correo=correo, declarado=texto, visible=visible)


class _Territorio:
    """Lo que hay en la base y vale en una fecha, en las formas que piden los lectores."""

    def __init__(self, fecha):
        self.fecha = fecha
        entidades = list(EntidadTerritorial.objects.select_related("departamento"))
        self.entidades = {entidad.pk: entidad for entidad in entidades}
        self.vigentes = {e.codigo_dane: e for e in entidades if e.vale_en(fecha)}
        # También las cerradas: un código que se sugiere siempre tiene nombre que mostrar.
        self.nombres = {entidad.codigo_dane: entidad.nombre for entidad in entidades}
        self.codigos_men = {e.codigo_men: codigo for codigo, e in self.vigentes.items()}
        self.alias = list(Alias.objects.vigentes(fecha))
        self.lugares = {**self._departamentos(), **self._municipios()}

    def _departamentos(self):
        return {
            codigo: Lugar(codigo, entidad.nombre, codigo, codigo, True, True)
            for codigo, entidad in self.vigentes.items()
            if entidad.es_departamental
        }

    def _municipios(self):
        lugares = {}
        for codigo, nombre, departamento, pk in Atencion.objects.vigentes(self.fecha).values_list(
            "municipio__codigo", "municipio__nombre", "municipio__departamento__codigo", "entidad"
        ):
            propia = self.vigentes.get(codigo)
            atiende = propia or self.entidades[pk]
            if atiende.vale_en(self.fecha):
                lugares[codigo] = self._municipio(codigo, nombre, departamento, atiende)
        for codigo, entidad in self.vigentes.items():
            if not entidad.es_departamental and codigo not in lugares:
                lugares[codigo] = self._municipio(
                    codigo, entidad.nombre, entidad.departamento.codigo, entidad
                )
        return lugares

    def _municipio(self, codigo, nombre, departamento, atiende):
        return Lugar(
            codigo,
            nombre,
            departamento,
            atiende.codigo_dane,
            False,
            atiende.codigo_dane == codigo,
            atiende.tipo == EntidadTerritorial.Tipo.DISTRITO,
        )

    def nombres_de_lugares(self):
        """(nombre, lugar): el de cada entidad, los de cada municipio y los alias del catálogo."""
        nombres = [(e.nombre, codigo) for codigo, e in self.vigentes.items()]
        nombres += Departamento.objects.values_list("nombre", "codigo")
        for codigo, nombre, otros in Municipio.objects.values_list(
            "codigo", "nombre", "otros_nombres"
        ):
            nombres += [(n.strip(), codigo) for n in [nombre, *otros.split(";")] if n.strip()]
        nombres += [
            (alias.texto, self.entidades[alias.entidad_id].codigo_dane)
            for alias in self.alias
            if alias.entidad_id and alias.origen == Origen.CATALOGO
        ]
        return [(n, self.lugares[codigo]) for n, codigo in nombres if codigo in self.lugares]

    def ajenas(self):
        return {
            alias.texto_norm: alias.ajena
            for alias in self.alias
            if alias.ajena and alias.origen == Origen.CATALOGO
        }

    def confirmados(self):
        """Los textos que una persona ya explicó, si la entidad vale en esta fecha."""
        confirmados = {}
        for alias in self.alias:
            if alias.origen != Origen.PERSONA:
                continue
            if alias.ajena:
                confirmados[alias.texto_norm] = (None, alias.ajena)
            elif (codigo := self.entidades[alias.entidad_id].codigo_dane) in self.vigentes:
                confirmados[alias.texto_norm] = (codigo, "")
        return confirmados

    def dominios(self):
        lecturas = {}
        for dominio in Dominio.objects.vigentes(self.fecha):
            if dominio.clase == Dominio.Clase.PERSONAL:
                lecturas[dominio.dominio] = NADA
            elif dominio.clase == Dominio.Clase.AJENO:
                lecturas[dominio.dominio] = Lectura(
                    ajena=dominio.ajena,
                    evidencia="MEN" if dominio.ajena == MINISTERIO else "ajena",
                    explicacion=f"El correo es de {dominio.ajena} ({dominio.dominio}).",
                )
            else:
                entidad = self.entidades[dominio.entidad_id]
                lecturas[dominio.dominio] = self._lectura_del_dominio(dominio.dominio, entidad)
        return lecturas

    def _lectura_del_dominio(self, dominio, entidad):
        codigo = entidad.codigo_dane
        if codigo in self.vigentes:
            return Lectura(
                codigo=codigo,
                posibles=(codigo,),
                evidencia="dominio",
                explicacion=oracion(f"El dominio {dominio} es de {entidad.nombre}"),
            )
        # Funza en 2018: su correo existe, pero la atendía Cundinamarca.
        lugar = self.lugares.get(codigo)
        if lugar is None:
            return NADA
        return Lectura(
            posibles=(lugar.entidad,),
            evidencia="municipio_no_certificado",
            explicacion=oracion(
                f"{entidad.nombre} no tenía secretaría propia en esa fecha: la atendía "
                f"{self.nombres[lugar.entidad]}"
            ),
        )
