"""Publicar un documento estratégico, y filtrar los que hay."""

from pathlib import PurePath

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify

from contenidos.models import Tema
from indicadores.consultas.documentos import CLASES, SE_ACEPTAN
from indicadores.models import DocumentoEstrategico
from territorio.filtros import FiltroForm
from territorio.texto import normalizar
from trabajos.archivos import es_de_tipo, es_paquete, es_texto

MEGA = 1024 * 1024
TAMANO_MAXIMO = 50 * MEGA


class DocumentoEstrategicoForm(forms.ModelForm):
    archivo = forms.FileField(
        label="Archivo",
        help_text=f"{SE_ACEPTAN}, sin macros. Hasta {TAMANO_MAXIMO // MEGA} MB.",
        widget=forms.FileInput(attrs={"accept": ",".join(CLASES)}),
    )
    slug = forms.SlugField(
        label="Nombre en la dirección",
        max_length=120,
        required=False,
        help_text="Si lo deja vacío, se toma del título.",
    )

    class Meta:
        model = DocumentoEstrategico
        fields = ["titulo", "slug", "resumen", "autor", "fecha", "temas", "archivo", "publicado"]

    def clean_archivo(self):
        archivo = self.cleaned_data["archivo"]
        if isinstance(archivo, UploadedFile):
            exigir_documento(archivo)
        return archivo

    def clean(self):
        datos = super().clean()
        if not datos.get("slug") and "slug" not in self.errors:
            datos["slug"] = slugify(datos.get("titulo", ""))[:120].strip("-")
        return datos

    def save(self, commit=True):
        """Con un archivo nuevo se va el anterior, cuando ya es seguro que la fila quedó."""
        archivo, documento = self.cleaned_data["archivo"], self.instance
        if isinstance(archivo, UploadedFile):
            documento.nombre_del_archivo = _que_cabe(archivo.name)
            documento.tamano = archivo.size
            if anterior := self.initial.get("archivo"):
                transaction.on_commit(lambda: anterior.storage.delete(anterior.name))
        documento.actualizado_en = timezone.now()
        return super().save(commit)


def exigir_documento(archivo: UploadedFile) -> None:
    """Por su extensión y por lo que trae dentro."""
    extension = PurePath(archivo.name).suffix.lower()
    clase = CLASES.get(extension)
    if clase is None:
        raise forms.ValidationError(
            f"No se reciben archivos {extension or 'sin extensión'}. Suba {SE_ACEPTAN}.",
            code="extension_no_permitida",
        )
    if archivo.size > TAMANO_MAXIMO:
        raise forms.ValidationError(
            f"El archivo pesa más de {TAMANO_MAXIMO // MEGA} MB. Redúzcalo y vuelva a subirlo.",
            code="archivo_muy_grande",
        )
    if clase.dentro:
        corresponde = es_paquete(archivo, clase.dentro)
    else:
        corresponde = es_texto(archivo) if extension == ".csv" else es_de_tipo(archivo, clase.tipo)
    if not corresponde:
        raise forms.ValidationError(
            f"El archivo dice ser {clase.nombre} y por dentro no lo es, o trae macros. Ábralo, "
            "guárdelo de nuevo sin macros y vuelva a subirlo.",
            code="contenido_no_corresponde",
        )


def _que_cabe(nombre):
    ruta = PurePath(nombre)
    return f"{ruta.stem[: 200 - len(ruta.suffix)]}{ruta.suffix}"


class FiltroDeDocumentosForm(FiltroForm):
    q = forms.CharField(
        label="Buscar",
        required=False,
        max_length=100,
        widget=forms.TextInput(attrs={"type": "search"}),
    )
    tema = forms.ChoiceField(label="Tema", required=False)
    tipo = forms.ChoiceField(label="Tipo de archivo", required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        publicados = DocumentoEstrategico.objects.publicados()
        temas = Tema.objects.filter(documentos_estrategicos__in=publicados).distinct()
        self._ofrecer("tema", temas.values_list("slug", "nombre"))
        self._ofrecer("tipo", [(ext[1:], clase.nombre) for ext, clase in CLASES.items()])

    def documentos(self) -> list[DocumentoEstrategico]:
        puestos = self.puestos
        documentos = DocumentoEstrategico.objects.publicados().prefetch_related("temas")
        if "tema" in puestos:
            documentos = documentos.filter(temas__slug=puestos["tema"])
        if "tipo" in puestos:
            documentos = documentos.filter(nombre_del_archivo__iendswith=f".{puestos['tipo']}")
        if "q" not in puestos:
            return list(documentos)
        # Son decenas: buscarlos sin tildes aquí es más corto que guardar otro texto.
        return [d for d in documentos if normalizar(puestos["q"]) in _texto(d)]


def _texto(documento):
    return normalizar(f"{documento.titulo} {documento.resumen} {documento.autor}")
