"""What the kernel keeps, and what the libraries keep for it: each field with its class (portal/data_map.py)."""

from allauth.account.models import EmailAddress, EmailConfirmation
from allauth.mfa.models import Authenticator
from django.contrib.admin.models import LogEntry as AdminLogEntry
from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from portal import models
from portal.data_map import ARCHIVE, EDITORS, RECORD, Kept, Room

REFERENCE = Room(
    _("The Compact, its objectives, regions and countries, and what the portal knows of itself"),
    _("So that everything can be found and counted"),
    _("For good"),
)
PUBLISHED = Room(
    _("What is published, with its drafts, and who wrote, changed or approved it"),
    _("So that those who work on it together know whom to ask"),
    _("The text for good; who wrote it until that person's account is closed"),
)
ORGANIZATIONS = Room(
    _("What an organization says of itself"),
    _("So that it can take part, be written to, and be found if it wants to"),
    _("As long as it stands in the portal"),
)
LISTED = Room(
    _("Where a mailing list reached an organization before it came here, and whether that was agreed to"),
    _("So that whoever runs the list finds its organizations again; nothing is sent there"),
    _("Until the organization is verified"),
)
ACCOUNT = Room(
    _("Your account: e-mail address, name, language, time zone, and how you prove that it is you"),
    _("So that you can sign in, and be written to in your language"),
    _("Until the account is closed"),
)
MEMBERSHIP = Room(
    _("Where you belong and what you may do: organizations, working groups, roles, invitations"),
    _("So that the portal knows for whom you may act"),
    _("As long as you belong there, and until the account is closed at the latest"),
)
CHOICES = Room(
    _("Where we may write to you, about what, and on which days"),
    _("So that you get what you chose, and nothing else"),
    _("As long as there is something to write to you about"),
)
MESSAGES = Room(
    _("Which messages were sent to you, and whether they arrived"),
    _("So that you are told once, and a message that did not arrive is noticed"),
    ngettext_lazy("%(days)s day after sending", "%(days)s days after sending", "days"),
    "KEEP_DELIVERIES_DAYS",
)
INBOX = Room(
    _("Your messages in the portal, and which of them you have read"),
    _("So that you find them again"),
    ngettext_lazy("%(days)s day", "%(days)s days", "days"),
    "KEEP_INBOX_DAYS",
)
SESSIONS = Room(
    _("That you are signed in with a browser, and which forms you have just sent"),
    _("So that you stay signed in, and nothing is done twice"),
    ngettext_lazy("%(days)s day at most", "%(days)s days at most", "days"),
    "SESSION_DAYS",
)
LIMITS = Room(
    _("How often something was tried, under a number that nobody can read back"),
    _("So that codes cannot be guessed and mailboxes cannot be flooded"),
    _("Until the limit is over, a few days at most"),
)
LOG = Room(
    _("Which act was done when, under a number instead of a name"),
    _("So that it can be said later how a decision came about"),
    _("For good; the number leads to you until the account is closed"),
)


def of_address(user):
    """The condition of being one of the addresses at which this person reads."""
    return Q(address__in=EmailAddress.objects.filter(user=user, verified=True).values("email"))


def acts_of(user):
    """The condition of being an act of this person."""
    return Q(actor_key__in=models.Actor.objects.filter(user=user).values("key"))


