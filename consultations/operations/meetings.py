"""Meetings of a consultation: set, repeated, moved with a reason, called off; whoever takes part learns of it."""

from django.db import transaction
from django.db.models import Max, Min
from django.utils.translation import gettext_lazy as _

from consultations.models import Consultation, Meeting
from consultations.notifications import ConsultationMoved, JoinAddressGiven, MeetingCancelled
from consultations.operations import consultations, lines, reminders
from portal import clock, dates
from portal.errors import Refused
from portal.languages import CODES
from portal.notifications import notify
from portal.operations import log, publication, wording

FACTS = ("round_number", "circle", "starts_at", "ends_at", "time_zone", "join_url", "people")


@transaction.atomic
def add(consultation, *, titles, agendas=None, objectives=(), by, **facts):
    """Set a meeting of a consultation, with its titles and agendas per language."""
    consultation = lines.lock(consultation)
    meeting = Meeting(consultation=consultation, original_language=consultation.original_language)
    _set_facts(meeting, facts)
    _save_words(meeting, titles, agendas, by=by)
    meeting.objectives.set(objectives)
    log.record("meeting set", consultation, by=by)
    _dates_changed(consultation, meeting)
    return meeting


@transaction.atomic
def repeat(meeting, *, by, **facts):
    """Hold a meeting again at another hour, for other time zones: with its circle, its agenda, its materials."""
    meeting = _locked(meeting).told_by
    if meeting.breakout_of_id:
        raise Refused(_("A group that breaks out of a meeting is not repeated: repeat the meeting."))
    again = Meeting(
        consultation=meeting.consultation,
        original_language=meeting.original_language,
        languages=[meeting.original_language],
        repeats=meeting,
        round_number=meeting.round_number,
        circle=meeting.circle,
    )
    _set_facts(again, facts)
    again.save()
    log.record("meeting repeated", meeting.consultation, by=by)
    _dates_changed(meeting.consultation, again)
    return again


@transaction.atomic
def break_out(meeting, *, objectives, by):
    """Have a group break out of a meeting for each of these objectives that has none yet."""
    meeting = _locked(meeting)
    if meeting.breakout_of_id:
        raise Refused(_("A group breaks out of a meeting, not of another group."))
    taken = set(meeting.breakouts.values_list("objectives", flat=True))
    groups = [_group(meeting, one, by=by) for one in objectives if one.pk not in taken]
    if not groups:
        raise Refused(_("Each of these objectives has its group already."), "objectives")
    log.record("groups set", meeting.consultation, by=by)
    publication.changed(meeting.consultation, parts=groups)
    return groups


@transaction.atomic
def edit(meeting, *, version=None, titles=None, agendas=None, objectives=None, why_moved="", by, **facts):
    """Change a meeting; a new time keeps the old one, and whoever holds a place is told both."""
    meeting = _locked(meeting)
    if version is not None and version != meeting.version:
        raise Refused(_("Somebody has just changed this. Please look at it again and retry."))
    before = {name: getattr(meeting, name) for name in ("starts_at", "ends_at", "join_url")}
    _set_facts(meeting, facts)
    meeting.sequence += 1
    meeting.save()
    _save_words(meeting, titles, agendas, by=by)
    if objectives is not None:
        meeting.objectives.set(objectives)
    # What is held again for other time zones is the same round, for the same people.
    meeting.repetitions.update(round_number=meeting.round_number, circle=meeting.circle)
    is_moved = (before["starts_at"], before["ends_at"]) != (meeting.starts_at, meeting.ends_at)
    if is_moved:
        _move(meeting, before, why_moved, by=by)
    if meeting.join_url and meeting.join_url != before["join_url"]:
        notify(JoinAddressGiven, meeting, by=by)
    log.record("meeting moved" if is_moved else "meeting changed", meeting.consultation, by=by)
    _dates_changed(meeting.consultation, meeting)
    return meeting


