"""Rows that statements of our own find and write."""

import pytest
from django.db import connection

from portal import instances
from portal.models import Recipient

pytestmark = pytest.mark.django_db
ALL = "SELECT *, upper('yes') AS beside FROM portal_recipient"


def added():
    return instances.add(Recipient(address="amal@mail.example", language="ar", quiet_days=[6, 7]))


def test_a_row_that_is_added_is_found_as_it_was_saved(django_assert_num_queries):
    with django_assert_num_queries(2):
        row = added()
        (found,) = instances.of(Recipient, ALL, {})
    assert (found, found.beside, found.quiet_days) == (row, "YES", [6, 7])
    saved = Recipient.objects.get()
    for field in Recipient._meta.concrete_fields:
        assert getattr(saved, field.attname) == getattr(found, field.attname) == getattr(row, field.attname)
    row.save(force_update=True)


def test_a_column_that_is_added_meanwhile_ends_no_prepared_statement():
    row = added()
    before = instances.of(Recipient, ALL, {})
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE portal_recipient ADD COLUMN later integer")
    assert before == instances.of(Recipient, ALL, {}) == [row]
