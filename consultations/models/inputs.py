"""Inputs: what was said to one question, as it is read, sorted and used."""

import uuid

from django.conf import settings
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import Exists, F, OuterRef, Prefetch, Q
from django.db.models.functions import Left
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from consultations.models.calls import Theme
from consultations.models.contributions import Contribution
from consultations.models.questions import Answer
from portal import clock
from portal.models import Belongs
from resources.models import Document

COMPARED = 1000  # characters of an input that are compared with others


class InputQuerySet(models.QuerySet):
    def visible_to(self, reader, *, holding=()):
        """As the contribution that it is part of."""
        return self.filter(contribution__in=Contribution.objects.visible_to(reader, holding=holding))

    def read_by(self, reader):
        """Those that this reader reads and sorts, as coordinator or chosen rapporteur."""
        return self.filter(contribution__in=Contribution.objects.read_by(reader))

    def at(self, fate):
        """Those that have come so far and no further."""
        return self.filter(FATES[fate]())

    def matching(
        self, *, objective=None, region=None, language="", theme=None, fate="", question=None, flag=""
    ):
        """Narrow to what a rapporteur looks for; what is not given does not narrow."""
        wanted = {
            "question__objective": objective,
            "contribution__language": language,
            "themes": theme,
            "question": question,
        }
        rows = self.filter(**{name: value for name, value in wanted.items() if value})
        if region:
            rows = rows.filter(contribution__in=Contribution.objects.from_region(region))
        if fate:
            rows = rows.at(fate)
        if flag == "follow-up":
            rows = rows.filter(needs_follow_up=True)
        elif flag == "untagged":
            rows = rows.filter(themes__isnull=True)
        return rows

    def as_rows(self):
        """What a row of the reading room shows."""
        givers = (
            "contribution__organization__country",
            "contribution__through",
            "contribution__giver_country",
        )
        return self.select_related("contribution__call", "question__objective", *givers).prefetch_related(
            "themes",
            "question__options",
            "contribution__organization__regions",
            "contribution__organization__country__regions",
            "contribution__giver_country__regions",
        )

    def with_uses_for(self, reader):
        """Each with its uses and sources, each of these with `is_shown`: whether this reader may read the text there."""
        seen = Document.objects.visible_to(reader).filter(pk=OuterRef("document"))
        uses = Use.objects.select_related("document").annotate(
            is_seen=Exists(seen), is_shown=Exists(seen.published())
        )
        drawn_on = _standing_sources().with_place_for(reader)
        return self.prefetch_related(
            Prefetch("uses", queryset=uses.order_by("pk")),
            Prefetch("sources", queryset=drawn_on.order_by("pk")),
        )


class Input(Belongs, Answer):
    """What a contribution says to one question. Whoever gave it sees what becomes of it."""

    ABOVE = ("contribution",)

    contribution = models.ForeignKey(Contribution, on_delete=models.CASCADE, related_name="answers")
    themes = models.ManyToManyField(Theme, blank=True, related_name="inputs")
    read_at = models.DateTimeField(null=True, blank=True, editable=False)
    needs_follow_up = models.BooleanField(default=False)
    note = models.TextField(blank=True)  # among those who read; the giver never sees it
    merged_into = models.ForeignKey(
        "self", on_delete=models.SET_NULL, null=True, blank=True, related_name="merged"
    )
    not_used_because = models.CharField(max_length=500, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = InputQuerySet.as_manager()

    class Meta(Answer.Meta):
        verbose_name, verbose_name_plural = _("input"), _("inputs")
        constraints = [
            *Answer.Meta.constraints,
            models.UniqueConstraint(name="input_is_one_per_question", fields=["contribution", "question"]),
            models.CheckConstraint(
                name="input_merges_into_another",
                condition=Q(merged_into__isnull=True) | ~Q(merged_into=F("pk")),
            ),
        ]
        indexes = [
            GinIndex(OpClass(Left("text", COMPARED), name="gin_trgm_ops"), name="input_alike"),
        ]

    def get_absolute_url(self):
        return reverse("consultations:input", args=[self.key])

    @property
    def fate(self):
        """How far it has come: the key of one of FATES."""
        if self.contribution.status != Contribution.Status.SENT:
            return self.contribution.status
        if list(self.uses.all()) or list(self.sources.all()):
            return "used"
        if self.merged_into_id:
            return "merged"
        if self.not_used_because:
            return "not-used"
        return "read" if self.read_at else "received"

    @property
    def fate_label(self):
        return FATE_LABELS[self.fate]


class UseQuerySet(models.QuerySet):
    def visible_to(self, reader):
        """Of what is sent, as far as the reader may see the contribution."""
        given = Contribution.objects.sent().visible_to(reader)
        return self.filter(input__contribution__in=given)


class Use(models.Model):
    """Where an input was used: a document of the library, and which part of it."""

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    input = models.ForeignKey(Input, on_delete=models.CASCADE, related_name="uses")
    document = models.ForeignKey(Document, on_delete=models.CASCADE, related_name="input_uses")
    section = models.CharField(_("section"), max_length=200, blank=True)
    used_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    used_at = models.DateTimeField(default=clock.now, editable=False)

    objects = UseQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="use_is_said_once", fields=["input", "document", "section"])
        ]

    def __str__(self):
        return f"{self.input_id} in {self.document}"


def _standing_sources():
    """Where papers draw on inputs, in sections that were not taken out."""
    from consultations.models.sources import Source  # noqa: PLC0415 - papers stand above inputs

    return Source.objects.standing()


def _used():
    in_documents = Use.objects.filter(input=OuterRef("pk"))
    return Q(Exists(in_documents)) | Q(Exists(_standing_sources().filter(input=OuterRef("pk"))))


FATE_LABELS = {
    "draft": _("Not sent yet"),
    "withdrawn": _("Withdrawn"),
    "received": _("Received"),
    "read": _("Read"),
    "used": _("Used"),
    "merged": _("Merged with others"),
    "not-used": _("Not used"),
}
# The condition of each, first come first served: what is used may also have been merged.
FATES = {
    "received": lambda: Q(read_at__isnull=True, merged_into__isnull=True, not_used_because="") & ~_used(),
    "read": lambda: Q(read_at__isnull=False, merged_into__isnull=True, not_used_because="") & ~_used(),
    "used": _used,
    "merged": lambda: Q(merged_into__isnull=False) & ~_used(),
    "not-used": lambda: Q(merged_into__isnull=True, not_used_because__gt="") & ~_used(),
}
