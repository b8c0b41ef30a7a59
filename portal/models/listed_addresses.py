"""Addresses that came with a mailing list: nothing is sent to them before their organization is verified."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from portal.models.organizations import Organization
from portal.models.records import Belongs


class ListedAddressQuerySet(models.QuerySet):
    def visible_to(self, reader):
        """Those who verify organizations."""
        return self if reader.coordinates_everything else self.none()


class ListedAddress(Belongs, models.Model):
    """Where a mailing list reached an organization, and whether that was agreed to; kept until it is verified."""

    IS_IDLE_TWICE = True

    ABOVE = ("organization",)

    class Consent(models.TextChoices):
        GIVEN = "given", pgettext_lazy("consent to messages", "Given")
        UNKNOWN = "unknown", pgettext_lazy("consent to messages", "Not known")
        REFUSED = "refused", pgettext_lazy("consent to messages", "Refused")

    organization = models.ForeignKey(Organization, on_delete=models.CASCADE, related_name="listed_addresses")
    address = models.EmailField(_("e-mail address"))
    language = models.CharField(max_length=8, choices=settings.LANGUAGES)
    consent = models.CharField(max_length=8, choices=Consent.choices, default=Consent.UNKNOWN)
    added_at = models.DateTimeField(auto_now_add=True)

    objects = ListedAddressQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = _("address of a mailing list"), _("addresses of mailing lists")
        constraints = [
            models.UniqueConstraint(name="listedaddress_is_kept_once", fields=["organization", "address"]),
            models.CheckConstraint(
                name="listedaddress_was_not_refused", condition=~models.Q(consent="refused")
            ),
        ]

    def __str__(self):
        return self.address
