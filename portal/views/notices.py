"""How far the telling has come, for coordinators."""

from django.http import Http404


def notices(request):
    raise Http404


def notice(request, key):
    raise Http404
