"""Sample papers: one went all the way to publication, one takes comments, one takes endorsements.

Each is made once, by the operations that people use; from then on only its deadline moves along with the days.
"""

from datetime import timedelta

from django.db.models import F
from django.utils.dateparse import parse_datetime

from consultations.models import Paper
from consultations.operations import (
    postcards,
    publishing,
    sample_comments,
    sample_drafts,
    sample_endorsements,
    sample_rows,
)
from portal import clock
from portal.operations import publication, sources

SHORTLY = timedelta(minutes=5)  # for so long what is over by now was open


def bring(shelf, name, told):
    """Make a sample paper as far as its story goes, or move its deadline along where nobody moved it."""
    paper = Paper.objects.filter(key=sample_rows.key_of(name)).first()
    if paper is None:
        paper = _make(shelf, name, told)
        shelf.changed.append(name)
    elif _move_along(shelf, paper, told):
        shelf.changed.append(name)
    shelf.rows[name] = paper


def _make(shelf, name, told):
    workshop, closes_at = sample_drafts.Workshop(shelf, name, told), _closes_at(shelf, told)
    until = closes_at or clock.now() + SHORTLY
    for edit in told.get("edits", ()):
        workshop.reword(edit["at"], edit["lands"])
    for facts in told.get("rounds", ()):
        sample_comments.hold(workshop, facts, closes_at=until)
    if "endorsements" in told:
        sample_endorsements.collect(workshop, closes_at=until)
    if told.get("is_published"):
        _publish(workshop)
    paper = Paper.objects.get(pk=workshop.paper.pk)
    if closes_at is not None:
        sample_rows.remember(paper, closes_at=sources.plain(closes_at))
    return paper


def _publish(workshop):
    for facts in workshop.told["postcards"]:
        [objective] = sample_drafts.objectives_of([facts["objective"]])
        words = facts["words"]
        postcards.add(workshop.paper, words=words, approved=[*words], objective=objective, by=workshop.by)
    publishing.publish(workshop.paper, by=workshop.by)


def _closes_at(shelf, told):
    """Until when a sample paper takes comments or endorsements; None where that is over."""
    for window in (told.get("sign_on", {}), *told.get("rounds", ())):
        if "closes_at" in window:
            return shelf.moment(*window["closes_at"], window["time_zone"])
    return None


def _move_along(shelf, paper, told):
    """Move the deadline of what is still open as the days went by; whether anything was moved."""
    wanted, given = _closes_at(shelf, told), paper.archive_values.get("closes_at")
    if wanted is None or given is None or sources.plain(wanted) == given:
        return False
    given = parse_datetime(given)
    by = wanted - given
    rounds = paper.comment_rounds.standing().filter(closes_at=given)
    moved = rounds.update(closes_at=wanted, remind_at=F("remind_at") + by)
    signing = Paper.objects.filter(pk=paper.pk, status=Paper.Status.SIGN_ON, sign_on_closes_at=given)
    if signing.update(sign_on_closes_at=wanted):
        paper.sign_on_reminders.owed().update(due_at=F("due_at") + by)
        moved += 1
    if moved:
        sample_rows.remember(paper, closes_at=sources.plain(wanted))
        publication.changed(paper)
    return bool(moved)
