"""Who translates which text into a language, and by when."""

import uuid

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from portal.models.records import Moves

sources = {}  # {name: the source of texts}, filled by whoever registers one in portal/translating.py


class AssignmentQuerySet(models.QuerySet):
    def visible_to(self, reader):
        """Who has the text and who gave it; all of them, who coordinates everything."""
        if reader.coordinates_everything:
            return self
        return self.filter(Q(user=reader.user) | Q(given_by=reader.user)) if reader.user else self.none()

    def open(self):
        return self.filter(status=Assignment.Status.OPEN)

    def of(self, source, language):
        """Those of the texts of a source, into a language."""
        return self.filter(source=source.name, language=language)

    def holding(self, source, language, things):
        """Those of these things: of each for itself, and of the whole that it is a part of."""
        alone = Q(source=source.name, object_id__in=[thing.pk for thing in things])
        wholes = Q(source=source.whole, object_id__in=[source.whole_of(thing).pk for thing in things])
        return self.filter(alone | wholes, language=language)


class Assignment(Moves, models.Model):
    """A text that a person is to translate into a language by a day: until it is done, or taken back."""

    class Status(models.TextChoices):
        OPEN = "open", pgettext_lazy("text to translate", "Given")
        OVER = "over", pgettext_lazy("text to translate", "Done")
        TAKEN_BACK = "taken-back", pgettext_lazy("text to translate", "Taken back")

    MOVES = {Status.OPEN: {Status.OVER, Status.TAKEN_BACK}, Status.OVER: set(), Status.TAKEN_BACK: set()}

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    version = models.PositiveIntegerField(default=1)
    source = models.CharField(max_length=40)
    content_type = models.ForeignKey(ContentType, on_delete=models.CASCADE)
    object_id = models.BigIntegerField()
    thing = GenericForeignKey()
    language = models.CharField(max_length=8, choices=settings.LANGUAGES)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE)
    due_at = models.DateTimeField()
    status = models.CharField(max_length=12, choices=Status.choices, default=Status.OPEN)
    words = models.CharField(max_length=300, blank=True)  # to whom it is taken from
    given_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    given_at = models.DateTimeField()

    objects = AssignmentQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = _("text given to a translator"), _("texts given to translators")
        constraints = [
            models.UniqueConstraint(
                name="assignment_is_one_per_text_and_language",
                fields=["content_type", "object_id", "language"],
                condition=Q(status="open"),
            )
        ]

    def __str__(self):
        return f"{self.source} {self.object_id} {self.language}: {self.user}"

    def get_absolute_url(self):
        return self.origin.address(self.thing, self.language)

    @property
    def origin(self):
        """The source that its text is of."""
        return sources[self.source]
