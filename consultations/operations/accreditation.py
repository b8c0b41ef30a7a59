"""What an organization notes, for itself, of its way through a door."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from consultations.models import DoorNote
from portal import clock
from portal.errors import Refused
from portal.operations import log, records


@transaction.atomic
def note(track, *, organization, stage, on, words="", by):
    """Add a dated note to a door; only people of the organization read it."""
    if on > clock.latest_day():
        raise Refused(_("This day is still to come."), "on")
    made = DoorNote.objects.create(
        track=track, organization=organization, stage=stage, on=on, words=words, written_by=by
    )
    # The log names the organization alone: which door it tries is nobody's business.
    log.record("note on a door written", organization, by=by)
    return made


@transaction.atomic
def forget(note, *, by):
    """Take a note back for good."""
    records.remove(DoorNote.objects.filter(pk=note.pk))
    log.record("note on a door removed", note.organization, by=by)
    return note.track
