"""Fifty clicks on “publish” at the same moment, and drainers killed while they expand: one event, one row each (G8)."""

import threading
import time
from uuid import uuid4

import pytest
from django.db import connection, connections
from django.test import Client
from django.urls import reverse

from portal.models import Delivery, LogEntry, Notice
from portal.notifications import notify
from resources.models import Document
from resources.notifications import DocumentPublished
from resources.operations import documents
from tests import drainers, factories
from tests.drills import figures
from tests.sink import Sink

pytestmark = pytest.mark.django_db(transaction=True)
CLICKS, READERS, KILLS = 50, 5_000, 4
# Nothing is sent, and time passes between a chunk's rows and the note of how far they go: there is time to kill.
SLOW = """
from portal.operations import delivery, expansion
import time
quick = expansion._tell
def tell(*told):
    quick(*told)
    time.sleep(0.3)
expansion._tell = tell
delivery.Drainer.take_batch = lambda self: False
"""
# The rows of a chunk stay, although how far it went was not noted; and nothing looks for doubles.
UNGUARDED = """
from django.db import connections
expansion.connection = connections.create_connection("default")
before, _where, rest = expansion.INSERT.partition("  WHERE recipient NOT IN")
_guard, kept, rest = rest.partition("), kept AS (")
expansion.INSERT = (before + kept + rest).replace("ON CONFLICT (notice_id, recipient_id, channel) DO NOTHING", "")
"""


@pytest.fixture(autouse=True)
def _nobody_hears_the_bell():
    with drainers.bells_unheard():
        yield


@pytest.fixture
def without_constraint():
    """Doubles are kept by the table itself, until the drill is over."""
    name, table = "delivery_is_one_per_recipient", "portal_delivery"
    with connection.cursor() as cursor:
        cursor.execute(f"ALTER TABLE {table} DROP CONSTRAINT {name}")
        yield
        cursor.execute(f"TRUNCATE {table} CASCADE")
        cursor.execute(f"ALTER TABLE {table} ADD CONSTRAINT {name} UNIQUE (notice_id, recipient_id, channel)")


def clicked(forms):
    """Send these forms of one document at the same moment: (answers, events, notices)."""
    by = factories.coordinator()
    made = documents.create(
        titles={"en": {"title": "Our common words", "summary": ""}},
        twins={"en": "The whole text."},
        is_outcome=True,
        by=by,
    )
    address = reverse("resources:document-publish", args=[made.key])
    browsers = [Client() for _form in forms]
    for browser in browsers:
        browser.force_login(by)
    answers, start = [], threading.Barrier(len(forms))

    def click(browser, once):
        try:
            start.wait()
            answers.append(browser.post(address, {"once": str(once), "version": "1"}).status_code)
        finally:
            connections.close_all()

    clicks = [threading.Thread(target=click, args=pair) for pair in zip(browsers, forms, strict=True)]
    for thread in clicks:
        thread.start()
    for thread in clicks:
        thread.join()
    return answers, LogEntry.objects.filter(act="document published").count(), Notice.objects.count()


def test_g8_fifty_coordinators_with_the_page_open_publish_once():
    answers, events, notices = clicked([uuid4() for _ in range(CLICKS)])
    refused = answers.count(422)
    figures.add("G8", "50 pages, one click each", events=events, notices=notices, refused=refused)
    assert (events, notices, answers.count(302), refused) == (1, 1, 1, CLICKS - 1)


def test_g8_one_page_clicked_fifty_times_publishes_once():
    answers, events, notices = clicked([uuid4()] * CLICKS)
    figures.add("G8", "1 page, 50 clicks", events=events, notices=notices, led_on=answers.count(302))
    assert (events, notices) == (1, 1)
    assert set(answers) <= {302, 409, 422}
    assert 302 in answers


def test_g8_control_without_the_lock_it_is_published_more_than_once(monkeypatch):
    def unlocked(document):
        """Time passes between reading and writing, as on a busy machine."""
        found = Document.objects.get(pk=document.pk)
        time.sleep(0.1)
        return found

    monkeypatch.setattr(documents, "_locked", unlocked)
    _answers, events, notices = clicked([uuid4() for _ in range(CLICKS)])
    figures.add("G8", "control: no lock", events=events, notices=notices)
    assert events > 1


def killed_while_expanding(wound=""):
    """Tell so many readers while drainer after drainer is killed: (rows, recipients among them)."""
    drainers.crowd(READERS)
    notice = notify(DocumentPublished, factories.document(), by=None)
    with Sink() as sink, drainers.Drainers(1, sink.port, wound=SLOW + wound) as running:
        for _ in range(KILLS):
            expanded = Delivery.objects.count()
            assert drainers.until(lambda seen=expanded: Delivery.objects.count() > seen)
            running.kill_one()
            notice.refresh_from_db()
            assert notice.expanded_at is None
            running.start()
        assert drainers.until(lambda: Notice.objects.filter(expanded_at__isnull=False).exists())
    return Delivery.objects.count(), Delivery.objects.values("recipient").distinct().count()


def test_g8_a_killed_expansion_goes_on_and_gives_each_reader_one_row():
    rows, recipients = killed_while_expanding()
    figures.add("G8", f"{READERS:,} readers, {KILLS} kills while expanding", rows=rows, recipients=recipients)
    assert rows == recipients == READERS


@pytest.mark.usefixtures("without_constraint")
def test_g8_control_without_guard_against_doubles_a_killed_expansion_gives_some_readers_two():
    rows, recipients = killed_while_expanding(UNGUARDED)
    figures.add("G8", "control: no guard against doubles", rows=rows, recipients=recipients)
    assert rows > recipients == READERS
