"""Answers to questions are kept: what does not apply is cleared, what must be answered is asked for."""

from datetime import timedelta

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from consultations.models import Consultation, KeptFile, Question, Registration
from consultations.models.questions import applying
from consultations.operations import lines
from portal import clock
from portal.errors import Refused
from portal.models import StoredFile
from portal.operations import files, log

KEPT_FOR = timedelta(days=1)
MOST_KEPT = 30  # of one person
KINDS = ("pdf", "png", "jpeg")
EMPTY = {"text": "", "chosen": [], "file": None}


@transaction.atomic
def change(registration, *, version, answers, language, by):
    """Answer again what was asked in registering, from the version that was shown, while registration is open."""
    now = clock.now()
    consultation = lines.lock(registration.consultation)
    registration = Registration.objects.select_for_update(of=["self"], no_key=True).get(pk=registration.pk)
    if version != registration.version:
        raise Refused(_("Somebody has just changed this. Please look at it again and retry."))
    if not registration.is_held or not consultation.is_open(now):
        raise Refused(_("The answers of this registration can no longer be changed."))
    save(registration, of=consultation, given=answers, language=language, by=by)
    registration.version += 1
    registration.save(update_fields=["version"])
    log.record("answers changed", registration, by=by)
    return registration


def save(owner, *, of, given, language, is_complete=True, by):
    """Bring the answers of a registration or a contribution in step with {question pk: value}.

    `of` is the consultation or the call that asks. A value is a text, keys that were chosen, a file (stored before,
    kept for its sender, or just sent), or nothing. Of a draft no question needs an answer yet.
    """
    if isinstance(of, Consultation) and not of.asked().questions:
        return
    questions = list(Question.objects.of(of).asked().as_form())
    values = {question.pk: _valid(question, given.get(question.pk)) for question in questions}
    before = {row.question_id: row for row in owner.answers.select_related("file")}
    asked = applying(questions, values)
    for question in asked:
        if is_complete and question.is_required and not values[question.pk]:
            raise Refused(_("This question needs an answer."), question.field_name)
    for question in questions:
        value = values[question.pk] if question in asked else None
        _save_one(owner, before.get(question.pk), question, value, language=language, by=by)


@transaction.atomic
def keep_file(upload, *, by):
    """Check a file and keep it for its sender, until the form that it came with goes through."""
    if KeptFile.objects.filter(sent_by=by).count() >= MOST_KEPT:
        raise Refused(_("You have sent many files that belong to no form yet. Please try again tomorrow."))
    return KeptFile.objects.create(file=files.store(upload, kinds=KINDS, by=by), sent_by=by)


def past_kept():
    """The files of forms that did not go through within a day (safety.md, D18)."""
    return KeptFile.objects.filter(sent_at__lt=clock.now() - KEPT_FOR)


def forget_kept():
    """Forget the files of forms that did not go through."""
    for kept in past_kept().select_related("file"):
        with transaction.atomic():
            kept.delete()
            files.discard(kept.file)


def _valid(question, value):
    """A value as this question takes it; what its coordinator took away meanwhile was not chosen."""
    if question.kind not in Question.CHOSEN:
        return value or None
    offered = [key for key, _label in question.choices(question.original_language)]
    chosen = [key for key in offered if key in (value or ())]
    return chosen if question.kind == Question.Kind.CHOICES else chosen[:1]


def _save_one(owner, row, question, value, *, language, by):
    """One answer: made, changed, or taken away; its language stays while its words do."""
    if not value:
        return _take_away(row) if row else None
    said = EMPTY | {_column(question): _file(value, by=by) if question.kind == Question.Kind.FILE else value}
    if row is None:
        return owner.answers.create(question=question, language=language, **said)
    replaced = row.file if row.file_id and row.file != said["file"] else None
    if any(getattr(row, name) != now for name, now in said.items()):
        row.language = language
        for name, now in said.items():
            setattr(row, name, now)
        row.save(update_fields=["language", *said])  # what others decided of it meanwhile stays
    if replaced:
        files.discard(replaced)
    return row


def _column(question):
    if question.kind in Question.CHOSEN:
        return "chosen"
    return "file" if question.kind == Question.Kind.FILE else "text"


def _file(value, *, by):
    """The stored file of a value: the one there is, one that was kept for its sender, or one just sent."""
    if isinstance(value, StoredFile):
        return value
    if isinstance(value, KeptFile):
        value.delete()
        return value.file
    return files.store(value, kinds=KINDS, by=by)


def _take_away(row):
    row.delete()
    if row.file_id:
        files.discard(row.file)
