from django.http import Http404


def catalogo(request):
    raise Http404


def indicador(request, codigo):
    raise Http404
