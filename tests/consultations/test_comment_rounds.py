"""Rounds of comments: opened on a version that stands still, told, extended, reminded of, closed."""

from datetime import timedelta

import pytest
from django.utils import timezone

from consultations.models import Comment, CommentRound, Paper
from consultations.operations import comment_rounds, comments
from consultations.tasks import remind
from portal import clock
from portal.errors import Refused
from portal.models import Notice
from tests import factories

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)


@pytest.fixture
def editor():
    return factories.coordinator()


@pytest.fixture
def paper(editor):
    return factories.paper("Doors", by=editor)


def told(kind):
    return list(Notice.objects.filter(kind=kind).values_list("object_id", flat=True))


def test_opening_shows_a_version_to_members_and_tells_them(paper, editor):
    opened = comment_rounds.open(paper, closes_at=clock.now() + 9 * DAY, time_zone="Asia/Amman", by=editor)
    paper.refresh_from_db()
    assert (paper.status, opened.number, opened.version.purpose) == (Paper.Status.COMMENTS, 1, "comments")
    assert opened.is_open(clock.now())
    assert opened.version.shown_at is not None
    assert told("comments-opened") == [opened.pk]
    assert opened.remind_at == opened.closes_at - 3 * DAY


def test_a_round_that_opens_later_is_shown_and_told_at_its_moment(paper, editor):
    now = clock.now()
    opened = comment_rounds.open(paper, opens_at=now + DAY, closes_at=now + 9 * DAY, by=editor)
    assert (opened.version.shown_at, told("comments-opened")) == (None, [])
    remind()
    assert told("comments-opened") == []
    CommentRound.objects.update(opens_at=now - DAY)
    remind()
    remind()
    opened.version.refresh_from_db()
    assert opened.version.shown_at is not None
    assert told("comments-opened") == [opened.pk]


def test_what_cannot_be_opened_is_refused_and_leaves_the_paper_as_it_was(paper, editor):
    now = clock.now()
    with pytest.raises(Refused, match="close before it opens"):
        comment_rounds.open(paper, closes_at=now - DAY, by=editor)
    with pytest.raises(Refused, match="at least one section"):
        comment_rounds.open(factories.paper(sections=(), by=editor), closes_at=now + DAY, by=editor)
    hidden = factories.paper(access="invited", by=editor)
    with pytest.raises(Refused, match="Members cannot see this paper"):
        comment_rounds.open(hidden, closes_at=now + DAY, by=editor)
    comment_rounds.open(paper, closes_at=now + DAY, by=editor)
    with pytest.raises(Refused, match="Only a draft"):
        comment_rounds.open(paper, closes_at=now + DAY, by=editor)


def test_an_extension_keeps_the_earlier_deadline_visible(paper, editor):
    opened = comment_rounds.open(paper, closes_at=clock.now() + 9 * DAY, by=editor)
    was, later = opened.closes_at, opened.closes_at + 4 * DAY
    extended = comment_rounds.extend(opened, closes_at=later, reason="Translations came late", by=editor)
    assert (extended.closes_at, extended.remind_at) == (later, later - 3 * DAY)
    move = extended.moved_dates.get()
    assert (move.field, move.was_start, move.reason, move.moved_by) == (
        "closes_at",
        was.isoformat(),
        "Translations came late",
        editor,
    )


def test_a_round_is_not_shortened_nor_extended_once_closed(paper, editor):
    opened = factories.comment_round(paper, by=editor)
    with pytest.raises(Refused, match="after the deadline that was announced"):
        comment_rounds.extend(opened, closes_at=opened.closes_at - DAY, by=editor)
    comment_rounds.close(opened, by=editor)
    with pytest.raises(Refused, match="Open another one"):
        comment_rounds.extend(opened, closes_at=opened.closes_at + DAY, by=editor)
    with pytest.raises(Refused, match="closed already"):
        comment_rounds.close(opened, by=editor)


