"""Registering: places are delegates, a registration is confirmed or waits as a whole, nobody overtakes."""

from datetime import timedelta
from functools import partial

import pytest
from django.utils import timezone

from consultations.models import Consultation, Delegate, Registration
from consultations.operations import delegates, registrations
from portal.errors import Refused
from portal.models import LogEntry, Notice, Recipient
from portal.operations import organizations
from tests import factories

pytestmark = pytest.mark.django_db


def delegate(number=1, **facts):
    return {
        "name": f"Delegate {number}",
        "email": f"delegate{number}@sent.example",
        "language": "en",
        "interpretation": "",
        "needs": [],
        "other_needs": "",
    } | facts


def register(consultation, *, delegates=1, person=None):
    """Have an organization register this many delegates."""
    person = person or factories.lead()
    sent = [delegate(f"{person.pk}-{number}") for number in range(delegates)]
    return registrations.register(consultation, organization=person.organization, delegates=sent, by=person)


def states(consultation):
    return [(row.delegates_count, row.status) for row in consultation.registrations.order_by("seq")]


def told(thing):
    return list(
        Notice.objects.filter(object_id=thing.pk, kind__startswith="registration")
        .order_by("pk")
        .values_list("kind", flat=True)
    )


def counted(consultation):
    """Delegates of confirmed registrations, as the consultation counts them and as they are."""
    consultation.refresh_from_db()
    rows = Registration.objects.filter(consultation=consultation, status="confirmed")
    real = Delegate.objects.filter(registration__in=rows).count()
    assert consultation.confirmed_count == real == sum(row.delegates_count for row in rows)
    return real


def test_a_lead_registers_delegates_and_they_hold_places():
    consultation, person = factories.open_consultation(places=5), factories.lead()
    made = registrations.register(
        consultation,
        organization=person.organization,
        delegates=[
            delegate(1, email="Salma@Sent.example", language="ar", interpretation="ar", needs=["captions"]),
            delegate(2, other_needs="A break"),
        ],
        consent_version=1,
        consent_language="fr",
        by=person,
    )
    assert (made.status, made.seq, made.delegates_count, made.registered_by) == ("confirmed", 1, 2, person)
    assert (made.consent_version, made.consent_language) == (1, "fr")
    first, second = made.delegate_set.order_by("pk")
    assert (first.name, first.email, first.interpretation) == ("Delegate 1", "salma@sent.example", "ar")
    assert (first.needs, second.other_needs) == (["captions"], "A break")
    assert (first.recipient.address, first.recipient.language) == ("salma@sent.example", "ar")
    assert counted(consultation) == 2
    assert told(made) == ["registration-confirmed"]
    assert LogEntry.objects.filter(act="registration sent", object_id=made.pk).count() == 1


def test_a_registration_waits_as_a_whole_and_a_smaller_one_never_overtakes():
    consultation = factories.open_consultation(places=3)
    register(consultation, delegates=2)
    large = register(consultation, delegates=2)
    small = register(consultation)
    assert states(consultation) == [(2, "confirmed"), (2, "waitlisted"), (1, "waitlisted")]
    assert (large.place_in_line(), small.place_in_line()) == (1, 2)
    assert told(large) == ["registration-waitlisted"]
    assert counted(consultation) == 2


def test_a_place_that_frees_goes_to_the_first_in_line_and_not_to_the_last():
    consultation = factories.open_consultation(places=2)
    first, _second = register(consultation), register(consultation)
    waiting = [register(consultation) for _ in range(3)]
    registrations.cancel(first, by=first.registered_by)
    assert states(consultation) == [
        (1, "cancelled"),
        (1, "confirmed"),
        (1, "confirmed"),
        (1, "waitlisted"),
        (1, "waitlisted"),
    ]
    assert [row.place_in_line() for row in consultation.registrations.waiting()] == [1, 2]
    assert told(waiting[0]) == ["registration-waitlisted", "registration-promoted"]
    assert told(first) == ["registration-confirmed", "registration-cancelled"]
    assert counted(consultation) == 2


def test_a_large_one_at_the_head_holds_the_line_until_it_fits():
    consultation = factories.open_consultation(places=3)
    one, two, three = (register(consultation) for _ in range(3))
    register(consultation, delegates=2)
    register(consultation)
    registrations.cancel(one, by=one.registered_by)
    assert states(consultation)[3:] == [(2, "waitlisted"), (1, "waitlisted")]
    registrations.cancel(two, by=two.registered_by)
    assert states(consultation)[3:] == [(2, "confirmed"), (1, "waitlisted")]
    registrations.cancel(three, by=three.registered_by)
    assert states(consultation)[3:] == [(2, "confirmed"), (1, "confirmed")]
    assert counted(consultation) == 3


