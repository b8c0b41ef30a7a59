"""The portal as it is served, with two plain Django pages beside it: what the pages of the portal are measured against.

Those two pass only what Django's own new projects pass; their bytes go out as they are.
"""

import os

import django
from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.http import HttpResponse
from django.template import Context, Engine
from django.test.utils import override_settings
from django.urls import path

PLAIN_START = [
    "django.middleware.security.SecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
CONSTANT = b"<!doctype html><title>12 kB</title>" + b"<p>The same words." * 640
ROWS = 20
TEMPLATE = Engine().from_string(
    "<!doctype html><title>Documents</title><ul>{% for row in rows %}<li><a href='/en/library/{{ row.key }}/'>"
    "{{ row.title_en }}</a> {{ row.begins_on }}<p>{{ row.summary_en }}</p></li>{% endfor %}</ul>"
)

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")
django.setup()

from portal import urls  # noqa: E402 - once Django is set up
from resources.models import Document  # noqa: E402


def constant(_request):
    """12 kB that are always the same."""
    return HttpResponse(CONSTANT[: 12 * 1024])


def rows(_request):
    """The library's 20 rows, with one query and a plain template."""
    found = Document.objects.filter(status="published", access="public").newest_first()
    return HttpResponse(TEMPLATE.render(Context({"rows": found[:ROWS]})))


urlpatterns = [path("plain/constant/", constant), path("plain/rows/", rows), *urls.urlpatterns]
settings.ROOT_URLCONF = "benchmarks.site"
portal = WSGIHandler()
with override_settings(MIDDLEWARE=PLAIN_START):
    plain = WSGIHandler()


def application(environ, start_response):
    handler = plain if environ["PATH_INFO"].startswith("/plain/") else portal
    return handler(environ, start_response)
