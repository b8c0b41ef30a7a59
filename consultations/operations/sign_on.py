"""Sign-on: a frozen paper is opened for endorsement until a moment, extended, closed; who can endorse is told in time."""

from datetime import timedelta

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from consultations.models import Endorsement, Paper, SignOnLink, SignOnReminder
from consultations.notifications import EndorsementAskedAgain, PaperSignOnClosing, PaperSignOnOpened
from consultations.operations import versions
from portal import clock
from portal.errors import Refused
from portal.models import MovedDate
from portal.notifications import notify
from portal.operations import log, publication, records

About = SignOnReminder.About
BEFORE = (timedelta(days=7), timedelta(days=1))  # when those that did not answer are reminded
MOST = 200  # what one sweep sends or closes: the next takes the others


@transaction.atomic
def open(paper, *, closes_at, opens_at=None, time_zone, by):
    """Open a frozen paper for endorsement from now, or from a moment, and tell the leads of every member when it opens."""
    paper, now = records.lock(paper), clock.now()
    paper.move_to(Paper.Status.SIGN_ON)
    if words := why_not_open(paper):
        raise Refused(words)
    opens_at = max(opens_at or now, now)
    if closes_at <= opens_at:
        raise Refused(_("It must close after it opens."), "closes_at")
    paper.sign_on_opens_at, paper.sign_on_closes_at, paper.time_zone = opens_at, closes_at, time_zone
    paper.make_slug()
    version = versions.show(paper.versions.final().first(), by=by)
    SignOnLink.of(version)
    paper = _moved_on(paper, "opened for endorsement", by=by)
    _plan(paper, now)
    if paper.takes_signatures(clock.now()):
        notify(PaperSignOnOpened, paper, by=by)
    else:
        paper.sign_on_reminders.get_or_create(about=About.OPENING, due_at=opens_at)
    return paper


@transaction.atomic
def extend(paper, *, closes_at, reason="", by):
    """Let organizations endorse until another moment; the earlier one, who moved it and why stay visible."""
    paper, now = records.lock(paper), clock.now()
    was = paper.sign_on_closes_at
    if paper.status != Paper.Status.SIGN_ON:
        raise Refused(_("This paper is not open for endorsement."))
    if closes_at <= max(now, paper.sign_on_opens_at):
        raise Refused(_("Set a deadline that lies ahead first."), "closes_at")
    if closes_at == was:
        return paper
    paper.sign_on_closes_at = closes_at
    MovedDate.objects.keep(paper, "sign_on_closes_at", was.isoformat(), reason=reason, by=by)
    paper.version += 1
    paper = _moved_on(paper, "endorsement extended", by=by)
    _plan(paper, now)
    return paper


@transaction.atomic
def close(paper, *, by):
    """Take no more endorsements: the paper is frozen again, and what was endorsed can still be read."""
    paper, now = records.lock(paper), clock.now()
    if paper.status != Paper.Status.SIGN_ON:
        raise Refused(_("This paper is not open for endorsement."))
    paper.move_to(Paper.Status.FROZEN)
    if now < paper.sign_on_opens_at:
        paper.sign_on_opens_at = paper.sign_on_closes_at = None
    elif now < paper.sign_on_closes_at:
        MovedDate.objects.keep(
            paper, "sign_on_closes_at", paper.sign_on_closes_at.isoformat(), reason="", by=by
        )
        paper.sign_on_closes_at = now
    paper.sign_on_reminders.owed().delete()
    return _moved_on(paper, "closed for endorsement", by=by)


@transaction.atomic
def ask_again(version, *, by):
    """Ask those who stood behind the paper before its meaning was changed whether they stand behind this version too."""
    if not Endorsement.objects.before(version).exists():
        return version
    SignOnLink.of(version)
    log.record("endorsers asked again", version.paper, by=by)
    notify(EndorsementAskedAgain, version, by=by)
    return version


def why_not_open(paper):
    """What stands against opening, in words for the coordinator; nothing where nothing does."""
    if not paper.versions.final().exists():
        return _("Freeze a version first: organizations endorse words that do not change any more.")
    if paper.access == Paper.Access.INVITED:
        return _("A paper by invitation cannot be endorsed: all members must be able to read it.")
    return None


def do_due():
    """Tell and close what fell due, each in a transaction of its own; return how many were."""
    for done in range(MOST):
        if not (_send_one() or _close_one()):
            return done
    return MOST


@transaction.atomic
def _send_one():
    now = clock.now()
    due = SignOnReminder.objects.owed().filter(due_at__lte=now).order_by("due_at", "pk")
    reminder = due.select_related("paper").select_for_update(of=["self"], skip_locked=True).first()
    if reminder is None:
        return False
    if reminder.paper.takes_signatures(now):
        reminder.sent_at = now
        if reminder.about == About.OPENING:
            notify(PaperSignOnOpened, reminder.paper, by=None)
        else:
            notify(PaperSignOnClosing, reminder, by=None)
        log.record(f"{reminder.about} of endorsement told", reminder.paper, by=None)
    else:
        reminder.dropped_at = now
    reminder.save(update_fields=["sent_at", "dropped_at"])
    return True


@transaction.atomic
def _close_one():
    over = Paper.objects.filter(status=Paper.Status.SIGN_ON, sign_on_closes_at__lte=clock.now())
    paper = over.select_for_update(of=["self"], skip_locked=True, no_key=True).order_by("pk").first()
    if paper is not None:
        close(paper, by=None)
    return paper is not None


def _plan(paper, now):
    """Bring what is owed in step with the deadline; what would have been due already is not caught up with."""
    owed = paper.sign_on_reminders.owed().filter(about=About.DEADLINE)
    wanted = {paper.sign_on_closes_at - before for before in BEFORE}
    owed.exclude(due_at__in=wanted).delete()
    for due_at in wanted:
        if due_at > max(now, paper.sign_on_opens_at):
            paper.sign_on_reminders.get_or_create(about=About.DEADLINE, due_at=due_at)


def _moved_on(paper, what, *, by):
    paper.changed_by = by
    paper.save()
    publication.changed(paper)
    log.record(f"paper {what}", paper, by=by)
    return paper