def test_when_the_head_of_the_line_leaves_those_who_fit_behind_it_move_up():
    consultation = factories.open_consultation(places=3)
    register(consultation, delegates=2)
    large, _small = register(consultation, delegates=2), register(consultation)
    registrations.cancel(large, by=large.registered_by)
    assert states(consultation) == [(2, "confirmed"), (2, "cancelled"), (1, "confirmed")]


def test_declining_the_head_of_the_line_moves_the_line_too():
    consultation = factories.open_consultation(places=3)
    register(consultation, delegates=2)
    large, _small = register(consultation, delegates=2), register(consultation)
    registrations.decline(large, reason="Sent twice", by=factories.coordinator())
    assert states(consultation) == [(2, "confirmed"), (2, "declined"), (1, "confirmed")]
    large.refresh_from_db()
    assert large.reason == "Sent twice"


def test_without_a_number_of_places_everybody_is_confirmed():
    consultation = factories.open_consultation(places=None)
    for _ in range(4):
        register(consultation, delegates=3)
    assert {status for _number, status in states(consultation)} == {"confirmed"}
    assert counted(consultation) == 12


def test_by_hand_a_pending_registration_holds_no_place_until_it_is_approved():
    consultation = factories.open_consultation(places=2, approval="by-hand")
    first, second, third = (register(consultation) for _ in range(3))
    assert [row.status for row in (first, second, third)] == ["pending"] * 3
    assert told(first) == ["registration-received"]
    assert counted(consultation) == 0
    coordinator = factories.coordinator()
    registrations.confirm(third, by=coordinator)
    registrations.confirm(second, by=coordinator)
    assert states(consultation) == [(1, "pending"), (1, "confirmed"), (1, "confirmed")]
    registrations.confirm(first, by=coordinator)
    assert states(consultation)[0] == (1, "waitlisted")
    assert told(first) == ["registration-received", "registration-waitlisted"]


def test_approved_registrations_wait_in_order_of_arrival_not_of_approval():
    consultation = factories.open_consultation(places=1, approval="by-hand")
    holder, first, second = (register(consultation) for _ in range(3))
    coordinator = factories.coordinator()
    for row in (holder, second, first):
        registrations.confirm(row, by=coordinator)
    registrations.cancel(Registration.objects.get(pk=holder.pk), by=holder.registered_by)
    assert states(consultation) == [(1, "cancelled"), (1, "confirmed"), (1, "waitlisted")]


def test_a_smaller_one_approved_later_does_not_overtake_a_larger_one_that_waits():
    consultation = factories.open_consultation(places=2, approval="by-hand")
    one, large, small = register(consultation), register(consultation, delegates=2), register(consultation)
    for row in (one, large, small):
        registrations.confirm(row, by=factories.coordinator())
    assert states(consultation) == [(1, "confirmed"), (2, "waitlisted"), (1, "waitlisted")]


def test_what_was_answered_is_not_answered_again():
    consultation = factories.open_consultation(approval="by-hand")
    row, coordinator = register(consultation), factories.coordinator()
    registrations.confirm(row, by=coordinator)
    with pytest.raises(Refused, match="already answered"):
        registrations.confirm(row, by=coordinator)
    with pytest.raises(Refused, match="cannot become"):
        registrations.decline(row, reason="No", by=coordinator)
    registrations.cancel(row, by=coordinator)
    with pytest.raises(Refused, match="cannot become"):
        registrations.cancel(row, by=coordinator)
    assert counted(consultation) == 0


def test_an_organization_registers_once_and_again_after_cancelling():
    consultation, person = factories.open_consultation(), factories.lead()
    first = register(consultation, person=person)
    with pytest.raises(Refused, match="already registered"):
        register(consultation, person=person)
    registrations.cancel(first, by=person)
    again = register(consultation, person=person)
    assert (again.seq, again.status) == (2, "confirmed")


def test_the_number_of_delegates_has_a_floor_and_a_ceiling():
    consultation = factories.open_consultation(places_per_organization=2)
    with pytest.raises(Refused, match="at most 2 delegates"):
        register(consultation, delegates=3)
    with pytest.raises(Refused, match="at least one"):
        register(consultation, delegates=0)
    assert states(consultation) == []
    consultation.refresh_from_db()
    assert consultation.next_seq == 1


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"status": "announced"}, "closed"),
        ({"status": "closed"}, "closed"),
        ({"status": "archived"}, "closed"),
        ({"takes_registrations": False}, "closed"),
        ({"days": -1, "opens_at": None}, "closed"),
        ({"opens_at": timezone.now() + timedelta(days=1)}, "not opened yet"),
    ],
)
def test_registration_is_refused_outside_its_window(fields, words):
    consultation = factories.open_consultation(**fields)
    with pytest.raises(Refused, match=words):
        register(consultation)


