"""Notes of rapporteurs on meetings, under the rule of attribution of the consultation."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from consultations.models.calls import Theme
from consultations.models.consultations import Consultation
from consultations.models.meetings import Meeting
from portal import clock, languages
from portal.models import Objective


class MeetingNoteQuerySet(models.QuerySet):
    def visible_to(self, reader):
        """To those who report on the consultation, or coordinate it."""
        if reader.reports_everything:
            return self
        within = Consultation.read_within(reader)
        return self.filter(meeting__consultation__in=Consultation.objects.filter(within))


class MeetingNote(models.Model):
    """What a rapporteur writes down of a meeting, under its rule: where nothing is attributed there is no speaker."""

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="notes")
    objective = models.ForeignKey(
        Objective, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    themes = models.ManyToManyField(Theme, blank=True, related_name="notes")
    language = models.CharField(max_length=12)
    text = models.TextField()
    speaker = models.CharField(_("who said it"), max_length=200, blank=True)
    is_attributed = models.BooleanField(default=False, editable=False)
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    written_at = models.DateTimeField(default=clock.now, editable=False)

    objects = MeetingNoteQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="meetingnote_names_a_speaker_only_where_attributed",
                condition=Q(speaker="") | Q(is_attributed=True),
            )
        ]

    def __str__(self):
        return f"note {self.pk}"

    @property
    def direction(self):
        return languages.direction(self.language)
