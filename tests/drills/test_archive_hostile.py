"""Archives that nobody meant well, with every piece of junk."""

import pytest

from tests.consultations.test_archive_hostile import (
    _compact,
    some_junk,
    test_junk_in_any_field_of_any_kind_is_borne,
    test_junk_in_dates_and_objectives_is_refused_for_what_it_is_or_borne,
)

pytestmark = [pytest.mark.django_db, pytest.mark.timeout(3600)]
__all__ = [
    "_compact",
    "some_junk",
    "test_junk_in_any_field_of_any_kind_is_borne",
    "test_junk_in_dates_and_objectives_is_refused_for_what_it_is_or_borne",
]
