"""Practices and plans that organizations share."""

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from portal.models import Record


class Practice(Record):
    """A practice that worked, or a plan that seeks partners, shared by an organization."""

    search_kind = "practice"

    class Kind(models.TextChoices):
        PRACTICE = "practice", _("Practice")
        PLAN = "plan", _("Plan")

    kind = models.CharField(max_length=10, choices=Kind.choices, default=Kind.PRACTICE)
    organization = models.ForeignKey(
        "portal.Organization", on_delete=models.SET_NULL, null=True, blank=True, related_name="practices"
    )
    organization_words = models.CharField(max_length=200, blank=True)

    class Meta(Record.Meta):
        verbose_name, verbose_name_plural = _("practice"), _("practices")

    def get_absolute_url(self):
        return reverse("resources:practice", args=[self.address_key])
