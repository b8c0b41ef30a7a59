"""The one door for telling people: kinds of notice, and notify(), which writes one row in the caller's transaction.

A new kind is a subclass of Kind, marked `@register`, in an app's own `notifications.py`, and three templates,
`templates/emails/<name>/{subject.txt,body.txt,body.html}`; the bodies extend `emails/base.txt` and `base.html`.

What every template reads: `subject` (bodies only), `name` (of the reader, or empty), `action_url` (absolute, in the
reader's language), `action` (the words of the button), `why`, `settings_url`, `leave_url` (each may be empty),
`thing`, `language`, and whatever `Kind.context` adds. Templates ending in .txt are rendered without escaping.
A message is rendered once for all readers of a language; only the name and the personal links differ, unless the
kind says `is_personal`.
"""

import logging
import time

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import Exists, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce, Greatest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from kombu.exceptions import OperationalError

from portal import clock, items, tokens
from portal.models import (
    Claim,
    Digest,
    Invitation,
    JoinRequest,
    Membership,
    Notice,
    Organization,
    Reader,
    Recipient,
    User,
    WorkingGroup,
)
from portal.models.groups import those_who_run

SILENCE = 10  # seconds in which a broker that did not answer is not asked again
logger = logging.getLogger(__name__)
registry = {}


class Kind:
    """What may be told about things of one model, to whom, and in which words (templates/emails/<name>/)."""

    name = ""  # noun and participle: document-published
    model = None
    label = ""  # "An outcome document is published": how people choose it, and coordinators find it
    priority = 5  # 0 before all others, 9 for what goes to everybody
    action = pgettext_lazy("button", "Open")  # its words
    why = _("you have an account on this portal")  # ends the sentence "Why you receive this: …"
    can_be_left = True  # whether one may stop messages of this kind; it then bears List-Unsubscribe
    beside = ()  # rows that title() reads besides the thing, for select_related in lists
    is_personal = False  # whether context and attachments need the recipient: rendered for each one, slower
    is_listed = True  # among what people choose from, and coordinators watch
    is_kept = True  # in the inbox of each person who is told

    @staticmethod
    def organizations(thing):
        """The organizations that should learn of it: what coordinators watch. None where it concerns people only."""
        return Organization.objects.none()

    @classmethod
    def recipients(cls, thing):
        """The Recipients entitled to learn of it, as a queryset; by default, the people of `organizations`.

        An annotation `entitled_at` says since when each one is; who came after the notice is not told.
        """
        return people_of(cls.organizations(thing))

    @classmethod
    def sees(cls, reader, thing):
        """Whether this reader may (still) see the thing; asked again before each message leaves."""
        return cls.model.objects.visible_to(reader).filter(pk=thing.pk).exists()

    @staticmethod
    def is_neutral(thing):
        """Whether the message says only that there is something, as for closed rooms (safety.md, D9).

        It then takes its words from templates/emails/neutral/ and carries no attachment.
        """
        return False

    @staticmethod
    def title(thing, language):
        """What the thing is called in the coordinators' lists; never in a message by itself."""
        for above in (thing, *(thing.belongs_to() if hasattr(thing, "belongs_to") else ())):
            for field in ("title", "name"):
                if hasattr(above, f"{field}_{language}"):
                    return above.text(field, language)
        return ""

    @staticmethod
    def address(thing):
        """The path that the button leads to, resolved under the reader's language."""
        return thing.get_absolute_url()

    @staticmethod
    def context(thing, language, recipient=None):
        """What the templates of this kind read besides; the recipient is given to personal kinds only."""
        return {}

    @staticmethod
    def attachments(thing, recipient=None):
        """Files that go with the message, made under the reader's language: [(name, bytes, media type)]."""
        return []


def register(kind):
    """Make a kind known by its name."""
    registry[kind.name] = kind
    return kind


def notify(kind, thing, language="", *, by):
    """Write ONE notice in the caller's transaction, and ring for the drainer once it is committed.

    With a language, only those who read it are told. The same thing in the same version is told once.
    """
    notice, made = Notice.objects.get_or_create(
        kind=kind.name,
        content_type=ContentType.objects.get_for_model(thing),
        object_id=thing.pk,
        version=getattr(thing, "version", 1),
        language=language,
        defaults={"created_at": clock.now(), "created_by": by, "priority": kind.priority},
    )
    if made:
        transaction.on_commit(ring, robust=True)
    return notice


_silent_until = 0.0


def ring():
    """Ask a worker to look for what is due; without a broker the sweep finds it a little later."""
    from portal.tasks import drain  # noqa: PLC0415 - tasks import operations

    global _silent_until
    if time.monotonic() < _silent_until:
        return
    try:
        with drain.app.connection_for_write() as connection:
            connection.transport_options = {
                "socket_timeout": 1,
                "socket_connect_timeout": 1,
                "max_retries": 0,
            }
            drain.apply_async(connection=connection, retry=False)
    except OperationalError:
        _silent_until = time.monotonic() + SILENCE
        logger.warning("the broker does not answer; the sweep will find what is due")


def people_of(organizations):
    """The Recipients of the people of these organizations, and of their shared mailboxes, each once."""
    belongs = Membership.objects.filter(user=OuterRef("user"), organization__in=organizations)
    belongs = belongs.annotate(at=Greatest("since", "organization__verified_at")).order_by("at")
    since = Coalesce(Subquery(belongs.values("at")[:1]), Greatest("created_at", "organization__verified_at"))
    recipients = Recipient.objects.filter(Q(Exists(belongs)) | Q(organization__in=organizations))
    return recipients.annotate(entitled_at=since)