@transaction.atomic
def cancel(meeting, *, by):
    """Call a meeting off; calendars and whoever holds a place learn of it."""
    meeting = _locked(meeting)
    if meeting.cancelled_at:
        raise Refused(_("This meeting is already called off."))
    meeting.cancelled_at = clock.now()
    meeting.sequence += 1
    meeting.save(update_fields=["cancelled_at", "sequence", "changed_at"])
    log.record("meeting called off", meeting.consultation, by=by)
    notify(MeetingCancelled, meeting, by=by)
    _dates_changed(meeting.consultation, meeting)
    return meeting


@transaction.atomic
def remove(meeting, *, by):
    """Take a meeting out of a draft; one that was announced is called off instead, so that people see it."""
    meeting = _locked(meeting)
    if meeting.consultation.status != Consultation.Status.DRAFT:
        raise Refused(_("This meeting was announced: call it off instead, so that people see it."))
    publication.removed(meeting)
    meeting.delete()
    log.record("meeting removed", meeting.consultation, by=by)
    _dates_changed(meeting.consultation)


def _save_words(meeting, titles, agendas, *, by):
    """What a coordinator writes in any language is approved: readers see it."""
    if titles is not None:
        wording.save_titles(meeting, titles, by=by)
    if agendas:
        wording.save_bodies(meeting, agendas, by=by)


def _group(meeting, objective, *, by):
    """A group at the hour of the whole, called after its objective."""
    group = Meeting(
        consultation=meeting.consultation,
        original_language=meeting.original_language,
        breakout_of=meeting,
        round_number=meeting.round_number,
        circle=meeting.circle,
        starts_at=meeting.starts_at,
        ends_at=meeting.ends_at,
        time_zone=meeting.time_zone,
    )
    label = objective.text("label", meeting.original_language).text
    titles = {code: {"title": getattr(objective, f"label_{code}") or ""} for code in CODES}
    wording.save_titles(group, titles | {meeting.original_language: {"title": label}}, titles, by=by)
    group.objectives.set([objective])
    return group


def _locked(meeting):
    consultation = lines.lock(meeting.consultation)
    meeting = Meeting.objects.get(pk=meeting.pk)
    meeting.consultation = consultation
    return meeting


def _set_facts(meeting, facts):
    shared = {"round_number", "circle"} if meeting.repeats_id else set()
    for name in FACTS:
        if name in facts and name not in shared:
            setattr(meeting, name, facts[name])
    if meeting.starts_at and meeting.ends_at and meeting.ends_at <= meeting.starts_at:
        raise Refused(_("A meeting must end after it begins."), "ends_at")
    if meeting.ends_at and not meeting.starts_at:
        raise Refused(_("Say when the meeting begins."), "starts_at")


def _move(meeting, before, why_moved, *, by):
    """Keep the old time of an announced meeting, and tell the new one."""
    moved = consultations.keep_moved(
        meeting, "starts_at", before["starts_at"], was_end=before["ends_at"], reason=why_moved, by=by
    )
    if moved and meeting.starts_at:
        notify(ConsultationMoved, meeting, by=by)


def _dates_changed(consultation, *changed):
    """Let the consultation's days follow its meetings; what is owed and what is found about those changed follows."""
    set_for = consultation.meetings.filter(starts_at__isnull=False, cancelled_at__isnull=True)
    found = set_for.aggregate(first=Min("starts_at"), last=Max("starts_at"))
    if found["first"]:
        zone = dates.zone_of(consultation.time_zone)
        consultation.begins_on = found["first"].astimezone(zone).date()
        consultation.ends_on = found["last"].astimezone(zone).date()
        consultation.begins_precision = consultation.ends_precision = Consultation.Precision.DAY
        consultation.save(
            update_fields=["begins_on", "ends_on", "begins_precision", "ends_precision", "changed_at"]
        )
    reminders.plan(consultation)
    publication.changed(consultation, parts=changed)
