"""The log: one row an act, never changed."""

import pytest
from django.db import IntegrityError, transaction

from portal.models import Actor, LogEntry
from portal.operations import log
from tests import factories

pytestmark = pytest.mark.django_db


def test_an_act_is_recorded_with_an_actor_that_is_not_the_persons_id():
    person = factories.coordinator()
    thing = factories.process("Review")
    entry = log.record("process opened", thing, by=person)
    assert entry.actor_key == Actor.objects.get(user=person).key
    assert (entry.act, entry.thing) == ("process opened", thing)


@pytest.mark.parametrize("change", [lambda rows: rows.update(act="nothing"), lambda rows: rows.delete()])
def test_the_database_refuses_to_change_the_log(change):
    log.record("process opened", factories.process("Review"), by=None)
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        change(LogEntry.objects.all())
    assert LogEntry.objects.count() == 1


def test_erasing_the_link_leaves_the_row_whole_and_nameless():
    person = factories.user()
    entry = log.record("process opened", factories.process("Review"), by=person)
    Actor.objects.filter(user=person).update(user=None)
    person.emailaddress_set.all().delete()
    person.delete()
    assert Actor.objects.get(key=entry.actor_key).user is None
