"""Organizations that became one with another: their old addresses lead there."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from portal.models.organizations import Organization
from portal.models.records import Belongs


class MergerQuerySet(models.QuerySet):
    def visible_to(self, reader):
        """The people of the organization that remains, and those who verify organizations."""
        if reader.coordinates_everything:
            return self
        return self.filter(organization__in=reader.organizations.keys())


class Merger(Belongs, models.Model):
    """A second record of an organization was taken into the first; what it was called and where it stood."""

    ABOVE = ("organization",)

    organization = models.ForeignKey(Organization, on_delete=models.CASCADE, related_name="mergers")
    name = models.CharField(max_length=200)
    former_id = models.BigIntegerField(unique=True)
    key = models.UUIDField(unique=True)
    slug = models.CharField(max_length=120, unique=True, null=True, blank=True)
    merged_at = models.DateTimeField()

    objects = MergerQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = _("merger"), _("mergers")

    def __str__(self):
        return f"{self.name}, now {self.organization}"
