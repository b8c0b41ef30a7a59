"""Coordinators ask: questions of a consultation or a call are added, changed, moved, translated, and taken away."""

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from consultations.models import Answer, Consultation, Option, Question
from portal import clock
from portal.errors import Refused
from portal.languages import CODES
from portal.models import TextState
from portal.operations import log, records, translations
from portal.operations import texts as wording

FACTS = ("kind", "is_required", "max_length", "objective", "shown_if", "shown_for")


@transaction.atomic
def add(owner, *, texts, options=(), by, **facts):
    """Ask one more thing, after all others, of whoever registers for a consultation or answers a call.

    `texts` is {language: {"prompt", "help"}}, `options` [{"key", "labels": {language: label}}], in order.
    """
    owner = records.lock(owner)
    name = "consultation" if isinstance(owner, Consultation) else "call"
    last = Question.objects.of(owner).aggregate(last=Max("number"))["last"] or 0
    question = Question(
        original_language=owner.original_language, number=last + 1, changed_by=by, **{name: owner}
    )
    _set(question, texts, facts)
    question.save()
    _save_options(question, options)
    log.record("question added", owner, by=by)
    return question


@transaction.atomic
def change(question, *, version, texts, options=(), by, **facts):
    """Change a question from the version that was shown; what was answered or depends on it keeps its meaning."""
    question = _locked(question)
    if version != question.version:
        raise Refused(_("Somebody else saved this while you were writing. Compare both texts below."))
    was, before = question.kind, _all_words(question)
    _set(question, texts, facts)
    if question.kind != was:
        _refuse_new_kind(question)
    question.version += 1
    question.changed_by = by
    question.save()
    _save_options(question, options)
    _keep_states(question, before, by=by)
    log.record("question changed", question.owner, by=by)
    return question


@transaction.atomic
def translate(question, language, *, seen, passages, approve=False, by):
    """Say a question in another language: asked so at once where that is approved, else kept beside it as a draft."""
    question = _locked(question)
    sheet = translations.sheet_as_seen(question, language, seen)
    words = {row.mark: passages.get(row.mark, row.translation) for row in sheet.passages}
    if approve:
        if any(row.original and not words[row.mark] for row in sheet.passages):
            raise Refused(_("Some words are not translated yet: it would be asked in two languages at once."))
        _say(question, language, words)
        question.version += 1  # whoever writes all languages at once sees that this one is another now
        question.changed_by = by
        question.save()
    state = TextState.State.APPROVED if approve else TextState.State.DRAFT
    made_of = {row.mark: translations.pair(row, words[row.mark], approve)[0] for row in sheet.passages}
    _keep_state(question, language, state, words, original=made_of, by=by)
    log.record(f"{'translation approved' if approve else 'translated'} in {language}", question.owner, by=by)
    return question


@transaction.atomic
def move_up(question, *, by):
    """Ask a question before the one that stands before it."""
    question = _locked(question)
    before = Question.objects.of(question.owner).asked().filter(number__lt=question.number).last()
    if before is None:
        raise Refused(_("This question already stands first."))
    return _swap(before, question, by=by)


@transaction.atomic
def move_down(question, *, by):
    """Ask a question after the one that stands after it."""
    question = _locked(question)
    after = Question.objects.of(question.owner).asked().filter(number__gt=question.number).first()
    if after is None:
        raise Refused(_("This question already stands last."))
    return _swap(question, after, by=by)


@transaction.atomic
def remove(question, *, by):
    """Ask a question no more: it goes, or, once somebody has answered it, stays with its answers, retired."""
    question = _locked(question)
    if question.dependants.asked().exists():
        raise Refused(
            _("Another question is asked only of some, by what they answer here. Change that one first.")
        )
    if is_answered(question) or question.dependants.exists():
        question.retired_at = clock.now()
        question.save(update_fields=["retired_at"])
        log.record("question retired", question.owner, by=by)
        return question
    log.record("question removed", question.owner, by=by)
    question.delete()
    return question


@transaction.atomic
def ask_again(question, *, by):
    """Ask a retired question again."""
    question = _locked(question)
    _refuse_condition(question)
    question.retired_at = None
    question.save(update_fields=["retired_at"])
    log.record("question asked again", question.owner, by=by)
    return question


def is_answered(question):
    """Whether anybody has answered it, in registering or in a contribution."""
    return any(model.objects.filter(question=question).exists() for model in Answer.__subclasses__())


def _locked(question):
    """The question as it is under its owner's lock."""
    records.lock(question.owner)
    return Question.objects.select_related("consultation", "call", "shown_if").get(pk=question.pk)


