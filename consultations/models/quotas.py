"""Quotas: at most so many of a consultation's places for organizations of some kind."""

import uuid

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from consultations.models.consultations import Consultation
from portal import languages
from portal.models import Belongs, Organization, Region, has_words

# Those that an organization falls into: all that a quota asks for must be true of it as it is now.
CONCERNING = """
SELECT id FROM consultations_quota AS quota
WHERE consultation_id = %(consultation)s
  AND constituency IN ('', %(constituency)s)
  AND is_migrant_led IN (false, %(is_migrant_led)s)
  AND (
    NOT EXISTS (SELECT FROM consultations_quota_regions WHERE quota_id = quota.id)
    OR EXISTS (
        SELECT FROM consultations_quota_regions JOIN portal_organization_regions USING (region_id)
        WHERE quota_id = quota.id AND organization_id = %(organization)s
    )
  )
"""


class QuotaQuerySet(models.QuerySet):
    def visible_to(self, reader):
        """As the consultation whose places they share out."""
        return self.filter(consultation__in=Consultation.objects.visible_to(reader))


class Quota(Belongs, models.Model):
    """At most so many places for organizations of some regions, of one constituency, led by migrants.

    Quotas may overlap: an organization counts in each that concerned it when it registered, and goes on counting
    there whatever it becomes. `held_count` counts the delegates that hold places in it; it changes by the same
    statement as the consultation's `confirmed_count`, under the consultation's lock.
    """

    ABOVE = ("consultation",)

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    consultation = models.ForeignKey(Consultation, on_delete=models.CASCADE, related_name="quotas")
    title = models.CharField(_("title"), max_length=120)
    places = models.PositiveIntegerField(_("places"))
    regions = models.ManyToManyField(Region, blank=True, verbose_name=_("regions"))
    constituency = models.CharField(
        _("constituency"), max_length=32, choices=Organization.Constituency.choices, blank=True
    )
    is_migrant_led = models.BooleanField(_("led by migrants"), default=False)
    version = models.PositiveIntegerField(default=1, editable=False)
    held_count = models.PositiveIntegerField(default=0, editable=False)

    objects = QuotaQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = _("quota"), _("quotas")
        constraints = [
            models.CheckConstraint(name="quota_held_within_places", condition=Q(held_count__lte=F("places"))),
            models.CheckConstraint(name="quota_has_a_place", condition=Q(places__gte=1)),
            models.CheckConstraint(name="quota_has_a_title", condition=has_words("title")),
        ]

    def __str__(self):
        return self.text("title", "en").text

    def text(self, field, language):
        """The text of a field in a language, else in the consultation's own, else in any."""
        texts = {code: getattr(self, f"{field}_{code}", None) for code in languages.CODES}
        return languages.best(texts, language, self.consultation.original_language)

    @property
    def places_left(self):
        return max(self.places - self.held_count, 0)
