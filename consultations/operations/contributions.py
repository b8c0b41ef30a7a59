"""Contributions: begun, saved as often as one likes, sent with a consent, changed, withdrawn, taken up again."""

import hashlib
import json

from django.db import transaction
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from consultations import resuming
from consultations.models import Call, Contribution, Input, Question
from consultations.models.questions import applying
from consultations.notifications import ContributionReceived
from consultations.operations import answers as kept
from portal import clock, tokens
from portal.errors import Refused
from portal.models import Organization, StoredFile
from portal.notifications import notify
from portal.operations import files, log

PARTED = "* * *"  # stands between two texts that came together
LONGEST = 20_000  # characters of any answer in a draft; what a question allows is asked for in sending


@transaction.atomic
def begin(call, *, organization=None, through=None, language, by, **giver):
    """Begin a draft: for an organization, for a member of a network, or for people without account."""
    now = clock.now()
    call = Call.objects.select_for_update(of=["self"], no_key=True).get(pk=call.pk)
    _refuse_closed(call, now)
    _refuse_who_may_not(call, organization, through)
    if call.answer_languages and language not in call.answer_languages:
        raise Refused(_("Answers to this call are taken in other languages."), "language")
    if Contribution.objects.filter(call=call, organization=organization).exclude(organization=None).exists():
        raise Refused(_("This organization has begun a contribution already."), "organization")
    if _is_known_member(call, through, giver):
        raise Refused(_("You have begun a contribution for this organization already."), "giver_name")
    code = resuming.new_code() if organization is None and through is None else ""
    made = Contribution.objects.create(
        call=call,
        organization=organization,
        through=through,
        language=language,
        resume_hash=tokens.digest(code) if code else None,
        written_by=by,
        **giver,
    )
    made.code = code
    log.record("contribution begun", made, by=by)
    return made


@transaction.atomic
def save(contribution, *, answers, seen=None, by):
    """Save answers, {question pk: text, keys or file}; what somebody else saved meanwhile is not overwritten.

    `seen` says for each question how the answer stood when its field was shown: see `mark`.
    """
    now = clock.now()
    contribution = _locked(contribution)
    _refuse_shut_out(contribution, now)
    if contribution.status == Contribution.Status.WITHDRAWN:
        raise Refused(_("This contribution is withdrawn. Take it up again first."))
    before = standing(contribution)
    if conflicts(answers, seen or {}, before):
        raise Refused(_("Somebody else saved this while you were writing. Compare both texts below."))
    given = {pk: _value(row) for pk, row in before.items()} | touched(answers, seen or {})
    longest = max((len(value) for value in given.values() if isinstance(value, str)), default=0)
    if longest > LONGEST:
        raise Refused(_too_long(longest - LONGEST))
    is_sent = contribution.status == Contribution.Status.SENT
    kept.save(
        contribution,
        of=contribution.call,
        given=given,
        language=contribution.language,
        is_complete=is_sent,
        by=by,
    )
    if _note_change(contribution, before, by=by):
        if is_sent:
            _refuse_incomplete(contribution)
        log.record("contribution saved", contribution, by=by)
    return contribution


@transaction.atomic
def fill(contribution, *, answers, by):
    """Save what a round pack says; where something else stood already, both texts stand, one after the other."""
    rows = standing(_locked(contribution))
    given = {pk: _together(rows[pk], value) if pk in rows else value for pk, value in answers.items()}
    contribution = save(contribution, answers=given, by=by)
    contribution.joined = [
        rows[pk].question
        for pk, value in given.items()
        if pk in rows and value not in (answers[pk], _value(rows[pk]))
    ]
    return contribution


@transaction.atomic
def send(contribution, *, consent, consent_version, consent_language, by):
    """Send a draft, with what its organization consents to; its people are told that it has arrived."""
    now = clock.now()
    contribution = _locked(contribution)
    _refuse_shut_out(contribution, now)
    contribution.move_to(Contribution.Status.SENT)
    _refuse_incomplete(contribution)
    _agree(contribution, consent, consent_version, consent_language)
    contribution.sent_at, contribution.withdrawn_at = now, None
    _take_over(contribution, by)
    contribution.save()
    log.record("contribution sent", contribution, by=by)
    notify(ContributionReceived, contribution, by=by)
    return contribution


@transaction.atomic
def choose_consent(contribution, *, consent, consent_version, consent_language, by):
    """Change how a contribution may be quoted and who may read it: it counts everywhere at once."""
    contribution = _locked(contribution)
    if contribution.status != Contribution.Status.SENT:
        raise Refused(_("This contribution is not sent."))
    _agree(contribution, consent, consent_version, consent_language)
    contribution.version += 1
    _take_over(contribution, by)
    contribution.save()
    log.record("consent to a contribution changed", contribution, by=by)
    return contribution


@transaction.atomic
def withdraw(contribution, *, by):
    """Withdraw a contribution: from now on nobody reads it but its own people, wherever it stood."""
    contribution = _locked(contribution)
    contribution.move_to(Contribution.Status.WITHDRAWN)
    contribution.withdrawn_at = clock.now()
    _take_over(contribution, by)
    contribution.save()
    log.record("contribution withdrawn", contribution, by=by)
    return contribution


@transaction.atomic
def take_up_again(contribution, *, by):
    """Make a draft of a withdrawn contribution, while the call is open."""
    now = clock.now()
    contribution = _locked(contribution)
    _refuse_shut_out(contribution, now)
    contribution.move_to(Contribution.Status.DRAFT)
    _take_over(contribution, by)
    contribution.save()
    log.record("contribution taken up again", contribution, by=by)
    return contribution


