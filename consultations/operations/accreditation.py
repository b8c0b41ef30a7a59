"""What an organization notes, for itself, of its way through a door."""

from django.db import transaction

from consultations.models import DoorNote
from portal.operations import log


@transaction.atomic
def note(track, *, organization, stage, on, words="", by):
    """Add a dated note to a door; only people of the organization read it."""
    made = DoorNote.objects.create(
        track=track, organization=organization, stage=stage, on=on, words=words, written_by=by
    )
    # The log names the organization alone: which door it tries is nobody's business.
    log.record("note on a door written", organization, by=by)
    return made


@transaction.atomic
def forget(note, *, by):
    """Take a note back for good."""
    track = note.track
    log.record("note on a door removed", note.organization, by=by)
    note.delete()
    return track
