"""What consultations tell: that one opens, that one's place is confirmed or waits, that a date has moved."""

from consultations.notifications.admissions import AdmissionSent
from consultations.notifications.announcements import AnnouncementSent, AnnouncementTried
from consultations.notifications.calls import CallMissing, CallOpened, ContributionReceived, UrgentAsked
from consultations.notifications.circulars import CircularSent
from consultations.notifications.comments import CommentAnswered, CommentsMissing, CommentsOpened
from consultations.notifications.consultations import ConsultationOpened, DeadlineNear
from consultations.notifications.guests import GuestAccepted, GuestInvited, GuestWithdrawn
from consultations.notifications.meetings import (
    ConsultationMoved,
    JoinAddressGiven,
    MeetingCancelled,
    MeetingNear,
)
from consultations.notifications.outside_signers import SignatureAnswered, SignatureAsked
from consultations.notifications.papers import PaperCorrected
from consultations.notifications.registrations import (
    DelegateNamed,
    DelegateRemoved,
    DelegatesToName,
    OfferLapsed,
    PlaceOffered,
    RegistrationCancelled,
    RegistrationConfirmed,
    RegistrationDeclined,
    RegistrationPromoted,
    RegistrationReceived,
    RegistrationWaitlisted,
)
from consultations.notifications.sign_on import (
    EndorsementAskedAgain,
    PaperSignOnClosing,
    PaperSignOnOpened,
)

__all__ = [
    "AdmissionSent",
    "AnnouncementSent",
    "AnnouncementTried",
    "CallMissing",
    "CallOpened",
    "CircularSent",
    "CommentAnswered",
    "CommentsMissing",
    "CommentsOpened",
    "ConsultationMoved",
    "ConsultationOpened",
    "ContributionReceived",
    "DeadlineNear",
    "DelegateNamed",
    "DelegateRemoved",
    "DelegatesToName",
    "EndorsementAskedAgain",
    "GuestAccepted",
    "GuestInvited",
    "GuestWithdrawn",
    "JoinAddressGiven",
    "MeetingCancelled",
    "MeetingNear",
    "OfferLapsed",
    "PaperCorrected",
    "PaperSignOnClosing",
    "PaperSignOnOpened",
    "PlaceOffered",
    "RegistrationCancelled",
    "RegistrationConfirmed",
    "RegistrationDeclined",
    "RegistrationPromoted",
    "RegistrationReceived",
    "RegistrationWaitlisted",
    "SignatureAnswered",
    "SignatureAsked",
    "UrgentAsked",
]
