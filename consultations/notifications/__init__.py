"""What consultations tell: that one opens, that one's place is confirmed or waits, that a date has moved."""

from consultations.notifications.consultations import ConsultationOpened, DeadlineNear
from consultations.notifications.guests import GuestAccepted, GuestInvited, GuestWithdrawn
from consultations.notifications.meetings import (
    ConsultationMoved,
    JoinAddressGiven,
    MeetingCancelled,
    MeetingNear,
)
from consultations.notifications.registrations import (
    DelegateNamed,
    DelegateRemoved,
    RegistrationCancelled,
    RegistrationConfirmed,
    RegistrationDeclined,
    RegistrationPromoted,
    RegistrationReceived,
    RegistrationWaitlisted,
)

__all__ = [
    "ConsultationMoved",
    "ConsultationOpened",
    "DeadlineNear",
    "DelegateNamed",
    "DelegateRemoved",
    "GuestAccepted",
    "GuestInvited",
    "GuestWithdrawn",
    "JoinAddressGiven",
    "MeetingCancelled",
    "MeetingNear",
    "RegistrationCancelled",
    "RegistrationConfirmed",
    "RegistrationDeclined",
    "RegistrationPromoted",
    "RegistrationReceived",
    "RegistrationWaitlisted",
]
