"""Any order of applications, cancellations, approvals, swaps, offers and quotas: exact, in order, nobody left out.

The rules of hypothesis act as organizations and coordinators would; after each act all that must be true is asked of
the tables. Among what it finds if the line is broken: a place that goes to the last in line, a free place and nobody
promoted, a quota removed that frees more places than there are.
"""

import math
from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.db import IntegrityError, transaction
from django.db.models import Count
from django.utils import timezone
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from consultations import turns
from consultations.models import Consultation, Registration
from consultations.operations import consultations, lines, offers, quotas, registrations
from portal import clock, prepared
from portal.errors import Refused
from portal.models import Organization
from portal.operations import limits
from tests import factories

pytestmark = pytest.mark.django_db

TITLE = {"en": {"title": "Line", "summary": ""}}
ORGANIZATIONS, REGIONS = 8, ("africa", "arab-states")
# Which of the two regions each stands in, whether migrants lead it: every way to fall into quotas that overlap.
FACTS = [({number & 1, 2 * (number >> 1 & 1)} - {0}, bool(number & 4)) for number in range(ORGANIZATIONS)]
numbers = st.integers(0, 7)


def kinds_of_quota(regions):
    return [
        {"regions": [regions[0]]},
        {"regions": [regions[1]]},
        {"regions": regions},
        {"is_migrant_led": True},
        {"regions": [regions[0]], "is_migrant_led": True},
    ]