def _set(question, texts, facts):
    for name in FACTS:
        if name in facts:
            setattr(question, name, facts[name])
    if question.kind not in Question.WRITTEN:
        question.max_length = None
    for code, values in texts.items():
        question.set_text("prompt", code, values.get("prompt", ""))
        question.set_text("help", code, values.get("help", ""))
    original = question.original_language
    if question.text("prompt", original).language != original:
        raise Refused(_("Write the question in its original language first."), f"prompt_{original}")
    _refuse_condition(question)


def _refuse_condition(question):
    """It depends on a question that comes before it, of the same owner, and on what can be chosen there."""
    earlier = question.shown_if
    if earlier is None:
        question.shown_for = []
        return
    is_ours = (earlier.consultation_id, earlier.call_id) == (question.consultation_id, question.call_id)
    if not is_ours or not earlier.is_asked or earlier.number >= question.number:
        raise Refused(_("A question depends only on one that is asked before it."), "condition")
    keys = {key for key, _label in earlier.choices(earlier.original_language)}
    if not question.shown_for or not set(question.shown_for) <= keys or earlier.kind not in Question.CHOSEN:
        raise Refused(_("Choose the answers after which it is asked."), "condition")


def _refuse_new_kind(question):
    if is_answered(question):
        raise Refused(
            _("Somebody has answered this question: its kind stays. Remove it and ask another."), "kind"
        )
    if question.dependants.exists():
        raise Refused(_("Another question is asked only of some, by what they answer here."), "kind")


def _save_options(question, options):
    """Bring the options in step with what was sent; one that somebody chose, or that others depend on, stays."""
    before = {option.key: option for option in question.options.all()}
    if question.kind not in Question.WITH_OPTIONS:
        options = ()
    elif len(options) < 2:
        raise Refused(_("Give at least two choices."), "kind")
    kept, free = {values.get("key") for values in options}, _free_keys(before)
    _refuse_lost(question, before.keys() - kept)
    for number, values in enumerate(options, 1):
        option = before.get(values.get("key")) or Option(question=question, key=next(free))
        option.number = number
        for code in CODES:
            option.set_text("label", code, values["labels"].get(code, ""))
        option.save()
    question.options.filter(key__in=before.keys() - kept).delete()


def _say(question, language, words):
    """Write the words of a translation, {mark: words}, where they are read from."""
    for name in ("prompt", "help"):
        question.set_text(name, language, words.get(name, ""))
    for option in question.options.all():
        option.set_text("label", language, words.get(f"option-{option.key}", ""))
        option.save()


def _all_words(question):
    return {code: question.words_in(code) for code in CODES}


def _keep_states(question, before, *, by):
    """What a coordinator writes in any language may be read; what was not written anew grows stale with the original."""
    now, original = _all_words(question), question.original_language
    states = {row.language: row.state for row in question.text_states.all()}
    for code in now.keys() - {original}:
        if now[code] != before[code]:
            state = TextState.State.APPROVED if any(now[code].values()) else TextState.State.MISSING
            _keep_state(question, code, state, now[code], by=by)
        elif now[original] != before[original] and any(now[code].values()):
            if code not in states:
                _keep_state(
                    question, code, TextState.State.STALE, now[code], by=by, original=before[original]
                )
            elif states[code] == TextState.State.APPROVED:
                question.text_states.filter(language=code).update(state=TextState.State.STALE)


def _keep_state(question, language, state, words, *, by, original=None):
    """Keep how far a translation has come, and beside which words of the original it was written."""
    original = original or question.words_in(question.original_language)
    values = {"state": state, "pairs": [[original.get(mark, ""), said, mark] for mark, said in words.items()]}
    if state == TextState.State.APPROVED:
        values |= {"approved_by": by, "approved_at": clock.now()}
    question.text_states.update_or_create(group=wording.CARD, language=language, defaults=values)


def _free_keys(taken):
    number = max((int(key) for key in taken if key.isdigit()), default=0)
    while True:
        number += 1
        yield str(number)


def _refuse_lost(question, gone):
    """What others depend on or somebody chose does not go."""
    if not gone:
        return
    if question.dependants.filter(shown_for__overlap=list(gone)).exists():
        raise Refused(_("Another question depends on a choice that you took away."), "kind")
    for model in Answer.__subclasses__():
        if model.objects.filter(question=question, chosen__overlap=list(gone)).exists():
            raise Refused(_("Somebody has chosen what you took away. You can still write it better."), "kind")


def _swap(first, second, *, by):
    """Have two neighbours change places, unless the second depends on the first."""
    if second.shown_if_id == first.pk:
        raise Refused(_("One of them depends on the other: it stays after it."))
    first.number, second.number = second.number, first.number
    first.save(update_fields=["number"])
    second.save(update_fields=["number"])
    log.record("question moved", first.owner, by=by)
    return second
