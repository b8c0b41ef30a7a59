"""Telling people: what happened, whom it concerns, and one row for each message owed (safety.md, D1 and D2)."""

import uuid
from functools import reduce
from operator import or_

from django.apps import apps
from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models, transaction
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from portal import tokens


class RecipientQuerySet(models.QuerySet):
    def of_people(self, users):
        return self.filter(user__in=users)

    def at(self, address):
        """All who share this address."""
        return self.annotate(folded=Lower("address")).filter(folded=address.lower())

    def reachable(self):
        return self.filter(suppressed_at__isnull=True).exclude(address="")

    def keep_for_person(self, user):
        """Make, or bring in step, the row of a person: called wherever an address or a language is set."""
        return self._keep({"user": user}, user.email, user.language)

    def keep_for_mailbox(self, organization):
        """The same for an organization's shared mailbox; without one there is nothing to make."""
        if not organization.mailbox and not self.filter(organization=organization).exists():
            return None
        return self._keep({"organization": organization}, organization.mailbox, organization.mailbox_language)

    @transaction.atomic
    def _keep(self, owner, address, language):
        address = address.lower()
        recipient, made = self.get_or_create(**owner, defaults={"address": address, "language": language})
        if not made and recipient.address != address:
            # Another address is another way to be reached: old links and an old bounce do not count for it.
            recipient.nonce, recipient.suppressed_at, recipient.suppressed_because = tokens.nonce(), None, ""
        if not made and (recipient.address, recipient.language) != (address, language):
            recipient.address, recipient.language = address, language
            recipient.save()
        return recipient


class Recipient(models.Model):
    """An address that we may write to: of a person, of an organization's shared mailbox, or of neither.

    `nonce` makes the links by which its holder leaves or chooses without signing in (portal/tokens.py).
    """

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    address = models.EmailField(_("e-mail address"), blank=True)
    language = models.CharField(max_length=8, choices=settings.LANGUAGES, default="en")
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, null=True, blank=True, related_name="recipient"
    )
    organization = models.OneToOneField(
        "portal.Organization",
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="mailbox_recipient",
    )
    nonce = models.CharField(max_length=64, default=tokens.nonce, editable=False)
    suppressed_at = models.DateTimeField(null=True, blank=True)
    suppressed_because = models.CharField(max_length=200, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = RecipientQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="recipient_is_of_one_or_neither",
                condition=Q(user__isnull=True) | Q(organization__isnull=True),
            ),
            models.UniqueConstraint(
                Lower("address"),
                name="recipient_stranger_is_known_once",
                condition=Q(user__isnull=True, organization__isnull=True),
            ),
        ]
        indexes = [models.Index(Lower("address"), name="recipient_by_address")]

    def __str__(self):
        return self.address


class Choice(models.Model):
    """What somebody decided about messages of a kind: at once, together once a day or week, or none."""

    class How(models.TextChoices):
        AT_ONCE = "at-once", _("At once")
        DAILY = "daily", _("Together, once a day")
        WEEKLY = "weekly", _("Together, once a week")
        NEVER = "never", _("Not at all")

    recipient = models.ForeignKey(Recipient, on_delete=models.CASCADE, related_name="choices")
    kind = models.CharField(max_length=60)
    objective = models.ForeignKey("portal.Objective", on_delete=models.CASCADE, null=True, blank=True)
    how = models.CharField(max_length=8, choices=How.choices)
    chosen_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="choice_is_one_per_kind_and_objective",
                fields=["recipient", "kind", "objective"],
                nulls_distinct=False,
            )
        ]

    def __str__(self):
        return f"{self.kind}: {self.how}"


class NoticeQuerySet(models.QuerySet):
    def visible_to(self, reader):
        """Coordinators watch the telling of what they coordinate: the thing itself, or what it belongs to."""
        if reader.coordinates_everything:
            return self
        if not reader.coordinates_something:
            return self.none()
        watched = Q(pk__in=[])
        for model in apps.get_models():
            if hasattr(model, "belongs_to") and (scoped := _scoped(model, reader)):
                kind = ContentType.objects.get_for_model(model)
                rows = model._base_manager.filter(scoped)
                watched |= Q(content_type=kind, object_id__in=rows.values("pk"))
        return self.filter(watched)


def _scoped(model, reader):
    """The condition under which a row, or what it belongs to, is one that this reader coordinates; None: never."""
    ids = reader.scope_ids(model)
    conditions = [Q(pk__in=ids)] if ids else []
    parents = (field for field in model._meta.fields if field.many_to_one)
    held = ((parent, reader.scope_ids(parent.related_model)) for parent in parents)
    conditions += [Q(**{f"{parent.name}__in": ids}) for parent, ids in held if ids]
    return reduce(or_, conditions) if conditions else None


