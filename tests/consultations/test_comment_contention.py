"""Several people at the same moment: one decides, one form is one comment, and nothing comes after the close."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from consultations.models import Comment, SectionEdit
from consultations.operations import comment_answers, comment_rounds, drafting
from portal.errors import Refused
from portal.models import Notice
from tests import factories, sessions

pytestmark = pytest.mark.django_db(transaction=True)

AT_ONCE = 6


@pytest.fixture(autouse=True)
def _no_bell(monkeypatch):
    """The worker is not part of the race: the notices are counted, not sent."""
    monkeypatch.setattr("portal.notifications.telling.ring", lambda: None)


@pytest.fixture
def editor():
    return factories.coordinator()


@pytest.fixture
def opened(editor):
    return factories.comment_round(factories.paper("Doors", by=editor), by=editor)


def together(act):
    """Do something in several threads at the same moment; what each got, or "refused"."""
    start = Barrier(AT_ONCE)

    def one(number):
        start.wait(30)
        try:
            return act(number)
        except Refused:
            return "refused"
        finally:
            connection.close()

    with ThreadPoolExecutor(AT_ONCE) as threads:
        return list(threads.map(one, range(AT_ONCE)))


def test_of_many_drafters_who_decide_one_comment_one_does_and_it_is_told_once(opened, editor):
    said = factories.comment(opened, proposed="Open all doors.")

    def decide(number):
        if number % 2:
            comment_answers.decline(said, version=1, answer=f"No {number}.", language="en", by=editor)
        else:
            comment_answers.accept(said, version=1, number=1, language="en", by=editor)
        return "done"

    assert sorted(together(decide)) == ["done"] + ["refused"] * (AT_ONCE - 1)
    said.refresh_from_db()
    assert said.version == 2
    landed = SectionEdit.objects.filter(number=2).count()
    assert landed == (said.status == Comment.Status.ACCEPTED)
    assert Notice.objects.filter(kind="comment-answered").count() == 1


def test_words_for_one_section_land_one_after_the_other_and_none_is_overwritten(opened, editor):
    said = [
        factories.comment(opened, proposed=f"Open door {number}.", place=1 + number % 2)
        for number in range(AT_ONCE)
    ]

    def accept(number):
        comment_answers.accept(said[number], version=1, number=1, language="en", by=editor)
        return "done"

    assert sorted(together(accept)) == ["done"] + ["refused"] * (AT_ONCE - 1)
    assert Comment.objects.filter(status="accepted").count() == 1
    assert drafting.last_number(opened.paper.sections.get(), "en") == 2


def test_one_form_that_is_sent_many_times_at_once_is_one_comment(opened):
    lead = factories.lead()
    paragraph = opened.paper.sections.get().paragraphs.get(position=1)
    address = reverse("consultations:comment-new", args=[opened.key, paragraph.key])
    browsers = [Client() for _number in range(AT_ONCE)]
    sessions.sign_in(browsers[0], lead)
    for browser in browsers[1:]:
        browser.cookies = browsers[0].cookies
    sent = {
        "kind": "comment",
        "text": "Say by when.",
        "language": "en",
        "shown_in": "en",
        "consent": "named",
        "organization": lead.organization.pk,
        "once": "6f1f3a3e-0000-4000-8000-000000000001",
    }
    answers = together(lambda number: browsers[number].post(address, sent).status_code)
    assert answers == [302] * AT_ONCE
    assert Comment.objects.count() == 1


def test_what_is_said_while_a_round_is_closed_is_taken_before_it_or_refused(opened, editor):
    makers = [factories.lead() for _number in range(AT_ONCE)]

    def act(number):
        if number == 0:
            comment_rounds.close(opened, by=editor)
            return "closed"
        factories.comment(opened, makers[number].organization, by=makers[number])
        return "taken"

    got = together(act)
    assert got.count("taken") + got.count("refused") == AT_ONCE - 1
    opened.refresh_from_db()
    assert Comment.objects.filter(written_at__gt=opened.closed_at).count() == 0
    assert Comment.objects.count() == got.count("taken")


def test_a_round_that_two_close_at_once_is_closed_once(opened, editor):
    def close(_number):
        comment_rounds.close(opened, by=editor)
        return "done"

    assert sorted(together(close)) == ["done"] + ["refused"] * (AT_ONCE - 1)
