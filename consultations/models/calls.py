"""Calls for input, and the themes that group what was said."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from consultations.models.consultations import Consultation
from portal.models import Process, Record
from resources.models import Document


class Call(Record):
    """A question put to organizations: for input, feedback, practices or endorsement, within a window."""

    search_kind = "call"
    ABOVE = ("process",)

    class Kind(models.TextChoices):
        INPUT = "input", _("Call for input")
        SURVEY = "survey", _("Survey")
        FEEDBACK = "feedback", _("Call for feedback")
        PRACTICES = "practices", _("Call for practices")
        ENDORSEMENT = "endorsement", _("Call for endorsements")
        OTHER = "other", _("Other call")

    kind = models.CharField(_("kind"), max_length=12, choices=Kind.choices, default=Kind.INPUT)
    kind_word = models.CharField(max_length=60, blank=True)
    process = models.ForeignKey(
        Process, on_delete=models.PROTECT, null=True, blank=True, related_name="calls"
    )
    consultation = models.ForeignKey(
        Consultation, on_delete=models.PROTECT, null=True, blank=True, related_name="calls"
    )
    document = models.ForeignKey(
        Document, on_delete=models.SET_NULL, null=True, blank=True, related_name="calls"
    )
    answer_languages = ArrayField(models.CharField(max_length=12), default=list, blank=True)
    closes_at = models.DateTimeField(_("deadline"), null=True, blank=True)
    time_zone = models.CharField(_("time zone"), max_length=64, default="UTC")

    class Meta(Record.Meta):
        verbose_name, verbose_name_plural = _("call"), _("calls")

    def get_absolute_url(self):
        return reverse("consultations:call", args=[self.address_key])


class Theme(Record):
    """What several inputs have in common; it need not have a title."""

    document = models.ForeignKey(
        Document, on_delete=models.CASCADE, null=True, blank=True, related_name="themes"
    )
    consultation = models.ForeignKey(
        Consultation, on_delete=models.CASCADE, null=True, blank=True, related_name="themes"
    )
    number = models.PositiveSmallIntegerField(null=True, blank=True)
    evidence = models.CharField(max_length=40, blank=True)

    class Meta(Record.Meta):
        verbose_name, verbose_name_plural = _("theme"), _("themes")

    def get_absolute_url(self):
        return (
            f"{self.document.get_absolute_url()}#{self.key}"
            if self.document
            else reverse("resources:documents")
        )
