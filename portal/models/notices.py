"""Telling people: what happened, whom it concerns, and one row for each message owed (safety.md, D1 and D2)."""

import re
import uuid
from datetime import UTC, datetime

from django.apps import apps
from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.contrib.postgres.indexes import BrinIndex
from django.db import models
from django.db.models import Q
from django.db.models.functions import Cast, Now, StrIndex
from django.db.models.lookups import Exact
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from portal.models.recipients import Recipient
from portal.models.records import Belongs, Scope

KEY = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
FOR_GOOD = datetime(9999, 1, 1, tzinfo=UTC)  # until when a notice is held while nobody lets it go on


def not_held(path=""):
    """The condition that nothing holds a notice back, or the notice at the end of a path if there is one."""
    return Q(**{f"{path}held_until__isnull": True}) | Q(**{f"{path}held_until__lte": Now()})


class NoticeQuerySet(models.QuerySet):
    def visible_to(self, reader):
        """Coordinators watch the telling of what they coordinate: the thing itself, or what it belongs to."""
        if reader.coordinates_everything:
            return self
        return self._within(reader) if reader.coordinates_something else self.none()

    def beneath(self, thing):
        """Those about a thing, or about what belongs to it."""
        return self._within(Scope(thing))

    def _within(self, scopes):
        """Those about what is within the scopes of a reader, or within one."""
        watched = Q(pk__in=[])
        for model in apps.get_models():
            if issubclass(model, Belongs) and (scoped := model.within_scopes_of(scopes)):
                kind = ContentType.objects.get_for_model(model)
                rows = model._base_manager.filter(scoped)
                watched |= Q(content_type=kind, object_id__in=rows.values("pk"))
        return self.filter(watched)

    def to_expand(self):
        """Those of which not everybody has a delivery yet, and that nobody holds back."""
        return self.filter(not_held(), expanded_at__isnull=True)


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
    held_until = models.DateTimeField(null=True, blank=True)  # until then nothing of it leaves

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
            ),
            models.Index(fields=["held_until"], name="notice_held", condition=Q(held_until__isnull=False)),
        ]

    def __str__(self):
        return f"{self.kind} {self.object_id}"

    @property
    def is_stopped(self):
        """Whether somebody stopped it and nobody has let it go on."""
        return self.held_until == FOR_GOOD


class Digest(models.Model):
    """What was to be told together, once a day or once a week, gathered for one recipient on one morning."""

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    recipient = models.ForeignKey(Recipient, on_delete=models.CASCADE, related_name="digests")
    channel = models.CharField(max_length=8)
    created_at = models.DateTimeField()

    def __str__(self):
        return f"{self.channel} of {self.created_at:%Y-%m-%d}"

    def get_absolute_url(self):
        return reverse("inbox")


class DeliveryQuerySet(models.QuerySet):
    def visible_to(self, reader):
        """Coordinators watch the messages of what they coordinate; those about accounts, who coordinates everything."""
        if reader.coordinates_everything:
            return self
        return self.filter(notice__in=Notice.objects.visible_to(reader))

    def called(self, message_id):
        """The message of this Message-ID, found by the key that stands in it: the Message-ID has no index."""
        key = KEY.search(message_id)
        return self.filter(key=key[0], message_id=message_id) if key else self.none()

    def waiting(self):
        """Messages that still have to leave, and that nobody holds back."""
        return self.filter(
            not_held("notice__"),
            channel=Delivery.Channel.MAIL,
            finished_at=None,
        )

    def due(self, at):
        """Messages that could leave at this moment: nobody has them in hand."""
        queued = Q(state=Delivery.State.QUEUED, not_before__lte=at)
        return self.waiting().filter(queued | Q(state=Delivery.State.LEASED, lease_until__lt=at))


