"""The kernel's records. Import models from here."""

from portal.models.assignments import Assignment
from portal.models.changes import PublicChange
from portal.models.compact import Country, Objective, Principle, Region
from portal.models.erasures import Erasure
from portal.models.files import StoredFile
from portal.models.groups import GroupMember, JoinRequest, WorkingGroup
from portal.models.installations import Backup, Installation
from portal.models.limits import Allowance, CacheEntry
from portal.models.links import SourceLink
from portal.models.listed_addresses import ListedAddress
from portal.models.log import Actor, LogEntry
from portal.models.memberships import Invitation, Membership
from portal.models.mergers import Merger
from portal.models.moments import Timed
from portal.models.notices import (
    AccountMail,
    Alarm,
    Delivery,
    Digest,
    InboxEntry,
    MailEvent,
    Notice,
    Tally,
    not_held,
)
from portal.models.organizations import Claim, Organization, Shown
from portal.models.processes import Phase, Process
from portal.models.readers import Reader
from portal.models.receipts import FormReceipt
from portal.models.recipients import Choice, Recipient
from portal.models.records import Belongs, Moves, Record, RecordQuerySet, ended_before
from portal.models.roles import Role
from portal.models.search import Searched, SearchEntry
from portal.models.sessions import Session
from portal.models.suspensions import Suspension
from portal.models.texts import Body, MovedDate, TextState, Translated, has_words, shown
from portal.models.users import User

__all__ = [
    "AccountMail",
    "Actor",
    "Alarm",
    "Allowance",
    "Assignment",
    "Backup",
    "Belongs",
    "Body",
    "CacheEntry",
    "Choice",
    "Claim",
    "Country",
    "Delivery",
    "Digest",
    "Erasure",
    "FormReceipt",
    "GroupMember",
    "InboxEntry",
    "Installation",
    "Invitation",
    "JoinRequest",
    "ListedAddress",
    "LogEntry",
    "MailEvent",
    "Membership",
    "Merger",
    "MovedDate",
    "Moves",
    "Notice",
    "Objective",
    "Organization",
    "Phase",
    "Principle",
    "Process",
    "PublicChange",
    "Reader",
    "Recipient",
    "Record",
    "RecordQuerySet",
    "Region",
    "Role",
    "SearchEntry",
    "Searched",
    "Session",
    "Shown",
    "SourceLink",
    "StoredFile",
    "Suspension",
    "Tally",
    "TextState",
    "Timed",
    "Translated",
    "User",
    "WorkingGroup",
    "ended_before",
    "has_words",
    "not_held",
    "shown",
]
