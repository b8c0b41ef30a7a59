"""The Global Compact itself: 23 objectives, 10 principles, the review regions, the States.

Facts ship in portal/reference/ with their sources and are loaded by `manage.py load_reference`.
"""

from django.db import models
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from portal import languages
from portal.models.search import Searched


class Titled(models.Model):
    """Facts with a name in each language, each marked as verified on a page or not."""

    title_sources = models.JSONField(
        default=dict, help_text=_("Per language: whether the wording was verified, and on which page.")
    )
    given = models.JSONField(default=dict, editable=False)  # what the shipped file gave last

    class Meta:
        abstract = True

    def text(self, field, language):
        """Return the Text of a field in a language, else in English."""
        texts = {code: getattr(self, f"{field}_{code}", None) for code in languages.CODES}
        return languages.best(texts, language, "en")

    def is_verified(self, language):
        """Whether the title in this language was seen on a named page; if not, nothing calls it official."""
        return self.title_sources.get(language, {}).get("source") == "verified"

    def source_page(self, language):
        return self.title_sources.get(language, {}).get("page") or ""


class Objective(Searched, Titled):
    """One of the 23 objectives (A/RES/73/195): its title, a short label, its review roundtable."""

    search_kind = "objective"

    number = models.PositiveSmallIntegerField(unique=True)
    title = models.CharField(max_length=300)
    label = models.CharField(max_length=120)
    label_sources = models.JSONField(default=dict)
    roundtable = models.PositiveSmallIntegerField(null=True, blank=True)

    class Meta:
        ordering = ["number"]
        verbose_name, verbose_name_plural = _("objective"), _("objectives")
        constraints = [
            models.CheckConstraint(name="objective_is_1_to_23", condition=models.Q(number__range=(1, 23)))
        ]

    def __str__(self):
        return f"{self.number} {self.label}"

    def get_absolute_url(self):
        return reverse("objective", args=[self.number])

    def search_rows(self):
        """Found by its number, its title and what it is called in short, in each language."""
        same = {"objectives": [self.pk], "address": str(self.number)}
        return {
            code: same | self._found_in(code) for code in languages.CODES if getattr(self, f"title_{code}")
        }

    def _found_in(self, code):
        with translation.override(code):
            said = gettext("Objective %(number)s: %(label)s")
            title = said % {"number": self.number, "label": getattr(self, f"title_{code}")}
        return {"title": title, "excerpt": getattr(self, f"label_{code}") or ""}


class Principle(Titled):
    """One of the 10 guiding principles (A/RES/73/195, paragraph 15)."""

    number = models.PositiveSmallIntegerField(unique=True)
    letter = models.CharField(max_length=1)
    slug = models.CharField(max_length=40, blank=True)
    title = models.CharField(max_length=200)

    class Meta:
        ordering = ["number"]
        verbose_name, verbose_name_plural = _("guiding principle"), _("guiding principles")

    def __str__(self):
        return f"{self.number} {self.title}"

    def get_absolute_url(self):
        return reverse("principle", args=[self.number])


class Region(Titled):
    """One of the five review regions, each led by a UN regional commission."""

    code = models.CharField(max_length=32, unique=True)
    title = models.CharField(max_length=120)
    commission = models.CharField(max_length=12)
    commission_name = models.CharField(max_length=200, blank=True)
    reviews = models.JSONField(default=dict)

    class Meta:
        ordering = ["code"]
        verbose_name, verbose_name_plural = _("region"), _("regions")

    def __str__(self):
        return self.title


class Country(models.Model):
    """A State under the UN's own short name; some stand in two review regions."""

    iso2 = models.CharField(max_length=2, unique=True)
    iso3 = models.CharField(max_length=3, unique=True)
    m49 = models.CharField(max_length=3, unique=True)
    name = models.CharField(max_length=120)
    subregion = models.CharField(max_length=80, blank=True)
    regions = models.ManyToManyField(Region)
    given = models.JSONField(default=dict, editable=False)

    class Meta:
        verbose_name, verbose_name_plural = _("country"), _("countries")

    def __str__(self):
        return self.name

    def text(self, field, language):
        texts = {code: getattr(self, f"{field}_{code}", None) for code in languages.CODES}
        return languages.best(texts, language, "en")
