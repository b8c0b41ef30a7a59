"""How fast organizations register through the pages, beside a bare Django form with one INSERT in the same run.

Wanted: at least 0.4 of the bare form's rate. Both are sent as a browser sends them, one POST each, by the same people,
who have signed in; they pass the same middleware in the same process and commit to the same disk. The bare form is
what Django makes of a model: a ModelForm that asks what ours asks of one delegate, and saves one row.
Each registration beside it takes a place in order, is logged, told, and kept from counting twice.
"""

import sys
import time
from io import BytesIO
from urllib.parse import urlencode
from uuid import uuid4

from django import forms
from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.db import connection, models
from django.http import HttpResponseRedirect
from django.test import Client
from django.urls import clear_url_caches, path, reverse

from consultations.models import Registration
from portal import urls
from portal.models import User
from tests import drainers, factories

COUNT, WARM, IN_A_ROW = 400, 40, 50
SECRET = "0123456789abcdefghijklmnopqrstuv"


class Bare(models.Model):
    """A row with nothing behind it."""

    name = models.CharField(max_length=150)
    email = models.EmailField()
    language = models.CharField(max_length=8, choices=settings.LANGUAGES)
    interpretation = models.CharField(max_length=12, blank=True)
    needs = models.CharField(max_length=12, blank=True)

    class Meta:
        app_label = "benchmarks"

    def __str__(self):
        return self.name


BareForm = forms.modelform_factory(Bare, fields="__all__")


def bare(request):
    """A form, one INSERT, an answer."""
    form = BareForm(request.POST)
    assert form.is_valid()
    form.save()
    return HttpResponseRedirect("/")


urlpatterns = [path("bare/", bare), *urls.urlpatterns]


def run():
    settings.ROOT_URLCONF = __name__
    clear_url_caches()
    with connection.schema_editor() as editor:
        editor.create_model(Bare)
    drainers.crowd(3 * COUNT)
    people = list(User.objects.order_by("pk").prefetch_related("membership_set__organization"))
    sessions = [session_of(person) for person in people[: COUNT + WARM]]
    thing = factories.open_consultation("Services", places=100_000)
    application = get_wsgi_application()
    with drainers.bells_unheard():
        plain, ours = rates(application, bare_forms(sessions), registrations(thing, people, sessions))
    assert Registration.objects.filter(status="confirmed").count() == COUNT + WARM
    say(
        f"Registering through the pages: {ours:.0f}/s, a bare form with one INSERT {plain:.0f}/s: {ours / plain:.2f}"
    )


def say(text):
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def session_of(person):
    """The cookie of somebody who has signed in."""
    client = Client()
    client.force_login(person)
    return client.cookies[settings.SESSION_COOKIE_NAME].value


def bare_forms(sessions):
    for number, session in enumerate(sessions):
        yield (
            "/bare/",
            session,
            {
                "consent": "on",
                "name": "One",
                "email": f"d{number}@sent.example",
                "language": "en",
                "interpretation": "ar",
                "needs": "captions",
            },
        )


def registrations(thing, people, sessions):
    address = reverse("consultations:register", args=[thing.key])
    for number, (person, session) in enumerate(zip(people, sessions, strict=False)):
        yield (
            address,
            session,
            {
                "once": str(uuid4()),
                "organization": str(person.membership_set.all()[0].organization.key),
                "consent": "on",
                "rows": 1,
                "name_1": "One",
                "email_1": f"d{number}@sent.example",
                "language_1": "en",
                "interpretation_1": "ar",
                "needs_1": "captions",
            },
        )


def rates(application, *kinds):
    """Forms a second of each kind, some of one after some of the other, for a machine drifts; after some to warm up."""
    kinds = [list(jobs) for jobs in kinds]
    for jobs in kinds:
        timed(application, jobs[:WARM])
    seconds = [0] * len(kinds)
    for start in range(WARM, WARM + COUNT, IN_A_ROW):
        for place, jobs in enumerate(kinds):
            seconds[place] += timed(application, jobs[start : start + IN_A_ROW])
    return [COUNT / spent for spent in seconds]


def timed(application, jobs):
    began = time.monotonic()
    for job in jobs:
        post(application, *job)
    return time.monotonic() - began


def post(application, address, session, form):
    body = urlencode(form | {"csrfmiddlewaretoken": SECRET}).encode()
    cookies = f"{settings.SESSION_COOKIE_NAME}={session}; {settings.CSRF_COOKIE_NAME}={SECRET}"
    environ = {
        "REQUEST_METHOD": "POST",
        "PATH_INFO": address,
        "SERVER_NAME": "testserver",
        "SERVER_PORT": "80",
        "HTTP_HOST": "testserver",
        "CONTENT_TYPE": "application/x-www-form-urlencoded",
        "CONTENT_LENGTH": str(len(body)),
        "HTTP_COOKIE": cookies,
        "wsgi.input": BytesIO(body),
        "wsgi.errors": sys.stderr,
        "wsgi.url_scheme": "http",
    }
    found = []
    response = application(environ, lambda status, _headers: found.append(status))
    list(response)
    response.close()
    assert found == ["302 Found"], found
