"""The log as people read it: every act is a sentence, filters stand in the address, taking it away is noted."""

import ast
from datetime import timedelta
from pathlib import Path

import pytest
from django.urls import reverse
from django.utils import timezone

from portal.models import LogEntry, Reader
from portal.operations import log, roles
from portal.pages import acts, history
from tests import factories, sessions

ROOT = Path(__file__).parents[2]
# What the callers of these say in full: "document published", "call opened".
BY_CALLERS = {"x x", "call x", "x in x"}


def recorded():
    """Every act that operations, views and admin pages record, as (file, act); what differs in it is an x."""
    for app in ("portal", "resources", "consultations"):
        for path in sorted((ROOT / app).rglob("*.py")):
            for node in ast.walk(ast.parse(path.read_text())):
                if isinstance(node, ast.Call) and ast.unparse(node.func) in ("log.record", "log.record_all"):
                    for act in words(node.args[0]):
                        yield path.name, act


def words(node):
    """What an expression can say; a name alone says nothing here."""
    if isinstance(node, ast.Constant):
        return [node.value]
    if isinstance(node, ast.IfExp):
        return words(node.body) + words(node.orelse)
    if isinstance(node, ast.JoinedStr):
        return ["".join(part.value if isinstance(part, ast.Constant) else "x" for part in node.values)]
    return []


def test_every_act_that_is_recorded_has_a_sentence():
    found = list(recorded())
    assert len(found) > 150
    assert [
        (path, act) for path, act in found if acts.sentence(act) is acts.UNKNOWN and act not in BY_CALLERS
    ] == []


@pytest.mark.django_db
def test_entries_are_told_as_sentences_by_name_with_their_place():
    person = factories.coordinator(name="Amal <b>")
    organization = factories.organization("Harbour & Light")
    log.record("organization verified", organization, by=person)
    log.record("registration promoted", factories.registration(factories.open_consultation("Room")), by=None)
    log.record("an act of long ago", factories.process("Review"), by=person)
    said = history.told(list(LogEntry.objects.order_by("pk")), Reader.of(person))
    assert [row.plain for row in said] == [
        "Amal <b> verified Harbour & Light",
        "The portal itself gave free places in Room to the next in line",
        "Amal <b> did something with Review",
    ]
    address = organization.get_absolute_url()
    assert said[0].sentence == (
        f'<bdi>Amal &lt;b&gt;</bdi> verified <a href="{address}"><bdi>Harbour &amp; Light</bdi></a>'
    )


@pytest.mark.django_db
def test_the_log_is_narrowed_by_the_address_and_reading_it_is_noted(client):
    person, other = factories.coordinator(), factories.coordinator()
    log.record("organization verified", factories.organization("Lighthouse"), by=person)
    log.record("organization suspended", factories.organization("Darkhouse"), by=other)
    client.force_login(person)
    here = reverse("log")

    def page(**asked):
        return client.get(here, asked).content.decode()

    assert "Lighthouse" in page()
    assert "Darkhouse" in page()
    assert "Darkhouse" not in page(act="organization verified")
    actor = LogEntry.objects.get(act="organization verified").actor_key
    assert "Darkhouse" not in page(person=str(actor))
    tomorrow = (timezone.now() + timedelta(days=2)).date().isoformat()
    assert "Lighthouse" not in page(since=tomorrow)
    assert "Lighthouse" in page(until=tomorrow)
    first = LogEntry.objects.earliest("pk")
    assert "No entry is like this." in page(before=str(first.pk))
    assert LogEntry.objects.filter(act="log read").count() == 7


@pytest.mark.django_db
def test_taking_the_log_away_asks_for_everything_and_is_noted(client):
    person = factories.coordinator()
    roles.give(factories.user(name="Nour"), kind="drafter", by=person)
    sessions.sign_in(client, person)
    answer = client.get(reverse("log-file"), {"act": "role given: *"})
    assert "gave a role to Nour" in answer.content.decode()
    assert LogEntry.objects.latest("pk").act == "log exported"
    client.force_login(factories.coordinator_of(factories.process()))
    assert client.get(reverse("log")).status_code == 403
    assert client.get(reverse("log-file")).status_code == 403