def test_closing_takes_the_paper_back_to_its_draft(paper, editor):
    opened = factories.comment_round(paper, by=editor)
    closed = comment_rounds.close(opened, by=editor)
    paper.refresh_from_db()
    assert (paper.status, closed.is_open(clock.now())) == (Paper.Status.DRAFT, False)
    again = factories.comment_round(paper, by=editor)
    assert (again.number, again.version.number) == (2, 2)


def test_a_round_closes_by_its_clock(paper, editor):
    opened = factories.comment_round(paper, by=editor)
    CommentRound.objects.update(opens_at=clock.now() - 2 * DAY, closes_at=clock.now() - DAY)
    remind()
    opened.refresh_from_db()
    paper.refresh_from_db()
    assert opened.closed_at is not None
    assert paper.status == Paper.Status.DRAFT


def test_a_round_that_was_extended_while_the_sweep_waited_stays_open(paper, editor, monkeypatch):
    """The sweep looks again behind the lock of the paper."""
    opened = factories.comment_round(paper, by=editor)
    CommentRound.objects.update(opens_at=clock.now() - 2 * DAY, closes_at=clock.now() - DAY)
    lock = comment_rounds._locked

    def extended_meanwhile(found):
        CommentRound.objects.update(closes_at=clock.now() + DAY)
        return lock(found)

    monkeypatch.setattr(comment_rounds, "_locked", extended_meanwhile)
    comment_rounds.sweep()
    opened.refresh_from_db()
    assert opened.closed_at is None


def test_those_who_said_nothing_are_reminded_once(
    paper, editor, mailoutbox, django_capture_on_commit_callbacks
):
    silent, spoke = factories.lead(), factories.lead()
    took_back = factories.lead()
    opened = factories.comment_round(paper, by=editor)
    factories.comment(opened, spoke.organization)
    comments.withdraw(factories.comment(opened, took_back.organization), by=took_back)
    remind()
    assert told("comments-missing") == []
    CommentRound.objects.update(remind_at=clock.now())
    with django_capture_on_commit_callbacks(execute=True):
        remind()
        remind()
    opened.refresh_from_db()
    assert opened.reminded_at is not None
    missing = [m for m in mailoutbox if "Last days" in m.subject]
    assert sorted(m.to[0] for m in missing) == sorted([silent.email, took_back.email])


def test_nobody_is_reminded_of_a_round_that_is_short_or_over(paper, editor):
    opened = comment_rounds.open(paper, closes_at=clock.now() + 3 * DAY, by=editor)
    assert opened.remind_at is None
    comment_rounds.close(CommentRound.objects.get(), by=editor)
    CommentRound.objects.update(remind_at=clock.now())
    remind()
    assert told("comments-missing") == []


def test_members_are_told_in_their_language_and_nobody_else(
    paper, editor, mailoutbox, django_capture_on_commit_callbacks
):
    member = factories.lead(language="ar")
    factories.lead(constituency="state")
    factories.lead(status="pending")
    closes = timezone.make_aware(timezone.datetime(2031, 5, 3, 12))
    with django_capture_on_commit_callbacks(execute=True):
        comment_rounds.open(paper, closes_at=closes, by=editor)
    assert [m.to for m in mailoutbox] == [[member.email]]
    assert 'lang="ar"' in str(mailoutbox[0].message())


def test_a_round_is_seen_by_writers_at_once_and_by_members_once_it_begins(paper, editor):
    from portal.models import Reader

    member, guest = factories.lead(), factories.lead(constituency="state")
    now = clock.now()
    opened = comment_rounds.open(paper, opens_at=now + DAY, closes_at=now + 9 * DAY, by=editor)

    def seen_by(person):
        return list(CommentRound.objects.visible_to(Reader.of(person)))

    assert (seen_by(editor), seen_by(member)) == ([opened], [])
    CommentRound.objects.update(opens_at=now - DAY)
    remind()
    assert (seen_by(member), seen_by(guest)) == ([opened], [])
    assert list(Comment.objects.visible_to(Reader.of(guest))) == []
