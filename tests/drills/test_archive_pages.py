"""Every record of the archive on its page, in all four languages."""

import pytest

from tests.test_archive_pages import (
    _archive,
    test_the_records_of_the_archive_have_their_pages_in_every_language,
)

pytestmark = [pytest.mark.django_db, pytest.mark.timeout(3600)]
__all__ = ["_archive", "test_the_records_of_the_archive_have_their_pages_in_every_language"]
