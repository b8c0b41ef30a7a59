"""Submissions: the receipt of a text that was handed over, and what came of it."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from consultations.models import Submission, SubmissionOutcome
from portal import clock
from portal.errors import Refused
from portal.operations import files, log, publication, records

publish, withdraw = records.publish, records.withdraw


@transaction.atomic
def create(model, *, receipt=None, by, **values):
    """Draft a submission, with the file of its receipt."""
    _refuse_future(values.get("handed_over_on"))
    return _keep_receipt(records.create(model, **values, by=by), receipt, by=by)


@transaction.atomic
def edit(submission, *, receipt=None, by, **values):
    """Change a submission from the version that was shown; another receipt takes the place of the one before."""
    _refuse_future(values.get("handed_over_on"))
    return _keep_receipt(records.edit(submission, **values, by=by), receipt, by=by)


@transaction.atomic
def add_outcome(submission, *, on, what, evidence_url="", by):
    """Add what came of a submission on a day."""
    submission = records.lock(submission)
    if submission.handed_over_on is None:
        raise Refused(_("Say first on which day it was handed over."))
    if on > clock.latest_day():
        raise Refused(_("An update is about a day that has come."), "on")
    SubmissionOutcome.objects.get_or_create(
        submission=submission, on=on, what=what, defaults={"evidence_url": evidence_url}
    )
    publication.changed(submission)
    log.record("outcome of a submission added", submission, by=by)
    return submission


@transaction.atomic
def remove_outcome(outcome, *, by):
    """Take back an outcome that was entered by mistake."""
    submission = records.lock(outcome.submission)
    records.remove(SubmissionOutcome.objects.filter(pk=outcome.pk))
    publication.changed(submission)
    log.record("outcome of a submission removed", submission, by=by)
    return submission


def _refuse_future(day):
    if day is not None and day > clock.latest_day():
        raise Refused(_("This day is still to come."), "handed_over_on")


def _keep_receipt(submission, upload, *, by):
    if upload is None:
        return submission
    before = submission.receipt_file
    submission.receipt_file = files.store(upload, kinds=("pdf", "jpeg", "png"), field="receipt", by=by)
    Submission.objects.filter(pk=submission.pk).update(receipt_file=submission.receipt_file)
    if before is not None:
        files.discard(before)
    return submission
