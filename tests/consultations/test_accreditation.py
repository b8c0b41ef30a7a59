"""Doors: what an organization notes of its way through one stays its own, is about days that came, and goes for good."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from consultations.models import DoorNote
from consultations.operations import accreditation
from portal import clock
from portal.errors import Refused
from portal.models import LogEntry, Reader
from tests import factories

pytestmark = pytest.mark.django_db


def note(lead, *, on=date(2026, 3, 1), **facts):
    values = {"stage": DoorNote.Stage.HANDED_IN, "on": on} | facts
    return accreditation.note(
        factories.accreditation_track(), organization=lead.organization, by=lead, **values
    )


def test_a_note_is_read_by_the_people_of_its_organization_and_by_no_coordinator():
    lead = factories.lead()
    made = note(lead, words="They asked for our statutes.")
    assert (made.stage, made.on, made.words, made.written_by) == (
        "handed-in",
        date(2026, 3, 1),
        "They asked for our statutes.",
        lead,
    )
    readers = {"lead": lead, "other": factories.lead(), "coordinator": factories.coordinator()}
    seen = {name: [*DoorNote.objects.visible_to(Reader.of(person))] for name, person in readers.items()}
    assert seen == {"lead": [made], "other": [], "coordinator": []}


def test_the_log_says_that_a_note_was_written_and_removed_but_not_on_which_door():
    lead = factories.lead()
    made = note(lead)
    assert accreditation.forget(made, by=lead) == made.track
    assert DoorNote.objects.count() == 0
    assert [(entry.act, entry.thing) for entry in LogEntry.objects.order_by("pk")] == [
        ("note on a door written", lead.organization),
        ("note on a door removed", lead.organization),
    ]


def test_a_note_is_removed_once():
    lead = factories.lead()
    made = note(lead)
    accreditation.forget(DoorNote.objects.get(pk=made.pk), by=lead)
    with pytest.raises(Refused, match="Somebody has already removed this"):
        accreditation.forget(made, by=lead)
    assert LogEntry.objects.filter(act="note on a door removed").count() == 1


def test_a_note_is_about_a_day_that_has_come_somewhere():
    """In the evening of one side of the Earth the other side has tomorrow already, and its form offers that day."""
    lead, latest = factories.lead(), (timezone.now() + timedelta(hours=14)).date()
    assert clock.latest_day() == latest
    assert note(lead, on=latest).on == latest
    with pytest.raises(Refused, match="This day is still to come") as refused:
        note(lead, on=latest + timedelta(days=1))
    assert (refused.value.field, DoorNote.objects.count()) == ("on", 1)
