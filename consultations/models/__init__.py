"""The work: consultations, meetings and registrations; calls, themes and commitments."""

from consultations.models.accreditation import AccreditationTrack, DoorNote
from consultations.models.admissions import Admission
from consultations.models.announcements import Announcement, AnnouncementCorrection, AnnouncementTrial
from consultations.models.attendance import Attendance, DoorCode
from consultations.models.calls import Call, CallInvitation, Theme
from consultations.models.circulars import Circular
from consultations.models.comments import Comment, CommentRound
from consultations.models.commitments import Commitment, CommitmentReport, CommitmentUpdate
from consultations.models.consents import ConsentText
from consultations.models.consultations import Consultation, DocumentOrigin
from consultations.models.contributions import Contribution
from consultations.models.endorsements import Endorsement, OutsideSigner, Shown
from consultations.models.feeds import CalendarFeed
from consultations.models.groups import GroupConsultation, GroupDocument
from consultations.models.guests import Guest
from consultations.models.inputs import Input, Use
from consultations.models.links import RegistrationLink
from consultations.models.meeting_notes import MeetingNote
from consultations.models.meetings import Material, Meeting
from consultations.models.papers import Paper, Paragraph, ParagraphText, Section, SectionEdit
from consultations.models.postcards import Postcard, PostcardText
from consultations.models.priorities import Priority
from consultations.models.questions import Answer, KeptFile, Option, Question, RegistrationAnswer
from consultations.models.quotas import Quota
from consultations.models.registrations import Delegate, FormerDelegate, Registration
from consultations.models.reminders import Reminder
from consultations.models.reports import Report
from consultations.models.sign_on import SignOnLink, SignOnReminder
from consultations.models.sources import Source
from consultations.models.submissions import Submission, SubmissionOutcome
from consultations.models.versions import PaperVersion, Print, VersionText
from consultations.models.voices import Voice, VoiceConsent, VoiceUse

__all__ = [
    "AccreditationTrack",
    "Admission",
    "Announcement",
    "AnnouncementCorrection",
    "AnnouncementTrial",
    "Answer",
    "Attendance",
    "CalendarFeed",
    "Call",
    "CallInvitation",
    "Circular",
    "Comment",
    "CommentRound",
    "Commitment",
    "CommitmentReport",
    "CommitmentUpdate",
    "ConsentText",
    "Consultation",
    "Contribution",
    "Delegate",
    "DocumentOrigin",
    "DoorCode",
    "DoorNote",
    "Endorsement",
    "FormerDelegate",
    "GroupConsultation",
    "GroupDocument",
    "Guest",
    "Input",
    "KeptFile",
    "Material",
    "Meeting",
    "MeetingNote",
    "Option",
    "OutsideSigner",
    "Paper",
    "PaperVersion",
    "Paragraph",
    "ParagraphText",
    "Postcard",
    "PostcardText",
    "Print",
    "Priority",
    "Question",
    "Quota",
    "Registration",
    "RegistrationAnswer",
    "RegistrationLink",
    "Reminder",
    "Report",
    "Section",
    "SectionEdit",
    "Shown",
    "SignOnLink",
    "SignOnReminder",
    "Source",
    "Submission",
    "SubmissionOutcome",
    "Theme",
    "Use",
    "VersionText",
    "Voice",
    "VoiceConsent",
    "VoiceUse",
]
