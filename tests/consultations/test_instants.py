"""Deadlines and meetings are right around every change of clocks, in every zone (G9; `make drills` tries ten times as many)."""

from datetime import UTC, datetime, timedelta

import pytest

from portal.forms import moments
from tests import instants

NOTHING_WRONG = {"typed": 0, "windows": 0, "words": 0, "files": 0}
SEED = 20270909


def test_ten_thousand_instants_are_typed_shown_and_kept_as_what_they_are():
    assert instants.mismatches(10_000, SEED) == NOTHING_WRONG


def test_control_a_form_that_does_not_know_of_the_hour_that_comes_twice_is_found_out(monkeypatch):
    of_old = moments.on_clock
    monkeypatch.setattr(instants, "on_clock", lambda moment, zone, is_end: of_old(moment, zone))
    assert instants.mismatches(200, SEED)["typed"] > 0


@pytest.mark.django_db
@pytest.mark.parametrize("minutes", [-10, 10])
def test_the_database_decides_however_wrong_this_machines_clock_is(minutes):
    assert instants.wrong_answers_of_the_database(100, SEED, timedelta(minutes=minutes)) == 0


def test_changes_of_clocks_are_found_where_they_are_known_to_be():
    berlin = set(instants.changes(instants.ZoneInfo("Europe/Berlin")))
    assert {datetime(2027, 3, 28, 1, tzinfo=UTC), datetime(2027, 10, 31, 1, tzinfo=UTC)} < berlin
    assert len(berlin) == 14
    assert len(instants.zones()) > 400
