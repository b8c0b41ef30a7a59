"""Postcards: one action point of a paper each, to print and to share."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from consultations.models.papers import Paper
from portal import languages
from portal.models import Belongs, Objective


class PostcardQuerySet(models.QuerySet):
    def visible_to(self, reader):
        """To those who write the paper; once it is published, to whoever sees it."""
        published = Paper.objects.visible_to(reader).filter(status=Paper.Status.PUBLISHED)
        return self.filter(Q(paper__in=Paper.objects.written_by(reader)) | Q(paper__in=published))


class Postcard(Belongs, models.Model):
    """One thing that a paper asks for, in a sentence per language, about one objective."""

    ABOVE = ("paper",)

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    paper = models.ForeignKey(Paper, on_delete=models.CASCADE, related_name="postcards")
    objective = models.ForeignKey(
        Objective, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    position = models.PositiveSmallIntegerField(default=0)

    objects = PostcardQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = _("postcard"), _("postcards")

    def __str__(self):
        return f"postcard {self.position} of {self.paper_id}"

    def words_in(self, language):
        """The PostcardText in the language, or None: a card is never shown in another."""
        return next((row for row in self.texts.all() if row.language == language), None)


class PostcardText(models.Model):
    """The sentence of a postcard in one language."""

    postcard = models.ForeignKey(Postcard, on_delete=models.CASCADE, related_name="texts")
    language = models.CharField(max_length=12)
    words = models.CharField(max_length=240)
    is_approved = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="postcardtext_is_one_per_language", fields=["postcard", "language"]),
            models.CheckConstraint(name="postcardtext_has_words", condition=Q(words__gt="")),
        ]

    def __str__(self):
        return f"{self.language} of {self.postcard_id}"

    @property
    def direction(self):
        return languages.direction(self.language)
