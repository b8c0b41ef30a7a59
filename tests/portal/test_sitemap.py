"""The map of the site lists every public page in each language it exists in, and nothing else."""

from datetime import datetime, timedelta
from xml.etree import ElementTree

import pytest
from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from portal.pages.machines import sitemap
from tests import factories

pytestmark = pytest.mark.django_db
SITEMAP, XHTML = f"{{{sitemap.SITEMAP}}}", f"{{{sitemap.XHTML}}}"
MAKERS = {
    "process": factories.process,
    "workinggroup": factories.working_group,
    "document": factories.document,
    "resourcepage": factories.resource_page,
    "campaign": factories.campaign,
    "practice": factories.practice,
    "consultation": factories.open_consultation,
    "call": factories.call,
    "paper": lambda *args, **fields: factories.paper_to_endorse(),
    "commitment": factories.commitment,
    "submission": factories.submission,
    "accreditationtrack": factories.accreditation_track,
    "announcement": factories.announcement,
}


def path(address):
    return address.removeprefix(settings.SITE_URL)


def listed(client):
    """Every address of the map, as paths: {path: its alternates}."""
    index = ElementTree.fromstring(client.get("/sitemap.xml").content)
    found = {}
    for part in index.iter(f"{SITEMAP}loc"):
        for entry in ElementTree.fromstring(client.get(path(part.text)).content):
            others = {link.get("hreflang"): path(link.get("href")) for link in entry.iter(f"{XHTML}link")}
            assert path(entry.findtext(f"{SITEMAP}loc")) not in found
            found[path(entry.findtext(f"{SITEMAP}loc"))] = others
    return found


def test_robots_are_told_where_it_is(client):
    assert f"Sitemap: {settings.SITE_URL}/sitemap.xml" in client.get("/robots.txt").content.decode()


def test_every_listed_page_is_there_and_names_its_other_languages(client):
    factories.objective(7)
    assert MAKERS.keys() == sitemap.KINDS.keys()
    for make in MAKERS.values():
        make(title_en="Return", title_ar="العودة")
    factories.organization(in_directory=True)
    found = listed(client)
    assert {client.get(address).status_code for address in found} == {200}
    for address, others in found.items():
        assert address in others.values()
        assert all(found[other] == others for other in others.values())


@pytest.mark.parametrize("kind", MAKERS)
def test_a_public_thing_is_listed_in_each_language_it_exists_in_and_no_other(client, kind):
    before = listed(client).keys()
    made = MAKERS[kind](title_en="Return", title_ar="العودة")
    own = sitemap.public.addresses(made)
    assert {path(address) for address in own.values()} <= listed(client).keys() - before
    assert own.keys() == ({"en"} if kind == "paper" else {"en", "ar"})


def test_what_is_hidden_changes_nothing(client):
    before = listed(client)
    for kind in MAKERS.keys() - {"paper"}:
        make = factories.consultation if kind == "consultation" else MAKERS[kind]
        make("Draft", status="draft")
        if kind != "consultation":
            make("Members", access="members")
            make("Invited", access="invited")
    factories.open_consultation("Members", access="members")
    factories.paper("Draft")
    client.force_login(factories.coordinator())
    assert listed(client) == before


def test_what_is_withdrawn_and_organizations_that_did_not_choose_it_are_not_listed(client):
    before = listed(client)
    factories.document("Gone", status="withdrawn")
    factories.organization(status="known")
    factories.organization()
    assert listed(client) == before


def test_parts_are_numbered_and_end(client, monkeypatch):
    monkeypatch.setattr(sitemap, "PART", 2)
    for number in range(3):
        factories.practice(f"Practice {number}")
    assert len([address for address in listed(client) if "/practice-" in address]) == 3
    for wrong in ("practice-3", "practice-0", "lists-2", "user-1"):
        kind, _dash, number = wrong.partition("-")
        assert client.get(reverse("sitemap-part", args=[kind, number])).status_code == 404


def test_whoever_finds_a_weakness_learns_whom_to_tell(client, settings):
    """As RFC 9116 has it: a contact, and an end less than a year away."""
    settings.SECURITY_EMAIL = "safe@portal.example"
    answer = client.get("/.well-known/security.txt")
    said = dict(line.split(": ", 1) for line in answer.content.decode().splitlines())
    assert answer["Content-Type"] == "text/plain; charset=utf-8"
    assert said["Contact"] == "mailto:safe@portal.example"
    ends = datetime.fromisoformat(said["Expires"])
    assert timedelta(days=300) < ends - timezone.now() < timedelta(days=365)
    assert {*said["Preferred-Languages"].split(", ")} == {"ar", "en", "es", "fr"}
