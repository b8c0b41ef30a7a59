"""Several coordinators at the same moment: one of them publishes, one of them saves, the others are told so.

And a coordinator beside a worker: what it keeps at that moment of words that are no more is not left behind.
"""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier, Event
from time import sleep

import pytest
from django.db import connection, transaction

from portal.errors import Refused
from portal.models import LogEntry, Notice, StoredFile
from portal.operations import texts
from resources.operations import documents
from tests import factories

pytestmark = pytest.mark.django_db(transaction=True)

AT_ONCE = 8


def together(act):
    """Do something in several threads at the same moment; return each one's word: "done" or "refused"."""
    start = Barrier(AT_ONCE)

    def one(number):
        start.wait()
        try:
            act(number)
        except Refused:
            return "refused"
        finally:
            connection.close()
        return "done"

    with ThreadPoolExecutor(AT_ONCE) as threads:
        return sorted(threads.map(one, range(AT_ONCE)))


def draft(by):
    return documents.create(
        titles={"en": {"title": "Our common words", "summary": ""}},
        twins={"en": "The whole text."},
        is_outcome=True,
        by=by,
    )


def test_of_many_clicks_on_publish_one_publishes_and_one_notice_is_written():
    by = factories.coordinator()
    made = draft(by)
    words = together(lambda number: documents.publish(made, version=1, by=by))
    assert words == ["done"] + ["refused"] * (AT_ONCE - 1)
    assert Notice.objects.count() == 1
    assert LogEntry.objects.filter(act="document published").count() == 1


def test_of_many_editors_of_one_version_one_saves_and_nothing_is_lost_silently():
    by = factories.coordinator()
    made = draft(by)

    def save(number):
        titles = {"en": {"title": f"Words of editor {number}", "summary": ""}}
        documents.edit(made, version=1, titles=titles, by=by)

    words = together(save)
    assert words == ["done"] + ["refused"] * (AT_ONCE - 1)
    made.refresh_from_db()
    assert made.version == 2
    assert made.title_en.startswith("Words of editor ")
    assert LogEntry.objects.filter(act="document changed").count() == 1


def test_a_language_that_two_add_at_once_is_told_once():
    by = factories.coordinator()
    made = documents.publish(draft(by), by=by)
    words = together(lambda number: documents.put_twin(made, "ar", f"نص {number}", by=by))
    assert words == ["done"] * AT_ONCE
    assert Notice.objects.filter(kind="document-translated").count() == 1


def test_a_picture_that_is_kept_while_its_words_change_leaves_no_file():
    campaign, is_kept = factories.campaign(), Event()

    def keep():
        try:
            with transaction.atomic():
                factories.campaign_picture(campaign)
                is_kept.set()
                sleep(0.5)  # the other one is on its way meanwhile
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as threads:
        kept = threads.submit(keep)
        assert is_kept.wait(10)
        texts.save_texts(campaign, {"en": {"title": "Other words"}})
        kept.result()
    assert not StoredFile.objects.exists()
    assert campaign.pictures.get().made_at is None