def test_the_clock_of_the_database_decides_to_the_second(monkeypatch):
    consultation = factories.open_consultation()
    consultation.refresh_from_db()
    opens, closes = consultation.opens_at, consultation.closes_at
    moment, read = timedelta(microseconds=1), registrations.instances.of

    def came(at, model, sql, values):
        rows = read(model, sql, values)
        for row in rows if sql is registrations.LOCK else ():
            row.came_at = at
        return rows

    for at, is_in_time in (
        (opens - moment, False),
        (opens, True),
        (closes - moment, True),
        (closes, False),
    ):
        monkeypatch.setattr(registrations.instances, "of", partial(came, at))
        try:
            register(consultation)
        except Refused:
            assert not is_in_time
        else:
            assert is_in_time
        assert consultation.is_open(at) == is_in_time


def test_a_wrong_clock_of_this_machine_changes_nothing(monkeypatch):
    """Only the database's clock is asked: an application whose clock is a month ahead still lets people in."""
    consultation = factories.open_consultation(days=1)
    ahead = timezone.now() + timedelta(days=30)
    monkeypatch.setattr("django.utils.timezone.now", lambda: ahead)
    assert register(consultation).status == "confirmed"


def test_who_may_take_part_is_asked_of_the_organization_that_was_chosen():
    """A lead of two sees a members' consultation through one of them and cannot bring the other in."""
    person = factories.lead()
    state = factories.organization("Mission", lead=person, constituency="state")
    consultation = factories.open_consultation(access="members")
    with pytest.raises(Refused, match="cannot register"):
        registrations.register(consultation, organization=state, delegates=[delegate()], by=person)
    assert register(consultation, person=person).status == "confirmed"
    public = factories.open_consultation(access="public")
    registrations.register(public, organization=state, delegates=[delegate()], by=person)
    for status in ("pending", "suspended"):
        other = factories.lead(status=status)
        with pytest.raises(Refused, match="cannot register"):
            register(public, person=other)


def test_into_an_invited_room_nobody_comes_by_asking():
    consultation = factories.open_consultation(access="invited")
    with pytest.raises(Refused, match="cannot register"):
        register(consultation)


def test_a_suspended_organization_loses_its_places_and_the_next_in_line_has_them():
    consultation, other = factories.open_consultation(places=1), factories.open_consultation()
    person = factories.lead()
    mine = [register(row, person=person) for row in (consultation, other)]
    register(consultation)
    organizations.suspend(person.organization, reason="ended", by=factories.coordinator())
    assert [Registration.objects.get(pk=row.pk).status for row in mine] == ["cancelled", "cancelled"]
    assert states(consultation) == [(1, "cancelled"), (1, "confirmed")]
    assert counted(consultation) == 1


def test_a_delegate_is_swapped_without_losing_the_place_and_only_the_new_one_is_told():
    consultation, person = factories.open_consultation(places=2), factories.lead()
    made = register(consultation, person=person, delegates=2)
    kept, gone = made.delegate_set.order_by("pk")
    waiting = register(consultation)
    registrations.change_delegates(
        made,
        version=made.version,
        delegates=[
            delegate(5, key=kept.key, email=kept.email, name="Renamed"),
            delegate(9, key=gone.key, email="new@sent.example"),
        ],
        by=person,
    )
    made.refresh_from_db()
    renamed, new = made.delegate_set.order_by("pk")
    assert (renamed.pk, renamed.name) == (kept.pk, "Renamed")
    assert (new.email, new.pk == gone.pk) == ("new@sent.example", False)
    assert (made.status, made.seq, made.delegates_count) == ("confirmed", 1, 2)
    assert Registration.objects.get(pk=waiting.pk).status == "waitlisted"
    assert list(Notice.objects.filter(kind="delegate-named").values_list("object_id", flat=True)) == [new.pk]
    assert told(made) == ["registration-confirmed"]
    assert counted(consultation) == 2


def test_two_delegates_can_swap_their_addresses():
    person = factories.lead()
    made = register(factories.open_consultation(), person=person, delegates=2)
    one, two = made.delegate_set.order_by("pk")
    sent = [delegate(1, key=one.key, email=two.email), delegate(2, key=two.key, email=one.email)]
    registrations.change_delegates(made, version=made.version, delegates=sent, by=person)
    assert sorted(made.delegate_set.values_list("email", flat=True)) == sorted([one.email, two.email])


