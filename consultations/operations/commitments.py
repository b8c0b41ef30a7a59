"""Commitments: dated updates added by coordinators, or reported by whoever made the commitment and looked at first."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from consultations.models import Commitment, CommitmentReport, CommitmentUpdate
from portal import clock
from portal.errors import Refused
from portal.operations import log, publication, records


@transaction.atomic
def add_update(commitment, *, on, what, evidence_url="", by):
    """Add a dated update with its evidence, shown at once."""
    commitment = records.lock(commitment)
    _add(commitment, on, what, evidence_url)
    log.record("commitment updated", commitment, by=by)
    return commitment


@transaction.atomic
def remove_update(update, *, by):
    """Take back an update that was entered by mistake."""
    commitment = records.lock(update.commitment)
    records.remove(CommitmentUpdate.objects.filter(pk=update.pk))
    log.record("update of a commitment removed", commitment, by=by)
    publication.changed(commitment)
    return commitment


@transaction.atomic
def report(commitment, *, organization, on, what, evidence_url="", by):
    """Report on a commitment of one's own organization; it is shown once a coordinator has accepted it."""
    commitment = records.lock(commitment)
    if commitment.organization_id != organization.pk:
        raise Refused(_("Only the organization that made a commitment reports on it."))
    if commitment.status not in Commitment.SHOWN:
        raise Refused(_("One can report on a commitment only while it is published."))
    _refuse_future(on)
    made = CommitmentReport.objects.create(
        commitment=commitment,
        organization=organization,
        on=on,
        what=what,
        evidence_url=evidence_url,
        given_by=by,
    )
    log.record("report on a commitment given", commitment, by=by)
    return made


@transaction.atomic
def accept(report, *, by):
    """Show what was reported as an update of the commitment."""
    commitment, report = _locked(report)
    report.move_to(CommitmentReport.Status.ACCEPTED)
    report.answered_at = clock.now()
    report.save()
    _add(commitment, report.on, report.what, report.evidence_url)
    log.record("report on a commitment accepted", commitment, by=by)
    return report


@transaction.atomic
def decline(report, *, reason, by):
    """Decline what was reported, with the reason that the organization reads."""
    commitment, report = _locked(report)
    report.move_to(CommitmentReport.Status.DECLINED)
    report.reason, report.answered_at = reason, clock.now()
    report.save()
    log.record("report on a commitment declined", commitment, by=by)
    return report


def _locked(report):
    commitment = records.lock(report.commitment)
    return commitment, CommitmentReport.objects.select_for_update(of=["self"]).get(pk=report.pk)


def _add(commitment, on, what, evidence_url):
    _refuse_future(on)
    update, made = CommitmentUpdate.objects.get_or_create(
        commitment=commitment, on=on, what=what, defaults={"evidence_url": evidence_url}
    )
    if not made and evidence_url:
        update.evidence_url = evidence_url
        update.save(update_fields=["evidence_url"])
    Commitment.objects.filter(pk=commitment.pk).update(changed_at=clock.now())
    publication.changed(commitment)
    return update


def _refuse_future(on):
    if on > clock.latest_day():
        raise Refused(_("An update is about a day that has come."), "on")
