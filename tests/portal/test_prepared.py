"""Statements that are prepared once."""

import time

import pytest

from portal import prepared


@pytest.mark.django_db
def test_waiting_for_the_database_costs_no_time_of_the_processor():
    began, used = time.monotonic(), time.process_time()
    prepared.rows("SELECT pg_sleep(%(seconds)s::float)", {"seconds": 0.5})
    assert time.monotonic() - began >= 0.5
    assert time.process_time() - used < 0.1
