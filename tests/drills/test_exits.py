"""The table of exits once more, with every kind of the refused at every exit, to read and to send (G10, G11)."""

import pytest

from tests.drills import figures
from tests.safety import walk
from tests.safety.test_exits import *  # noqa: F403 - the same tests, of a longer walk

pytestmark = [pytest.mark.django_db, pytest.mark.timeout(3600)]


@pytest.fixture(scope="module")
def walked(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock():
        found = walk.walk(all_refused=True)
    asked = [*found.got, *found.posted, *found.nothing]
    figures.add("G10", "and G11: every exit", exits=len(found.exits), requests=len(asked))
    return found
