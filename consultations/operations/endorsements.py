"""Endorsements: given by a lead to the version that is asked for, changed, taken back at any time.

Many organizations arrive at one moment. None waits for another: each locks its own row, and of the paper's row all
share a lock that only closing it has to wait for.
"""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from consultations.models import Endorsement, Paper, PaperVersion, Shown
from consultations.operations import prints
from portal import clock, instances
from portal.errors import Refused
from portal.models import Organization
from portal.operations import log

Answer = Endorsement.Answer
SHARE = "SELECT * FROM consultations_paper WHERE id = %(paper)s FOR SHARE"


@transaction.atomic
def give(
    version,
    *,
    organization,
    answer,
    reserved_on=None,
    reservation="",
    shown,
    authority,
    language="",
    by,
):
    """Let a member stand behind a version, while that is asked for, or where it was asked again; once each.

    A reservation is on a section, in words written in `language`; `shown` says who sees the name.
    """
    now = clock.now()  # read before the lock: who came in time is in time
    organization = _lock(organization)
    version = share(version)
    if Endorsement.objects.behind(version).filter(organization=organization).exists():
        raise Refused(_("Your organization stands behind this version already."), "organization")
    _refuse_what_is_not_asked(version, organization, now)
    endorsement = Endorsement(
        version=version, organization=organization, given_by=by, given_at=now, authority=authority
    )
    _say(endorsement, answer, reserved_on, reservation, language, shown)
    endorsement.save(force_insert=True)
    log.record("paper endorsed", endorsement, by=by)
    prints.renew(version, by=by)
    return endorsement


@transaction.atomic
def change(
    endorsement,
    *,
    answer,
    reserved_on=None,
    reservation="",
    shown,
    authority,
    language="",
    by,
):
    """Say otherwise how an organization stands behind a version: the answer while it is asked for, the name at any time."""
    now = clock.now()
    organization = _lock(endorsement.organization)
    version = share(endorsement.version)
    endorsement = Endorsement.objects.get(pk=endorsement.pk)
    endorsement.version, endorsement.organization = version, organization
    _refuse_what_was_taken_back(endorsement)
    said = (endorsement.answer, endorsement.reserved_on_id, endorsement.reservation)
    before = endorsement.shown
    _say(endorsement, answer, reserved_on, reservation, language, shown)
    if said != (endorsement.answer, endorsement.reserved_on_id, endorsement.reservation):
        if not version.paper.takes_signatures(now):
            raise Refused(
                _("Endorsement is closed: the answer stays as it is. You can still take it back."), "answer"
            )
    elif (before, endorsement.authority) == (endorsement.shown, authority):
        return endorsement
    endorsement.authority, endorsement.changed_at = authority, now
    endorsement.save()
    log.record("endorsement changed", endorsement, by=by)
    prints.renew(endorsement.version, by=by)
    return endorsement


@transaction.atomic
def withdraw(endorsement, *, by):
    """Take an endorsement back, at any time: from now on the organization does not count and is not named."""
    _lock(endorsement.organization)
    endorsement = Endorsement.objects.select_related("version__paper", "organization").get(pk=endorsement.pk)
    _refuse_what_was_taken_back(endorsement)
    endorsement.withdrawn_at = clock.now()
    endorsement.save(update_fields=["withdrawn_at"])
    log.record("endorsement withdrawn", endorsement, by=by)
    prints.renew(endorsement.version, by=by)
    return endorsement


def share(version):
    """The version with its paper as it now is, which cannot be closed before this transaction ends."""
    version = PaperVersion.objects.get(pk=version.pk)
    (version.paper,) = instances.of(Paper, SHARE, {"paper": version.paper_id})
    return version


def refuse_other_than_newest(version):
    """Refuse a version that another has replaced, or that nobody is shown."""
    newest = version.paper.versions.final().shown().first()
    if newest != version:
        raise Refused(_("A newer version has replaced this one. Please read it first."))


def refuse_outside_window(paper, now):
    """Refuse before it opens, and from its deadline on."""
    if paper.status == Paper.Status.SIGN_ON and paper.sign_on_opens_at > now:
        raise Refused(_("Endorsement has not opened yet."))
    if not paper.takes_signatures(now):
        raise Refused(_("Endorsement is closed."))


def is_asked_again(version, organization):
    """Whether an organization stood behind the paper before its meaning was changed, and may say so anew."""
    return Endorsement.objects.before(version).filter(organization=organization).exists()


def _lock(organization):
    """The organization's row until the transaction ends: of one organization, one act at a time."""
    return Organization.objects.select_for_update(of=["self"], no_key=True).get(pk=organization.pk)


def _refuse_what_is_not_asked(version, organization, now):
    refuse_other_than_newest(version)
    if not organization.is_member:
        raise Refused(_("Only verified organizations of civil society endorse papers."), "organization")
    paper = version.paper
    may_say_again = paper.status in Paper.SHOWN and is_asked_again(version, organization)
    if not may_say_again:
        refuse_outside_window(paper, now)


def _refuse_what_was_taken_back(endorsement):
    if not endorsement.stands:
        raise Refused(_("This endorsement was taken back."))


def _say(endorsement, answer, reserved_on, reservation, language, shown):
    """What the organization says, if it goes together."""
    if answer == Answer.RESERVED:
        if reserved_on is None or reserved_on.paper_id != endorsement.version.paper_id:
            raise Refused(_("Say on which section your organization has a reservation."), "reserved_on")
        if not reservation:
            raise Refused(_("Say what the reservation is."), "reservation")
    else:
        reserved_on, reservation, language = None, "", ""
    endorsement.answer, endorsement.reserved_on = answer, reserved_on
    endorsement.reservation, endorsement.reservation_language = reservation, language
    endorsement.shown = Shown(shown)
