"""The one door for telling people: kinds of notice, and notify(), which writes one row in the caller's transaction."""

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from portal import clock
from portal.models import Invitation, Membership, Notice, Organization, Reader, Recipient

registry = {}


class Kind:
    """What may be told about things of one model, to whom, and in which words (templates/emails/<name>/)."""

    name = ""
    model = None
    label = ""
    priority = 5

    @staticmethod
    def recipients(thing):
        """The Recipients entitled to learn of it, as a queryset."""
        raise LookupError("every kind says whom it concerns")

    @classmethod
    def sees(cls, reader, thing):
        """Whether this reader may (still) see the thing; asked again before each message leaves."""
        return cls.model.objects.visible_to(reader).filter(pk=thing.pk).exists()

    @staticmethod
    def is_neutral(thing):
        """Whether the message says only that there is something, as for closed rooms (safety.md, D9)."""
        return False

    @staticmethod
    def context(thing, language, recipient=None):
        """What the templates of this kind read, in this language."""
        return {}


def register(kind):
    """Make a kind known by its name."""
    registry[kind.name] = kind
    return kind


def notify(kind, thing, *, language="", by):
    """Write ONE notice in the caller's transaction, and ring for the drainer once it is committed."""
    notice, made = Notice.objects.get_or_create(
        kind=kind.name,
        content_type=ContentType.objects.get_for_model(thing),
        object_id=thing.pk,
        version=getattr(thing, "version", 1),
        language=language,
        defaults={"created_at": clock.now(), "created_by": by},
    )
    if made:
        transaction.on_commit(ring, robust=True)
    return notice


def ring():
    """Ask a worker to look for what is due; without a broker the sweep finds it a little later."""
    from portal.tasks import drain  # noqa: PLC0415 - tasks import operations

    drain.apply_async(retry=False)


def people_of(organizations):
    """The Recipients of the people of these organizations, and of their shared mailboxes."""
    return Recipient.objects.filter(user__membership__organization__in=organizations) | Recipient.objects.filter(
        organization__in=organizations
    )


@register
class OrganizationVerified(Kind):
    name, model = "organization-verified", Organization
    label = _("Your organization is verified")

    @staticmethod
    def recipients(organization):
        return people_of([organization]).distinct()


@register
class ColleagueInvited(Kind):
    name, model = "colleague-invited", Invitation
    label = _("A colleague invites you")

    @staticmethod
    def recipients(invitation):
        return Recipient.objects.filter(pk=invitation.recipient_id)

    @classmethod
    def sees(cls, reader, invitation):
        return invitation.accepted_at is None and reader.recipient is not None
