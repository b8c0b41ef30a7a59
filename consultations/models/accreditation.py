"""Doors into an official process."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from portal.models import Process, Record


class AccreditationTrack(Record):
    """One way to be accredited to a process: who needs it, what it asks for, by when."""

    search_kind = "accreditation-track"

    process = models.ForeignKey(
        Process, on_delete=models.CASCADE, null=True, blank=True, related_name="accreditation_tracks"
    )
    deadline_at = models.DateTimeField(_("deadline"), null=True, blank=True)
    deadline_is_day = models.BooleanField(_("the deadline is a day without an hour"), default=False)
    time_zone = models.CharField(_("time zone"), max_length=64, default="UTC")
    requires = ArrayField(models.CharField(max_length=200), default=list, blank=True)

    class Meta(Record.Meta):
        verbose_name, verbose_name_plural = _("accreditation track"), _("accreditation tracks")

    def get_absolute_url(self):
        return reverse("consultations:accreditation-track", args=[self.address_key])

    def belongs_to(self):
        return (self.process,) if self.process else ()
