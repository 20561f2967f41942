"""Los objetos de «Quiero informarme» que la tabla de acceso necesita: uno de cada clase."""

from functools import cached_property

from django.core.files.base import ContentFile
from django.utils import timezone

from indicadores.acciones.recursos import recibir
from indicadores.models import (
    EntregaDeInforme,
    LoteDeInformes,
    NotaDeSerie,
)
from tests.fabricas_de_indicadores import (
    la_nacion,
    un_hallazgo,
    un_valor,
    una_carga,
    una_fuente,
    una_unidad,
    una_version,
)
from tests.fabricas_de_recursos import un_archivo, un_corte, un_recurso


class EscenaDeIndicadores:
    """Se mezcla en `Escena`, que trae `propia`, `ajena` y `personas`.

    Las dos secretarías y el país tienen deserción de 2022, en la versión 1.
    """

    formato_de_datos = "csv"
    formato_de_informe = "pdf"

    # ── Cifras ────────────────────────────────────────────────────────────────────────────────

    @cached_property
    def _valor(self):
        version = self._version
        un_valor(8.1, unidad=una_unidad(self.ajena), version=version)
        un_valor(3.6, unidad=la_nacion(), version=version)
        return un_valor(4.7, unidad=una_unidad(self.propia), version=version)

    @cached_property
    def _version(self):
        return una_version(publicada_por=self.personas["equipo_men"])

    @property
    def valor(self):
        return self._valor.pk

    @property
    def version(self):
        return self._valor.desde_id

    @property
    def tabla(self):
        return "entidades" if self._valor else ""

    @property
    def codigo_del_indicador(self):
        return self._valor.indicador.codigo

    @property
    def codigo_con_cifras(self):
        """El de la secretaría propia, que ya tiene de qué hacer su ficha."""
        return self._valor.unidad.codigo

    @cached_property
    def nota_de_serie(self):
        return NotaDeSerie.objects.create(
            clave="censo", clase="quiebre", desde=2018, texto="Cambia la base de población."
        ).pk

    # ── Cargas y calidad ──────────────────────────────────────────────────────────────────────

    @cached_property
    def _carga(self):
        return una_carga(
            archivo=ContentFile(b"anio,codigo\n", "cifras.csv"),
            creado_por=self.personas["equipo_men"],
        )

    @property
    def carga(self):
        return self._carga.pk

    @cached_property
    def hallazgo(self):
        return un_hallazgo(responsable=self.personas["equipo_men"]).pk

    @cached_property
    def fuente(self):
        return una_fuente().pk

    # ── Recursos y documentos ────────────────────────────────────────────────────────────────

    @cached_property
    def _corte(self):
        corte = un_corte()
        un_recurso(corte, self.propia, asignado=120)
        return corte

    @property
    def corte(self):
        return self._corte.clave

    @cached_property
    def carga_de_recursos(self):
        """Por confirmar, con un nombre sin reconocer y una fila rechazada."""
        renglones = ["Entidad;Asignado", f"{self.ajena.nombre};7", "Sin reconocer;3", "Mal;-1"]
        return recibir(
            corte=self._corte,
            archivo=un_archivo("\n".join(renglones).encode()),
            por=self.personas["equipo_men"],
        ).pk

    @property
    def documento(self):
        return "permanencia"

    # ── Informes ──────────────────────────────────────────────────────────────────────────────

    @cached_property
    def _entrega(self):
        """Lista, de la secretaría propia."""
        lote = LoteDeInformes.objects.create(
            clave="prueba",
            titulo="Informes de 2022",
            vigencia=2022,
            version=self._valor.desde,
            pedido_por=self.personas["equipo_men"],
        )
        return EntregaDeInforme.objects.create(
            lote=lote,
            entidad=self.propia,
            estado=EntregaDeInforme.Estado.LISTA,
            xlsx=ContentFile(b"PK", "informe.xlsx"),
            pdf=ContentFile(b"%PDF-1.4", "informe.pdf"),
            lista_en=timezone.now(),
        )

    @property
    def lote(self):
        return self._entrega.lote_id
