"""The work: consultations, meetings and registrations; calls, themes and commitments."""

from consultations.models.accreditation import AccreditationTrack
from consultations.models.calls import Call, Theme
from consultations.models.commitments import Commitment, CommitmentUpdate
from consultations.models.consultations import Consultation, DocumentOrigin
from consultations.models.feeds import CalendarFeed
from consultations.models.guests import Guest
from consultations.models.meetings import Material, Meeting
from consultations.models.registrations import Delegate, Registration
from consultations.models.reminders import Reminder

__all__ = [
    "AccreditationTrack",
    "CalendarFeed",
    "Call",
    "Commitment",
    "CommitmentUpdate",
    "Consultation",
    "Delegate",
    "DocumentOrigin",
    "Guest",
    "Material",
    "Meeting",
    "Registration",
    "Reminder",
    "Theme",
]
