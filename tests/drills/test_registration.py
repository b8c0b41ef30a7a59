"""A thousand requests for a hundred places, by a hundred clients on a real server, each sent twice (G5, G6)."""

import threading
import time
from collections import Counter
from contextlib import contextmanager
from uuid import uuid4

import pytest
from django.db import connection, transaction
from django.urls import reverse

from consultations.models import Consultation, Delegate, Quota, Registration
from consultations.operations import quotas
from portal.models import Notice, Organization, User
from tests import drainers, factories
from tests.drills import figures, web

pytestmark = pytest.mark.django_db(transaction=True)

CLIENTS, PLACES, IN_A_REGION = 100, 100, 25
REGIONS = ("africa", "arab-states", "asia-pacific", "europe", "latin-america")
# The line without its lock: a number is still taken, but nobody waits for anybody.
UNLOCKED = """
from django.db import connection
from consultations.models import Consultation
from consultations.operations import lines
from portal import clock
def take_turn(consultation, organization):
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval('drill_numbers')")
        number = cursor.fetchone()[0]
    found = Consultation.objects.get(pk=consultation.pk)
    return lines.Arrival(found, number, number, clock.now(), quotas=[], nobody_waits=False)
lines.take_turn = take_turn
"""


@pytest.fixture(autouse=True)
def _nobody_hears_the_bell():
    with drainers.bells_unheard():
        yield


def opened(organizations, *, with_quotas=True):
    """A consultation for so many organizations of five regions: (consultation, the people, their regions)."""
    drainers.crowd(organizations)
    thing = factories.open_consultation("Services", places=PLACES, meeting=False)
    regions = [factories.region(code) for code in REGIONS]
    rows = list(Organization.objects.filter(name_en__startswith="Crowd").order_by("pk"))
    ties = Organization.regions.through
    ties.objects.bulk_create(
        ties(organization=row, region=regions[number % 5]) for number, row in enumerate(rows)
    )
    for region in regions if with_quotas else ():
        quotas.add(thing, titles={"en": region.code}, places=IN_A_REGION, regions=[region], by=None)
    return thing, {row.pk: REGIONS[number % 5] for number, row in enumerate(rows)}


def applications(thing):
    """What the lead of each organization sends: (address, form, session)."""
    address = reverse("consultations:register", args=[thing.key])
    people = User.objects.filter(membership__organization__name_en__startswith="Crowd").order_by("pk")
    for number, person in enumerate(people.prefetch_related("membership_set__organization")):
        organization = person.membership_set.all()[0].organization
        form = {
            "once": str(uuid4()),
            "organization": str(organization.key),
            "consent": "on",
            "rows": 1,
            "name_1": f"Delegate {number}",
            "email_1": f"delegate{number}@sent.example",
            "language_1": "ar",
            "interpretation_1": "ar",
            "needs_1": "captions",
        }
        yield address, form, web.session_of(person)


def by_hand(regions_in_order):
    """Who is confirmed, as a person with a list would do it: in order, while places and the region's last."""
    left, rooms, found = PLACES, Counter(dict.fromkeys(REGIONS, IN_A_REGION)), []
    for region in regions_in_order:
        is_in = left > 0 and rooms[region] > 0
        found.append("confirmed" if is_in else "waitlisted")
        left -= is_in
        rooms[region] -= is_in
    return found