class Delivery(models.Model):
    """One message owed to one recipient by one channel. No subject, no body, no address stands in it.

    Queued, leased by a drainer, and then sent, or queued again for later; cancelled where its reader may no longer
    see the thing or chose not to be told; bounced where the address refused it; dead after four days of trying.
    """

    class State(models.TextChoices):
        QUEUED = "queued", pgettext_lazy("message", "Waiting")
        LEASED = "leased", pgettext_lazy("message", "Being sent")
        SENT = "sent", pgettext_lazy("message", "Sent")
        CANCELLED = "cancelled", pgettext_lazy("message", "Cancelled")
        BOUNCED = "bounced", pgettext_lazy("message", "Bounced")
        DEAD = "dead", pgettext_lazy("message", "Given up")

    class Channel(models.TextChoices):
        MAIL = "mail", _("E-mail")
        DAILY = "daily", _("Summary of a day")
        WEEKLY = "weekly", _("Summary of a week")

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    # Every index is written twice for each message: what a constraint below finds too has none of its own.
    notice = models.ForeignKey(
        Notice, on_delete=models.CASCADE, related_name="deliveries", null=True, blank=True, db_index=False
    )
    recipient = models.ForeignKey(Recipient, on_delete=models.CASCADE, related_name="deliveries")
    channel = models.CharField(max_length=8, choices=Channel.choices, default=Channel.MAIL)
    message_id = models.CharField(max_length=120)
    lang = models.CharField(max_length=8, blank=True)
    priority = models.PositiveSmallIntegerField(default=5)
    state = models.CharField(max_length=10, choices=State.choices, default=State.QUEUED)
    attempts = models.PositiveSmallIntegerField(default=0)
    not_before = models.DateTimeField()
    lease_owner = models.UUIDField(null=True, blank=True)
    lease_until = models.DateTimeField(null=True, blank=True)
    last_code = models.CharField(max_length=120, blank=True)
    provider_id = models.CharField(max_length=200, blank=True)  # a mail service's own name for the message
    created_at = models.DateTimeField()
    tried_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    digest = models.ForeignKey(
        Digest, on_delete=models.SET_NULL, null=True, blank=True, related_name="parts", db_index=False
    )

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="delivery_is_one_per_recipient", fields=["notice", "recipient", "channel"]
            ),
            models.CheckConstraint(
                name="delivery_message_id_holds_its_key",
                condition=Exact(StrIndex("message_id", Cast("key", models.TextField())), 2),
            ),
            models.CheckConstraint(
                name="delivery_waits_or_is_finished",
                condition=Q(state__in=["queued", "leased"], finished_at__isnull=True)
                | (~Q(state__in=["queued", "leased"]) & Q(finished_at__isnull=False)),
            ),
            models.CheckConstraint(
                name="delivery_lease_is_whole",
                condition=Q(state="leased", lease_owner__isnull=False, lease_until__isnull=False)
                | (~Q(state="leased") & Q(lease_owner__isnull=True, lease_until__isnull=True)),
            ),
        ]
        # None speaks of what a claim changes, so that a claim writes no index at all (and its page has room: fillfactor).
        indexes = [
            models.Index(
                fields=["priority", "not_before", "id"],
                name="delivery_due",
                condition=Q(finished_at__isnull=True, channel="mail"),
            ),
            BrinIndex(fields=["finished_at"], name="delivery_finished"),
            models.Index(
                fields=["recipient", "channel"],
                name="delivery_to_gather",
                condition=Q(finished_at__isnull=True, digest__isnull=True) & ~Q(channel="mail"),
            ),
            models.Index(fields=["provider_id"], name="delivery_at_service", condition=~Q(provider_id="")),
            models.Index(fields=["digest"], name="delivery_gathered", condition=Q(digest__isnull=False)),
        ]

    def __str__(self):
        return self.message_id


class InboxEntryQuerySet(models.QuerySet):
    def visible_to(self, reader):
        """One's own alone."""
        return self.filter(recipient__user=reader.user) if reader.user else self.none()

    def unread(self):
        return self.filter(read_at__isnull=True)


class InboxEntry(models.Model):
    """What a person was told, as it stands in the portal itself; read or not, kept for a year."""

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    notice = models.ForeignKey(Notice, on_delete=models.CASCADE, related_name="entries", db_index=False)
    recipient = models.ForeignKey(Recipient, on_delete=models.CASCADE, related_name="entries", db_index=False)
    created_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True, blank=True)

    objects = InboxEntryQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="inboxentry_is_one_per_recipient", fields=["notice", "recipient"])
        ]
        indexes = [models.Index(fields=["recipient", "-id"], name="inboxentry_newest")]

    def __str__(self):
        return str(self.key)


class AccountMail(models.Model):
    """The text of a message about one's own account, such as a code: gone once sent, or after an hour."""

    delivery = models.OneToOneField(Delivery, on_delete=models.CASCADE, related_name="account_mail")
    subject = models.CharField(max_length=300)
    body = models.TextField()
    html = models.TextField(blank=True)
    expires_at = models.DateTimeField()

    def __str__(self):
        return f"until {self.expires_at}"


class MailEvent(models.Model):
    """Something that a mail service told us of a message, once: a second telling of the same changes nothing."""

    event_id = models.CharField(max_length=200, unique=True)
    heard_at = models.DateTimeField()

    def __str__(self):
        return self.event_id


class Tally(models.Model):
    """How many messages came to an end in this way since counting began: what the metrics show as ever rising."""

    name = models.CharField(max_length=20, unique=True)
    count = models.BigIntegerField(default=0)

    def __str__(self):
        return f"{self.name}: {self.count}"


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
