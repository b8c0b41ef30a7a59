"""Statements that are prepared once, and those that go together."""

import time

import pytest
from django.db import DataError, IntegrityError, OperationalError, connection, transaction

from portal import prepared

MADE = """
INSERT INTO portal_recipient (key, address, language, nonce, quiet_days, suppressed_because, created_at)
VALUES (gen_random_uuid(), %(address)s, 'en', '', '{}', '', clock_timestamp())
"""
SEEN = "SELECT address FROM portal_recipient"


@pytest.mark.django_db
def test_waiting_for_the_database_costs_no_time_of_the_processor():
    began, used = time.monotonic(), time.process_time()
    prepared.rows("SELECT pg_sleep(%(seconds)s::float)", {"seconds": 0.5})
    assert time.monotonic() - began >= 0.5
    assert time.process_time() - used < 0.1


@pytest.mark.django_db(transaction=True)
def test_statements_that_go_together_see_each_other_and_begin_the_transaction_of_who_asks():
    with transaction.atomic():
        made, seen = prepared.together((MADE, {"address": "amal@mail.example"}), (SEEN, {}))
        assert (seen, made[1]) == ((("address",), [("amal@mail.example",)]), [])
        transaction.set_rollback(True)
    assert prepared.rows(SEEN, {}) == []


@pytest.mark.django_db(transaction=True)
def test_after_one_that_fails_none_has_an_effect_and_the_connection_goes_on():
    with pytest.raises(DataError, match="invalid input syntax"):
        prepared.together(
            (MADE, {"address": "amal@mail.example"}),
            ("SELECT %(number)s::text::int", {"number": "one"}),
            (MADE, {"address": "nour@mail.example"}),
        )
    assert prepared.rows(SEEN, {}) == []


@pytest.mark.django_db(transaction=True)
def test_what_the_database_refuses_only_at_the_end_of_the_way_is_refused():
    tie = "INSERT INTO portal_membership (user_id, organization_id, role, since) VALUES (-1, -1, 'colleague', now())"
    with pytest.raises(IntegrityError):
        prepared.together((MADE, {"address": "amal@mail.example"}), (tie, {}))
    assert prepared.rows(SEEN, {}) == []


@pytest.mark.django_db(transaction=True)
def test_after_a_wait_that_was_broken_off_no_answer_is_taken_for_another(monkeypatch):
    def stopped(*_):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(prepared, "wait", stopped)
        with pytest.raises(KeyboardInterrupt):
            prepared.rows("SELECT 1", {})
    with pytest.raises(OperationalError):
        prepared.rows("SELECT 2", {})
    connection.close_if_unusable_or_obsolete()
    assert prepared.rows("SELECT 3", {}) == [(3,)]


@pytest.mark.django_db(transaction=True)
def test_a_connection_that_is_lost_is_an_error_as_any_and_the_next_begins_anew():
    with pytest.raises(OperationalError):
        prepared.together(("SELECT pg_terminate_backend(pg_backend_pid())", {}), ("SELECT 1", {}))
    connection.close_if_unusable_or_obsolete()
    assert prepared.rows("SELECT 1", {}) == [(1,)]
