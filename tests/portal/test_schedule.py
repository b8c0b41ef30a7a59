"""What beat rings for: tasks that exist, that may be lost or run twice, and that do what they are rung for."""

import inspect
from datetime import timedelta

import pytest
from django.utils import timezone

from portal.celery import app
from portal.models import Allowance, CacheEntry, FormReceipt, Session
from portal.operations import limits
from tests import factories

SCHEDULE = app.conf.beat_schedule
app.loader.import_default_modules()


def test_nothing_is_a_task_that_beat_does_not_ring_for():
    ours = {name for name in app.tasks if not name.startswith("celery.")}
    assert ours == {entry["task"] for entry in SCHEDULE.values()}


@pytest.mark.parametrize("name", SCHEDULE)
def test_a_bell_that_is_lost_or_rings_twice_does_no_harm(name):
    """It is given out again while its worker is lost, ends before that, and holds nothing that could be lost with it."""
    task, entry = app.tasks[SCHEDULE[name]["task"]], SCHEDULE[name]
    assert (task.acks_late, task.reject_on_worker_lost, task.ignore_result) == (True, True, True)
    assert app.conf.task_soft_time_limit < app.conf.task_time_limit
    assert app.conf.task_time_limit < app.conf.broker_transport_options["visibility_timeout"]
    assert list(inspect.signature(task.run).parameters) == []
    assert not {"args", "kwargs"} & entry.keys()
    # While no worker listens, bells do not pile up: the next one rings for the same.
    assert entry["options"]["expires"] <= entry["schedule"] <= 60


@pytest.mark.django_db
@pytest.mark.parametrize("name", SCHEDULE)
def test_every_task_runs_twice_on_an_empty_table(name):
    for _ in range(2):
        app.tasks[SCHEDULE[name]["task"]].apply(throw=True)


@pytest.mark.django_db
def test_tidying_forgets_limits_receipts_and_sessions_whose_time_is_over(client):
    now = timezone.now()
    for number, age in enumerate((timedelta(hours=49), timedelta(hours=47))):
        receipt = FormReceipt.objects.create(sender=f"user:{number}", route="x", key=factories.user().key)
        FormReceipt.objects.filter(pk=receipt.pk).update(created_at=now - age)
    for key, ends_at in (("old", now - timedelta(seconds=1)), ("new", now + timedelta(days=1))):
        Session.objects.create(session_key=Session.digest(key), session_data="", expire_date=ends_at)
        CacheEntry.objects.create(key=key, ends_at=ends_at)
    limits.take_for_stranger("amal@mail.example")
    Allowance.objects.update(ends_at=now - timedelta(seconds=1))

    app.tasks[SCHEDULE["tidy"]["task"]].apply(throw=True)

    assert [receipt.sender for receipt in FormReceipt.objects.all()] == ["user:1"]
    assert [row.session_key for row in Session.objects.all()] == [Session.digest("new")]
    assert [row.key for row in CacheEntry.objects.all()] == ["new"]
    assert not Allowance.objects.exists()
