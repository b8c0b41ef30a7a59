"""The table of exits once more, with every kind of right at every exit, to read and to send (G10, G11)."""

import pytest

from tests.drills import figures
from tests.safety.test_exits import *  # noqa: F403 - the same tests, of a longer walk

pytestmark = [pytest.mark.django_db, pytest.mark.timeout(3600)]


def test_figures(walked):
    asked = [*walked.got, *walked.posted, *walked.nothing]
    figures.add("G10", "and G11: every exit", exits=len(walked.exits), requests=len(asked))
