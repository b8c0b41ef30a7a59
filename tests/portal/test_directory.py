"""The directory: who is listed, what each shows, and what nobody finds out through it."""

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import translation

from portal.models import Organization, Shown
from portal.operations import organizations, publication
from tests import factories

pytestmark = pytest.mark.django_db

# What stands at the exits for each fact of the organization below: on its page, and for programs.
SEEN = {
    "acronym": ("HALI", "HALI"),
    "summary": ("We run a night clinic.", {"en": "We run a night clinic."}),
    "constituency": ("Youth body", "youth"),
    "sort": ("Diaspora organization", "diaspora"),
    "is_migrant_led": ("Led by migrants", True),
    "country": ("Tunisia", "TN"),
    "regions": ("Arab States", ["arab-states"]),
    "spoken": ("Working languages", ["fr"]),
    "website": ("https://hali.example/", "https://hali.example/"),
    "objectives": ("Objectives it works on", [15]),
}


@pytest.fixture(autouse=True)
def _pages_are_made_anew(settings):
    """A page that was kept is at most a second old; here what is shown changes faster than that."""
    settings.KEEP_PAGES = False


def outspoken(*facts, name="Harbour Light", **values):
    """A listed organization of which everything is known, and which shows these facts."""
    made = factories.organization(
        name,
        in_directory=True,
        directory_fields=list(facts),
        acronym="HALI",
        summary_en="We run a night clinic.",
        constituency="youth",
        sort="diaspora",
        is_migrant_led=True,
        country=factories.country("TN", "Tunisia"),
        spoken=["fr"],
        website="https://hali.example/",
        **values,
    )
    made.regions.add(factories.region("arab-states", title_en="Arab States"))
    made.objectives.add(factories.objective(15))
    return made


def told(client):
    return client.get(reverse("api:organizations")).json()["items"]


def test_every_exit_shows_the_facts_that_were_chosen_and_no_others(client):
    made = outspoken()
    everything = [*SEEN, "nothing"]
    assert set(SEEN) == set(Shown.values)
    for chosen in everything:
        made.directory_fields = [] if chosen == "nothing" else [chosen]
        made.save()
        publication.changed(made)
        page = client.get(made.get_absolute_url()).content.decode()
        line = client.get(reverse("organizations")).content.decode().partition('class="docs"')[2]
        (item,) = told(client)
        found = "Harbour Light" in client.get(reverse("search"), {"q": "hali"}).content.decode()
        for fact, (on_page, for_programs) in SEEN.items():
            assert (on_page in page) == (fact == chosen), (chosen, fact)
            assert fact == chosen or on_page not in line, (chosen, fact)
            assert item[fact] == (for_programs if fact == chosen else None)
        assert found == (chosen == "acronym")


def test_what_is_taken_back_is_gone_at_once(client):
    made = outspoken(*SEEN)
    lead = factories.user()
    made.membership_set.create(user=lead, role="lead")
    before = Organization.objects.get(pk=made.pk).listing
    organizations.show(made, in_directory=False, facts=list(SEEN), before=before, by=lead)
    assert told(client) == []
    for address in (
        reverse("organizations"),
        reverse("search") + "?q=harbour",
        reverse("search") + "?q=hali",
    ):
        assert "Harbour Light" not in client.get(address).content.decode()
    assert client.get(made.get_absolute_url()).status_code == 404


def test_the_database_knows_what_can_be_shown():
    made = outspoken()
    with pytest.raises(IntegrityError, match="organization_shows_what_can_be_shown"), transaction.atomic():
        Organization.objects.filter(pk=made.pk).update(directory_fields=["mailbox"])


