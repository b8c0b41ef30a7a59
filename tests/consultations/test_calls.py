"""Calls: drafted, opened within a window, told once to those who follow, closed."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from consultations.models import Call
from consultations.operations import calls
from portal.errors import Refused
from portal.models import MovedDate, Notice, Reader
from portal.operations import delivery
from tests import factories

pytestmark = pytest.mark.django_db


def draft(**fields):
    made = factories.call(
        status="draft", closes_at=timezone.now() + timedelta(days=9), time_zone="Africa/Tunis", **fields
    )
    factories.question(made, kind="paragraph")
    return made


def test_a_coordinator_drafts_a_call_on_a_form_and_its_days_follow_from_its_window(client):
    client.force_login(factories.coordinator())
    address = reverse("consultations:call-new")
    shown = client.get(address).context["form"]
    values = {
        "kind": "input",
        "original_language": "en",
        "title_en": "What women domestic workers need",
        "opens_at": "2031-03-01T09:00",
        "closes_at": "2031-03-20T23:30",
        "time_zone": "Africa/Tunis",
        "answerers": "members",
        "answer_languages": ["ar", "fr"],
        "shows": "members",
        "access": "public",
        "once": str(shown["once"].value()),
    }
    assert client.post(address, values).status_code == 302
    made = Call.objects.get()
    assert (made.status, made.answer_languages, made.shows) == ("draft", ["ar", "fr"], "members")
    assert (str(made.begins_on), str(made.ends_on)) == ("2031-03-01", "2031-03-20")


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"takes_strangers": True, "access": "members"}, "takes_strangers"),
        ({"answerers": "participants"}, "consultation"),
        ({"shows": "public", "access": "members"}, "shows"),
        ({"opens_at": timezone.now() + timedelta(days=20)}, "closes_at"),
    ],
)
def test_what_does_not_go_together_is_refused_beside_its_field(facts, field):
    call, by = draft(), factories.coordinator()
    with pytest.raises(Refused) as refusal:
        calls.edit(call, version=1, titles={"en": {"title": "A", "summary": ""}}, by=by, **facts)
    assert refusal.value.field == field


def test_a_call_without_question_or_deadline_is_not_opened():
    by = factories.coordinator()
    call = draft()
    call.questions.all().delete()
    with pytest.raises(Refused, match="at least one question"):
        calls.open_for_answers(call, by=by)
    late = draft()
    Call.objects.filter(pk=late.pk).update(closes_at=timezone.now() - timedelta(minutes=1))
    with pytest.raises(Refused, match="deadline"):
        calls.open_for_answers(late, by=by)


def test_opening_tells_those_who_may_answer_and_follow_its_objectives_once(mailoutbox):
    objective, other = factories.objective(8), factories.objective(9)
    follower = factories.lead(language="ar")
    follower.organization.objectives.set([objective])
    factories.lead().organization.objectives.set([other])
    everything = factories.lead(language="fr")
    factories.lead(constituency="state")
    call = draft(title_en="Lives at sea", title_ar="أرواح في البحر", objectives=[objective])

    call = calls.open_for_answers(call, by=factories.coordinator())
    delivery.drain()
    assert {(m.to[0], "البحر" in m.subject) for m in mailoutbox} == {
        (follower.email, True),
        (everything.email, False),
    }
    calls.open_for_answers(calls.close(call, by=None), by=None)
    assert Notice.objects.filter(kind="call-opened").count() == 1


def test_a_call_that_opens_later_is_told_by_the_clock_and_takes_nothing_before():
    call = draft(opens_at=timezone.now() + timedelta(days=1))
    call = calls.open_for_answers(call, by=None)
    assert not call.is_open(timezone.now())
    assert calls.tell_opened() == 0
    Call.objects.filter(pk=call.pk).update(opens_at=timezone.now() - timedelta(minutes=1))
    assert (calls.tell_opened(), calls.tell_opened()) == (1, 0)
    assert Notice.objects.get().kind == "call-opened"


def test_a_deadline_that_moves_keeps_what_it_was():
    call = calls.open_for_answers(draft(), by=None)
    was = call.closes_at
    calls.edit(
        call,
        version=call.version,
        titles={"en": {"title": call.title_en, "summary": ""}},
        closes_at=was + timedelta(days=7),
        why_moved="Many asked for it",
        by=factories.coordinator(),
    )
    move = MovedDate.objects.get(field="closes_at")
    assert (move.was_start, move.reason) == (was.isoformat(), "Many asked for it")


def test_a_call_to_a_closed_room_is_seen_by_those_confirmed_there_and_by_nobody_else():
    room = factories.open_consultation(access="invited", attribution="confidential")
    inside, outside = factories.lead(), factories.lead()
    factories.registration(room, inside.organization)
    call = factories.open_call(access="invited", consultation=room, answerers="participants")

    def sees(person):
        return Call.objects.visible_to(Reader.of(person)).filter(pk=call.pk).exists()

    assert (sees(inside), sees(outside)) == (True, False)
    assert (call.admits(inside.organization), call.admits(outside.organization)) == (True, False)


def test_coordinators_and_rapporteurs_of_what_it_belongs_to_see_a_draft():
    process = factories.process()
    room = factories.consultation(process=process)
    call = factories.call(status="draft", consultation=room)
    for thing, kind in ((process, "coordinator"), (room, "rapporteur"), (call, "rapporteur")):
        person = factories.role(kind, thing)
        assert list(Call.objects.visible_to(Reader.of(person))) == [call]
        assert list(Call.objects.visible_to(Reader.of(person)).read_by(Reader.of(person))) == [call]
    elsewhere = factories.role("rapporteur", factories.process())
    assert not Call.objects.visible_to(Reader.of(elsewhere)).exists()


def test_the_list_costs_the_same_for_one_call_and_many(cost):
    factories.open_call()
    one = cost(reverse("consultations:calls"))
    for _ in range(20):
        factories.open_call()
    assert cost(reverse("consultations:calls")) == one
