"""Practices and plans that organizations share."""

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from portal.models import Country, Organization, Record, RecordQuerySet, Region


class PracticeQuerySet(RecordQuerySet):
    def matching(self, *, kind="", objective=None, region=None, country=None, language=""):
        """Narrow to what a person looks for; a region holds what is shared of it and of its countries."""
        wanted = {
            "kind": kind,
            "objectives": objective,
            "countries": country,
            "languages__contains": [language] if language else None,
        }
        rows = self.filter(**{name: value for name, value in wanted.items() if value})
        if region is None:
            return rows
        here = Practice.countries.through.objects.filter(
            practice=OuterRef("pk"), country__in=Country.objects.filter(regions=region).values("pk")
        )
        named = Practice.regions.through.objects.filter(practice=OuterRef("pk"), region=region)
        return rows.filter(Q(Exists(here)) | Q(Exists(named)))

    def looking_for_partners(self):
        """Plans that one can answer: shown, of an organization that may read the answers."""
        verified = Organization.Status.VERIFIED
        return self.published().filter(kind=Practice.Kind.PLAN, organization__status=verified)


class Practice(Record):
    """A practice that worked, or a plan that seeks partners, shared by an organization.

    An organization changes it by a Proposal: until that is accepted, readers see what was accepted before.
    """

    search_kind = "practice"

    class Kind(models.TextChoices):
        PRACTICE = "practice", _("Practice")
        PLAN = "plan", _("Plan")

    kind = models.CharField(max_length=10, choices=Kind.choices, default=Kind.PRACTICE)
    organization = models.ForeignKey(
        "portal.Organization", on_delete=models.SET_NULL, null=True, blank=True, related_name="practices"
    )
    organization_words = models.CharField(max_length=200, blank=True)
    countries = models.ManyToManyField(Country, blank=True, related_name="+")
    regions = models.ManyToManyField(Region, blank=True, related_name="+")
    website = models.URLField(_("website"), max_length=500, blank=True)

    objects = PracticeQuerySet.as_manager()

    class Meta(Record.Meta):
        verbose_name, verbose_name_plural = _("practice"), _("practices")

    @classmethod
    def seen_by(cls, reader):
        """Also, in any state, to the people of the organization that shares it."""
        return super().seen_by(reader) | Q(organization__in=reader.organizations.keys())

    def get_absolute_url(self):
        return reverse("resources:practice", args=[self.address_key])