def test_a_delegate_fewer_frees_a_place_and_one_more_takes_a_free_one():
    consultation, person = factories.open_consultation(places=3), factories.lead()
    made = register(consultation, person=person, delegates=2)
    made = registrations.change_delegates(
        made, version=made.version, delegates=[delegate(n) for n in range(3)], by=person
    )
    assert counted(consultation) == 3
    waiting = register(consultation, delegates=2)
    made = registrations.change_delegates(made, version=made.version, delegates=[delegate(0)], by=person)
    assert Registration.objects.get(pk=waiting.pk).status == "confirmed"
    assert counted(consultation) == 3


def test_one_more_delegate_does_not_overtake_those_who_wait_nor_the_limit_nor_the_window():
    consultation, person = factories.open_consultation(places=3), factories.lead()
    made = register(consultation, person=person)
    register(consultation, delegates=3)
    two, four = [delegate(n) for n in range(2)], [delegate(n) for n in range(4)]

    def change(sent):
        registrations.change_delegates(made, version=made.version, delegates=sent, by=person)

    with pytest.raises(Refused, match="no free place"):
        change(two)
    with pytest.raises(Refused, match="at most 3"):
        change(four)
    Consultation.objects.filter(pk=consultation.pk).update(status="closed")
    with pytest.raises(Refused, match="closed"):
        change(two)
    change([delegate(7)])
    assert made.delegate_set.get().email == "delegate7@sent.example"


def test_one_who_waits_may_name_more_delegates_and_keeps_its_turn():
    consultation, person = factories.open_consultation(places=1), factories.lead()
    register(consultation)
    made = register(consultation, person=person)
    made = registrations.change_delegates(
        made, version=made.version, delegates=[delegate(n) for n in range(2)], by=person
    )
    assert (made.status, made.delegates_count, made.place_in_line()) == ("waitlisted", 2, 1)
    assert not Notice.objects.filter(kind="delegate-named").exists()


def test_a_change_from_an_older_version_is_refused():
    person = factories.lead()
    made = register(factories.open_consultation(), person=person)
    registrations.change_delegates(made, version=made.version, delegates=[delegate(5)], by=person)
    with pytest.raises(Refused, match="just changed"):
        registrations.change_delegates(made, version=made.version, delegates=[delegate(6)], by=person)
    assert made.delegate_set.get().email == "delegate5@sent.example"


def test_nobody_is_promoted_into_a_meeting_that_is_over():
    consultation = factories.open_consultation(places=1)
    first, _second = register(consultation), register(consultation)
    past = timezone.now() - timedelta(hours=1)
    consultation.meetings.update(starts_at=past - timedelta(hours=1), ends_at=past)
    registrations.cancel(first, by=first.registered_by)
    assert states(consultation) == [(1, "cancelled"), (1, "waitlisted")]
    with pytest.raises(Refused, match="can no longer be changed"):
        registrations.change_delegates(_second, version=1, delegates=[delegate(1)], by=first.registered_by)


def test_a_delegate_with_an_account_or_the_shared_mailbox_is_written_to_once():
    person = factories.lead(mailbox="office@harbour.example")
    own = Recipient.objects.get_or_create(user=person, defaults={"address": person.email, "language": "fr"})[
        0
    ]
    mailbox, _made = Recipient.objects.get_or_create(
        organization=person.organization, defaults={"address": "office@harbour.example"}
    )
    made = registrations.register(
        factories.open_consultation(),
        organization=person.organization,
        delegates=[
            delegate(1, email=person.email, language="ar"),
            delegate(2, email="office@harbour.example"),
            delegate(3),
        ],
        by=person,
    )
    found = {row.recipient for row in made.delegate_set.all()}
    assert {own, mailbox} < found
    own.refresh_from_db()
    assert own.language == person.recipient.language
    assert Recipient.objects.filter(address=person.email).count() == 1


def test_strangers_are_looked_up_and_made_in_two_statements_and_found_again_in_one_beside_the_ledger(
    django_assert_num_queries,
):
    person = factories.lead()
    sent = [delegate(number) for number in range(3)]
    with django_assert_num_queries(2 + 3):
        made = delegates.recipients_of(person.organization, sent, by=person)
    with django_assert_num_queries(1 + 3):
        again = delegates.recipients_of(person.organization, sent, by=person)
    assert made == again
    assert {(row.address, row.language, len(row.nonce)) for row in made.values()} == {
        (values["email"], "en", 64) for values in sent
    }


def test_a_stranger_is_written_to_in_the_language_last_named_for_him_or_her():
    for language in ("fr", "ar"):
        person = factories.lead()
        registrations.register(
            factories.open_consultation(),
            organization=person.organization,
            delegates=[delegate(1, language=language)],
            by=person,
        )
    assert Recipient.objects.get(address="delegate1@sent.example").language == "ar"
