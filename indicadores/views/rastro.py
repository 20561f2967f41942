from django.http import Http404


def rastro(request, pk):
    raise Http404
