"""Recibir un archivo grande sin que llene el disco: lo que pasa del tope no se guarda.

@csrf_exempt  # el tope va antes de leer el cuerpo; la vista de abajo sí la protege
def subir(request):
    request.tope = TopeDeSubida(request, settings.CONTENIDOS_TAMANO_MAXIMO)
    request.upload_handlers.insert(0, request.tope)
    return _subir(request)  # con @csrf_protect; su formulario pregunta `tope.se_paso`
"""

from io import BytesIO

from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler, StopFutureHandlers

MARGEN = 64 * 1024  # lo que ocupa el resto del formulario


class TopeDeSubida(FileUploadHandler):
    """Lo que pasa del máximo se termina de recibir, pero no se guarda en ningún lado.

    No se corta la subida: Django, al cortarla, junta en memoria todo lo que falta.
    """

    def __init__(self, request, maximo: int, *, archivos: int = 1):
        """`maximo`: de cada archivo. `archivos`: cuántos puede traer el formulario."""
        super().__init__(request)
        self.maximo = maximo
        self.maximo_del_formulario = maximo * archivos + MARGEN
        self.recibido = 0
        self.se_paso = False

    def handle_raw_input(self, input_data, META, content_length, boundary, encoding=None):
        self.se_paso = (content_length or 0) > self.maximo_del_formulario

    def new_file(self, *args, **kwargs):
        super().new_file(*args, **kwargs)
        self.recibido = 0
        if self.se_paso:
            raise StopFutureHandlers

    def receive_data_chunk(self, raw_data, start):
        self.recibido += len(raw_data)
        self.se_paso |= self.recibido > self.maximo
        return None if self.se_paso else raw_data

    def file_complete(self, file_size):
        return UploadedFile(BytesIO(), self.file_name, size=0) if self.se_paso else None
