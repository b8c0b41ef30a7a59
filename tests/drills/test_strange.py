"""200,000 strange words in every place of a request: each is answered, soon, and memory does not grow (G22)."""

import gc
import os

import psutil
import pytest
from django.db import transaction

from tests.drills import figures
from tests.safety import messages, world
from tests.strange import Stranger

pytestmark = [pytest.mark.django_db, pytest.mark.timeout(3600)]
INPUTS, SEED = int(os.environ.get("DRILL_INPUTS", "200000")), int(os.environ.get("DRILL_SEED", "2026"))
LONGEST = 2  # seconds
MOST_GROWN = 20  # megabytes, after the first tenth


@pytest.fixture
def stranger(forgetful):
    with transaction.atomic():
        built = world.build()
        messages.tell(built, ("document-published", "registration-confirmed", "announcement-sent"))
        yield Stranger(built, SEED)
        transaction.set_rollback(True)


def memory():
    gc.collect()
    return psutil.Process().memory_info().rss / 1_000_000


def test_g22_nothing_strange_is_answered_late_or_with_an_error_of_ours(stranger):
    bad, asked, slowest, begun = [], 0, 0, None
    for answer in stranger.visit(INPUTS):
        asked += 1
        slowest = max(slowest, answer.seconds)
        bad += [str(answer)] if answer.is_bad or answer.seconds > LONGEST else []
        if begun is None and stranger.inputs >= INPUTS / 10:
            begun = memory()
    grown = memory() - begun
    found = {"errors_or_late": len(bad), "slowest": f"{slowest:.1f} s", "grown": f"{grown:.1f} MB"}
    figures.add("G22", f"{stranger.inputs:,} strange inputs, seed {SEED}", requests=asked, **found)
    assert not bad, "\n\n".join(bad)
    assert grown <= MOST_GROWN
