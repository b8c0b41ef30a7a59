"""Processes: which of them is the current one."""

import pytest

from portal.models import Process
from portal.operations import processes
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("ends_on", "is_current"), [(None, True), ("2031-05-01", True), ("2022-05-20", False)]
)
def test_the_first_process_that_is_published_is_the_current_one_unless_it_is_over(ends_on, is_current):
    coordinator, draft = factories.coordinator(), {"status": "draft", "ends_precision": "day"}
    first = processes.publish(factories.process("Review", ends_on=ends_on, **draft), by=coordinator)
    assert first.is_current is is_current
    second = processes.publish(factories.process("Next review", **draft), by=coordinator)
    assert not second.is_current
    assert list(Process.objects.filter(is_current=True)) == [first] * is_current


def test_the_first_that_is_published_leaves_the_place_to_a_draft_that_has_it():
    planned = factories.process("Next review", status="draft", is_current=True)
    shown = processes.publish(factories.process("Review", status="draft"), by=factories.coordinator())
    assert not shown.is_current
    assert Process.objects.get(is_current=True) == planned
