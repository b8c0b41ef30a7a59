"""The meetings of sample consultations, moved along with the days, and what is owed about them."""

from django.utils.dateparse import parse_datetime

from consultations.models import Consultation, Meeting
from consultations.operations import reminders, sample_rows
from portal import clock
from portal.operations import sources, texts

MOMENTS = ("starts_at", "ends_at")


def bring(shelf, name, meetings):
    """Set the meetings of a sample consultation, or move along those that nobody moved, called off or took out."""
    consultation = shelf.rows[name]
    given = consultation.archive_values.get("meetings", {})
    wanted = {key: _facts(shelf, consultation, facts) for key, facts in meetings.items()}
    if wanted == given:
        return
    for key, facts in wanted.items():
        meeting = Meeting.objects.filter(key=sample_rows.key_of(f"{name}/{key}")).first()
        if meeting is not None and meeting.cancelled_at is None:
            _mend(meeting, given.get(key, {}), facts)
        elif meeting is None and key not in given:
            _make(consultation, key, name, facts, meetings[key]["titles"])
    sample_rows.remember(consultation, meetings=wanted)
    if name not in shelf.changed:
        shelf.changed.append(name)
    _plan(consultation, is_new=not given)


def _facts(shelf, consultation, facts):
    zone = consultation.time_zone
    return {
        "starts_at": sources.plain(shelf.moment(facts["day"], facts["from"], zone)),
        "ends_at": sources.plain(shelf.moment(facts["day"], facts["to"], zone)),
        "round_number": facts.get("round_number", 1),
        "join_url": facts.get("join_url", ""),
    }


def _make(consultation, key, name, facts, titles):
    meeting = Meeting(
        key=sample_rows.key_of(f"{name}/{key}"), consultation=consultation, time_zone=consultation.time_zone
    )
    _set(meeting, facts)
    for code, title in titles.items():
        setattr(meeting, f"title_{code}", title)
    others = {code: {"title": title} for code, title in titles.items() if code != "en"}
    texts.save_texts(meeting, others, approve=True, note=sources.OURS)


def _mend(meeting, given, facts):
    standing = {name: sources.plain(getattr(meeting, name)) for name in facts}
    change, _kept = sources.merge(given, standing, facts)
    if change:
        _set(meeting, change)
        # Calendars that hold the old time learn of the new one by a higher number.
        meeting.sequence += 1
        meeting.save()


def _set(meeting, facts):
    for name, value in facts.items():
        setattr(meeting, name, parse_datetime(value) if name in MOMENTS else value)


def _plan(consultation, *, is_new):
    """What is owed about an open consultation: its opening, where it opens later, its deadline, its meetings."""
    if consultation.status != Consultation.Status.OPEN:
        return
    reminders.plan(consultation)
    if not is_new:
        reminders.move_opening(consultation)
    elif consultation.opens_at and consultation.opens_at > clock.now():
        reminders.plan_opening(consultation)
