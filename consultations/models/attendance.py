"""Who came to a meeting: taken from the list, or by the code that is shown at the door."""

import hashlib
import hmac

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from consultations.models.consultations import Consultation
from consultations.models.meetings import Meeting
from consultations.models.registrations import Delegate, Registration
from portal import clock
from portal.models import Process

DIGITS = 6


class DoorCode(models.Model):
    """The code that the room sees for a short while; made from a nonce, so that nothing in the tables opens a door."""

    meeting = models.OneToOneField(Meeting, on_delete=models.CASCADE, related_name="door_code")
    nonce = models.CharField(max_length=64, editable=False)
    ends_at = models.DateTimeField()
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )

    def __str__(self):
        return f"code of {self.meeting} until {self.ends_at:%Y-%m-%d %H:%M}"

    @property
    def code(self):
        """Six digits, the same on every keyboard."""
        made = hmac.new(settings.SECRET_KEY.encode(), f"door:{self.nonce}".encode(), hashlib.sha256).digest()
        return f"{int.from_bytes(made[:8]) % 10**DIGITS:0{DIGITS}}"


class AttendanceQuerySet(models.QuerySet):
    def visible_to(self, reader):
        """Of what one coordinates; of one's own organizations too, but of a closed room nobody else's eyes."""
        if reader.coordinates_everything:
            return self
        of_process = models.Q(meeting__consultation__process_id__in=reader.scope_ids(Process))
        of_it = models.Q(meeting__consultation_id__in=reader.scope_ids(Consultation))
        own = models.Q(registration__organization_id__in=reader.organizations.keys())
        is_open = ~models.Q(meeting__consultation__access=Consultation.Access.INVITED)
        return self.filter(of_process | of_it | (own & is_open))


class Attendance(models.Model):
    """A delegate came to a meeting. If somebody else is named later, the organization was there all the same."""

    class Way(models.TextChoices):
        LIST = "list", _("From the list")
        CODE = "code", _("By the code at the door")

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="attendances")
    registration = models.ForeignKey(Registration, on_delete=models.CASCADE, related_name="attendances")
    delegate = models.ForeignKey(Delegate, on_delete=models.SET_NULL, null=True, related_name="attendances")
    way = models.CharField(max_length=4, choices=Way.choices)
    taken_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    taken_at = models.DateTimeField(default=clock.now, editable=False)
    keep_until = models.DateTimeField(null=True, editable=False)  # of a closed room (safety.md, D18)

    objects = AttendanceQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = _("attendance"), _("attendance")
        constraints = [
            models.UniqueConstraint(name="attendance_is_taken_once", fields=["meeting", "delegate"])
        ]

    def __str__(self):
        return f"{self.registration} at {self.meeting}"