class Line(RuleBasedStateMachine):
    """A consultation, eight organizations, and the coordinator of it all."""

    people, regions = (), ()

    @initialize(
        places=st.integers(1, 5),
        hours=st.sampled_from([None, 24]),
        approval=st.sampled_from(["automatic", "automatic", "by-hand"]),
        crowd=st.lists(numbers, unique=True, max_size=5),
    )
    def begin(self, places, hours, approval, crowd):
        self.point = transaction.savepoint()
        self.consultation = factories.open_consultation(
            places=places, offer_hours=hours, approval=approval, meeting=False
        )
        self.seen = {}
        for who in crowd:
            self.apply(who, 1 + who % 2, None, 1)

    def teardown(self):
        if hasattr(self, "point"):
            transaction.savepoint_rollback(self.point)

    # What organizations do

    @rule(who=numbers, places=st.integers(1, 3), least=st.none() | st.integers(1, 3), named=st.integers(0, 3))
    def apply(self, who, places, least, named):
        person = self.people[who]
        self.does(
            registrations.register,
            self.consultation,
            organization=person.organization,
            delegates=[self.delegate(number) for number in range(min(named, places))],
            places=places,
            least=least,
            by=person,
        )

    @rule(who=numbers)
    def cancel(self, who):
        self.to_one(registrations.cancel, who)

    @rule(who=numbers, places=st.integers(1, 4), named=st.integers(0, 3))
    def change(self, who, places, named):
        """Others are named, or more or fewer places asked for."""
        if row := self.row(who):
            sent = [self.delegate(number + 10) for number in range(min(named, places))]
            self.does(
                registrations.change_delegates,
                row,
                version=row.version,
                delegates=sent,
                places=places,
                by=None,
            )

    @rule(who=numbers)
    def take(self, who):
        self.to_one(offers.accept, who)

    @rule(who=numbers)
    def give_back(self, who):
        self.to_one(offers.give_back, who)

    # What coordinators and the clock do

    @rule(who=numbers)
    def approve(self, who):
        self.to_one(registrations.confirm, who)

    @rule(who=numbers)
    def decline(self, who):
        self.to_one(registrations.decline, who, reason="No")

    @rule(places=st.none() | st.integers(1, 6), hours=st.sampled_from([None, 24]))
    def set_places(self, places, hours):
        thing = Consultation.objects.get(pk=self.consultation.pk)
        self.does(
            consultations.edit,
            thing,
            version=thing.version,
            titles=TITLE,
            places=places,
            offer_hours=hours,
            by=None,
        )

    @rule(kind=st.integers(0, 4), places=st.integers(1, 4))
    def add_quota(self, kind, places):
        whom = kinds_of_quota(self.regions)[kind]
        self.does(quotas.add, self.consultation, titles={"en": "Some"}, places=places, **whom, by=None)

    @rule(which=st.integers(0, 2), kind=st.integers(0, 4), places=st.integers(1, 4))
    def change_quota(self, which, kind, places):
        if quota := self.quota(which):
            whom = kinds_of_quota(self.regions)[kind]
            self.does(
                quotas.change,
                quota,
                version=quota.version,
                titles={"en": "Some"},
                places=places,
                **whom,
                by=None,
            )

    @rule(which=st.integers(0, 2))
    def remove_quota(self, which):
        if quota := self.quota(which):
            self.does(quotas.remove, quota, by=None)

    @precondition(lambda self: self.consultation.registrations.filter(status="offered").exists())
    @rule()
    def time_passes(self):
        ago = timezone.now() - timedelta(minutes=1)
        self.consultation.registrations.filter(status="offered").update(offer_ends_at=ago)
        while offers.end_due():
            self.consultation.registrations.filter(status="offered").update(offer_ends_at=ago)

    # How it is done

    def row(self, who):
        rows = Registration.objects.held().select_related("consultation", "organization")
        return rows.filter(consultation=self.consultation, organization=self.people[who].organization).first()

    def quota(self, which):
        return (
            self.consultation.quotas.select_related("consultation").order_by("pk")[which : which + 1].first()
        )

    def delegate(self, number):
        return {"name": f"Delegate {number}", "email": f"delegate{number}@sent.example", "language": "en"}

    def to_one(self, operation, who, **values):
        if row := self.row(who):
            self.does(operation, row, **values, by=None)

    def does(self, operation, *things, **values):
        """Do it; what is refused changes nothing."""
        try:
            with transaction.atomic():
                operation(*things, **values)
        except Refused:
            assert self.standing() == self.seen

    # What must be true after each of these

    def standing(self):
        rows = self.consultation.registrations.order_by("seq")
        return {pk: what for pk, *what in rows.values_list("pk", "status", "delegates_count", "seq")}

    @invariant()
    def all_is_right(self):
        if not hasattr(self, "point"):
            return
        self.consultation.refresh_from_db()
        rows = self.consultation.registrations.order_by("seq").prefetch_related("quotas")
        self.rows = list(rows.annotate(named=Count("delegate")))
        self.nothing_overflows()
        self.nothing_is_lost()
        self.nobody_jumped()
        self.nobody_is_left_out()
        self.seen = {row.pk: [row.status, row.delegates_count, row.seq] for row in self.rows}

    def nothing_overflows(self):
        seated = [row for row in self.rows if row.is_seated]
        assert self.consultation.confirmed_count == sum(row.delegates_count for row in seated)
        assert self.free() >= 0
        for quota in self.consultation.quotas.all():
            inside = [row.delegates_count for row in seated if quota in row.quotas.all()]
            assert quota.held_count == sum(inside) <= quota.places

    def nothing_is_lost(self):
        """Whoever came is there, once while it counts; nobody who had a place is back in the line."""
        assert self.seen.keys() <= {row.pk for row in self.rows}
        held = [row.organization_id for row in self.rows if row.is_held]
        assert len(held) == len(set(held))
        for row in self.rows:
            before = self.seen.get(row.pk, ("", 0, row.seq))
            assert row.seq == before[2]
            assert not (before[0] in Registration.SEATED and row.status in {"pending", "waitlisted"})
            assert row.named <= (row.least or row.delegates_count)
            assert row.delegates_count >= (row.least or 1)

    def nobody_jumped(self):
        """Whoever was given places passed nobody but those whom a quota keeps out, and none of that quota."""
        new = [
            row
            for row in self.rows
            if row.is_seated and self.seen.get(row.pk, ("",))[0] not in Registration.SEATED
        ]
        waiting = [row for row in self.rows if row.status == "waitlisted"]
        for row in new:
            for other in waiting:
                if other.seq < row.seq:
                    # As full as it was when this one had its turn: without what went to those behind it.
                    later = [one for one in new if one.seq > other.seq]
                    kept_out = self.forbidding(other, waiting, later)
                    assert kept_out, f"{other.seq} was passed by {row.seq}"
                    assert not kept_out & set(row.quotas.all())

    def nobody_is_left_out(self):
        waiting = [row for row in self.rows if row.status == "waitlisted"]
        allowed = [row for row in waiting if not self.forbidding(row, waiting, [])]
        if allowed:
            # The first whom no quota keeps out waits for more room than there is; so do all behind it.
            assert self.free() < self.least(allowed[0])

    def free(self):
        places = self.consultation.places
        return math.inf if places is None else places - self.consultation.confirmed_count

    @staticmethod
    def least(row):
        return row.least or row.delegates_count

    def forbidding(self, row, waiting, later):
        """The quotas without room for this one, or for one before it in the same quota."""
        ahead = [other for other in waiting if other.seq <= row.seq]
        return {
            quota
            for quota in row.quotas.all()
            if any(
                quota in other.quotas.all()
                and quota.places_left
                + sum(
                    one.delegates_count for one in later if one.seq > other.seq and quota in one.quotas.all()
                )
                < self.least(other)
                for other in ahead
            )
        }


