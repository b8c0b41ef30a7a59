"""A room in every state and access, before every role, none left out (G10, G11)."""

import pytest

from tests.safety.test_states import *  # noqa: F403 - the same tests, which leave nothing out

pytestmark = [pytest.mark.django_db, pytest.mark.timeout(3600)]
