"""Texts handed over to official bodies, and what came of them."""

from django.contrib.postgres.functions import RandomUUID
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from consultations.models.accreditation import AccreditationTrack
from consultations.models.consultations import Consultation
from portal.models import Process, Record, RecordQuerySet, StoredFile
from resources.models import Document


class SubmissionQuerySet(RecordQuerySet):
    def matching(self, *, objective=None, process=None, year="", stage=""):
        """Narrow to what a person looks for in the list; what is not given does not narrow."""
        wanted = {"objectives": objective, "process": process}
        rows = self.filter(**{name: value for name, value in wanted.items() if value})
        if year:
            rows = rows.filter(Q(handed_over_on__year=year) | Q(handed_over_on=None, due_at__year=year))
        return rows.filter(Submission.AT[stage]).distinct() if stage else rows

    def as_rows(self):
        return super().as_rows().select_related("process").prefetch_related("outcomes")


class Submission(Record):
    """A text for an official body: due, handed over through a door, received, and what came of it."""

    search_kind = "submission"
    ABOVE = ("process",)

    class Stage(models.TextChoices):
        DUE = "due", _("Not yet handed over")
        HANDED_OVER = "handed-over", _("Handed over")
        ANSWERED = "answered", _("Something came of it")

    # Where a submission stands is read from its dates, and kept nowhere.
    AT = {
        Stage.DUE: Q(handed_over_on=None, outcomes=None),
        Stage.HANDED_OVER: Q(handed_over_on__isnull=False, outcomes=None),
        Stage.ANSWERED: Q(outcomes__isnull=False),
    }
    NEWEST = (F("handed_over_on").desc(nulls_first=True), F("due_at").desc(nulls_last=True), "-pk")

    addressee = models.CharField(_("addressee"), max_length=200)
    process = models.ForeignKey(
        Process, on_delete=models.PROTECT, null=True, blank=True, related_name="submissions"
    )
    consultation = models.ForeignKey(
        Consultation, on_delete=models.SET_NULL, null=True, blank=True, related_name="submissions"
    )
    document = models.ForeignKey(
        Document, on_delete=models.SET_NULL, null=True, blank=True, related_name="submissions"
    )
    door = models.ForeignKey(
        AccreditationTrack, on_delete=models.SET_NULL, null=True, blank=True, related_name="submissions"
    )
    door_words = models.CharField(_("by which door"), max_length=200, blank=True)
    due_at = models.DateTimeField(_("due"), null=True, blank=True)
    time_zone = models.CharField(_("time zone"), max_length=64, default="UTC")
    handed_over_on = models.DateField(_("handed over on"), null=True, blank=True)
    receipt_words = models.CharField(_("reference of the receipt"), max_length=200, blank=True)
    receipt_file = models.ForeignKey(
        StoredFile, on_delete=models.PROTECT, null=True, blank=True, related_name="+", editable=False
    )

    objects = SubmissionQuerySet.as_manager()

    class Meta(Record.Meta):
        verbose_name, verbose_name_plural = _("submission"), _("submissions")

    @classmethod
    def seen_by(cls, reader):
        """Also, in any state, to those who coordinate its process."""
        return super().seen_by(reader) | Q(process_id__in=reader.scope_ids(Process))

    def get_absolute_url(self):
        return reverse("consultations:submission", args=[self.address_key])

    @property
    def stage(self):
        """Where it stands; reads the outcomes, which lists prefetch."""
        if self.outcomes.all():
            return self.Stage.ANSWERED
        return self.Stage.HANDED_OVER if self.handed_over_on else self.Stage.DUE

    @property
    def last_outcome(self):
        return max(self.outcomes.all(), key=lambda row: (row.on, row.pk), default=None)


class SubmissionOutcome(models.Model):
    """What came of a submission on a day, with where it can be seen."""

    key = models.UUIDField(db_default=RandomUUID(), unique=True, editable=False)
    submission = models.ForeignKey(Submission, on_delete=models.CASCADE, related_name="outcomes")
    on = models.DateField()
    what = models.TextField()
    evidence_url = models.URLField(max_length=500, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="submissionoutcome_is_said_once", fields=["submission", "on", "what"]
            )
        ]

    def __str__(self):
        return f"{self.on}: {self.what[:60]}"
