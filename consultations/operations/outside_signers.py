"""Organizations without account sign open letters: asked, confirmed by the link in a message, looked at, taken back."""

from datetime import timedelta

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from consultations.models import OutsideSigner, Paper
from consultations.notifications import SignatureAnswered, SignatureAsked
from consultations.operations import endorsements, prints
from portal import clock, names, tokens
from portal.errors import Refused
from portal.models import Organization, Recipient
from portal.notifications import notify
from portal.operations import limits, log

Status, Held = OutsideSigner.Status, OutsideSigner.Held
KEPT = timedelta(days=7)  # for so long a signature waits for its link to be opened


@transaction.atomic
def sign(version, *, name, country, website="", email, language, shown, by=None):
    """Write to the address of an organization that wants to sign an open letter: nothing counts before it confirms.

    Who is listed in the directory of this portal is asked to sign in; of those that are not listed nothing is told.
    """
    now = clock.now()
    version = endorsements.share(version)
    _refuse_what_is_not_signed(version, now)
    _refuse_who_is_listed(name)
    if not limits.take_for_stranger(email):
        raise Refused(
            _("This address was written to several times today. Please try again tomorrow."), "email"
        )
    signer = _asked_before(version, name, email) or OutsideSigner(paper_version=version)
    signer.name, signer.folded_name = name, names.fold(name)[:200]
    signer.country, signer.website, signer.language, signer.shown = country, website, language, shown
    signer.recipient, signer.asked_at = _recipient(email.lower(), language), now
    signer.nonce = tokens.nonce()
    signer.token_hash = tokens.digest(signer.token)
    signer.version += 1 if signer.pk else 0
    signer.save()
    log.record("signature asked for", signer, by=by)
    notify(SignatureAsked, signer, by=by)
    return signer


@transaction.atomic
def confirm(signer, *, by=None):
    """Confirm a signature by the link of its message: now it waits for a coordinator."""
    now = clock.now()
    version = endorsements.share(signer.paper_version)
    signer = _lock(signer)
    if signer.status == Status.WAITING:
        return signer
    signer.move_to(Status.WAITING)
    _refuse_what_is_not_signed(version, now)
    signer.confirmed_at, signer.held_because = now, why_held(signer)
    signer.save()
    log.record("signature confirmed", signer, by=by)
    return signer


@transaction.atomic
def accept(signer, *, answer="", by):
    """Let a signature count; whoever signed is told."""
    signer = _lock(signer)
    signer.move_to(Status.ACCEPTED)
    _decide(signer, answer, by)
    try:
        with transaction.atomic():
            signer.save()
    except IntegrityError:
        raise Refused(_("An organization of this name has signed already.")) from None
    log.record("signature accepted", signer, by=by)
    prints.renew(signer.paper_version, by=by)
    notify(SignatureAnswered, signer, by=by)
    return signer


@transaction.atomic
def decline(signer, *, answer="", by):
    """Do not let a signature count, also one that did, with a word to whoever signed."""
    signer = _lock(signer)
    signer.move_to(Status.DECLINED)
    _decide(signer, answer, by)
    signer.save()
    log.record("signature declined", signer, by=by)
    prints.renew(signer.paper_version, by=by)
    notify(SignatureAnswered, signer, by=by)
    return signer


@transaction.atomic
def withdraw(signer, *, by=None):
    """Take a signature back by its link, at any time: from now on it does not count and is not named."""
    signer = _lock(signer)
    signer.move_to(Status.WITHDRAWN)
    signer.save()
    log.record("signature withdrawn", signer, by=by)
    prints.renew(signer.paper_version, by=by)
    return signer


def past():
    """The signatures that nobody confirmed within a week, or that were taken back (safety.md, D18)."""
    gone = [Status.UNCONFIRMED, Status.WITHDRAWN]
    return OutsideSigner.objects.filter(status__in=gone, asked_at__lte=clock.now() - KEPT)


def why_held(signer):
    """What a coordinator should look at in a name: whom it would be taken for, or that it mixes scripts."""
    if names.mixes_scripts(signer.name):
        return Held.MIXED
    if Organization.objects.alike(signer.name).exclude(status=Organization.Status.KNOWN).exists():
        return Held.HERE
    others = OutsideSigner.objects.filter(status__in=[Status.WAITING, Status.ACCEPTED])
    others = others.filter(paper_version__paper=signer.paper_version.paper).exclude(pk=signer.pk)
    looks = names.looks(signer.name)
    taken = (name for name in others.values_list("name", flat=True) if looks & names.looks(name))
    return Held.TWICE if next(taken, None) else ""


def _lock(signer):
    rows = OutsideSigner.objects.select_for_update(of=["self"], no_key=True)
    return rows.select_related("paper_version__paper").get(pk=signer.pk)


def _refuse_what_is_not_signed(version, now):
    paper = version.paper
    if not paper.takes_outsiders or paper.access != Paper.Access.PUBLIC:
        raise Refused(_("Organizations without account cannot sign this paper."))
    endorsements.refuse_other_than_newest(version)
    endorsements.refuse_outside_window(paper, now)


def _refuse_who_is_listed(name):
    """Only of those in the directory: that another is here, nobody is told."""
    if Organization.objects.directory().filter(folded_name=names.fold(name)[:200]).exists():
        raise Refused(
            _(
                "An organization of this name is listed here. If it is yours, please sign in and endorse with its account."
            ),
            "name",
        )


def _asked_before(version, name, email):
    """The same signature asked for again, since its message did not arrive."""
    rows = OutsideSigner.objects.select_for_update(of=["self"], no_key=True)
    rows = rows.filter(paper_version=version, status=Status.UNCONFIRMED, folded_name=names.fold(name)[:200])
    return rows.filter(recipient__address=email.lower()).first()


def _recipient(email, language):
    """Where this address is written to: as a person with an account, or as a stranger known once."""
    known = Recipient.objects.at(email).filter(user__isnull=False).first()
    if known is not None:
        return known
    return Recipient.objects.get_or_create(
        address=email, user=None, organization=None, defaults={"language": language}
    )[0]


def _decide(signer, answer, by):
    signer.answer, signer.decided_at, signer.decided_by = answer, clock.now(), by