def test_g5_a_thousand_requests_for_a_hundred_places_each_sent_twice():
    thing, regions = opened(1_000)
    once = list(applications(thing))
    jobs = web.shuffled([*enumerate(once), *enumerate(once)], seed=5)
    with web.Web() as server:
        began = time.monotonic()
        answers = server.send_all([job for _number, job in jobs], clients=CLIENTS)
        took = time.monotonic() - began
    rows = list(thing.registrations.order_by("seq"))
    figures.add(
        "G5",
        "and G6: 1,000 requests, each twice, 100 clients, 100 places, 5 quotas",
        seconds=round(took),
        requests_a_second=round(len(answers) / took),
        **web.times(answers),
        confirmed=sum(row.status == "confirmed" for row in rows),
        waiting=sum(row.status == "waitlisted" for row in rows),
    )
    assert Counter(answer.status for answer in answers) == {302: 2_000}
    # Each answer leads where its twin does: one effect, one answer (G6).
    led = {}
    for (number, _job), answer in zip(jobs, answers, strict=True):
        led.setdefault(number, set()).add(answer.location)
    assert {len(locations) for locations in led.values()} == {1}
    assert len(rows) == Delegate.objects.count() == Notice.objects.count() == 1_000
    # In order of seat number, without a gap, and exactly as a person with a list would do it.
    assert [row.seq for row in rows] == list(range(1, 1_001))
    assert [row.status for row in rows] == by_hand(regions[row.organization_id] for row in rows)
    thing.refresh_from_db()
    assert thing.confirmed_count == PLACES
    assert sum(Quota.objects.values_list("held_count", flat=True)) == PLACES
    assert web.times(answers)["p99"] <= 3.0


def test_g5_with_two_hundred_cancellations_between_no_commit_shows_more_than_there_are_places():
    thing, _regions = opened(400)
    jobs = list(applications(thing))
    seen, done = [], threading.Event()

    def watch():
        try:
            while not done.is_set():
                with transaction.atomic():
                    seen.append(thing.registrations.filter(status="confirmed").count())
                time.sleep(0.01)
        finally:
            connection.close()

    with web.Web() as server:
        watcher = threading.Thread(target=watch)
        watcher.start()
        first = server.send_all(web.shuffled(jobs, seed=6), clients=CLIENTS)
        sessions = {form["organization"]: session for _address, form, session in jobs}
        gone = list(thing.registrations.select_related("organization").order_by("seq")[:200])
        cancellations = [
            (
                reverse("consultations:registration-cancel", args=[row.key]),
                {},
                sessions[str(row.organization.key)],
            )
            for row in gone
        ]
        second = server.send_all(web.shuffled(cancellations, seed=7), clients=CLIENTS)
        done.set()
        watcher.join()
    held = list(thing.registrations.exclude(status="cancelled").order_by("seq"))
    figures.add(
        "G5",
        "400 requests, then 200 cancellations",
        most_confirmed=max(seen),
        commits_looked_at=len(seen),
        **web.times(second),
    )
    assert {answer.status for answer in (*first, *second)} == {302}
    assert max(seen) <= PLACES
    assert sum(row.status == "confirmed" for row in held) == PLACES
    assert {row.status for row in held} == {"confirmed", "waitlisted"}
    assert Registration.objects.filter(status="cancelled").count() == 200


@contextmanager
def without_guards():
    """The database without its last guards, and with numbers that are given without a lock."""
    guards = [(Consultation, "consultation_confirmed_within_places"), (Quota, "quota_held_within_places")]
    found = [
        (model, next(row for row in model._meta.constraints if row.name == name)) for model, name in guards
    ]
    with connection.schema_editor() as editor:
        editor.execute("CREATE SEQUENCE drill_numbers")
        for model, guard in found:
            editor.remove_constraint(model, guard)
    try:
        yield
    finally:
        Registration.objects.all().delete()
        Consultation.objects.update(confirmed_count=0)
        Quota.objects.update(held_count=0)
        with connection.schema_editor() as editor:
            for model, guard in found:
                editor.add_constraint(model, guard)
            editor.execute("DROP SEQUENCE drill_numbers")


def test_g5_control_without_the_lock_more_are_confirmed_than_there_are_places():
    thing, _regions = opened(400, with_quotas=False)
    jobs = web.shuffled(applications(thing), seed=8)
    with without_guards(), web.Web(wound=UNLOCKED) as server:
        server.send_all(jobs, clients=CLIENTS)
        confirmed = thing.registrations.filter(status="confirmed").count()
    figures.add("G5", "control: no lock", confirmed=confirmed, places=PLACES)
    assert confirmed > PLACES
