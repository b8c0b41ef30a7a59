"""What organizations share: written, sent to those who moderate, talked over, accepted or declined, withdrawn."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from portal import clock
from portal.errors import Refused
from portal.models import Organization
from portal.notifications import notify
from portal.operations import limits, log, records
from resources import sharing
from resources.models import Practice, Proposal, ProposalMessage
from resources.notifications import ProposalAnswered, ProposalReplied

Status = Proposal.Status
SETS = ("objectives", "countries", "regions")
FACTS = (
    "kind",
    "access",
    "begins_on",
    "begins_precision",
    "ends_on",
    "ends_precision",
    "website",
)


@transaction.atomic
def begin(organization, *, by, **facts):
    """Begin a draft of what an organization wants to share; only its own people see it."""
    _refuse_unverified(organization)
    proposal = Proposal(organization=organization, changed_by=by)
    _fill(proposal, facts)
    log.record("proposal begun", proposal, by=by)
    return proposal


@transaction.atomic
def begin_change(practice, *, by):
    """Begin a change of what one shares, from what readers see now; where one is begun, go on with that."""
    practice = records.lock(practice)
    _refuse_unverified(practice.organization)
    begun = practice.proposals.begun().first()
    if begun is not None:
        return begun
    last = _last_accepted(practice)
    facts = {name: getattr(practice, name) for name in FACTS}
    sets = {name: getattr(practice, name).all() for name in SETS}
    proposal = Proposal(
        organization=practice.organization, practice=practice, began_from=practice.version, changed_by=by
    )
    texts = _texts_of(practice, last)
    _fill(proposal, facts | sets | {"texts": texts, "original_language": practice.original_language})
    log.record("proposal begun", proposal, by=by)
    return proposal


@transaction.atomic
def edit(proposal, *, version, by, **facts):
    """Change what one has begun, from the version that was shown."""
    proposal = _locked(proposal)
    if version != proposal.version:
        raise Refused(_("Somebody else saved this while you were writing. Compare both texts below."))
    if not proposal.is_writable:
        raise Refused(_("It has been sent. Take it back to change it."))
    if proposal.practice_id:
        facts["original_language"] = proposal.original_language
    proposal.version += 1
    proposal.changed_by = by
    _fill(proposal, facts)
    log.record("proposal changed", proposal, by=by)
    return proposal


@transaction.atomic
def send(proposal, *, version, by):
    """Send it to those who moderate as it was shown; whoever took part in the conversation is told."""
    proposal = _locked(proposal)
    _refuse_unseen(proposal, version)
    _refuse_unverified(proposal.organization)
    if not proposal.texts.get(proposal.original_language, {}).get("summary"):
        raise Refused(_("Say in some sentences what it is about, then send it."))
    proposal.sent_at = clock.now()
    return _step(proposal, Status.WAITING, by=by)


@transaction.atomic
def take_back(proposal, *, by):
    """Take back what was sent, to write on in it."""
    return _step(_locked(proposal), Status.DRAFT, by=by)


@transaction.atomic
def discard(proposal, *, version, by):
    """Throw away what was begun, as it was shown; what readers see stays as it is."""
    proposal = _locked(proposal)
    _refuse_unseen(proposal, version)
    if not proposal.is_writable:
        raise Refused(_("It has been sent. Take it back to throw it away."))
    log.record("proposal discarded", proposal, by=by)
    proposal.delete()


@transaction.atomic
def say(proposal, *, words, from_moderators, by):
    """Say a word to the other side, which is told."""
    proposal = _locked(proposal)
    if not limits.take("proposal-word", str(by.pk), limits.ACCOUNT):
        raise Refused(_("You have sent many messages in a short time. Please go on tomorrow."))
    return _message(proposal, words=words, is_from_moderators=from_moderators, by=by)


@transaction.atomic
def answer(proposal, *, version, step, words="", by):
    """Accept it, so that readers see it; or ask to change it, or decline it, and say why."""
    if proposal.practice_id:
        records.lock(Practice(pk=proposal.practice_id))  # before the proposal, as in withdrawing
    proposal = _locked(proposal)
    _refuse_unseen(proposal, version)
    if step != Status.ACCEPTED and not words:
        raise Refused(_("Say why: the organization reads it."), "words")
    if step == Status.ACCEPTED:
        _refuse_unverified(proposal.organization)
        proposal.practice = _show(proposal, by=by)
    return _step(proposal, step, words=words, is_from_moderators=True, by=by)


@transaction.atomic
def withdraw(practice, *, by):
    """Withdraw what one shares from its readers, with what was sent to change it."""
    practice = records.withdraw(practice, by=by)
    for proposal in practice.proposals.waiting().select_for_update(of=["self"]):
        _step(proposal, Status.DRAFT, by=by)
    return practice


def _show(proposal, *, by):
    """Copy the proposal to what readers see, all its languages at once, and publish that."""
    codes = set(proposal.languages)
    facts = {name: getattr(proposal, name) for name in FACTS}
    facts |= {name: getattr(proposal, name).all() for name in SETS}
    facts |= {"titles": sharing.titles(proposal), "bodies": sharing.bodies(proposal)}
    facts |= {"approved": codes, "approved_bodies": codes, "by": by}
    if proposal.practice is None:
        owner = {"organization": proposal.organization, "original_language": proposal.original_language}
        practice = records.create(Practice, **facts, **owner)
    else:
        practice = records.lock(proposal.practice)
        if practice.version != proposal.began_from:
            raise Refused(
                _(
                    "What readers see has been changed since this was begun. Ask the organization to begin anew from that."
                )
            )
        facts["bodies"] = _without_blanks(facts["bodies"], practice)
        # A language that the organization took out goes from its readers, too.
        gone = set(practice.languages) - codes
        facts["titles"] |= {code: {"title": "", "summary": ""} for code in gone}
        facts["bodies"] |= dict.fromkeys(gone, "")
        practice = records.edit(practice, version=practice.version, **facts)
    return practice if practice.status in practice.SHOWN else records.publish(practice, by=by)


def _texts_of(practice, last):
    """What a change begins from: title and summary as readers see them, and the parts that their long text is made of.

    A long text that is not made of the parts accepted last was written by coordinators: it has no parts.
    """
    told = _told(practice, last)
    return {
        code: (last.texts[code] if code in told else {})
        | {name: getattr(practice, f"{name}_{code}") or "" for name in ("title", "summary")}
        for code in practice.languages
        if getattr(practice, f"title_{code}", None)
    }


def _last_accepted(practice):
    return practice.proposals.filter(status=Status.ACCEPTED).order_by("-pk").first()


def _told(practice, last):
    """The languages whose long text is what was accepted last."""
    bodies = dict(practice.bodies.values_list("language", "markdown"))
    return {
        code for code, text in (sharing.bodies(last) if last else {}).items() if bodies.get(code, "") == text
    }


def _without_blanks(bodies, practice):
    """Long texts without those that nobody told anew: what coordinators wrote in their place stays."""
    told = _told(practice, _last_accepted(practice))
    return {code: text for code, text in bodies.items() if text or code in told}


def _fill(proposal, facts):
    sets = {name: facts.pop(name) for name in SETS if name in facts}
    for name, value in facts.items():
        setattr(proposal, name, value)
    if proposal.begins_on and proposal.ends_on and proposal.ends_on < proposal.begins_on:
        raise Refused(_("It cannot end before it begins."), "ends_on")
    proposal.save()
    for name, rows in sets.items():
        getattr(proposal, name).set(rows)


def _step(proposal, step, *, words="", is_from_moderators=False, by):
    """Move a locked proposal on, with an entry in its conversation."""
    proposal.move_to(step)
    proposal.save()
    _message(proposal, step=step, words=words, is_from_moderators=is_from_moderators, by=by)
    log.record(f"proposal {step}", proposal, by=by)
    return proposal


def _message(proposal, *, by, **said):
    message = ProposalMessage.objects.create(proposal=proposal, by=by, **said)
    if message.is_from_moderators:
        notify(ProposalAnswered, message, by=by)
    elif proposal.messages.filter(is_from_moderators=True).exists():
        notify(ProposalReplied, message, by=by)
    return message


def _refuse_unseen(proposal, version):
    if version != proposal.version:
        raise Refused(_("It has changed since you opened this page. Read it again, then answer."))


def _refuse_unverified(organization):
    if organization is None or organization.status != Organization.Status.VERIFIED:
        raise Refused(_("Only verified organizations share practices and plans."), "organization")


def _locked(proposal):
    rows = Proposal.objects.select_for_update(of=["self"], no_key=True)
    return rows.select_related("organization", "practice").get(pk=proposal.pk)
