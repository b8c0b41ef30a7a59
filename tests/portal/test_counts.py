"""Counts serve the next readers who are not signed in, until something public changes."""

from unittest.mock import patch

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from portal import counts
from portal.generation import generation
from portal.models import Reader
from portal.pages import activity, compact
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _kept(settings):
    settings.COUNTS_KEPT = 60
    counts.forget()
    yield
    counts.forget()
    generation.forget()


def generation_known():
    """For as long as this lasts, nobody asks for the generation."""
    return patch.object(generation, "now", return_value=generation.now())


def asked(make):
    """How many statements it takes."""
    with CaptureQueriesContext(connection) as statements:
        make()
    return len(statements)


def test_the_mosaic_counts_once_for_those_who_are_not_signed_in():
    objective = factories.objective(7)
    factories.document("Doors", objectives=[objective])
    nobody, member = Reader.nobody(), Reader.of(factories.lead())
    compact.mosaic(nobody)
    with generation_known():
        assert asked(lambda: compact.mosaic(nobody)) == 1
        assert asked(lambda: compact.mosaic(member)) > 1


@pytest.mark.django_db(transaction=True)
def test_a_change_that_everybody_may_read_is_counted_at_once():
    objective = factories.objective(7)
    factories.document("Doors", objectives=[objective])
    tile = next(row for row in compact.mosaic(Reader.nobody()) if row.objective == objective)
    factories.document("Roofs", objectives=[objective])
    generation.forget()  # which a second does as well
    grown = next(row for row in compact.mosaic(Reader.nobody()) if row.objective == objective)
    assert grown.count == tile.count + 1


def test_each_objective_has_figures_of_its_own():
    one, other = factories.objective(7), factories.objective(8)
    for year in (2022, 2023, 2024):
        factories.document(f"Of {year}", objectives=[one], begins_on=f"{year}-05-03")
    assert activity.series(Reader.nobody(), one)
    assert not activity.series(Reader.nobody(), other)
