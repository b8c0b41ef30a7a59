"""Reports: the figures of a process on two pages, as they stood when a coordinator asked for them."""

import uuid

from django.conf import settings
from django.db import models
from django.urls import reverse

from portal import clock
from portal.models import Belongs, Process, StoredFile


class ReportQuerySet(models.QuerySet):
    def visible_to(self, reader):
        """Those of the processes that the reader coordinates."""
        return self.filter(process__in=Process.objects.filter(Process.coordinated_by(reader)))

    def due(self, at):
        """Those that a worker has to make."""
        return self.filter(made_at__isnull=True, not_before__lte=at, attempts__lt=Report.MOST_ATTEMPTS)


class Report(Belongs, models.Model):
    """Who took part in a process, in one language: asked for again, it is made anew and the file before is forgotten."""

    ABOVE = ("process",)
    MOST_ATTEMPTS = 5

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    process = models.ForeignKey(Process, on_delete=models.CASCADE, related_name="reports")
    before = models.ForeignKey(Process, on_delete=models.SET_NULL, null=True, related_name="+")
    language = models.CharField(max_length=8, choices=settings.LANGUAGES)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    asked_at = models.DateTimeField(default=clock.now)
    file = models.ForeignKey(StoredFile, on_delete=models.SET_NULL, null=True, related_name="+")
    not_before = models.DateTimeField(default=clock.now)
    attempts = models.PositiveSmallIntegerField(default=0)
    made_at = models.DateTimeField(null=True)

    objects = ReportQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="report_is_one_per_language", fields=["process", "language"])
        ]
        indexes = [models.Index(fields=["not_before"], name="report_due", condition=models.Q(made_at=None))]

    def __str__(self):
        return f"report of {self.process_id} ({self.language})"

    def get_absolute_url(self):
        return reverse("report", args=[self.key])
