"""What is urgent: each organization marks some themes of a call."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from consultations.models.calls import Call, Theme
from portal import clock
from portal.models import Organization

MOST = 12


class PriorityQuerySet(models.QuerySet):
    def visible_to(self, reader):
        """One's own, and those of the calls that one reads for: to others only figures are shown."""
        read = Q(call__in=Call.objects.read_by(reader))
        return self.filter(Q(organization_id__in=reader.organizations.keys()) | read)

    def counted(self):
        """Those of organizations that are still verified."""
        return self.filter(organization__status=Organization.Status.VERIFIED)


class Priority(models.Model):
    """A theme that an organization marks as urgent. Its places, from 1, bound how many it marks."""

    IS_IDLE_TWICE = True

    call = models.ForeignKey(Call, on_delete=models.CASCADE, related_name="priorities")
    organization = models.ForeignKey(Organization, on_delete=models.CASCADE, related_name="priorities")
    theme = models.ForeignKey(Theme, on_delete=models.CASCADE, related_name="priorities")
    place = models.PositiveSmallIntegerField()
    marked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    marked_at = models.DateTimeField(default=clock.now, editable=False)

    objects = PriorityQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="priority_is_marked_once", fields=["organization", "theme"]),
            models.UniqueConstraint(name="priority_has_a_place", fields=["call", "organization", "place"]),
            models.CheckConstraint(name="priority_is_one_of_few", condition=Q(place__range=(1, MOST))),
        ]

    def __str__(self):
        return f"{self.organization}: {self.theme}"
