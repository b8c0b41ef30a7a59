"""Telling writes one row and rings a bell; where nobody hears the bell, nothing fails and nothing waits."""

import socket
import time

import pytest
from django.db import transaction

from portal.celery import app
from portal.models import Delivery, Notice
from portal.notifications import bell, notify, registry
from portal.operations import delivery
from resources.notifications import DocumentPublished
from tests import drainers, factories


@pytest.fixture
def broker():
    """Name another broker; forget afterwards that it was silent."""
    before = app.conf.broker_url
    bell.begin_anew()

    def name(url):
        app.conf.broker_url = url

    with drainers.bells_unheard():
        yield name
    app.conf.broker_url = before


def test_kinds_have_names_and_say_what_they_are_of():
    for name, kind in registry.items():
        assert (name, bool(kind.label), bool(kind.action), bool(kind.why)) == (kind.name, True, True, True)
        assert 1 <= kind.priority <= 9


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("trouble", ["nobody listens", "it listens and says nothing"])
def test_a_broker_that_is_away_neither_fails_nor_delays_what_people_do(broker, trouble, mailoutbox):
    factories.lead()
    document = factories.document()
    with socket.socket() as deaf:
        deaf.bind(("127.0.0.1", 0))
        if trouble != "nobody listens":
            deaf.listen(8)
        broker(f"redis://127.0.0.1:{deaf.getsockname()[1]}/0")
        began = time.monotonic()
        for _ in range(5):
            with transaction.atomic():
                document.version += 1
                notify(DocumentPublished, document, by=None)
        assert time.monotonic() - began < 2.5
    assert Notice.objects.count() == 5
    delivery.drain()
    assert len(mailoutbox) == 5


@pytest.mark.django_db(transaction=True)
def test_what_is_rolled_back_was_never_noticed(mailoutbox):
    factories.lead()
    document = factories.document()
    with transaction.atomic():
        notify(DocumentPublished, document, by=None)
        transaction.set_rollback(True)
    delivery.drain()
    assert (Notice.objects.count(), Delivery.objects.count(), mailoutbox) == (0, 0, [])
