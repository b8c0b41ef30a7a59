"""A hundred thousand instants around the changes of clocks of every zone: typed, shown, kept, let in (G9)."""

import random
from datetime import timedelta

import pytest

from tests import instants
from tests.drills import figures

COUNT = 100_000


@pytest.mark.django_db
def test_g9_a_hundred_thousand_instants_in_every_zone():
    seed = random.randrange(2**32)
    wrong = instants.mismatches(COUNT, seed)
    skewed = [
        instants.wrong_answers_of_the_database(1_000, seed, timedelta(minutes=minutes))
        for minutes in (-10, 10)
    ]
    figures.add(
        "G9",
        f"{COUNT:,} instants, {len(instants.zones())} zones, seed {seed}",
        **wrong,
        let_in_wrongly=sum(skewed),
    )
    assert (set(wrong.values()), skewed) == ({0}, [0, 0])