@pytest.fixture
def _crowd(monkeypatch):
    """The organizations; the ledger of letters to strangers is another test's."""
    monkeypatch.setattr(limits, "require_to_write", lambda *_what, by: None)
    monkeypatch.setattr(Line, "regions", [factories.region(code) for code in REGIONS])
    people = [factories.lead() for _ in range(ORGANIZATIONS)]
    for person, (regions, is_migrant_led) in zip(people, FACTS, strict=True):
        person.organization.regions.set([Line.regions[number - 1] for number in regions])
        Organization.objects.filter(pk=person.organization.pk).update(is_migrant_led=is_migrant_led)
    monkeypatch.setattr(Line, "people", people)


TRIES = settings(
    max_examples=15, stateful_step_count=14, deadline=None, suppress_health_check=list(HealthCheck)
)


@pytest.mark.usefixtures("_crowd")
def test_whatever_happens_in_whatever_order():
    run_state_machine_as_test(Line, settings=TRIES)


# The same questions find out a line that is broken


def play(*acts, places=2):
    """These acts, one after the other, with all that must be true asked after each."""
    machine = Line()
    machine.begin(places, None, "automatic", [])
    for name, values in acts:
        getattr(machine, name)(**values)
        machine.all_is_right()


def comes(who, places=1):
    return "apply", {"who": who, "places": places, "least": None, "named": 0}


def from_its_end(rows):
    return turns.waiting(rows)[::-1]


def seat_all(consultation, *, by):
    """Whoever waits for a quota that is gone is let in, as if its places were there."""
    for row in consultation.registrations.waiting():
        row.consultation = consultation
        prepared.together(*lines.seating(row, row.delegates_count, at=clock.now()))


BUGS = {
    "a cancelled place goes to the last in line": (
        {"turns": SimpleNamespace(**vars(turns) | {"waiting": from_its_end})},
        [comes(0), comes(1), comes(2), comes(3), ("cancel", {"who": 0})],
    ),
    "a free place and nobody is promoted": (
        {"promote": lambda *_things, **_values: None},
        [comes(0), comes(1), comes(2), ("cancel", {"who": 0})],
    ),
    "a quota that is removed frees more places than there are": (
        {"promote": seat_all},
        [("add_quota", {"kind": 3, "places": 1}), *map(comes, (4, 5, 6, 7)), ("remove_quota", {"which": 0})],
    ),
    "a smaller one overtakes": (
        {"turns": SimpleNamespace(**vars(turns) | {"line": lambda *_things, **_values: []})},
        [comes(0), comes(1, places=2), comes(2)],
    ),
}


@pytest.mark.usefixtures("_crowd")
@pytest.mark.parametrize("bug", BUGS)
def test_a_broken_line_is_found_out(bug, monkeypatch):
    changes, acts = BUGS[bug]
    with transaction.atomic():
        play(*acts)
        transaction.set_rollback(True)
    for name, change in changes.items():
        monkeypatch.setattr(lines, name, change)
    # Found out by us, or already by the last guard of the database.
    with pytest.raises((AssertionError, IntegrityError)), transaction.atomic():
        play(*acts)
