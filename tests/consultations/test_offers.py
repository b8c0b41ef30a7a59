"""A place that frees is offered, where the consultation says so: taken, given back or run out, it is never lost."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from consultations import tasks
from consultations.models import Registration, RegistrationLink
from consultations.operations import meetings, offers, registrations
from portal import clock
from portal.errors import Refused
from portal.models import LogEntry
from tests import factories
from tests.consultations.test_registrations import counted, register, states, told

pytestmark = pytest.mark.django_db


@pytest.fixture
def offered():
    """A consultation of one place that was given back: it is offered to the first of two who wait."""
    thing = factories.open_consultation("Services", places=1, offer_hours=48)
    rows = [register(thing) for _ in range(3)]
    registrations.cancel(rows[0], by=rows[0].registered_by)
    return thing


def of(consultation, seq):
    return consultation.registrations.select_related("consultation", "registered_by").get(seq=seq)


def statuses(consultation):
    return [status for _number, status in states(consultation)]


def test_a_place_that_frees_is_held_for_the_next_in_line(offered):
    row = of(offered, 2)
    assert statuses(offered) == ["cancelled", "offered", "waitlisted"]
    offered.refresh_from_db()
    assert offered.confirmed_count == 1
    assert timedelta(hours=47) < row.offer_ends_at - clock.now() <= timedelta(hours=48)
    assert told(row) == ["registration-waitlisted"]
    assert LogEntry.objects.filter(act="place offered", object_id=row.pk).count() == 1
    assert register(offered).status == "waitlisted"


def test_a_free_place_is_given_at_once_to_whoever_registers():
    thing = factories.open_consultation(offer_hours=48)
    assert register(thing).status == "confirmed"


def test_taking_it_confirms(offered):
    row = offers.accept(of(offered, 2), by=None)
    assert (row.status, row.offer_ends_at, row.confirmed_at is None) == ("confirmed", None, False)
    assert told(row)[-1] == "registration-confirmed"
    assert counted(offered) == 1
    assert offers.accept(row, by=None).status == "confirmed"


def test_giving_it_back_moves_it_on(offered):
    offers.give_back(of(offered, 2), by=None)
    assert statuses(offered) == ["cancelled", "cancelled", "offered"]
    with pytest.raises(Refused, match="over"):
        offers.give_back(of(offered, 2), by=None)


def test_an_offer_that_ran_out_goes_on_by_the_sweep_and_is_told(offered):
    offered.registrations.filter(status="offered").update(offer_ends_at=timezone.now() - timedelta(seconds=1))
    with pytest.raises(Refused, match="over"):
        offers.accept(of(offered, 2), by=None)
    tasks.end_offers()
    assert statuses(offered) == ["cancelled", "lapsed", "offered"]
    assert of(offered, 2).offer_ends_at is None
    assert LogEntry.objects.filter(act="offer ran out").count() == 1
    assert offers.end_due() == 0


def test_the_clock_of_the_database_decides_to_the_second(offered, monkeypatch):
    ends = of(offered, 2).offer_ends_at
    for at, is_in_time in ((ends, False), (ends - timedelta(microseconds=1), True)):
        monkeypatch.setattr(clock, "now", lambda at=at: at)
        try:
            offers.accept(of(offered, 2), by=None)
        except Refused:
            assert not is_in_time
        else:
            assert is_in_time


def test_an_offer_ends_when_the_next_meeting_begins():
    thing = factories.open_consultation(places=1, offer_hours=720)
    first, _second = register(thing), register(thing)
    registrations.cancel(first, by=None)
    assert of(thing, 2).offer_ends_at == thing.meetings.get().starts_at


def test_several_offers_stand_side_by_side_in_order_of_arrival():
    thing = factories.open_consultation(places=2, offer_hours=1)
    first = register(thing, delegates=2)
    for _ in range(3):
        register(thing)
    registrations.cancel(first, by=None)
    assert statuses(thing) == ["cancelled", "offered", "offered", "waitlisted"]
    offers.give_back(of(thing, 2), by=None)
    assert statuses(thing)[1:] == ["cancelled", "offered", "offered"]


def test_a_suspended_organization_loses_what_is_offered_to_it(offered):
    registrations.cancel_all_of(of(offered, 2).organization, by=None)
    assert statuses(offered) == ["cancelled", "cancelled", "offered"]


def test_the_beat_rings_for_offers():
    from portal.celery import app

    assert app.conf.beat_schedule["end-offers"]["task"] == "consultations.tasks.end_offers"
    assert "consultations.tasks.end_offers" in app.tasks


# Through the link of the message, and signed in


def link(registration):
    return reverse("consultations:offer", args=[registration.links.get().token])


def test_the_message_leads_to_a_page_where_only_the_buttons_decide(client, mailoutbox):
    thing = factories.open_consultation("Services", places=1, offer_hours=48)
    first, person = register(thing), factories.lead()
    row = register(thing, person=person)
    client.force_login(first.registered_by)
    client.post(reverse("consultations:registration-cancel", args=[first.key]))
    (message,) = [mail for mail in mailoutbox if mail.to == [person.email] and "offered" in mail.subject]
    token = RegistrationLink.objects.get(registration=row).token
    assert f"/offers/{token}/" in message.body
    client.logout()
    page = client.get(link(row), follow=True)
    assert page.redirect_chain == [(reverse("consultations:offer-open"), 302)]
    assert "Take it" in page.content.decode()
    assert of(thing, 2).status == "offered"
    page = client.post(reverse("consultations:offer-letter-answer"), {"answer": "take"}, follow=True)
    assert "Confirmed" in page.content.decode()
    assert of(thing, 2).status == "confirmed"
    page = client.post(reverse("consultations:offer-letter-answer"), {"answer": "give-back"}, follow=True)
    assert "This offer is over." in page.content.decode()
    assert of(thing, 2).status == "confirmed"


def test_by_the_link_the_place_goes_on(client, offered):
    client.get(link(of(offered, 2)))
    client.post(reverse("consultations:offer-letter-answer"), {"answer": "give-back"})
    assert statuses(offered) == ["cancelled", "cancelled", "offered"]


def test_no_other_token_leads_anywhere(client, offered):
    row = of(offered, 2)
    other = RegistrationLink.make(row, RegistrationLink.Purpose.DELEGATES, by=None)
    for token in (other.token, "x", row.links.get(purpose="offer").token_hash):
        client.get(reverse("consultations:offer", args=[token]))
        assert client.get(reverse("consultations:offer-open")).status_code == 404
        answer = client.post(reverse("consultations:offer-letter-answer"), {"answer": "take"})
        assert answer.status_code == 404
    assert row.status == "offered"


def test_of_a_closed_room_the_link_says_nothing_and_leads_behind_the_door(client, offered):
    type(offered).objects.filter(pk=offered.pk).update(access="invited")
    row = of(offered, 2)
    page = client.get(link(row), follow=True).content.decode()
    assert "Services" not in page
    assert row.organization.name_en not in page
    client.post(reverse("consultations:offer-letter-answer"), {"answer": "take"})
    assert of(offered, 2).status == "offered"


def test_the_lead_answers_signed_in_and_nobody_else(client, offered):
    row = of(offered, 2)
    there = reverse("consultations:offer-answer", args=[row.key])
    for person, expected in ((factories.lead(), 404), (factories.coordinator(), 403)):
        client.force_login(person)
        assert client.post(there, {"answer": "take"}).status_code == expected
    client.force_login(row.registered_by)
    assert "Give it back" in client.get(row.get_absolute_url()).content.decode()
    client.post(there, {"answer": "take"})
    assert of(offered, 2).status == "confirmed"
    assert client.post(there, {"answer": "give-back"}).status_code == 403


def test_a_coordinator_sets_for_how_long_places_are_offered(client):
    thing = factories.open_consultation(days=20)
    client.force_login(factories.coordinator())
    there = reverse("consultations:consultation-edit", args=[thing.key])
    form = client.get(there).context["form"]
    values = {name: form[name].value() for name in form.fields if form[name].value() not in (None, "")}
    assert client.post(there, values | {"offer_hours": 24}).status_code == 302
    thing.refresh_from_db()
    assert thing.offer_hours == 24


def test_whoever_waits_is_not_offered_a_place_in_what_is_over(offered):
    meeting = offered.meetings.get()
    past = timezone.now() - timedelta(hours=2)
    meetings.edit(meeting, starts_at=past - timedelta(hours=1), ends_at=past, by=None)
    offers.give_back(of(offered, 2), by=None)
    assert statuses(offered) == ["cancelled", "cancelled", "waitlisted"]
    assert Registration.objects.filter(status="offered").count() == 0
