"""Rounds of comments: opened on a version, told when they begin, extended, closed by hand or by their clock."""

from datetime import timedelta

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from consultations.models import CommentRound, Paper, PaperVersion
from consultations.notifications import CommentsMissing, CommentsOpened
from consultations.operations import versions
from portal import clock
from portal.errors import Refused
from portal.models import MovedDate
from portal.notifications import notify
from portal.operations import log, publication, records

MOST = 200  # rounds that one sweep opens, reminds of or closes: the next takes the others
BEFORE = timedelta(days=3)  # the deadline, when those who said nothing are reminded
LEAST = timedelta(days=1)  # that lies between the opening and a reminder; else nobody is reminded


@transaction.atomic
def open(paper, *, closes_at, opens_at=None, time_zone="UTC", by):
    """Open a paper for comments on its text as it stands; members see it, and are told, once the round begins."""
    now, paper = clock.now(), records.lock(paper)
    opens_at = max(opens_at or now, now)
    if closes_at <= opens_at:
        raise Refused(_("It cannot close before it opens."), "closes_at")
    if missing := why_not_open(paper):
        raise Refused(missing)
    paper.move_to(Paper.Status.COMMENTS)
    version = versions.make(paper, purpose=PaperVersion.Purpose.COMMENTS, by=by)
    made = CommentRound.objects.create(
        paper=paper,
        version=version,
        number=paper.comment_rounds.count() + 1,
        opens_at=opens_at,
        closes_at=closes_at,
        time_zone=time_zone,
        remind_at=_when_to_remind(opens_at, closes_at),
    )
    _moved_on(paper, by=by)
    log.record("round of comments opened", made, by=by)
    if opens_at <= now:
        _begin(made, by=by)
    return made


@transaction.atomic
def extend(comment_round, *, closes_at, reason="", by):
    """Give more time for comments; the earlier deadline stays visible."""
    now, comment_round = clock.now(), _locked(comment_round)
    if comment_round.closed_at is not None:
        raise Refused(_("This round of comments is closed. Open another one."))
    if closes_at <= max(comment_round.closes_at, now):
        raise Refused(_("Choose a moment after the deadline that was announced."), "closes_at")
    was = comment_round.closes_at.isoformat()
    MovedDate.objects.keep(comment_round, "closes_at", was, reason=reason, by=by)
    comment_round.closes_at = closes_at
    comment_round.remind_at = _when_to_remind(max(comment_round.opens_at, now), closes_at)
    comment_round.save(update_fields=["closes_at", "remind_at"])
    log.record("round of comments extended", comment_round, by=by)
    return comment_round


@transaction.atomic
def close(comment_round, *, by):
    """Take no more comments; what is still open waits for an answer at its paragraph of the next draft."""
    comment_round = _locked(comment_round)
    if comment_round.closed_at is not None:
        raise Refused(_("This round of comments is closed already."))
    comment_round.closed_at = (
        clock.now()
    )  # behind the lock: what was taken before it was said before the close
    comment_round.save(update_fields=["closed_at"])
    paper = comment_round.paper
    paper.move_to(Paper.Status.DRAFT)
    _moved_on(paper, by=by)
    log.record("round of comments closed", comment_round, by=by)
    return comment_round


def why_not_open(paper):
    """What stands against a round of comments on a paper, in words; nothing where nothing does."""
    if paper.access == Paper.Access.INVITED:
        return _("Members cannot see this paper: change first who sees it.")
    if paper.status != Paper.Status.DRAFT:
        return _("Only a draft is opened for comments.")
    return versions.why_not_ready(paper)


def sweep():
    """Begin, remind of and close the rounds whose moment has come, each in a transaction of its own."""
    for step in (_begin_one, _remind_of_one, _close_one):
        done = 0
        while done < MOST and step():
            done += 1


@transaction.atomic
def _begin_one():
    due = CommentRound.objects.standing().filter(version__shown_at__isnull=True, opens_at__lte=clock.now())
    comment_round = _first(due.order_by("opens_at", "pk"))
    if comment_round is not None:
        _begin(comment_round, by=None)
    return comment_round is not None


@transaction.atomic
def _remind_of_one():
    """Late rather than never, as long as the round is open."""
    now = clock.now()
    due = CommentRound.objects.open(now).filter(remind_at__lte=now, reminded_at__isnull=True)
    comment_round = _first(due.order_by("remind_at", "pk"))
    if comment_round is not None:
        comment_round.reminded_at = now
        comment_round.save(update_fields=["reminded_at"])
        log.record("reminder of comments sent", comment_round, by=None)
        notify(CommentsMissing, comment_round, by=None)
    return comment_round is not None


@transaction.atomic
def _close_one():
    """Behind the lock of the paper, as whoever closes it by hand: it may be closed or extended meanwhile."""
    due = CommentRound.objects.standing().filter(closes_at__lte=clock.now()).order_by("closes_at", "pk")
    found = due.select_related("paper").first()
    if found is None:
        return False
    comment_round = _locked(found)
    if comment_round.closed_at is None and comment_round.closes_at <= clock.now():
        close(comment_round, by=None)
    return True


def _first(rows):
    """The first that no other worker has in hand."""
    return rows.select_for_update(of=["self"], skip_locked=True, no_key=True).first()


def _begin(comment_round, *, by):
    comment_round.version = versions.show(comment_round.version, by=by)
    log.record("round of comments begun", comment_round, by=by)
    notify(CommentsOpened, comment_round, by=by)


def _when_to_remind(opens_at, closes_at):
    at = closes_at - BEFORE
    return at if at - opens_at >= LEAST else None


def _locked(comment_round):
    """The round as it stands now, behind the lock of its paper."""
    paper = records.lock(comment_round.paper)
    comment_round = CommentRound.objects.select_for_update(of=["self"], no_key=True).get(pk=comment_round.pk)
    comment_round.paper = paper
    return comment_round


def _moved_on(paper, *, by):
    paper.changed_by = by
    paper.save(update_fields=["status", "version", "changed_by", "changed_at"])
    publication.changed(paper)
