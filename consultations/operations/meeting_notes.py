"""Notes on meetings, under the rule of attribution of their consultation."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from consultations.models import Consultation, MeetingNote
from consultations.operations import lines
from portal.errors import Refused
from portal.operations import log


@transaction.atomic
def write(meeting, *, text, language, speaker="", objective=None, themes=(), by):
    """Write down what a meeting said; who said it only where that may be told."""
    consultation = lines.lock(meeting.consultation)
    is_attributed = consultation.attribution == Consultation.Attribution.ATTRIBUTED
    if speaker and not is_attributed:
        raise Refused(_("In this room nobody is named."))
    made = MeetingNote.objects.create(
        meeting=meeting,
        objective=objective,
        language=language,
        text=text,
        speaker=speaker,
        is_attributed=is_attributed,
        written_by=by,
    )
    made.themes.set(themes)
    log.record("note on a meeting written", meeting, by=by)
    return made


@transaction.atomic
def remove(note, *, by):
    """Take a note back."""
    meeting = note.meeting
    note.delete()
    log.record("note on a meeting removed", meeting, by=by)
    return meeting


def follow_rule(consultation):
    """Forget who said what, once nothing may be attributed any more; who calls holds the lock."""
    if consultation.attribution != Consultation.Attribution.ATTRIBUTED:
        rows = MeetingNote.objects.filter(meeting__consultation=consultation, is_attributed=True)
        rows.update(speaker="", is_attributed=False)
