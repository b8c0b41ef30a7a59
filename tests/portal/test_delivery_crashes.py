"""Drainers die in the middle of their work: nothing is lost, and at most the message in hand is repeated."""

import pytest

from portal.models import Delivery
from tests import drainers
from tests.sink import Sink

pytestmark = [pytest.mark.long, pytest.mark.django_db(transaction=True)]
COUNT, KILLS = 200, 3


@pytest.fixture(autouse=True)
def _nobody_hears_the_bell():
    with drainers.bells_unheard():
        yield


def test_killed_drainers_lose_nothing_and_repeat_only_what_was_in_hand():
    wanted = drainers.tell(COUNT)
    with Sink(delay=0.01) as sink, drainers.Drainers(2, sink.port) as running:
        running.kill_on_the_way(sink, count=COUNT, kills=KILLS)
        assert drainers.until(drainers.all_is_done)
    assert {one.recipient: one.language for one in sink.received} == wanted
    assert len(sink.received) - COUNT <= KILLS
    copies = {(one.message_id, one.recipient, one.body_hash) for one in sink.received}
    assert len(copies) == COUNT == Delivery.objects.filter(state="sent").count()


def test_control_without_taking_over_expired_leases_messages_are_lost():
    drainers.tell(COUNT)
    wound = "no takeover of expired leases"
    with Sink(delay=0.01) as sink, drainers.Drainers(2, sink.port, wound=wound) as running:
        running.kill_on_the_way(sink, count=COUNT, kills=KILLS)
        assert not drainers.until(drainers.all_is_done, seconds=8)
    assert len({one.recipient for one in sink.received}) < COUNT
