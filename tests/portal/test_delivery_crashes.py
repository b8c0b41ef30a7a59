"""Drainers die in the middle of their work: nothing is lost, and at most the message in hand is repeated."""

import pytest

from portal.models import Delivery, Notice
from portal.notifications import notify
from resources.notifications import DocumentPublished
from tests import drainers, factories
from tests.sink import Sink

pytestmark = pytest.mark.django_db(transaction=True)
COUNT, KILLS = 200, 3


@pytest.fixture(autouse=True)
def _nobody_hears_the_bell():
    with drainers.bells_unheard():
        yield


def tell(count):
    wanted = drainers.crowd(count)
    document = factories.document(title_ar="العودة", title_en="Return", title_es="El retorno", title_fr="Le retour")
    notify(DocumentPublished, document, by=None)
    return wanted


def kill_on_the_way(running, sink, *, count, kills, **options):
    """Kill a drainer each time another share of the messages has arrived, and start a fresh one in its stead."""
    for number in range(1, kills + 1):
        assert drainers.until(lambda share=number: len(sink.received) >= count * share // (kills + 1))
        drainers.kill(running.pop(0))
        running.append(drainers.start(sink.port, **options))


def all_is_done():
    waiting = Delivery.objects.filter(state__in=["queued", "leased"]).exists()
    return not waiting and not Notice.objects.filter(expanded_at__isnull=True).exists()


def test_killed_drainers_lose_nothing_and_repeat_only_what_was_in_hand():
    wanted = tell(COUNT)
    with Sink(delay=0.01) as sink, drainers.drainers(2, sink.port) as running:
        kill_on_the_way(running, sink, count=COUNT, kills=KILLS)
        assert drainers.until(all_is_done)
    assert {one.recipient: one.language for one in sink.received} == wanted
    assert len(sink.received) - COUNT <= KILLS
    copies = {(one.message_id, one.recipient, one.body_hash) for one in sink.received}
    assert len(copies) == COUNT == Delivery.objects.filter(state="sent").count()


def test_control_without_taking_over_expired_leases_messages_are_lost():
    tell(COUNT)
    wound = "no takeover of expired leases"
    with Sink(delay=0.01) as sink, drainers.drainers(2, sink.port, wound=wound) as running:
        kill_on_the_way(running, sink, count=COUNT, kills=KILLS, wound=wound)
        assert not drainers.until(all_is_done, seconds=8)
    assert len({one.recipient for one in sink.received}) < COUNT
