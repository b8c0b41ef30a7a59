"""The one door for telling people: kinds of notice, and notify(), which writes one row in the caller's transaction."""

from portal.notifications.accounts import SecondFactorReset
from portal.notifications.assignments import TranslationAssigned, TranslationDue, TranslationTakenBack
from portal.notifications.bell import ring
from portal.notifications.digests import DigestGathered
from portal.notifications.groups import GroupJoinAnswered, GroupJoinAsked
from portal.notifications.kinds import Kind, people_of, register, registry
from portal.notifications.organizations import (
    ColleagueInvited,
    OrganizationMerged,
    OrganizationRefused,
    OrganizationSuspended,
    OrganizationVerified,
)
from portal.notifications.roles import RoleEnding
from portal.notifications.telling import notice, notify

__all__ = [
    "ColleagueInvited",
    "DigestGathered",
    "GroupJoinAnswered",
    "GroupJoinAsked",
    "Kind",
    "OrganizationMerged",
    "OrganizationRefused",
    "OrganizationSuspended",
    "OrganizationVerified",
    "RoleEnding",
    "SecondFactorReset",
    "TranslationAssigned",
    "TranslationDue",
    "TranslationTakenBack",
    "notice",
    "notify",
    "people_of",
    "register",
    "registry",
    "ring",
]
