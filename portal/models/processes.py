"""Review cycles: a process and the phases that lead through it."""

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from portal.models.records import Record


class Process(Record):
    """A review cycle: an IMRF, a GFMD summit, a regional round; prepared for, held, followed up."""

    search_kind = "process"

    place = models.CharField(_("place"), max_length=200, blank=True)
    mode = models.CharField(_("mode"), max_length=100, blank=True)
    is_current = models.BooleanField(_("the current one"), default=False)

    class Meta(Record.Meta):
        verbose_name, verbose_name_plural = _("process"), _("processes")
        constraints = [
            *Record.Meta.constraints,
            models.UniqueConstraint(
                name="process_current_is_one", fields=["is_current"], condition=Q(is_current=True)
            ),
        ]

    def get_absolute_url(self):
        return reverse("process", args=[self.address_key])

    @property
    def search_process_id(self):
        """Whoever looks within a cycle also finds the cycle itself."""
        return self.pk


class Phase(Record):
    """A stretch of a process: what is done between two dates, and by when."""

    ABOVE = ("process",)

    process = models.ForeignKey(
        Process, on_delete=models.CASCADE, null=True, blank=True, related_name="phases"
    )
    region = models.ForeignKey("portal.Region", on_delete=models.PROTECT, null=True, blank=True)
    place = models.CharField(_("place"), max_length=200, blank=True)
    deadline_at = models.DateTimeField(_("deadline"), null=True, blank=True)
    deadline_is_day = models.BooleanField(_("the deadline is a day without an hour"), default=False)
    time_zone = models.CharField(_("time zone"), max_length=64, default="UTC")

    class Meta(Record.Meta):
        verbose_name, verbose_name_plural = _("phase"), _("phases")

    @classmethod
    def seen_by(cls, reader):
        """Also, in any state, to those who coordinate its process."""
        return super().seen_by(reader) | Q(process_id__in=reader.scope_ids(Process))

    def get_absolute_url(self):
        return f"{self.process.get_absolute_url()}#{self.key}" if self.process else reverse("processes")
