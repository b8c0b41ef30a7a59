"""Telling people: what happened, whom it concerns, and one row for each message owed (safety.md, D1 and D2)."""

import uuid

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _


class RecipientQuerySet(models.QuerySet):
    def of_people(self, users):
        return self.filter(user__in=users)

    def reachable(self):
        return self.filter(suppressed_at__isnull=True)


class Recipient(models.Model):
    """An address that we may write to: of a person, of an organization's shared mailbox, or of neither."""

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    address = models.EmailField(_("e-mail address"))
    language = models.CharField(max_length=8, choices=settings.LANGUAGES, default="en")
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, null=True, blank=True, related_name="recipient"
    )
    organization = models.OneToOneField(
        "portal.Organization", on_delete=models.CASCADE, null=True, blank=True, related_name="mailbox_recipient"
    )
    nonce = models.CharField(max_length=64, blank=True, editable=False)
    suppressed_at = models.DateTimeField(null=True, blank=True)
    suppressed_because = models.CharField(max_length=200, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = RecipientQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="recipient_is_of_one_or_neither", condition=Q(user__isnull=True) | Q(organization__isnull=True)
            ),
            models.UniqueConstraint(
                Lower("address"),
                name="recipient_stranger_is_known_once",
                condition=Q(user__isnull=True, organization__isnull=True),
            ),
        ]

    def __str__(self):
        return self.address


class Notice(models.Model):
    """Something happened that people are told of: of which kind, to what, in which of its versions."""

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    kind = models.CharField(max_length=60)
    content_type = models.ForeignKey(ContentType, on_delete=models.CASCADE)
    object_id = models.BigIntegerField()
    thing = GenericForeignKey()
    version = models.PositiveIntegerField(default=1)
    language = models.CharField(max_length=8, blank=True)
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    cursor = models.BigIntegerField(default=0)
    expanded_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="notice_is_told_once", fields=["kind", "content_type", "object_id", "version", "language"]
            )
        ]
        indexes = [models.Index(fields=["id"], name="notice_unexpanded", condition=Q(expanded_at__isnull=True))]

    def __str__(self):
        return f"{self.kind} {self.object_id}"


class Delivery(models.Model):
    """One message owed to one recipient by one channel. No subject, no body, no address stands in it."""

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
    notice = models.ForeignKey(Notice, on_delete=models.CASCADE, related_name="deliveries", null=True, blank=True)
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
    created_at = models.DateTimeField()
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
