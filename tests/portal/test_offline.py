"""What may be kept on a device is what nobody in particular reads; the worker and the manifest say all they must."""

import json
import re

import pytest
from django.contrib.staticfiles import finders
from django.urls import reverse
from django.utils import translation

from portal.offline import MARK
from portal.operations import files
from resources.models import DocumentFile
from tests import factories

pytestmark = pytest.mark.django_db


def mark(client, page):
    answer = client.get(page)
    answer.getvalue()  # a file is read to its end, and so closed
    return answer.headers.get(MARK)


def test_only_answers_to_nobody_in_particular_are_marked(client):
    document = factories.document()
    things = [document, factories.published(factories.paper()), factories.open_consultation()]
    pages = [thing.get_absolute_url() for thing in things]
    pages.append(factories.resource_page().get_absolute_url())
    stored = files.store(factories.pdf(), by=factories.coordinator())
    pages.append(
        DocumentFile.objects.create(document=document, language="en", file=stored).get_absolute_url()
    )
    members = factories.document(access="members").get_absolute_url()
    assert [mark(client, page) for page in pages] == ["yes"] * len(pages)
    assert [mark(client, page) for page in (members, reverse("home"))] == [None, None]

    client.force_login(factories.lead())
    assert [mark(client, page) for page in [*pages, members]] == [None] * (len(pages) + 1)


def test_the_worker_is_small_and_names_what_it_needs(client):
    answer = client.get(reverse("worker"))
    words = answer.content.decode()
    assert (answer["Content-Type"], answer["Cache-Control"]) == (
        "text/javascript; charset=utf-8",
        "public, no-cache",
    )
    assert len(words.encode()) < 4_000
    shell = json.loads(re.match(r"const SHELL = (.+);\n", words)[1])
    assert shell["pages"] == {code: f"/{code}/kept/" for code in ("ar", "en", "fr", "es")}
    shown = client.get(reverse("kept"))
    assert shown.headers[MARK] == "yes"
    needed = re.findall(
        r'<(?:link rel="(?:stylesheet|icon)"[^>]* href|script src)="([^"]+)"', shown.content.decode()
    )
    assert sorted(needed) == sorted(shell["files"])


@pytest.mark.parametrize(
    ("language", "direction"), [("ar", "rtl"), ("en", "ltr"), ("fr", "ltr"), ("es", "ltr")]
)
def test_the_portal_stands_among_the_apps_of_a_device_in_each_language(client, language, direction):
    with translation.override(language):
        told = client.get(reverse("manifest"))
        named = translation.gettext("Civil Society Portal")
    said = told.json()
    assert told["Content-Type"] == "application/manifest+json"
    assert (said["name"], said["lang"], said["dir"]) == (named, language, direction)
    assert (said["start_url"], said["scope"], said["display"]) == (f"/{language}/", "/", "minimal-ui")
    assert {icon["sizes"] for icon in said["icons"]} == {"192x192", "512x512"}
    assert "maskable" in {icon["purpose"] for icon in said["icons"]}
    for icon in said["icons"]:
        assert finders.find(icon["src"].removeprefix("/static/"))
    assert (
        f'<link rel="manifest" href="/{language}/app.webmanifest">'
        in client.get(f"/{language}/").content.decode()
    )
