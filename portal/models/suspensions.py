"""Why an organization was suspended, and until when."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from portal.models.organizations import Organization
from portal.models.records import Belongs


class SuspensionQuerySet(models.QuerySet):
    def visible_to(self, reader):
        """The people of the organization, who are told why, and those who verify organizations."""
        if reader.coordinates_everything:
            return self
        if reader.user is not None:
            return self.filter(organization__membership__user=reader.user)
        mailbox = reader.recipient and reader.recipient.organization_id
        return self.filter(organization=mailbox) if mailbox else self.none()

    def standing(self):
        return self.filter(lifted_at=None)


class Suspension(Belongs, models.Model):
    """A time in which an organization is suspended: for a reason that its people are told, until it is lifted."""

    ABOVE = ("organization",)

    class Reason(models.TextChoices):
        ASKED = "asked", _("Somebody who speaks for your organization asked for it.")
        ENDED = "ended", _("As far as we know, your organization has ended its work.")
        DOUBTED = "doubted", _("We have come to doubt that you speak for this organization.")
        MISUSED = "misused", _("What was done here in its name does not fit the rules of this portal.")
        UNCLEAR = "unclear", _("Something must be cleared up first. Please write to us.")

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    organization = models.ForeignKey(Organization, on_delete=models.CASCADE, related_name="suspensions")
    reason = models.CharField(max_length=16, choices=Reason.choices)
    words = models.TextField(blank=True)
    made_at = models.DateTimeField()
    lifted_at = models.DateTimeField(null=True, blank=True)

    objects = SuspensionQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = _("suspension"), _("suspensions")
        constraints = [
            models.UniqueConstraint(
                name="suspension_stands_once", fields=["organization"], condition=Q(lifted_at__isnull=True)
            )
        ]

    def __str__(self):
        return f"{self.organization} since {self.made_at:%Y-%m-%d}"
