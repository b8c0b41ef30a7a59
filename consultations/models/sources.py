"""Where a section of a paper comes from: inputs, voices, consultations, documents."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Count, Exists, OuterRef, Q, Subquery
from django.utils.translation import gettext_lazy as _

from consultations.models.consultations import Consultation
from consultations.models.inputs import Input
from consultations.models.papers import Paper, Section
from consultations.models.voices import Voice, VoiceConsent
from portal import clock
from portal.models import Organization
from resources.models import Document


class SourceQuerySet(models.QuerySet):
    def visible_to(self, reader):
        """Of the text that one writes, and of one's own inputs and voices; what it is of, its own rights decide."""
        own = Q(input__in=Input.objects.filter(contribution__organization__in=reader.organizations.keys()))
        spoken = Q(voice__in=Voice.objects.own(reader))
        return self.filter(Q(section__paper__in=Paper.objects.written_by(reader)) | own | spoken)

    def standing(self):
        """Those of sections that were not taken out."""
        return self.filter(section__removed_at__isnull=True)

    def with_place_for(self, reader):
        """Each with its paper, whether this reader sees it (`is_shown`), and the number of its section there."""
        seen = Paper.objects.visible_to(reader).filter(pk=OuterRef("section__paper"))
        before = Section.objects.standing().filter(
            paper=OuterRef("section__paper"), position__lte=OuterRef("section__position")
        )
        counted = before.order_by().values("paper").annotate(number=Count("pk")).values("number")
        return self.select_related("section__paper").annotate(
            is_shown=Exists(seen), section_number=Subquery(counted)
        )


class Source(models.Model):
    """One thing that a section draws on. It holds no words of it: they are read where they stand, within consent."""

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    section = models.ForeignKey(Section, on_delete=models.CASCADE, related_name="sources")
    input = models.ForeignKey(Input, on_delete=models.CASCADE, null=True, blank=True, related_name="sources")
    voice = models.ForeignKey(Voice, on_delete=models.CASCADE, null=True, blank=True, related_name="sources")
    purpose = models.CharField(max_length=14, choices=VoiceConsent.Purpose.choices, blank=True)
    document = models.ForeignKey(
        Document, on_delete=models.CASCADE, null=True, blank=True, related_name="sources"
    )
    consultation = models.ForeignKey(
        Consultation, on_delete=models.CASCADE, null=True, blank=True, related_name="sources"
    )
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    added_at = models.DateTimeField(default=clock.now, editable=False)

    objects = SourceQuerySet.as_manager()

    OF = ("input", "voice", "document", "consultation")

    class Meta:
        verbose_name, verbose_name_plural = _("source"), _("sources")
        constraints = [
            models.CheckConstraint(
                name="source_is_one_thing",
                condition=Q(
                    input__isnull=False, voice__isnull=True, document__isnull=True, consultation__isnull=True
                )
                | Q(input__isnull=True, voice__isnull=False, document__isnull=True, consultation__isnull=True)
                | Q(input__isnull=True, voice__isnull=True, document__isnull=False, consultation__isnull=True)
                | Q(
                    input__isnull=True, voice__isnull=True, document__isnull=True, consultation__isnull=False
                ),
            ),
            models.CheckConstraint(
                name="source_voice_has_purpose",
                condition=Q(voice__isnull=True, purpose="") | Q(voice__isnull=False, purpose__gt=""),
            ),
            models.UniqueConstraint(
                name="source_is_named_once",
                fields=["section", "input", "voice", "document", "consultation"],
                nulls_distinct=False,
            ),
        ]

    def __str__(self):
        return f"source of {self.section_id}"

    @property
    def thing(self):
        """What it is of."""
        return next(getattr(self, name) for name in self.OF if getattr(self, f"{name}_id") is not None)


def voices_speaking():
    """Sources whose voice may be used for their purpose now: its consent stands, its organization is no impostor."""
    consents = VoiceConsent.objects.standing().filter(voice=OuterRef("voice"), purpose=OuterRef("purpose"))
    return Q(Exists(consents), voice__organization__status=Organization.Status.VERIFIED)