@pytest.mark.django_db
def test_whoever_coordinates_a_thing_reads_its_part_of_the_log(client):
    consultation, other = factories.open_consultation("Room"), factories.open_consultation("Another room")
    registration, person = factories.registration(consultation), factories.coordinator_of(consultation)
    log.record("consultation announced", consultation, by=person)
    log.record("registration promoted", registration, by=None)
    log.record("consultation archived", other, by=person)
    here = reverse("thing-log", args=["consultation", consultation.key])
    client.force_login(person)
    page = client.get(here).content.decode()
    assert f"<bdi>{person.name}</bdi> announced" in page
    assert "gave free places in" in page
    assert "into the archive" not in page
    assert client.get(reverse("thing-log", args=["consultation", other.key])).status_code == 403
    assert client.get(reverse("thing-log", args=["nothing", consultation.key])).status_code == 404
    client.force_login(factories.lead())
    assert client.get(here).status_code == 403


@pytest.mark.django_db
def test_whoever_coordinates_a_thing_finds_its_part_of_the_log_on_its_page(client):
    things = {
        "process": factories.process(),
        "workinggroup": factories.working_group(),
        "campaign": factories.campaign(),
        "resourcepage": factories.resource_page(),
        "submission": factories.submission(),
        "announcement": factories.announcement(),
    }
    for person, sees in ((factories.coordinator(), True), (factories.lead(), False)):
        client.force_login(person)
        for name, thing in things.items():
            here = reverse("thing-log", args=[name, thing.key])
            assert (here in client.get(thing.get_absolute_url()).content.decode()) is sees, name
            assert client.get(here).status_code == (200 if sees else 403), name


@pytest.mark.django_db
def test_an_organization_has_its_history_beside_it_at_the_desk(client, cost):
    coordinator, lead = factories.coordinator(name="Amal"), factories.lead()
    organization = lead.organization
    here = reverse("desk-organization", args=[organization.key])
    log.record("organization verified", organization, by=coordinator)
    log.record("registration promoted", factories.registration(None, organization), by=None)
    client.force_login(coordinator)
    page = client.get(here).content.decode()
    assert "<bdi>Amal</bdi> verified" in page
    assert "gave free places in" in page
    one = cost(here, user=coordinator)
    for _ in range(9):
        log.record("organization verified", organization, by=factories.coordinator())
        factories.organization(organization.name_en)
    assert cost(here, user=coordinator) == one <= 32


@pytest.mark.django_db
def test_at_the_desk_an_organization_that_one_may_not_see_is_not_there(client):
    lead, other = factories.lead(), factories.lead()
    client.force_login(lead)
    asked = [reverse("desk-organization", args=[one.organization.key]) for one in (lead, other)]
    assert [client.get(address).status_code for address in asked] == [403, 404]


@pytest.mark.django_db
def test_the_log_costs_the_same_for_one_entry_and_ten(cost):
    person = factories.coordinator()
    log.record("organization verified", factories.organization(), by=person)
    one = cost(reverse("log"), user=person)
    for _ in range(9):
        log.record("organization verified", factories.organization(), by=factories.coordinator())
    assert cost(reverse("log"), user=person) == one <= 22


@pytest.mark.django_db
def test_what_is_hidden_even_from_coordinators_is_not_told_by_the_log():
    """Who endorsed without showing the name, and who has begun an input without sending it."""
    coordinator, quiet = factories.coordinator(), factories.user(name="Quiet")
    paper = factories.published(factories.paper("Open paper"))
    seen, hidden = (factories.endorsement(paper, shown=shown) for shown in ("public", "withheld"))
    begun = factories.contribution(factories.open_call("Open call"), status="draft")
    entries = [
        log.record("paper endorsed", seen, by=coordinator),
        log.record("paper endorsed", hidden, by=quiet),
        log.record("contribution saved", begun, by=quiet),
    ]
    said = [row.plain for row in history.told(entries, Reader.of(coordinator))]
    assert "Open paper" in said[0]
    assert [row.count("Somebody") for row in said] == [0, 1, 1]
    assert [word for row in said[1:] for word in ("Quiet", "Open paper", "Open call") if word in row] == []
    assert history.told(entries[1:], Reader.of(coordinator), of_one=True) == []
