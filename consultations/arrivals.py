"""Delegates at the door: the link by which each says that he or she is there, and as whom."""

from django.urls import reverse

from consultations.models import Delegate, Registration
from consultations.models.registrations import sent_as
from portal import tokens
from portal.models import Recipient

PURPOSE = "arrival"


def address(meeting, recipient):
    """The address that a delegate without account opens at the door of a meeting."""
    token = tokens.make_for(PURPOSE, recipient.key, recipient.nonce)
    return reverse("consultations:arrival-letter", args=[meeting.key, token])


def held_by(token):
    """Whom the message was sent to that brought this token; or None."""
    parts = tokens.split(token)
    row = Recipient.objects.filter(key=parts[0]).select_related("user").first() if parts else None
    return row if row and tokens.proves(parts[1], PURPOSE, row.nonce) else None


def delegates_of(reader, meeting):
    """The reader as delegate, confirmed for a meeting: one row, or several where several organizations send her."""
    rows = sent_as(reader).filter(registration__consultation=meeting.consultation_id)
    return rows.filter(registration__status=Registration.Status.CONFIRMED).order_by("pk")


def is_sent(recipient, meeting):
    """Whether this address is a delegate's who is confirmed for a meeting."""
    rows = Delegate.objects.filter(recipient=recipient, registration__consultation=meeting.consultation_id)
    return rows.filter(registration__status=Registration.Status.CONFIRMED).exists()
