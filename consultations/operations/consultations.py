"""Consultations: drafted, announced, opened for registration, closed, archived; dates that move stay visible."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from consultations.models import Consultation
from consultations.notifications import ConsultationOpened
from consultations.operations import lines, meeting_notes, reminders
from portal import clock
from portal.errors import Refused
from portal.models import MovedDate
from portal.notifications import notify
from portal.operations import log, publication, wording

FACTS = ("kind", "mode", "process", "phase", "region", "place", "access", "attribution", "interpretation")
FACTS += ("begins_on", "begins_precision", "ends_on", "ends_precision")
FACTS += ("takes_registrations", "approval", "places", "places_per_organization", "offer_hours")
FACTS += ("opens_at", "closes_at", "time_zone")
MOMENTS = ("opens_at", "closes_at")


@transaction.atomic
def create(
    *,
    original_language="en",
    titles,
    bodies=None,
    approved=(),
    approved_bodies=(),
    objectives=(),
    by,
    **facts,
):
    """Make a draft from its facts, and its texts per language.

    `titles` is {language: {"title", "summary"}}, `bodies` {language: Markdown}; `approved` and `approved_bodies`
    are the languages whose translations readers may see; the facts are those of FACTS.
    """
    consultation = Consultation(original_language=original_language, created_by=by, changed_by=by)
    _set_facts(consultation, facts)
    wording.save_titles(consultation, titles, approved, by=by)
    consultation.objectives.set(objectives)
    wording.save_bodies(consultation, bodies or {}, approved_bodies, by=by)
    log.record("consultation drafted", consultation, by=by)
    return consultation


@transaction.atomic
def edit(
    consultation,
    *,
    version,
    titles,
    bodies=None,
    approved=(),
    approved_bodies=(),
    objectives=(),
    changes_meaning=True,
    why_moved="",
    by,
    **facts,
):
    """Change a consultation from the version that was shown; moved dates keep what they were, new places are filled."""
    consultation = lines.lock(consultation)
    if version != consultation.version:
        raise Refused(
            _("Somebody else saved this consultation while you were writing. Compare both texts below.")
        )
    before = {name: getattr(consultation, name) for name in MOMENTS}
    _set_facts(consultation, facts)
    consultation.version += 1
    consultation.changed_by = by
    wording.save_titles(consultation, titles, approved, changes_meaning=changes_meaning, by=by)
    consultation.objectives.set(objectives)
    wording.save_bodies(consultation, bodies or {}, approved_bodies, changes_meaning=changes_meaning, by=by)
    for name, moment in before.items():
        if moment != getattr(consultation, name):
            keep_moved(consultation, name, moment, reason=why_moved, by=by)
    publication.changed(consultation)
    log.record("consultation changed", consultation, by=by)
    meeting_notes.follow_rule(consultation)
    reminders.move_opening(consultation)
    reminders.plan(consultation)
    lines.promote(consultation, by=by)
    return consultation


@transaction.atomic
def announce(consultation, *, by):
    """Show a draft to its readers, before anybody can register."""
    consultation = lines.lock(consultation)
    _move(consultation, Consultation.Status.ANNOUNCED, by=by)
    log.record("consultation announced", consultation, by=by)
    return consultation


@transaction.atomic
def open_registration(consultation, *, by):
    """Open a consultation within its window, and tell every member organization when registration opens."""
    consultation = lines.lock(consultation)
    now = clock.now()
    if refusal := why_not_open(consultation, now):
        raise Refused(refusal)
    _move(consultation, Consultation.Status.OPEN, by=by)
    log.record("consultation opened", consultation, by=by)
    reminders.plan(consultation)
    if consultation.is_open(now):
        notify(ConsultationOpened, consultation, by=by)
    elif consultation.takes_registrations:
        reminders.plan_opening(consultation)
    return consultation


@transaction.atomic
def close(consultation, *, by):
    """Take no more registrations; those who are confirmed or wait stay so."""
    consultation = lines.lock(consultation)
    _move(consultation, Consultation.Status.CLOSED, by=by)
    log.record("consultation closed", consultation, by=by)
    reminders.plan(consultation)
    return consultation


@transaction.atomic
def archive(consultation, *, by):
    """Put a closed consultation into the archive, where nothing about its registrations changes any more."""
    consultation = lines.lock(consultation)
    _move(consultation, Consultation.Status.ARCHIVED, by=by)
    log.record("consultation archived", consultation, by=by)
    return consultation


def why_not_open(consultation, at):
    """What stands against opening, in words for the coordinator; nothing where nothing does."""
    if not consultation.text("title", consultation.original_language):
        return _("Give the consultation a title in its original language first.")
    if consultation.takes_registrations and consultation.closes_at is None:
        return _("Say first until when organizations can register.")
    if consultation.takes_registrations and consultation.closes_at <= at:
        return _("The moment at which registration closes has passed. Move it first.")
    return None


def keep_moved(thing, field, was, *, was_end=None, reason="", by):
    """Keep what an announced date was, who moved it and why; a draft's dates are nobody's business yet."""
    consultation = thing if isinstance(thing, Consultation) else thing.consultation
    if was is None or consultation.status not in Consultation.SHOWN:
        return None
    until = was_end.isoformat() if was_end else ""
    return MovedDate.objects.keep(thing, field, was.isoformat(), until, reason=reason, by=by)


def _move(consultation, status, *, by):
    consultation.move_to(status)
    if not consultation.text("title", consultation.original_language):
        raise Refused(_("Give the consultation a title in its original language first."))
    if not consultation.is_closed_room:
        consultation.make_slug()
    consultation.changed_by = by
    consultation.save()
    publication.changed(consultation)


def _set_facts(consultation, facts):
    for name in FACTS:
        if name in facts:
            setattr(consultation, name, facts[name])
    closes, opens = consultation.closes_at, consultation.opens_at
    if closes and opens and closes <= opens:
        raise Refused(_("Registration must close after it opens."), "closes_at")
    if consultation.status == Consultation.Status.OPEN and consultation.takes_registrations and not closes:
        raise Refused(_("Say first until when organizations can register."), "closes_at")
    if consultation.attribution == Consultation.Attribution.CONFIDENTIAL and not consultation.is_closed_room:
        raise Refused(_("What is confidential is by invitation only."), "access")
    if (phase := consultation.phase) and phase.process_id not in {None, consultation.process_id}:
        raise Refused(_("This phase belongs to another process."), "phase")
    lines.refuse_fewer_places(consultation.places, consultation.confirmed_count)
