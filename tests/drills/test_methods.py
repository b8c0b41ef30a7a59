"""Every method at every address, none left out (G21, G25)."""

import pytest

from tests.safety.test_methods import *  # noqa: F403 - the same tests, of all tries

pytestmark = [pytest.mark.django_db, pytest.mark.timeout(3600)]
