"""Answers to plans that look for partners: a short word through the portal, which shows nobody's address."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from portal import clock
from portal.models import Organization
from resources.models.practices import Practice


class PlanAnswerQuerySet(models.QuerySet):
    def visible_to(self, reader):
        """The person who wrote it, and the leads of the organization whose plan it is; nobody else."""
        if reader.user is None:
            return self.none()
        return self.filter(Q(by=reader.user) | Q(practice__organization__in=reader.led_ids))

    def newest_first(self):
        return self.order_by("-at", "-pk")


class PlanAnswer(models.Model):
    """Somebody would be a partner in a plan: who it is, for which organization, and a short word."""

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    practice = models.ForeignKey(Practice, on_delete=models.CASCADE, related_name="answers")
    organization = models.ForeignKey(Organization, on_delete=models.CASCADE, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    words = models.TextField()
    at = models.DateTimeField(default=clock.now, editable=False)

    objects = PlanAnswerQuerySet.as_manager()

    class Meta:
        constraints = [models.CheckConstraint(name="plananswer_has_words", condition=Q(words__gt=""))]

    def __str__(self):
        return f"answer to {self.practice_id}"

    def get_absolute_url(self):
        return reverse("resources:plan-answer", args=[self.key])