@register
class OrganizationVerified(Kind):
    name, model = "organization-verified", Organization
    label = _("Your organization is verified")
    priority = 3
    action = _("Open your organization's page")
    why = _("you belong to this organization")
    can_be_left = False

    @staticmethod
    def organizations(organization):
        return Organization.objects.filter(pk=organization.pk)

    @staticmethod
    def address(organization):
        return reverse("my-organization", args=[organization.key])

    @staticmethod
    def context(organization, language, recipient=None):
        return {"organization": organization.text("name", language)}


@register
class OrganizationRefused(Kind):
    name, model = "organization-refused", Claim
    label = _("Your organization is not verified")
    priority = 3
    action = _("See why, and what you can do")
    why = _("you asked to speak for this organization")
    can_be_left = False
    beside = ("organization",)

    @staticmethod
    def recipients(claim):
        return Recipient.objects.of_people([claim.user_id])

    @classmethod
    def sees(cls, reader, claim):
        """Whoever asked, and nobody in her place."""
        return reader.user is not None and reader.user.pk == claim.user_id

    @staticmethod
    def address(claim):
        return reverse("my-organization")

    @staticmethod
    def context(claim, language, recipient=None):
        return {
            "organization": claim.organization.text("name", language),
            "reason": claim.get_reason_display(),
            "answer": claim.answer,
        }


@register
class ColleagueInvited(Kind):
    name, model = "colleague-invited", Invitation
    label = _("A colleague invites you")
    priority = 2
    action = _("Open the invitation")
    why = _("somebody entered this address to invite you")
    can_be_left = False

    @staticmethod
    def recipients(invitation):
        return Recipient.objects.filter(pk=invitation.recipient_id)

    @classmethod
    def sees(cls, reader, invitation):
        """Whoever was invited, until the letter is used, replaced or over."""
        open_letters = Invitation.objects.filter(
            pk=invitation.pk, accepted_at=None, expires_at__gt=clock.now()
        )
        return open_letters.filter(recipient=reader.recipient).exists()

    @staticmethod
    def address(invitation):
        return reverse("invitation", args=[tokens.make(Invitation.PURPOSE, invitation.nonce)])

    @staticmethod
    def context(invitation, language, recipient=None):
        return {"organization": invitation.organization.text("name", language)}


@register
class DigestGathered(Kind):
    """The summary of a day or a week, for those who chose it: each kind's own subjects, the urgent ones first."""

    name, model = "digest-gathered", Digest
    label = _("Your summary")
    priority = 6
    action = _("Open your messages")
    why = _("you chose to be told of some things together")
    is_personal, is_listed, is_kept = True, False, False

    @staticmethod
    def recipients(digest):
        return Recipient.objects.filter(pk=digest.recipient_id)

    @classmethod
    def sees(cls, reader, digest):
        """As long as something in it may still be seen."""
        return digest.recipient_id == reader.recipient.pk and bool(cls.items(digest, reader))

    @staticmethod
    def context(digest, language, recipient=None):
        found = DigestGathered.items(digest, Reader.of_recipient(recipient))
        groups = {}
        for item in sorted(found, key=lambda item: (item.kind.priority, item.notice.pk)):
            groups.setdefault(item.kind.name, (item.kind.label, []))[1].append(
                (item.line, settings.SITE_URL + item.address)
            )
        return {"groups": list(groups.values()), "count": len(found)}

    @staticmethod
    def items(digest, reader):
        """What was gathered and may still be seen by its reader."""
        notices = Notice.objects.filter(deliveries__digest=digest).order_by("pk")
        return items.of(registry, notices, reader)


class OfJoining(Kind):
    """About one request to join a working group."""

    model = JoinRequest
    priority, can_be_left = 3, False
    beside = ("group",)

    @classmethod
    def sees(cls, reader, asked):
        return (
            cls.model.objects.visible_to(reader).filter(pk=asked.pk).exists()
            and WorkingGroup.objects.visible_to(reader).filter(pk=asked.group_id).exists()
        )

    @staticmethod
    def title(asked, language):
        return asked.group.text("title", language)

    @staticmethod
    def is_neutral(asked):
        return asked.group.access == WorkingGroup.Access.INVITED

    @staticmethod
    def context(asked, language, recipient=None):
        return {"group": asked.group.text("title", language), "asked": asked}


@register
class GroupJoinAsked(OfJoining):
    """Told to those who run the group, while the request waits; who asks stands behind the button."""

    name = "group-join-asked"
    label = _("Somebody asks to join a working group that you run")
    action = _("Look at the request")
    why = _("you run this working group")
    can_be_left = True

    @staticmethod
    def recipients(asked):
        people = User.objects.filter(those_who_run(asked.group)).exclude(pk=asked.user_id)
        return Recipient.objects.of_people(people)

    @classmethod
    def sees(cls, reader, asked):
        return asked.status == JoinRequest.Status.WAITING and super().sees(reader, asked)


@register
class GroupJoinAnswered(OfJoining):
    """Told to the person who asked."""

    name = "group-join-answered"
    label = _("Your request to join a working group is answered")
    action = _("Open the working group")
    why = _("you asked to join this working group")

    @staticmethod
    def recipients(asked):
        return Recipient.objects.of_people([asked.user_id])
