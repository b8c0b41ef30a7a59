"""Many at the same moment: exactly as many are confirmed as there are places, and the rest wait in order."""

import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

import pytest
from django.db import IntegrityError, OperationalError, connection, transaction

from consultations.models import Consultation, Delegate, Registration
from consultations.operations import lines, registrations
from portal import clock
from portal.errors import Refused
from portal.models import Notice, Recipient
from tests import factories

pytestmark = pytest.mark.django_db(transaction=True)

AT_ONCE = 20  # connections of the crowd; the server has a hundred


@pytest.fixture(autouse=True)
def _no_bell(monkeypatch):
    """The worker is not part of the race: the notices are counted, not sent."""
    monkeypatch.setattr("portal.notifications.telling.ring", lambda: None)


def crowd(number, places):
    consultation = factories.open_consultation(places=places, meeting=False)
    return consultation, [factories.lead() for _ in range(number)]


def register_all(consultation, people):
    """Each organization registers one delegate, as many at once as there are connections; the refusals.

    Without the lock all of them write one row, and the database may end a statement that came too often too late.
    """
    start, refused = threading.Barrier(AT_ONCE), []

    def register(position):
        person = people[position]
        if position < AT_ONCE:
            start.wait(30)
        sent = [{"name": "One", "email": f"one-{position}@sent.example", "language": "en"}]
        try:
            registrations.register(consultation, organization=person.organization, delegates=sent, by=person)
        except (Refused, IntegrityError, OperationalError) as error:
            refused.append(error)
        finally:
            connection.close()

    with ThreadPoolExecutor(AT_ONCE) as pool:
        list(pool.map(register, range(len(people))))
    return refused


def outcome(consultation):
    """(confirmed, waiting, the numbers in line without gap, organizations that stand in it more than once)."""
    rows = list(consultation.registrations.order_by("seq"))
    status = [row.status for row in rows]
    sequence = [row.seq for row in rows]
    repeated = len(rows) - len({row.organization_id for row in rows})
    return (
        status.count("confirmed"),
        status.count("waitlisted"),
        sequence == list(range(1, len(rows) + 1)),
        repeated,
    )


def test_two_hundred_organizations_at_the_same_moment_for_fifty_places():
    consultation, people = crowd(200, places=50)
    assert register_all(consultation, people) == []
    assert outcome(consultation) == (50, 150, True, 0)
    # Whoever came first is in: the confirmed are the first fifty of the line.
    assert list(
        consultation.registrations.filter(status="confirmed").order_by("seq").values_list("seq", flat=True)
    ) == list(range(1, 51))
    last = consultation.registrations.order_by("-seq").first()
    assert last.place_in_line() == 150
    consultation.refresh_from_db()
    assert (consultation.confirmed_count, consultation.next_seq) == (50, 201)
    assert Delegate.objects.count() == 200
    told = Notice.objects.values_list("kind", flat=True)
    assert sorted(told) == ["registration-confirmed"] * 50 + ["registration-waitlisted"] * 150


@contextmanager
def without(constraint):
    """The database without one of its guards, which stands again afterwards."""
    found = next(row for row in Consultation._meta.constraints if row.name == constraint)
    with connection.schema_editor() as editor:
        editor.remove_constraint(Consultation, found)
    try:
        yield
    finally:
        Registration.objects.all().delete()
        Consultation.objects.update(confirmed_count=0)
        with connection.schema_editor() as editor:
            editor.add_constraint(Consultation, found)


@pytest.fixture
def _unlocked(monkeypatch):
    """Take the lock out of the line: a number is still taken, but nobody waits for anybody."""
    numbers, guard = iter(range(1, 10_000)), threading.Lock()

    def take_turn(consultation, organization):
        found = Consultation.objects.get(pk=consultation.pk)
        with guard:
            number = next(numbers)
        return lines.Arrival(found, number, number, clock.now(), quotas=[], nobody_waits=False)

    monkeypatch.setattr(lines, "take_turn", take_turn)


