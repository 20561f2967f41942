"""Los controles que el portal dibuja a su manera: las listas de opciones."""

from django import forms


class OpcionesForm(forms.Form):
    cual = forms.ChoiceField(
        choices=[("", "Todas"), ("a", "De <b>Neiva</b>"), ("Departamentos", [(41, "Huila")])],
        required=False,
    )
    varias = forms.MultipleChoiceField(choices=[("a", "A"), ("b", "B")], required=False)


def lista(campo, **datos):
    return str(OpcionesForm(datos or None)[campo]).replace("\n", "")


def test_una_lista_lleva_sus_opciones_escapadas_y_sus_grupos():
    assert lista("cual") == (
        '<select name="cual" id="id_cual"><option value="" selected>Todas</option>'
        '<option value="a">De &lt;b&gt;Neiva&lt;/b&gt;</option>'
        '<optgroup label="Departamentos"><option value="41">Huila</option></optgroup></select>'
    )


def test_lo_escogido_vuelve_escogido():
    assert '<option value="41" selected>' in lista("cual", cual="41")
    assert lista("varias", varias=["a", "b"]).count(" selected") == 2


def test_donde_se_escogen_varias_se_dice():
    assert " multiple" in lista("varias").partition(">")[0]
