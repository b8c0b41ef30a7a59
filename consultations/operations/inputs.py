"""Inputs: read, sorted under themes, merged, noted, used or not; whoever gave them sees what became of each."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from consultations.models import Contribution, Input, Source, Theme, Use
from portal import clock
from portal.errors import Refused
from portal.operations import log, records


@transaction.atomic
def mark_read(inputs, *, by):
    """Say of inputs to a call that they have been read."""
    rows = _locked(inputs)
    unread = [row for row in rows if row.read_at is None]
    _save(unread, "inputs read", by=by, read_at=clock.now())
    return rows


@transaction.atomic
def tag(inputs, *, theme=None, title="", language="en", by):
    """Put inputs under a theme of their call: one there is, or a new one by its title."""
    rows = _locked(inputs)
    call = rows[0].contribution.call
    if title:
        theme = _new_theme(call, title, language, rows, by=by)
    if theme is None:
        raise Refused(_("Choose a theme, or name a new one."), "theme")
    if theme.call_id != call.pk:
        raise Refused(_("This theme belongs to another call."), "theme")
    for row in rows:
        row.themes.add(theme)
    _save([row for row in rows if row.read_at is None], "", by=by, read_at=clock.now())
    log.record("inputs tagged", call, by=by)
    return theme


@transaction.atomic
def untag(input, *, theme, by):
    """Take an input out of a theme."""
    [row] = _locked([input])
    row.themes.remove(theme)
    log.record("input untagged", row, by=by)
    return row


@transaction.atomic
def merge(input, *, into, by):
    """Let an input go on together with another that says the same; what was merged into it goes along."""
    rows = {row.pk: row for row in _locked([input, into])}
    if into.pk not in rows:
        raise Refused(_("This one was withdrawn meanwhile. Choose another."), "into")
    row, into = rows[input.pk], rows[into.pk]
    if row.question_id != into.question_id or row.pk == into.pk:
        raise Refused(_("Only answers to the same question are merged."), "into")
    if into.merged_into_id:
        raise Refused(_("This one is itself merged with another. Choose that one."), "into")
    now = clock.now()
    row.merged.update(merged_into=into)
    _save([row], "input merged", by=by, merged_into=into, read_at=row.read_at or now, decided_at=now)
    into.themes.add(*row.themes.all())
    return row


@transaction.atomic
def part(input, *, by):
    """Let a merged input stand by itself again."""
    [row] = _locked([input])
    _save([row], "input parted", by=by, merged_into=None)
    return row


@transaction.atomic
def note(inputs, *, needs_follow_up, note=None, shown=None, by):
    """Mark inputs for follow-up, or as settled, with a note that only those read who read for the call.

    Where somebody else wrote a note since the one that was `shown`, both stand, one after the other.
    """
    rows = _locked(inputs)
    if shown is not None and (found := rows[0].note.strip()) not in {"", shown.strip(), (note or "").strip()}:
        note = f"{found}\n\n{note}"
    values = {"needs_follow_up": needs_follow_up} | ({"note": note} if note is not None else {})
    _save(rows, "inputs noted", by=by, **values)
    return rows


@transaction.atomic
def use(inputs, *, document, section="", by):
    """Say in which document, and where in it, inputs are used: whoever gave them sees it."""
    rows, now = _locked(inputs), clock.now()
    Use.objects.bulk_create(
        [Use(input=row, document=document, section=section, used_by=by) for row in rows],
        ignore_conflicts=True,
    )
    for row in rows:
        row.read_at = row.read_at or now
    Input.objects.bulk_update(rows, ["read_at"])
    _save(rows, "inputs used", by=by, not_used_because="", decided_at=now)
    return rows


@transaction.atomic
def unuse(use, *, by):
    """Take back that an input is used somewhere."""
    [row] = _locked([use.input])
    use.delete()
    log.record("input no longer used", row, by=by)
    return row


@transaction.atomic
def set_aside(inputs, *, reason, by):
    """Say that inputs are not used, and why, in words that whoever gave them reads; without a reason, take it back."""
    rows, now = _locked(inputs), clock.now()
    drawn_on = Source.objects.standing().filter(input__in=rows)
    if reason and (Use.objects.filter(input__in=rows).exists() or drawn_on.exists()):
        raise Refused(_("It is used: take that back first."), "reason")
    for row in rows:
        row.read_at = row.read_at or now
    Input.objects.bulk_update(rows, ["read_at"])
    _save(rows, "inputs set aside", by=by, not_used_because=reason, decided_at=now if reason else None)
    return rows


def _new_theme(call, title, language, rows, *, by):
    """A theme of this name, unless the call has one already; it is about what the questions are about."""
    standing = [theme for theme in Theme.objects.filter(call=call) if title in _titles(theme)]
    if standing:
        return standing[0]
    objectives = {row.question.objective for row in rows if row.question.objective_id}
    return records.create(
        Theme,
        original_language=language,
        titles={language: {"title": title, "summary": ""}},
        call=call,
        objectives=list(objectives),
        by=by,
    )


def _titles(theme):
    return [getattr(theme, f"title_{code}") for code in theme.languages]


def _locked(inputs):
    """The inputs as they are now: sent, and all of one call."""
    rows = Input.objects.select_for_update(of=["self"], no_key=True)
    rows = list(
        rows.select_related("contribution__call", "question__objective")
        .filter(pk__in=[row.pk for row in inputs], contribution__status=Contribution.Status.SENT)
        .order_by("pk")
    )
    if not rows:
        raise Refused(_("Choose at least one input. What was withdrawn meanwhile is not here any more."))
    if len({row.contribution.call_id for row in rows}) > 1:
        raise Refused(_("These inputs belong to different calls."))
    return rows


def _save(rows, act, *, by, **values):
    if not rows:
        return
    Input.objects.filter(pk__in=[row.pk for row in rows]).update(**values)
    for row in rows:
        for name, value in values.items():
            setattr(row, name, value)
    if act:
        log.record(act, rows[0].contribution.call, by=by)
