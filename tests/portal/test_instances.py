"""Rows that statements of our own find and write."""

import pytest
from django.db import connection

from portal import instances
from portal.models import Organization, Recipient
from tests import factories

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


def test_a_queryset_is_composed_once_and_asked_with_other_texts():
    for name in ("Harbour 100%", "Pier_1", "Pier 1"):
        factories.organization(name)
    rows = Organization.objects.filter(name_en__icontains=instances.Place("part")).exclude(status="suspended")
    sql, constants = instances.composed(rows.order_by("folded_name"))
    for part, names in {"pier": ["Pier 1", "Pier_1"], "%": ["Harbour 100%"], "R_1": ["Pier_1"]}.items():
        assert [row.name_en for row in instances.of(Organization, sql, constants | {"part": part})] == names
