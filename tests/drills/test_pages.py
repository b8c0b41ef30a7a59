"""The table of pages once more: every address for everybody, and in every language."""

import pytest

from tests.test_pages import *  # noqa: F403 - the same tests, which leave nothing out

pytestmark = [pytest.mark.django_db, pytest.mark.timeout(3600)]
