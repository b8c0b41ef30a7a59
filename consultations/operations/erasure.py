"""An erased person leaves consultations: delegations, invitations, files; what organizations said stays theirs."""

from django.db.models import F, Q

from consultations.models import (
    Admission,
    Contribution,
    Delegate,
    Guest,
    KeptFile,
    OutsideSigner,
    Registration,
    RegistrationAnswer,
)
from consultations.operations import contributions
from portal import tokens
from portal.models import Membership, Organization, Recipient
from portal.operations import files


def forget(user, *, recipients, addresses):
    """Take a person, as known by an account and by addresses, out of all that consultations keep."""
    _leave_delegations(Q(recipient__in=recipients) | Q(email__in=addresses))
    Guest.objects.filter(recipient__in=recipients).delete()
    leave_admissions(Admission.objects.filter(recipient__in=recipients))
    _leave_signatures(recipients)
    _forget_answers(user)
    _forget_drafts(user)
    for kept in KeptFile.objects.filter(sent_by=user).select_related("file"):
        kept.delete()
        files.discard(kept.file)


def _leave_delegations(named):
    """The place stays the organization's, without a name; a form that still shows the name is out of date."""
    rows = Delegate.objects.filter(named)
    Registration.objects.filter(pk__in=rows.values("registration")).update(version=F("version") + 1)
    rows.delete()


def leave_admissions(rows):
    """Let go of invitations by letter: one that was taken up is its organization's, the others are nobody's."""
    rows.filter(organization=None).delete()
    for admission in rows:
        admission.recipient = None
        _lock_out(admission)


def _leave_signatures(recipients):
    """An organization that signed an open letter stands under it, reached by nobody; what does not count goes."""
    rows = OutsideSigner.objects.filter(recipient__in=recipients)
    rows.exclude(status=OutsideSigner.Status.ACCEPTED).delete()
    for signer in rows:
        signer.recipient = _nobody()
        _lock_out(signer)


def _lock_out(row):
    """The link that was in a letter leads nowhere any more."""
    row.nonce = tokens.nonce()
    row.token_hash = tokens.digest(row.token)
    row.save(update_fields=["recipient", "nonce", "token_hash"])


def _nobody():
    """The one row without address, to which nothing is ever sent."""
    return Recipient.objects.get_or_create(address="", user=None, organization=None)[0]


def _forget_answers(user):
    """The files that the person sent in registering go; all answers, where nobody else is left to whom they belong."""
    own = Q(file__created_by=user) | Q(registration__organization__in=_only_hers(user))
    for answer in RegistrationAnswer.objects.filter(own).select_related("file"):
        answer.delete()
        if answer.file_id:
            files.discard(answer.file)


def _forget_drafts(user):
    """What was never sent, or withdrawn, goes where nobody is left who could send it."""
    given = Contribution.objects.filter(organization__in=_only_hers(user))
    for contribution in given.exclude(status=Contribution.Status.SENT):
        contributions.discard(contribution, by=None)


def _only_hers(user):
    others = Membership.objects.exclude(user=user).values("organization")
    return Organization.objects.filter(people=user).exclude(pk__in=others)
