"""What a lead agrees to for the delegates, in the words of a consultation; earlier words stay readable."""

import uuid

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from consultations.models.consultations import Consultation
from consultations.models.questions import Worded
from portal import clock
from portal.models import has_words


class ConsentTextQuerySet(models.QuerySet):
    def visible_to(self, reader):
        """Those of the consultations that the reader sees: whoever may register may read what one agrees to."""
        return self.filter(consultation__in=Consultation.objects.visible_to(reader))

    def current(self):
        """The newest of each consultation: what one agrees to now."""
        return self.order_by("consultation", "-version").distinct("consultation")

    def newest_first(self):
        return self.order_by("-version")


class ConsentText(Worded):
    """One version of what one agrees to in registering for a consultation; a change is a new version.

    A consultation without any asks for consent in the portal's own words.
    """

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    consultation = models.ForeignKey(Consultation, on_delete=models.CASCADE, related_name="consent_texts")
    version = models.PositiveSmallIntegerField()
    original_language = models.CharField(max_length=12, default="en")
    words = models.TextField(_("what one agrees to"), blank=True)
    written_at = models.DateTimeField(default=clock.now, editable=False)
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )

    objects = ConsentTextQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = _("consent text"), _("consent texts")
        constraints = [
            models.UniqueConstraint(name="consenttext_version", fields=["consultation", "version"]),
            models.CheckConstraint(
                name="consenttext_has_words",
                condition=has_words("words"),
            ),
        ]

    def __str__(self):
        return f"{self.consultation}, {self.version}"

    def get_absolute_url(self):
        return reverse("consultations:consent-text", args=[self.key])
