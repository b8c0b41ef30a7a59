"""Addresses of what is published, below library/."""

from django.http import Http404
from django.urls import path

app_name = "resources"


def later(request, **kwargs):
    raise Http404


urlpatterns = [
    path("", later, name="documents"),
    path("pages/", later, name="pages"),
    path("pages/<key:key>/", later, name="page"),
    path("campaigns/", later, name="campaigns"),
    path("campaigns/<key:key>/", later, name="campaign"),
    path("practices/", later, name="practices"),
    path("practices/<key:key>/", later, name="practice"),
    path("new/", later, name="document-new"),
    path("<uuid:key>/edit/", later, name="document-edit"),
    path("<uuid:key>/publish/", later, name="document-publish"),
    path("<uuid:key>/withdraw/", later, name="document-withdraw"),
    path("<uuid:key>/files/<slug:language>/", later, name="file"),
    path("<key:key>/", later, name="document"),
]
