"""Las clases de registro que se pueden mandar, por su nombre: `registros/<clase>/`.

Cada una es un `RegistradoForm`; quien añade una clase añade aquí su formulario.
"""

from acompanamiento.forms.actividades import ActividadForm, CoberturaForm
from acompanamiento.forms.compromisos import CompromisoForm
from acompanamiento.forms.contactos import ContactoForm
from acompanamiento.forms.grupos import RelevoForm
from acompanamiento.forms.necesidades import NecesidadForm
from acompanamiento.forms.pasos_de_compromiso import PASOS
from acompanamiento.forms.presencialidad import PresencialidadForm
from acompanamiento.forms.productos import ProductoForm
from acompanamiento.forms.programas import ProgramaForm
from acompanamiento.forms.registrado import RegistradoForm

REGISTRABLES: dict[str, type[RegistradoForm]] = {
    form.clase: form
    for form in (
        ContactoForm,
        ProgramaForm,
        ActividadForm,
        CoberturaForm,
        ProductoForm,
        NecesidadForm,
        CompromisoForm,
        *PASOS.values(),
        PresencialidadForm,
        RelevoForm,
    )
}