def test_only_the_lead_of_a_verified_organization_chooses_what_is_shown(client):
    made = outspoken("acronym")
    lead, colleague = factories.user(), factories.user()
    made.membership_set.create(user=lead, role="lead")
    made.membership_set.create(user=colleague, role="colleague")
    address = reverse("organization-listing", args=[made.key])
    sent = {"before": "listed acronym", "in_directory": "on", "facts": ["website", "country"]}
    waiting = factories.lead(status="pending")
    client.force_login(waiting)
    assert client.get(reverse("organization-listing", args=[waiting.organization.key])).status_code == 403
    for other in (colleague, factories.coordinator(), factories.lead()):
        client.force_login(other)
        assert [client.get(address).status_code, client.post(address, sent).status_code] == [403, 403]
    client.force_login(lead)
    page = client.get(address).content.decode()
    assert all(what in page for what in ("We run a night clinic.", "Tunisia", "https://hali.example/"))
    assert client.post(address, sent).headers["Location"] == address
    made.refresh_from_db()
    assert (made.in_directory, made.directory_fields) == (True, ["country", "website"])


def test_a_choice_made_on_what_a_colleague_has_changed_is_asked_again(client):
    made = outspoken("acronym")
    lead = factories.user()
    made.membership_set.create(user=lead, role="lead")
    client.force_login(lead)
    address = reverse("organization-listing", args=[made.key])
    sent = {"before": "listed acronym country", "in_directory": "on", "facts": ["website"]}
    refused = client.post(address, sent)
    assert refused.status_code == 422
    assert "A colleague has changed what is shown meanwhile." in refused.content.decode()
    assert 'value="listed acronym"' in refused.content.decode()
    made.refresh_from_db()
    assert made.directory_fields == ["acronym"]
    assert client.post(address, sent | {"before": "listed acronym"}).status_code == 302


ASKED = {"country": "TN", "region": "arab-states", "objective": "15", "language": "fr", "sort": "diaspora"}


def found(client, here="en", **asked):
    """The names on the page of the directory, and what its filters offer."""
    with translation.override(here):
        page = client.get(reverse("organizations"), asked).context
    offered = {field.name: [label for _value, label in field.field.choices[1:]] for field in page["filters"]}
    return [str(row.text("name", here)) for row in page["page"]], offered


def test_filters_find_and_count_by_what_is_shown_and_by_nothing_else(client):
    outspoken(*SEEN)
    outspoken("regions", name="Half Light")
    outspoken(name="Quiet Light")
    names, offered = found(client)
    assert names == ["Half Light", "Harbour Light", "Quiet Light"]
    assert offered == {
        "country": ["Tunisia (1)"],
        "region": ["Arab States (2)"],
        "objective": ["15 Label 15 (1)"],
        "language": ["French (1)"],
        "sort": ["Diaspora organization (1)"],
    }
    assert found(client, **ASKED)[0] == ["Harbour Light"]
    for name, value in ASKED.items():
        others = ["Half Light"] if name == "region" else []
        assert found(client, **{name: value})[0] == [*others, "Harbour Light"]
    names, offered = found(client, region="arab-states", country="TN", sort="x", objective="0")
    assert names == ["Harbour Light"]
    assert offered["region"] == ["Arab States (1)"]
    Organization.objects.update(directory_fields=[])
    assert found(client) == (["Half Light", "Harbour Light", "Quiet Light"], {name: [] for name in ASKED})
    names, offered = found(client, **ASKED)
    assert (names, offered["country"]) == ([], ["Tunisia (0)"])


def test_names_stand_in_the_order_of_the_language_in_which_they_are_shown(client):
    factories.organization("Ñandú", in_directory=True)
    factories.organization("nube", in_directory=True)
    factories.organization("الأمل", in_directory=True, original_language="ar")
    both = factories.organization("Oasis", in_directory=True, name_ar="آخر واحة")
    both.languages = ["en", "ar"]
    both.save()
    assert found(client)[0] == ["Ñandú", "nube", "Oasis", "الأمل"]
    assert found(client, "es")[0] == ["nube", "Ñandú", "Oasis", "الأمل"]
    assert found(client, "ar")[0] == ["آخر واحة", "الأمل", "Ñandú", "nube"]
