"""Coordinators make a consultation, open it, move its dates; what was announced stays visible."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from django.db import OperationalError
from django.urls import reverse
from django.utils import timezone

from consultations.models import Consultation, Meeting, Registration
from consultations.operations import consultations, lines, meetings
from portal.errors import Refused
from portal.models import LogEntry, Notice
from tests import factories

pytestmark = pytest.mark.django_db


def answers(**changes):
    """What a coordinator types for a small consultation."""
    sent = {
        "once": str(uuid4()),
        "original_language": "en",
        "kind": "dialogue",
        "mode": "online",
        "access": "public",
        "attribution": "not-attributed",
        "interpretation": ["ar", "en"],
        "time_zone": "Asia/Amman",
        "takes_registrations": "on",
        "opens_at": "2030-09-01T09:00",
        "closes_at": "2031-09-09T23:59",
        "approval": "automatic",
        "places": "120",
        "places_per_organization": "3",
        "title_en": "Services without fear",
        "summary_en": "Three rounds.",
        "body_en": "## Agenda\n\nOne, two.",
        "title_ar": "خدمات بلا خوف",
        "approved_ar": "on",
        "title_fr": "Des services sans peur",
    }
    return sent | changes


def test_a_coordinator_drafts_a_consultation_in_several_languages(client):
    objective, process = factories.objective(15), factories.process()
    client.force_login(factories.coordinator())
    response = client.post(
        reverse("consultations:consultation-new"), answers(objectives=[objective.pk], process=process.pk)
    )
    made = Consultation.objects.get()
    assert response.headers["Location"] == made.get_absolute_url()
    assert (made.status, made.slug, made.kind, made.places) == ("draft", None, "dialogue", 120)
    assert (made.title_en, made.title_ar, made.process) == ("Services without fear", "خدمات بلا خوف", process)
    # The clock of Amman is three hours ahead of UTC.
    assert made.closes_at == datetime(2031, 9, 9, 20, 59, tzinfo=UTC)
    assert made.interpretation == ["ar", "en"]
    assert [row.number for row in made.objectives.all()] == [15]
    # French is not approved: readers do not see it yet.
    assert made.languages == ["ar", "en"]
    assert made.bodies.get().language == "en"
    page = client.get(made.get_absolute_url()).content.decode()
    assert "Draft: only coordinators see this page" in page
    assert "Agenda" in page
    client.logout()
    assert client.get(made.get_absolute_url()).status_code == 404


def test_the_empty_form_begins_with_the_current_process_on_the_clock_of_whoever_fills_it(client):
    factories.process("Before")
    current, other = factories.process("Now", is_current=True), factories.process("Another")
    everything = factories.coordinator(time_zone="Asia/Amman")
    part = factories.coordinator_of(other, time_zone="Asia/Amman")
    for coordinator, process in ((everything, current.pk), (part, None)):
        client.force_login(coordinator)
        form = client.get(reverse("consultations:consultation-new")).context["form"]
        assert (form["process"].value(), form["time_zone"].value()) == (process, "Asia/Amman")


def test_the_phase_is_one_of_the_process_and_of_those_that_are_offered(client):
    process, other = factories.process("Review"), factories.process("Summit")
    listening = factories.phase("Listening", process=process)
    elsewhere = factories.phase("Elsewhere", process=other)
    client.force_login(factories.coordinator())
    new = reverse("consultations:consultation-new")
    page = client.get(new).content.decode()
    assert '<optgroup label="Review">' in page
    refused = client.post(new, answers(process=process.pk, phase=elsewhere.pk))
    assert (refused.status_code, "This phase belongs to another process." in refused.content.decode()) == (
        422,
        True,
    )
    client.post(new, answers(process=process.pk, phase=listening.pk))
    made = Consultation.objects.get()
    assert (made.process, made.phase) == (process, listening)
    edit = client.get(reverse("consultations:consultation-edit", args=[made.key])).content.decode()
    assert f'<option value="{listening.pk}" selected>Listening</option>' in edit

    client.force_login(factories.coordinator_of(other))
    page = client.get(new).content.decode()
    assert ('<optgroup label="Review">' in page, '<optgroup label="Summit">' in page) == (False, True)
    assert client.post(new, answers(process=other.pk, phase=listening.pk)).status_code == 422


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"title_en": ""}, "This field is required."),
        ({"closes_at": "2030-08-01T09:00"}, "Registration must close after it opens."),
        ({"closes_at": "tomorrow"}, "Give a day and an hour"),
        ({"closes_at": "2031-09-09T23:59+02:00"}, "Give a day and an hour"),
        ({"closes_at": "9999-09-09T23:59"}, "Give a day and an hour"),
        ({"time_zone": "Mars/Olympus"}, "Select a valid choice"),
        ({"time_zone": "Europe/Paris", "closes_at": "2031-03-30T02:30"}, "does not exist there"),
        ({"attribution": "confidential"}, "What is confidential is by invitation only."),
        ({"places": "0"}, "greater than or equal to 1"),
        ({"access": "everybody"}, "Select a valid choice"),
    ],
)
def test_what_cannot_be_is_refused_beside_its_field_and_nothing_is_lost(client, changes, words):
    client.force_login(factories.coordinator())
    response = client.post(reverse("consultations:consultation-new"), answers(**changes))
    page = response.content.decode()
    assert (response.status_code, words in page) == (422, True)
    assert "<title>Error: " in page
    assert "خدمات بلا خوف" in page
    assert not Consultation.objects.exists()


def test_an_hour_that_comes_twice_ends_at_its_second_time(client):
    client.force_login(factories.coordinator())
    client.post(
        reverse("consultations:consultation-new"),
        answers(time_zone="Europe/Paris", closes_at="2031-10-26T02:30", opens_at="2030-10-27T02:30"),
    )
    made = Consultation.objects.get()
    assert made.closes_at == datetime(2031, 10, 26, 1, 30, tzinfo=UTC)
    assert made.opens_at == datetime(2030, 10, 27, 0, 30, tzinfo=UTC)


def test_who_coordinates_a_process_drafts_in_it_and_nowhere_else(client):
    process, other = factories.process(), factories.process()
    client.force_login(factories.coordinator_of(process))
    new = reverse("consultations:consultation-new")
    assert client.post(new, answers(process=other.pk)).status_code == 422
    assert client.post(new, answers(process="")).status_code == 422
    assert client.post(new, answers(process=process.pk)).status_code == 302
    for person in (
        factories.coordinator_of(Consultation.objects.get()),
        factories.lead(),
        factories.translator(),
    ):
        client.force_login(person)
        assert client.get(new).status_code == 403
        assert client.post(new, answers()).status_code == 403


def test_a_double_click_drafts_once(client):
    client.force_login(factories.coordinator())
    sent = answers()
    one, two = (client.post(reverse("consultations:consultation-new"), sent) for _ in range(2))
    assert one.headers["Location"] == two.headers["Location"]
    assert Consultation.objects.count() == 1


def drafted(**changes):
    facts = {
        "titles": {"en": {"title": "Services", "summary": ""}},
        "takes_registrations": True,
        "closes_at": timezone.now() + timedelta(days=20),
        "time_zone": "UTC",
    }
    return consultations.create(**(facts | changes), by=factories.coordinator())


def edited(thing, **changes):
    facts = {
        "version": thing.version,
        "titles": {"en": {"title": "Services", "summary": ""}},
        "by": factories.coordinator(),
    }
    return consultations.edit(thing, **(facts | changes))


def test_the_life_of_a_consultation_step_by_step(client):
    thing, coordinator = drafted(), factories.coordinator()
    client.force_login(coordinator)
    for act, status in (
        ("announce", "announced"),
        ("open", "open"),
        ("close", "closed"),
        ("archive", "archived"),
    ):
        page = client.get(thing.get_absolute_url()).content.decode()
        address = reverse(f"consultations:consultation-{act}", args=[thing.key])
        assert address in page
        assert client.get(address).status_code == 405
        assert client.post(address).status_code == 302
        thing.refresh_from_db()
        assert thing.status == status
        assert thing.slug
    assert list(
        LogEntry.objects.filter(object_id=thing.pk, act__startswith="consultation ")
        .order_by("pk")
        .values_list("act", flat=True)
    ) == [
        "consultation drafted",
        "consultation announced",
        "consultation opened",
        "consultation closed",
        "consultation archived",
    ]
    refused = client.post(
        reverse("consultations:consultation-open", args=[thing.key]),
        headers={"referer": "http://testserver" + thing.get_absolute_url()},
        follow=True,
    ).content.decode()
    assert "cannot become" in refused


def test_only_coordinators_of_its_scope_move_and_change_it(client):
    process = factories.process()
    thing = factories.open_consultation(process=process)
    meeting = thing.meetings.get()
    posts = [
        reverse(f"consultations:consultation-{act}", args=[thing.key])
        for act in ("announce", "open", "close", "archive")
    ]
    posts += [reverse(f"consultations:meeting-{act}", args=[meeting.key]) for act in ("cancel", "remove")]
    gets = [
        reverse(f"consultations:{name}", args=[thing.key]) for name in ("consultation-edit", "meeting-new")
    ]
    gets += [reverse("consultations:meeting-edit", args=[meeting.key])]
    for person in (
        factories.lead(),
        factories.translator(),
        factories.coordinator_of(factories.open_consultation()),
    ):
        client.force_login(person)
        assert {client.post(address).status_code for address in posts} == {403}
        assert {client.get(address).status_code for address in gets} == {403}
    for person in (
        factories.coordinator(),
        factories.coordinator_of(process),
        factories.coordinator_of(thing),
    ):
        client.force_login(person)
        assert {client.get(address).status_code for address in gets} == {200}
    thing.refresh_from_db()
    assert thing.status == "open"


@pytest.mark.parametrize(
    ("changes", "words"),
    [({"closes_at": None}, "until when"), ({"closes_at": timezone.now() - timedelta(days=1)}, "has passed")],
)
def test_what_lacks_a_deadline_is_not_opened_and_the_page_says_why(client, changes, words):
    thing = drafted(**changes)
    with pytest.raises(Refused, match=words):
        consultations.open_registration(thing, by=factories.coordinator())
    client.force_login(factories.coordinator())
    page = client.get(thing.get_absolute_url()).content.decode()
    assert words in page
    assert reverse("consultations:consultation-open", args=[thing.key]) not in page


def test_a_closed_room_gets_no_slug_and_stays_out_of_the_search():
    from portal.models import SearchEntry

    thing = drafted(access="invited")
    thing = consultations.announce(thing, by=factories.coordinator())
    assert thing.slug is None
    assert not SearchEntry.objects.exists()


def test_a_deadline_that_moves_keeps_its_earlier_value_who_and_why():
    thing, coordinator = drafted(), factories.coordinator()
    old = thing.closes_at
    thing = edited(thing, closes_at=old + timedelta(days=1))
    assert not thing.moved_dates.exists()
    thing = consultations.announce(thing, by=coordinator)
    new = old + timedelta(days=7)
    thing = edited(thing, closes_at=new, why_moved="More time for translations", by=coordinator)
    move = thing.moved_dates.get()
    assert (move.field, move.was_start) == ("closes_at", (old + timedelta(days=1)).isoformat())
    assert (move.moved_by, move.reason) == (coordinator, "More time for translations")
    thing = edited(thing, closes_at=old + timedelta(days=1), by=coordinator)
    thing = edited(thing, closes_at=new, by=coordinator)
    assert thing.moved_dates.count() == 2


def test_new_places_go_to_the_waiting_list_in_order_and_confirmed_ones_are_never_taken():
    thing = factories.open_consultation(places=2)
    factories.registration(thing, delegates=2)
    waiting = [factories.registration(thing, status="waitlisted", delegates=number) for number in (1, 2, 1)]
    with pytest.raises(Refused, match="2 delegates are confirmed"):
        edited(thing, places=1)
    edited(thing, places=4)
    states = [Registration.objects.get(pk=row.pk).status for row in waiting]
    # Two places are free; the second in line needs two and only one is left: nobody overtakes it.
    assert states == ["confirmed", "waitlisted", "waitlisted"]
    thing.refresh_from_db()
    edited(thing, places=None)
    assert {Registration.objects.get(pk=row.pk).status for row in waiting} == {"confirmed"}
    thing.refresh_from_db()
    assert thing.confirmed_count == 6


def test_a_page_saved_from_an_old_reading_does_not_turn_the_counts_back():
    thing = factories.open_consultation(places=5)
    stale = Consultation.objects.get(pk=thing.pk)
    factories.registration(thing, delegates=3)
    stale.place = "Geneva"
    stale.save()
    thing.refresh_from_db()
    assert (thing.confirmed_count, thing.next_seq, thing.place) == (3, 2, "Geneva")


def test_a_second_editor_is_shown_both_texts_and_the_second_saving_decides(client):
    thing = drafted()
    client.force_login(factories.coordinator())
    address = reverse("consultations:consultation-edit", args=[thing.key])
    sent = answers(version=thing.version, title_en="My words", changes_meaning="yes")
    edited(thing, titles={"en": {"title": "Their words", "summary": ""}})
    response = client.post(address, sent)
    page = response.content.decode()
    assert response.status_code == 409
    assert "My words" in page
    assert "Their words" in page
    assert f'name="version" value="{thing.version + 1}"' in page
    assert client.post(address, sent | {"version": thing.version + 1}).status_code == 302
    thing.refresh_from_db()
    assert thing.title_en == "My words"


def test_a_new_meaning_makes_translations_stale_and_a_new_wording_does_not():
    thing = drafted(
        titles={"en": {"title": "Services", "summary": ""}, "ar": {"title": "خدمات", "summary": ""}},
        approved=["ar"],
    )
    both = {"en": {"title": "Other services", "summary": ""}, "ar": {"title": "خدمات", "summary": ""}}
    thing = edited(thing, titles=both, approved=["ar"], changes_meaning=False)
    assert thing.text_states.get(language="ar").state == "approved"
    both["en"] = {"title": "Quite other", "summary": ""}
    thing = edited(thing, titles=both, approved=["ar"], changes_meaning=True)
    assert (
        thing.text_states.get(language="ar").state == "stale"
    )  # the box was ticked before there was another meaning
    thing = edited(thing, titles=both)
    assert thing.text_states.get(language="ar").state == "stale"
    thing = edited(thing, titles=both, approved=["ar"])
    assert thing.text_states.get(language="ar").state == "approved"


def meeting_answers(**changes):
    return {
        "once": str(uuid4()),
        "starts_at": "2031-09-21T14:00",
        "ends_at": "2031-09-21T17:00",
        "time_zone": "Asia/Amman",
        "round_number": "2",
        "circle": "widened",
        "title_en": "Second round",
        "join_url": "https://meet.example/secret-room",
        "moderators": "IOM\nUNODC",
    } | changes


def test_a_meeting_is_set_in_its_own_zone_and_the_consultation_follows_its_day(client):
    thing = drafted()
    client.force_login(factories.coordinator())
    address = reverse("consultations:meeting-new", args=[thing.key])
    assert client.post(address, meeting_answers(ends_at="2031-09-21T13:00")).status_code == 422
    sent = meeting_answers()
    assert [client.post(address, sent).status_code for _click in range(2)] == [302, 302]
    meeting = Meeting.objects.get()
    assert meeting.starts_at == datetime(2031, 9, 21, 11, 0, tzinfo=UTC)
    assert (meeting.people, meeting.circle) == ({"moderators": ["IOM", "UNODC"]}, "widened")
    thing.refresh_from_db()
    assert (thing.begins_on.isoformat(), thing.begins_precision) == ("2031-09-21", "day")
    page = client.get(thing.get_absolute_url()).content.decode()
    for text in ("14:00", "in Amman", "11:00", "Second round", "UNODC", "For civil society and guests"):
        assert text in page
    assert "secret-room" not in page


def test_the_empty_form_of_a_meeting_begins_with_the_next_round(client):
    thing = drafted()
    client.force_login(factories.coordinator())
    address = reverse("consultations:meeting-new", args=[thing.key])
    rounds = []
    for day in (21, 28):
        rounds.append(client.get(address).context["form"]["round_number"].value())
        client.post(
            address,
            meeting_answers(
                round_number=rounds[-1], starts_at=f"2031-09-{day}T14:00", ends_at=f"2031-09-{day}T17:00"
            ),
        )
    assert (rounds, thing.meetings.count()) == ([1, 2], 2)


def test_a_meeting_that_moves_keeps_its_earlier_time_and_raises_its_sequence(client):
    thing = factories.open_consultation()
    meeting = thing.meetings.get()
    old = meeting.starts_at
    client.force_login(factories.coordinator())
    address = reverse("consultations:meeting-edit", args=[meeting.key])
    sent = meeting_answers(version=meeting.version, why_moved="The interpreters asked")
    assert client.post(address, sent).status_code == 302
    meeting.refresh_from_db()
    assert meeting.sequence == 1
    move = meeting.moved_dates.get()
    assert (move.field, move.was_start, move.reason) == (
        "starts_at",
        old.isoformat(),
        "The interpreters asked",
    )
    page = client.get(thing.get_absolute_url()).content.decode()
    assert "<s>" in page
    assert "The interpreters asked" in page
    assert Notice.objects.filter(kind="consultation-moved", object_id=meeting.pk).count() == 1
    stale = client.post(
        address, sent | {"once": str(uuid4()), "starts_at": "2031-09-22T14:00", "ends_at": ""}
    )
    assert stale.status_code == 422
    assert 'name="version" value="1"' in stale.content.decode()


def test_a_meeting_of_a_draft_is_taken_out_and_an_announced_one_is_called_off(client):
    thing, coordinator = drafted(), factories.coordinator()
    first = meetings.add(thing, titles={"en": {"title": "One"}}, starts_at=timezone.now(), by=coordinator)
    second = meetings.add(
        thing, titles={"en": {"title": "Two"}}, starts_at=timezone.now() + timedelta(days=9), by=coordinator
    )
    client.force_login(coordinator)
    client.post(reverse("consultations:meeting-remove", args=[first.key]))
    assert not Meeting.objects.filter(pk=first.pk).exists()
    consultations.announce(thing, by=coordinator)
    with pytest.raises(Refused, match="call it off instead"):
        meetings.remove(second, by=coordinator)
    client.post(reverse("consultations:meeting-cancel", args=[second.key]))
    second.refresh_from_db()
    assert (second.cancelled_at is not None, second.sequence) == (True, 1)
    assert "Called off" in client.get(thing.get_absolute_url(), follow=True).content.decode()
    with pytest.raises(Refused, match="already called off"):
        meetings.cancel(second, by=coordinator)


def test_who_waits_too_long_for_the_line_is_told_so_in_words(monkeypatch):
    def waits_too_long(*_given):
        raise OperationalError("canceling statement due to lock timeout")

    consultation = factories.consultation()
    monkeypatch.setattr(lines.prepared, "together", waits_too_long)
    with pytest.raises(Refused, match="Many people are doing this"):
        lines.take_turn(consultation, factories.organization())
