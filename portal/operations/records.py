"""Records that coordinators make: drafted, changed, published, withdrawn; dates that move stay visible."""

from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from portal.errors import Refused
from portal.models import MovedDate, Record
from portal.operations import log, publication, wording

LENGTHS = {"day": 10, "month": 7, "year": 4}
DATES = ("begins_on", "begins_precision", "ends_on", "ends_precision")


@transaction.atomic
def create(
    model, *, original_language="en", titles, bodies=None, approved=(), approved_bodies=(), by, **facts
):
    """Make a draft of a model from its facts, and its texts per language.

    `titles` is {language: {"title", "summary"}}, `bodies` {language: Markdown}; `approved` and `approved_bodies`
    are the languages whose translations readers may see.
    """
    thing = model(original_language=original_language, created_by=by, changed_by=by)
    sets = set_facts(thing, facts)
    wording.save_titles(thing, titles, approved, by=by)
    for name, rows in sets.items():
        getattr(thing, name).set(rows)
    wording.save_bodies(thing, bodies or {}, approved_bodies, by=by)
    publication.changed(thing)
    log.record(f"{model._meta.model_name} drafted", thing, by=by)
    return thing


@transaction.atomic
def edit(
    thing,
    *,
    version,
    titles,
    bodies=None,
    approved=(),
    approved_bodies=(),
    changes_meaning=True,
    why_moved="",
    by,
    **facts,
):
    """Change a record from the version that was shown; a date that was announced keeps what it was."""
    thing = lock(thing)
    if version != thing.version:
        raise Refused(_("Somebody else saved this while you were writing. Compare both texts below."))
    before = said_dates(thing)
    sets = set_facts(thing, facts)
    thing.version += 1
    thing.changed_by = by
    wording.save_titles(thing, titles, approved, changes_meaning=changes_meaning, by=by)
    for name, rows in sets.items():
        getattr(thing, name).set(rows)
    wording.save_bodies(thing, bodies or {}, approved_bodies, changes_meaning=changes_meaning, by=by)
    keep_moved(thing, before, reason=why_moved, by=by)
    publication.changed(thing)
    log.record(f"{thing._meta.model_name} changed", thing, by=by)
    return thing


@transaction.atomic
def publish(thing, *, by):
    """Show a draft, or what was withdrawn, to its readers."""
    thing = lock(thing)
    thing.move_to(Record.Status.PUBLISHED)
    if not thing.text("title", thing.original_language):
        raise Refused(_("Give it a title in its original language first."))
    thing.make_slug()
    return _moved_on(thing, "published", by=by)


@transaction.atomic
def withdraw(thing, *, by):
    """Take what was published away from its readers; its coordinators still see it."""
    thing = lock(thing)
    thing.move_to(Record.Status.WITHDRAWN)
    return _moved_on(thing, "withdrawn", by=by)


def lock(thing):
    """The row, locked, as it stands now."""
    return type(thing).objects.select_for_update(of=["self"], no_key=True).get(pk=thing.pk)


def remove(*rows):
    """Delete what these querysets find; where somebody did so meanwhile, say it instead of recording it twice."""
    if not sum(found.delete()[0] for found in rows):
        raise Refused(_("Somebody has already removed this."))


def set_facts(thing, facts):
    """Set the columns, and return the many-to-many facts, which a row takes once it is saved."""
    sets = {}
    for name, value in facts.items():
        if thing._meta.get_field(name).many_to_many:
            sets[name] = value
        else:
            setattr(thing, name, value)
    if thing.begins_on and thing.ends_on and thing.ends_on < thing.begins_on:
        raise Refused(_("It cannot end before it begins."), "ends_on")
    return sets


def said_dates(thing):
    """The dates of a record as they are announced: {field: (start, end)}, each as text, no more exact than known."""
    begins, ends = (
        (day.isoformat()[: LENGTHS[precision]] if day else "")
        for day, precision in (
            (thing.begins_on, thing.begins_precision),
            (thing.ends_on, thing.ends_precision),
        )
    )
    said = {"dates": (begins, ends if ends != begins else "")}
    for field in thing._meta.concrete_fields:
        if isinstance(field, models.DateTimeField) and field.editable and not field.auto_created:
            moment = getattr(thing, field.name)
            said[field.name] = (moment.isoformat() if moment else "", "")
    return said


def keep_moved(thing, before, *, reason="", by):
    """Keep what announced dates were, who moved them and why; a draft's dates are nobody's business yet."""
    if thing.status not in thing.SHOWN:
        return
    for name, said in said_dates(thing).items():
        if before[name] != said and any(before[name]):
            was = before[name] if before[name][0] else (before[name][1], "")
            MovedDate.objects.keep(thing, name, *was, reason=reason, by=by)


def _moved_on(thing, what, *, by):
    thing.changed_by = by
    thing.save()
    publication.changed(thing)
    log.record(f"{thing._meta.model_name} {what}", thing, by=by)
    return thing
