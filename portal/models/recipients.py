"""Whom we may write to, and what each decided about it."""

import uuid

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models, transaction
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from portal import instances, tokens

# What is there already, also since a moment ago, is left as it is and not returned.
KEEP_STRANGERS = """
INSERT INTO portal_recipient (key, address, language, nonce, quiet_days, suppressed_because, created_at)
SELECT key, address, language, nonce, '{}', '', clock_timestamp()
FROM unnest(%(keys)s::uuid[], %(addresses)s::text[], %(languages)s::text[], %(nonces)s::text[]) AS new (key, address, language, nonce) ORDER BY address
ON CONFLICT DO NOTHING RETURNING *
"""


class RecipientQuerySet(models.QuerySet):
    def visible_to(self, reader):
        """One's own; coordinators of everything watch all addresses."""
        if reader.coordinates_everything:
            return self
        return self.filter(user=reader.user) if reader.user else self.none()

    def suppressed(self):
        return self.filter(suppressed_at__isnull=False)

    def of_people(self, users):
        return self.filter(user__in=users)

    def at(self, address):
        """All who share this address."""
        return self.at_any([address])

    def at_any(self, addresses):
        """All who share one of these addresses."""
        folded = [address.lower() for address in addresses]
        return self.annotate(folded=Lower("address")).filter(folded__in=folded)

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

    def keep_strangers(self, languages):
        """Make the rows of {address: language} whom nobody else stands for; return those that were not there yet.

        In the order of the alphabet: two that name the same people do not wait for each other in a circle.
        """
        values = {
            "keys": [uuid.uuid4() for _ in languages],
            "addresses": [*languages],
            "languages": [*languages.values()],
            "nonces": [tokens.nonce() for _ in languages],
        }
        return instances.of(self.model, KEEP_STRANGERS, values)

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

    IS_IDLE_TWICE = True

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
    quiet_days = ArrayField(models.SmallIntegerField(), default=list, blank=True)  # 1 Monday to 7 Sunday
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
