"""Answers and files are kept until the time after their process is over (safety.md, D18); then they go for good.

Of registrations all answers go. What was sent in a contribution stays what its organization said, without the files
that came with it; a draft that nobody sent goes with every word, as does what was withdrawn.
"""

from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, OuterRef

from consultations.models import Contribution, Input, Registration, RegistrationAnswer
from consultations.models.endings import calls_over, consultations_over
from consultations.operations import contributions
from portal import clock
from portal.operations import files, log

MOST = 100  # owners in one go, so that the task ends in time; the next one goes on


def past_answers():
    """The registrations whose answers are past their time."""
    answered = RegistrationAnswer.objects.filter(registration=OuterRef("pk"))
    return Registration.objects.filter(Exists(answered), consultation__in=consultations_over(_limit()))


def past_files():
    """The contributions that were sent, and whose files are past their time."""
    with_file = Exists(Input.objects.filter(contribution=OuterRef("pk"), file__isnull=False))
    return Contribution.objects.filter(call__in=calls_over(_limit())).sent().filter(with_file)


def past_drafts():
    """The contributions that were not sent in time, or were withdrawn."""
    return Contribution.objects.filter(call__in=calls_over(_limit())).exclude(status=Contribution.Status.SENT)


def forget():
    """Forget what was given to consultations and calls that have been over for long enough."""
    forget_answers()
    forget_files()
    forget_drafts()


def forget_answers():
    """Forget what was answered in registering, with its files."""
    for registration in past_answers().order_by("pk")[:MOST]:
        _forget(registration, registration.answers.all(), "answers forgotten")


def forget_files():
    """Forget the files of contributions; what they say stays."""
    for contribution in past_files().order_by("pk")[:MOST]:
        _forget(contribution, contribution.answers.filter(file__isnull=False), "files forgotten")


def forget_drafts():
    """Forget contributions that nobody sent, with every word."""
    for contribution in past_drafts().order_by("pk")[:MOST]:
        contributions.discard(contribution, by=None)


def _limit():
    return clock.now() - timedelta(days=settings.KEEP_ANSWERS_DAYS)


@transaction.atomic
def _forget(owner, answers, act):
    """Delete answers of one registration or contribution, with their files, and say so in the log."""
    rows = list(answers.select_for_update(of=["self"]).select_related("file"))
    answers.model.objects.filter(pk__in=[row.pk for row in rows]).delete()
    for row in rows:
        if row.file_id:
            files.discard(row.file)
    if rows:
        log.record(act, owner, by=None)