@transaction.atomic
def discard(contribution, *, by):
    """Delete a draft that was never sent, or what was withdrawn, with every word in it."""
    contribution = _locked(contribution)
    if contribution.status == Contribution.Status.SENT:
        raise Refused(_("Withdraw the contribution first."))
    call, stored = contribution.call, [row.file for row in contribution.answers.exclude(file=None)]
    contribution.answers.all().delete()
    contribution.delete()
    for file in stored:
        files.discard(file)
    log.record("contribution discarded", call, by=by)
    return call


@transaction.atomic
def renew_code(contribution, *, by):
    """Give people without account another code; the one before leads nowhere any more."""
    contribution = _locked(contribution)
    if contribution.resume_hash is None:
        raise Refused(_("This contribution belongs to an organization: sign in to come back to it."))
    code = resuming.new_code()
    contribution.resume_hash = tokens.digest(code)
    contribution.save(update_fields=["resume_hash"])
    contribution.code = code
    log.record("resume code renewed", contribution, by=by)
    return contribution


def standing(contribution):
    """What is answered so far: {question pk: Input}."""
    rows = contribution.answers.select_related("file", "question").prefetch_related("question__options")
    return {row.question_id: row for row in rows}


def mark(answer):
    """A short word for how an answer stands; empty where there is none."""
    return _word(_value(answer)) if answer is not None else ""


def touched(answers, seen):
    """Those answers that differ from what was shown: only they are anybody's wish."""
    return {pk: value for pk, value in answers.items() if pk not in seen or seen[pk] != _word(value)}


def conflicts(answers, seen, before):
    """The questions whose answer this person and somebody else have changed, each in another way, since it was shown."""
    return [
        pk
        for pk, value in touched(answers, seen).items()
        if pk in seen and mark(before.get(pk)) not in (seen[pk], _word(value))
    ]


def problems(contribution):
    """What is missing before it can be sent: [(question, words)]."""
    rows, found = standing(contribution), []
    questions = list(Question.objects.of(contribution.call).asked().as_form())
    for question in applying(questions, {pk: row.chosen for pk, row in rows.items()}):
        row = rows.get(question.pk)
        if row is None and question.is_required:
            found.append((question, _("This question must be answered.")))
        elif row is not None and question.max_length and len(row.text) > question.max_length:
            found.append((question, _too_long(len(row.text) - question.max_length)))
    return found


def _together(row, value):
    """What stands and what is added: once only, where one holds the other, as after a second sending."""
    if not isinstance(value, str) or not row.text or row.text.strip() in value:
        return value
    if value.strip() in row.text:
        return row.text
    return f"{row.text}\n\n{PARTED}\n\n{value}"


def _value(row):
    return row.file or row.chosen or row.text


def _word(value):
    """A short word for a value; a file that is new has one of its own."""
    if not value:
        return ""
    if isinstance(value, StoredFile):
        value = value.pk
    if not isinstance(value, str | int | list):
        return "new"
    return hashlib.sha256(json.dumps(value).encode()).hexdigest()[:16]


def _too_long(number):
    return ngettext_lazy(
        "This answer is %(number)s character too long.",
        "This answer is %(number)s characters too long.",
        "number",
    ) % {"number": number}


def _refuse_shut_out(contribution, now):
    """Nobody goes on answering a closed call, nor one whose room is closed to its organization by now."""
    _refuse_closed(contribution.call, now)
    giver = contribution.organization or contribution.through
    if giver is not None and not contribution.call.admits(giver):
        raise Refused(_("This organization cannot answer this call."))


def _refuse_closed(call, now):
    if call.is_open(now):
        return
    if call.status == Call.Status.OPEN and call.opens_at is not None and call.opens_at > now:
        raise Refused(_("This call has not opened yet."))
    raise Refused(_("This call is closed."))


def _refuse_who_may_not(call, organization, through):
    """Who may answer is asked again here, of the organizations that were chosen, not of the person."""
    if through is not None:
        if not (call.takes_networks and through.sort == Organization.Sort.NETWORK and call.admits(through)):
            raise Refused(_("This organization cannot answer for others."), "through")
        if through == organization:
            raise Refused(_("Choose a member of the network."), "organization")
    elif organization is None and not call.takes_strangers:
        raise Refused(_("This call is answered by organizations with an account."))
    if organization is not None and not call.admits(organization):
        raise Refused(_("This organization cannot answer this call."), "organization")


def _is_known_member(call, through, giver):
    name = giver.get("giver_name", "")
    rows = Contribution.objects.filter(call=call, through=through, organization=None)
    return through is not None and bool(name) and rows.filter(giver_name__iexact=name).exists()


def _refuse_incomplete(contribution):
    if problems(contribution):
        raise Refused(_("Something is missing: see below."))
    if not contribution.answers.exists():
        raise Refused(_("Answer at least one question first."))


def _agree(contribution, consent, version, language):
    contribution.consent, contribution.consent_at = consent, clock.now()
    contribution.consent_version, contribution.consent_language = version, language


def _note_change(contribution, before, *, by):
    """Whether an answer changed: then a new version, to be read again."""
    changed = [row.pk for pk, row in standing(contribution).items() if mark(row) != mark(before.get(pk))]
    gone = contribution.answers.count() != len(before)
    if not changed and not gone:
        return False
    Input.objects.filter(pk__in=changed).update(read_at=None)
    contribution.version += 1
    _take_over(contribution, by)
    contribution.save()
    return True


def _take_over(contribution, by):
    """A member that writes or decides takes over what its network entered, so that the network undoes nothing."""
    if contribution.through_id is None or contribution.organization_id is None or by is None:
        return
    if contribution.organization.membership_set.filter(user=by).exists():
        contribution.through = None


def _locked(contribution):
    rows = Contribution.objects.select_for_update(of=["self"], no_key=True)
    return rows.select_related("call__consultation", "organization", "through").get(pk=contribution.pk)