class Notice(models.Model):
    """Something happened that people are told of: of which kind, to what, in which of its versions."""

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    kind = models.CharField(max_length=60)
    content_type = models.ForeignKey(ContentType, on_delete=models.CASCADE)
    object_id = models.BigIntegerField()
    thing = GenericForeignKey()
    version = models.PositiveIntegerField(default=1)
    language = models.CharField(max_length=8, blank=True)
    priority = models.PositiveSmallIntegerField(default=5)
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    cursor = models.BigIntegerField(default=0)
    expanded_at = models.DateTimeField(null=True, blank=True)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="notice_is_told_once",
                fields=["kind", "content_type", "object_id", "version", "language"],
            )
        ]
        indexes = [
            models.Index(
                fields=["priority", "id"], name="notice_unexpanded", condition=Q(expanded_at__isnull=True)
            )
        ]

    def __str__(self):
        return f"{self.kind} {self.object_id}"


class Delivery(models.Model):
    """One message owed to one recipient by one channel. No subject, no body, no address stands in it.

    Queued, leased by a drainer, and then sent, or queued again for later; cancelled where its reader may no longer
    see the thing or chose not to be told; bounced where the address refused it; dead after four days of trying.
    """

    class State(models.TextChoices):
        QUEUED = "queued", _("Waiting")
        LEASED = "leased", _("Being sent")
        SENT = "sent", _("Sent")
        CANCELLED = "cancelled", _("Cancelled")
        BOUNCED = "bounced", _("Bounced")
        DEAD = "dead", _("Given up")

    class Channel(models.TextChoices):
        MAIL = "mail", _("E-mail")

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    notice = models.ForeignKey(
        Notice, on_delete=models.CASCADE, related_name="deliveries", null=True, blank=True
    )
    recipient = models.ForeignKey(Recipient, on_delete=models.CASCADE, related_name="deliveries")
    channel = models.CharField(max_length=8, choices=Channel.choices, default=Channel.MAIL)
    message_id = models.CharField(max_length=120, unique=True)
    lang = models.CharField(max_length=8, blank=True)
    priority = models.PositiveSmallIntegerField(default=5)
    state = models.CharField(max_length=10, choices=State.choices, default=State.QUEUED)
    attempts = models.PositiveSmallIntegerField(default=0)
    not_before = models.DateTimeField()
    lease_owner = models.UUIDField(null=True, blank=True)
    lease_until = models.DateTimeField(null=True, blank=True)
    last_code = models.CharField(max_length=120, blank=True)
    provider_id = models.CharField(max_length=200, blank=True)
    created_at = models.DateTimeField()
    tried_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="delivery_is_one_per_recipient", fields=["notice", "recipient", "channel"]
            ),
            models.CheckConstraint(
                name="delivery_lease_is_whole",
                condition=Q(state="leased", lease_owner__isnull=False, lease_until__isnull=False)
                | (~Q(state="leased") & Q(lease_owner__isnull=True, lease_until__isnull=True)),
            ),
        ]
        indexes = [
            models.Index(
                fields=["priority", "not_before", "id"],
                name="delivery_due",
                condition=Q(state__in=["queued", "leased"]),
            )
        ]

    def __str__(self):
        return self.message_id


class AccountMail(models.Model):
    """The text of a message about one's own account, such as a code: gone once sent, or after an hour."""

    delivery = models.OneToOneField(Delivery, on_delete=models.CASCADE, related_name="account_mail")
    subject = models.CharField(max_length=300)
    body = models.TextField()
    html = models.TextField(blank=True)
    expires_at = models.DateTimeField()

    def __str__(self):
        return f"until {self.expires_at}"


class AlarmQuerySet(models.QuerySet):
    def active(self):
        return self.filter(until__isnull=True)


class Alarm(models.Model):
    """Something about the telling that coordinators must know of, from when it was first seen until it is over."""

    class Name(models.TextChoices):
        REFUSED = "refused", _("The mail server refuses our messages")
        UNREACHABLE = "unreachable", _("The mail server cannot be reached")
        LATE = "late", _("Messages are late")

    name = models.CharField(max_length=20, choices=Name.choices, unique=True)
    since = models.DateTimeField()
    seen_at = models.DateTimeField()
    until = models.DateTimeField(null=True, blank=True)
    answer = models.CharField(max_length=200, blank=True)

    objects = AlarmQuerySet.as_manager()

    def __str__(self):
        return f"{self.name} since {self.since}"
