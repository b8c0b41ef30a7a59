"""What is withdrawn, looked for by everybody at every address (G10, G11)."""

import pytest

from tests.safety.test_withdrawal import *  # noqa: F403 - the same tests, which leave nothing out

pytestmark = [pytest.mark.django_db, pytest.mark.timeout(3600)]
