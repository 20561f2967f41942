"""Cómo se dibuja y qué entiende el formulario que filtra una lista."""

from django import forms
from django.template.loader import render_to_string

from territorio.filtros import FiltroForm


class DeMuestraForm(FiltroForm):
    q = forms.CharField(label="Buscar", required=False, help_text="Por el nombre.")
    grupo = forms.ChoiceField(label="Grupo", required=False, choices=[("", "Todos"), ("1", "1")])
    desde = forms.DateField(label="Desde", required=False)
    por = forms.CharField(required=False, widget=forms.HiddenInput())


def dibujado(**puestos):
    form = DeMuestraForm(puestos)
    form.is_valid()
    return render_to_string("componentes/filtros.html", {"form": form})


def test_cada_filtro_lleva_su_rotulo_y_su_aspecto_y_ninguno_se_dice_opcional():
    html = dibujado(q="uno")

    assert '<label class="form-label" for="id_q">Buscar</label>' in html
    assert 'class="form-control"' in html
    assert 'class="form-select"' in html
    assert "opcional" not in html


def test_la_ayuda_queda_unida_a_su_campo():
    html = dibujado()

    assert '<div class="form-text" id="id_q_helptext">Por el nombre.</div>' in html
    assert 'aria-describedby="id_q_helptext"' in html


def test_lo_que_no_se_entiende_se_dice_junto_a_su_campo_y_no_filtra():
    html = dibujado(desde="31 de febrero")

    assert 'class="form-control is-invalid"' in html
    assert 'id="id_desde_error"' in html
    assert DeMuestraForm({"desde": "31 de febrero", "grupo": "1"}).consulta == "grupo=1"


def test_lo_escondido_no_se_rotula():
    html = dibujado(por="contenido")

    assert '<input type="hidden" name="por" value="contenido"' in html
    assert 'for="id_por"' not in html