KEPT = {
    models.Objective: Kept(REFERENCE, "title_sources given number title label label_sources roundtable"),
    models.Principle: Kept(REFERENCE, "title_sources given number letter slug title"),
    models.Region: Kept(REFERENCE, "title_sources given code title commission commission_name reviews"),
    models.Country: Kept(REFERENCE, "iso2 iso3 m49 name subregion given regions"),
    models.PublicChange: Kept(REFERENCE, "amount transaction"),
    models.SourceLink: Kept(REFERENCE, "content_type object_id word named_type named_id"),
    models.Erasure: Kept(REFERENCE, organization="digest erased_at"),
    models.Tally: Kept(REFERENCE, "name count"),
    models.Alarm: Kept(REFERENCE, "name since seen_at until answer"),
    models.Installation: Kept(
        REFERENCE,
        "mark confirmed_at restored_at restored_from secret_since",
        personal="confirmed_by",
        secrets="secret_mark",
    ),
    models.Backup: Kept(REFERENCE, "made_at size files checksum"),
    models.SearchEntry: Kept(
        PUBLISHED,
        "content_type object_id language access kind title excerpt address folded_title words changed_at objectives process year",
    ),
    models.Process: Kept(
        PUBLISHED, f"{RECORD} {ARCHIVE} status place mode is_current objectives", personal=EDITORS
    ),
    models.Phase: Kept(
        PUBLISHED,
        f"{RECORD} {ARCHIVE} status process region place deadline_at deadline_is_day time_zone objectives",
        personal=EDITORS,
    ),
    models.StoredFile: Kept(
        PUBLISHED, "key media_type size pages checksum created_at", "name blob", personal="created_by"
    ),
    models.TextState: Kept(
        PUBLISHED,
        "content_type object_id group language state source_digest is_official note approved_at pairs",
        personal="approved_by",
    ),
    models.Body: Kept(PUBLISHED, "content_type object_id language markdown html"),
    models.MovedDate: Kept(
        PUBLISHED,
        "content_type object_id field was_start was_end reason source_url moved_at",
        personal="moved_by",
    ),
    models.Organization: Kept(
        ORGANIZATIONS,
        """original_language languages key slug name folded_name looks other_names other_summaries acronym summary
        constituency sort sort_word is_migrant_led country spoken website regions objectives relation source_url also
        source_notes in_directory directory_fields""",
        f"{ARCHIVE} status is_from_list version held_because mailbox mailbox_language created_at changed_at verified_at",
        personal="people",
    ),
    models.Claim: Kept(
        MEMBERSHIP,
        organization="key organization status version reason answer answered_at",
        personal="user words made_at",
        about=("user",),
    ),
    models.ListedAddress: Kept(
        LISTED, organization="organization", personal="address language consent added_at", found=of_address
    ),
    models.Merger: Kept(ORGANIZATIONS, "organization name former_id key slug merged_at"),
    models.Suspension: Kept(ORGANIZATIONS, "key organization reason words made_at lifted_at"),
    models.Membership: Kept(
        MEMBERSHIP, organization="organization", personal="user role since", about=("user",)
    ),
    models.Invitation: Kept(
        MEMBERSHIP,
        organization="organization language created_at expires_at accepted_at",
        personal="email invited_by recipient",
        secrets="nonce token_hash",
        about=("recipient__user",),
    ),
    models.Role: Kept(
        MEMBERSHIP,
        organization="key version content_type object_id",
        personal="user kind language until given_by given_at",
        about=("user",),
    ),
    models.Assignment: Kept(
        MEMBERSHIP,
        organization="key version source content_type object_id language",
        personal="user due_at status words given_by given_at",
        about=("user",),
    ),
    models.WorkingGroup: Kept(
        PUBLISHED,
        f"{RECORD} {ARCHIVE} status takes_requests lists_members objectives organizations",
        personal=EDITORS,
    ),
    models.GroupMember: Kept(
        MEMBERSHIP, organization="key group organization", personal="user role since", about=("user",)
    ),
    models.JoinRequest: Kept(
        MEMBERSHIP,
        organization="key group organization status version answer answered_at",
        personal="user words asked_at answered_by",
        about=("user",),
    ),
    models.User: Kept(
        ACCOUNT,
        personal="key email name language time_zone is_superuser is_staff is_active joined_at last_login groups user_permissions",
        secrets="password session_nonce",
        about=("",),
    ),
    EmailAddress: Kept(ACCOUNT, personal="user email verified primary", about=("user",)),
    EmailConfirmation: Kept(
        ACCOUNT, personal="email_address created sent", secrets="key", about=("email_address__user",)
    ),
    Authenticator: Kept(
        ACCOUNT, personal="user type created_at last_used_at", secrets="data", about=("user",)
    ),
    models.Recipient: Kept(
        CHOICES,
        organization="organization",
        personal="key address language user quiet_days suppressed_at suppressed_because created_at",
        secrets="nonce",
        about=("user",),
    ),
    models.Choice: Kept(
        CHOICES, personal="recipient kind objective how chosen_at", about=("recipient__user",)
    ),
    models.Notice: Kept(
        PUBLISHED,
        organization="key kind content_type object_id version language priority created_at cursor expanded_at held_until",
        personal="created_by",
    ),
    models.Digest: Kept(MESSAGES, personal="key recipient channel created_at", about=("recipient__user",)),
    models.Delivery: Kept(
        MESSAGES,
        organization="priority attempts not_before lease_owner lease_until",
        personal="""key notice recipient channel message_id lang state last_code provider_id created_at tried_at
        finished_at digest""",
        about=("recipient__user",),
    ),
    models.AccountMail: Kept(
        MESSAGES,
        personal="delivery subject expires_at",
        secrets="body html",
        about=("delivery__recipient__user",),
    ),
    models.MailEvent: Kept(MESSAGES, organization="event_id heard_at"),
    models.InboxEntry: Kept(
        INBOX, personal="key notice recipient created_at read_at", about=("recipient__user",)
    ),
    models.Session: Kept(
        SESSIONS,
        personal="user began_at seen_at expire_date",
        secrets="session_key session_data",
        about=("user",),
    ),
    models.FormReceipt: Kept(SESSIONS, personal="route created_at", secrets="sender key request_hash result"),
    models.Allowance: Kept(LIMITS, organization="name used_at ends_at", secrets="subject"),
    models.CacheEntry: Kept(LIMITS, organization="ends_at", secrets="key value"),
    models.Actor: Kept(LOG, personal="key user", about=("user",)),
    models.LogEntry: Kept(
        LOG, organization="content_type object_id", personal="act actor_key at", found=acts_of
    ),
    AdminLogEntry: Kept(
        LOG,
        organization="content_type object_id",
        personal="action_time user action_flag change_message",
        secrets="object_repr",  # the name of whom or what was changed
        about=("user",),
    ),
    Group: Kept(REFERENCE, organization="name permissions"),
    Permission: Kept(REFERENCE, "name content_type codename"),
    ContentType: Kept(REFERENCE, "app_label model"),
}
