"""A briefing note is drafted from themes; what stands behind it is shown as far as each consent goes, and no further."""

import pytest
from django.urls import reverse

from consultations.models import Paper
from consultations.operations import contributions, drafting, inputs
from resources.operations import documents
from tests import factories

pytestmark = pytest.mark.django_db


def test_a_note_is_drafted_from_themes_and_tied_to_the_inputs_behind_them(client):
    room = factories.open_consultation()
    call = factories.open_call("Lives at sea", consultation=room)
    given = [factories.contribution(call, said=f"Lights {number}").answers.get() for number in range(2)]
    theme = inputs.tag(given, title="Lights", by=None)
    client.force_login(factories.coordinator())
    address = reverse("consultations:briefing-new", args=[call.key])
    values = {"themes": [theme.pk], "language": "en"}
    once = str(client.get(address).context["form"]["once"].value())
    assert [client.post(address, values | {"once": once}).status_code for _time in range(2)] == [302, 302]
    note = Paper.objects.get()
    assert (note.kind, note.status, note.title_en, note.consultation) == (
        "briefing-note",
        "draft",
        "Briefing note: Lives at sea",
        room,
    )
    section = note.sections.get()
    assert drafting.working_text(section, "en").startswith("## Lights")
    assert "Lights 0" not in drafting.working_text(section, "en")
    assert list(section.themes.all()) == [theme]
    assert {source.input for source in section.sources.all()} == set(given)
    assert (
        "Drawn from 2 inputs of 2 organizations"
        in client.get(reverse("consultations:paper-draft", args=[note.key])).content.decode()
    )


def test_what_stands_behind_a_note_is_shown_as_far_as_each_organization_consents(client):
    call = factories.open_call(shows="public", status="closed")
    note = factories.document("Briefing")
    made = {}
    for name, consent in (("Loud House", "named"), ("Quiet House", "kind"), ("Silent House", "never")):
        made[consent] = factories.contribution(
            call, factories.organization(name, sort="diaspora"), said=f"Words of {name}", consent=consent
        )
        inputs.use(list(made[consent].answers.all()), document=note, section="section 4", by=None)

    def shown(*words):
        text = client.get(note.get_absolute_url()).content.decode()
        return [word in text for word in words]

    names = ("Loud House", "Quiet House", "Silent House", "Diaspora organization")
    assert shown(*names) == [True, False, False, True]
    contributions.withdraw(made["named"], by=None)
    assert shown(*names) == [False, False, False, True]
    client.force_login(factories.role("rapporteur", call))
    assert shown("Words of Quiet House", "Words of Silent House", "Words of Loud House") == [
        True,
        True,
        False,
    ]
    client.logout()
    contributions.withdraw(made["kind"], by=None)
    assert shown("What stands behind it") == [False]


def test_the_page_of_a_document_costs_the_same_for_one_contribution_and_many(cost):
    call, note = factories.open_call(shows="public", status="closed"), factories.document()

    def add(number):
        for _number in range(number):
            rows = list(factories.contribution(call).answers.all())
            inputs.use(rows, document=note, section="section 4", by=None)

    add(1)
    one = cost(note.get_absolute_url())
    add(20)
    assert cost(note.get_absolute_url()) == one


def test_the_giver_learns_where_once_the_note_is_published(client):
    lead, by = factories.lead(), factories.coordinator()
    given = factories.contribution(organization_=lead.organization)
    note = factories.document("Briefing", status="draft", kind="briefing-note")
    inputs.use(list(given.answers.all()), document=note, section="Lights", by=by)
    client.force_login(lead)
    assert "Used in: Briefing" not in client.get(given.get_absolute_url()).content.decode()
    documents.put_twin(note, "en", "The text.", by=by)
    documents.publish(note, tells=False, by=by)
    assert "Used in: Briefing" in client.get(given.get_absolute_url()).content.decode()