@pytest.mark.usefixtures("_unlocked")
def test_control_without_the_lock_more_are_confirmed_than_there_are_places():
    with without("consultation_confirmed_within_places"):
        consultation, people = crowd(80, places=20)
        register_all(consultation, people)
        confirmed, *_rest = outcome(consultation)
    assert confirmed > 20


@pytest.mark.usefixtures("_unlocked")
def test_control_without_the_lock_the_last_guard_holds_but_people_are_refused():
    consultation, people = crowd(80, places=20)
    refused = register_all(consultation, people)
    confirmed, waiting, *_rest = outcome(consultation)
    assert confirmed <= 20
    assert refused
    assert confirmed + waiting < 80


def test_while_places_free_and_fill_no_more_are_confirmed_than_there_are_places():
    consultation, people = crowd(40, places=10)
    seen, done = [], threading.Event()

    def watch():
        try:
            while not done.is_set():
                with transaction.atomic():
                    rows = Registration.objects.filter(consultation=consultation, status="confirmed")
                    seen.append(rows.count())
        finally:
            connection.close()

    def come_and_go(person):
        try:
            sent = [{"name": "One", "email": f"{person.pk}@sent.example", "language": "en"}]
            made = registrations.register(
                consultation, organization=person.organization, delegates=sent, by=person
            )
            if person.pk % 2:
                registrations.cancel(made, by=person)
        finally:
            connection.close()

    watcher = threading.Thread(target=watch)
    watcher.start()
    try:
        with ThreadPoolExecutor(20) as pool:
            list(pool.map(come_and_go, people))
    finally:
        done.set()
        watcher.join()
    assert max(seen) <= 10
    held = sum(person.pk % 2 == 0 for person in people)
    assert outcome(consultation)[:2] == (10, held - 10)
    first = consultation.registrations.filter(status__in=["confirmed", "waitlisted"]).order_by("seq")
    assert [row.status for row in first] == ["confirmed"] * 10 + ["waitlisted"] * (held - 10)


def test_two_organizations_cannot_both_have_the_last_place_however_often_it_is_tried():
    for _attempt in range(10):
        consultation, people = crowd(2, places=1)
        barrier = threading.Barrier(2)

        def go(person, barrier=barrier, consultation=consultation):
            try:
                barrier.wait(10)
                sent = [{"name": "One", "email": f"{person.pk}@sent.example", "language": "en"}]
                registrations.register(
                    consultation, organization=person.organization, delegates=sent, by=person
                )
            finally:
                connection.close()

        with ThreadPoolExecutor(2) as pool:
            list(pool.map(go, people))
        assert outcome(consultation) == (1, 1, True, 0)


def test_an_organization_that_many_register_at_once_stands_in_line_once_and_the_others_are_told_so():
    consultation, person = factories.open_consultation(places=50, meeting=False), factories.lead()
    refused = register_all(consultation, [person] * AT_ONCE)
    assert outcome(consultation) == (1, 0, True, 0)
    assert {(type(error), str(error)) for error in refused} == {
        (Refused, "This organization is already registered for this consultation.")
    }
    assert len(refused) == AT_ONCE - 1


def test_two_that_name_the_same_strangers_at_once_share_their_rows():
    """Whoever comes second waits for the first, finds the rows, and makes none."""
    names = ["b@sent.example", "a@sent.example"]
    barrier, made = threading.Barrier(AT_ONCE), []

    def go(_number):
        try:
            barrier.wait(30)
            made.append(len(Recipient.objects.keep_strangers(dict.fromkeys(names, "en"))))
        finally:
            connection.close()

    with ThreadPoolExecutor(AT_ONCE) as pool:
        list(pool.map(go, range(AT_ONCE)))
    assert sorted(made) == [0] * (AT_ONCE - 1) + [2]
    assert Recipient.objects.filter(address__in=names).count() == 2
