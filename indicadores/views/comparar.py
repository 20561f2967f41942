from django.http import Http404


def comparar(request, codigo_dane):
    raise Http404
