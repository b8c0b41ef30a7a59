"""Reminders: what falls due at a moment, recorded beforehand, sent once, late rather than never."""

from django.db import models
from django.db.models import Q

from consultations.models.consultations import Consultation
from consultations.models.meetings import Meeting
from portal.models import Belongs


class ReminderQuerySet(models.QuerySet):
    def owed(self):
        """Neither sent nor dropped."""
        return self.filter(sent_at__isnull=True, dropped_at__isnull=True)

    def visible_to(self, reader):
        """As the consultation that it reminds of."""
        return self.filter(consultation__in=Consultation.objects.visible_to(reader))


class Reminder(Belongs, models.Model):
    """Something to be said at a moment: that registration opens, or will close, or that a meeting is near.

    It is due from `due_at` on. A worker that stood still sends it late; what has meanwhile passed is dropped.
    """

    ABOVE = ("consultation",)

    class About(models.TextChoices):
        OPENING = "opening"
        DEADLINE = "deadline"
        MEETING = "meeting"

    consultation = models.ForeignKey(Consultation, on_delete=models.CASCADE, related_name="reminders")
    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, null=True, blank=True)
    about = models.CharField(max_length=10, choices=About.choices)
    due_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True, blank=True)
    dropped_at = models.DateTimeField(null=True, blank=True)

    objects = ReminderQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="reminder_is_due_once",
                fields=["consultation", "meeting", "about", "due_at"],
                nulls_distinct=False,
            ),
            models.CheckConstraint(
                name="reminder_is_of_a_meeting_or_of_registration",
                condition=Q(about="meeting", meeting__isnull=False)
                | (~Q(about="meeting") & Q(meeting__isnull=True)),
            ),
        ]
        indexes = [
            models.Index(
                fields=["due_at"],
                name="reminder_owed",
                condition=Q(sent_at__isnull=True, dropped_at__isnull=True),
            )
        ]

    def __str__(self):
        return f"{self.about} of {self.consultation} at {self.due_at:%Y-%m-%d %H:%M}"
