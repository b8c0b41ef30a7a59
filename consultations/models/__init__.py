"""The work: consultations, meetings and registrations; calls, themes and commitments."""

from consultations.models.accreditation import AccreditationTrack, DoorNote
from consultations.models.calls import Call, Theme
from consultations.models.commitments import Commitment, CommitmentReport, CommitmentUpdate
from consultations.models.consents import ConsentText
from consultations.models.consultations import Consultation, DocumentOrigin
from consultations.models.feeds import CalendarFeed
from consultations.models.groups import GroupConsultation, GroupDocument
from consultations.models.guests import Guest
from consultations.models.meetings import Material, Meeting
from consultations.models.questions import Answer, KeptFile, Option, Question, RegistrationAnswer
from consultations.models.registrations import Delegate, FormerDelegate, Registration
from consultations.models.reminders import Reminder
from consultations.models.submissions import Submission, SubmissionOutcome

__all__ = [
    "AccreditationTrack",
    "Answer",
    "CalendarFeed",
    "Call",
    "Commitment",
    "CommitmentReport",
    "CommitmentUpdate",
    "ConsentText",
    "Consultation",
    "Delegate",
    "DocumentOrigin",
    "DoorNote",
    "FormerDelegate",
    "GroupConsultation",
    "GroupDocument",
    "Guest",
    "KeptFile",
    "Material",
    "Meeting",
    "Option",
    "Question",
    "Registration",
    "RegistrationAnswer",
    "Reminder",
    "Submission",
    "SubmissionOutcome",
    "Theme",
]
