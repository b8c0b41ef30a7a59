"""Doors into an official process, for whom each is, and what an organization notes of its way through them."""

import uuid

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from portal.models import Organization, Process, Record


class AccreditationTrack(Record):
    """One way to be accredited to a process: for whom it is, what it asks for, by when, who sees what is handed in.

    A condition that is not known narrows nothing: the door is then shown as one that may apply.
    """

    search_kind = "accreditation-track"
    ABOVE = ("process",)

    class Answer(models.TextChoices):
        YES = "yes", pgettext_lazy("an answer", "Yes")
        NO = "no", pgettext_lazy("an answer", "No")

    class Purpose(models.TextChoices):
        ATTEND = "attend", _("Attend on the spot")
        ONLINE = "online", _("Attend online")
        SPEAK = "speak", _("Speak")
        SIDE_EVENT = "side-event", _("Hold a side event")
        WRITE = "write", _("Hand in a text")

    class Exposure(models.TextChoices):
        BODY = "body", _("The body that runs this door reads what you hand in.")
        STATES = "states", _("The body that runs this door reads what you hand in, and shows it to States.")
        PUBLIC = "public", _("What you hand in, or a part of it, is published.")

    process = models.ForeignKey(
        Process, on_delete=models.CASCADE, null=True, blank=True, related_name="accreditation_tracks"
    )
    deadline_at = models.DateTimeField(_("deadline"), null=True, blank=True)
    deadline_is_day = models.BooleanField(_("the deadline is a day without an hour"), default=False)
    time_zone = models.CharField(_("time zone"), max_length=64, default="UTC")
    requires = ArrayField(models.CharField(max_length=200), default=list, blank=True)
    constituencies = ArrayField(
        models.CharField(max_length=32, choices=Organization.Constituency.choices), default=list, blank=True
    )
    needs_status = models.CharField(max_length=3, choices=Answer.choices, blank=True)
    needs_earlier = models.CharField(max_length=3, choices=Answer.choices, blank=True)
    leads_to = ArrayField(models.CharField(max_length=12, choices=Purpose.choices), default=list, blank=True)
    exposure = models.CharField(max_length=8, choices=Exposure.choices, blank=True)
    door_url = models.URLField(_("address where one applies"), max_length=2000, blank=True)

    class Meta(Record.Meta):
        verbose_name, verbose_name_plural = _("accreditation track"), _("accreditation tracks")

    @classmethod
    def seen_by(cls, reader):
        """Also, in any state, to those who coordinate its process."""
        return super().seen_by(reader) | Q(process_id__in=reader.scope_ids(Process))

    def get_absolute_url(self):
        return reverse("consultations:accreditation-track", args=[self.address_key])

    @property
    def for_whom(self):
        """The constituencies that it is for, in words."""
        return [Organization.Constituency(value).label for value in self.constituencies]

    @property
    def purposes(self):
        """What it leads to, in words."""
        return [self.Purpose(value).label for value in self.leads_to]


class DoorNoteQuerySet(models.QuerySet):
    def visible_to(self, reader):
        """The people of the organization that wrote it, and nobody else: not even coordinators."""
        return self.filter(organization__in=reader.organizations.keys())


class DoorNote(models.Model):
    """What an organization notes, for itself, of its way through a door: the newest says where it stands."""

    class Stage(models.TextChoices):
        NOT_BEGUN = "not-begun", _("Not begun")
        HANDED_IN = "handed-in", _("Handed in")
        GRANTED = "granted", _("Granted")
        REFUSED = "refused", _("Refused")

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    track = models.ForeignKey(AccreditationTrack, on_delete=models.CASCADE, related_name="notes")
    organization = models.ForeignKey(Organization, on_delete=models.CASCADE, related_name="door_notes")
    stage = models.CharField(max_length=10, choices=Stage.choices, default=Stage.NOT_BEGUN)
    on = models.DateField()
    words = models.TextField(blank=True)
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    written_at = models.DateTimeField(auto_now_add=True)

    objects = DoorNoteQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = _("own note"), _("own notes")

    def __str__(self):
        return f"{self.organization}, {self.track}: {self.stage}"

    def get_absolute_url(self):
        return self.track.get_absolute_url()
