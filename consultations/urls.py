"""Addresses of the work."""

from django.http import Http404
from django.urls import path

app_name = "consultations"


def later(request, **kwargs):
    raise Http404


urlpatterns = [
    path("consultations/", later, name="consultations"),
    path("consultations/<uuid:key>/register/", later, name="register"),
    path("consultations/<key:key>/", later, name="consultation"),
    path("registrations/<uuid:key>/", later, name="registration"),
    path("calls/", later, name="calls"),
    path("calls/<key:key>/", later, name="call"),
    path("commitments/", later, name="commitments"),
    path("commitments/<key:key>/", later, name="commitment"),
    path("accreditation/", later, name="accreditation-tracks"),
    path("accreditation/<key:key>/", later, name="accreditation-track"),
]
