"""What somebody has promised, with dated updates."""

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from consultations.models.consultations import Consultation
from portal.models import Principle, Process, Record, RecordQuerySet
from resources.models import Document


class CommitmentQuerySet(RecordQuerySet):
    def matching(self, *, objective=None, process=None, kind=""):
        """Narrow to what a person looks for in the list; what is not given does not narrow."""
        wanted = {"objectives": objective, "process": process, "kind": kind}
        return self.filter(**{name: value for name, value in wanted.items() if value})

    def as_rows(self):
        """A row of the list: its reports, its objectives, where it belongs."""
        return super().as_rows().select_related("process").prefetch_related("updates")


class Commitment(Record):
    """An ask, a shared commitment, a step on participation or a pledge: by whom, where made, what moved."""

    search_kind = "commitment"

    class Kind(models.TextChoices):
        ASK = "ask", _("Ask")
        SHARED = "shared", _("Shared commitment")
        PARTICIPATION = "participation", _("Step on participation")
        PLEDGE = "pledge", _("Pledge")
        OTHER = "other", _("Other")

    kind = models.CharField(_("kind"), max_length=14, choices=Kind.choices, default=Kind.SHARED)
    kind_word = models.CharField(max_length=60, blank=True)
    made_by = models.CharField(_("by whom"), max_length=200, blank=True)
    process = models.ForeignKey(
        Process, on_delete=models.PROTECT, null=True, blank=True, related_name="commitments"
    )
    consultation = models.ForeignKey(
        Consultation, on_delete=models.SET_NULL, null=True, blank=True, related_name="commitments"
    )
    document = models.ForeignKey(
        Document, on_delete=models.SET_NULL, null=True, blank=True, related_name="commitments"
    )
    principles = models.ManyToManyField(Principle, blank=True)

    objects = CommitmentQuerySet.as_manager()

    class Meta(Record.Meta):
        verbose_name, verbose_name_plural = _("commitment"), _("commitments")

    def get_absolute_url(self):
        return reverse("consultations:commitment", args=[self.address_key])

    def belongs_to(self):
        return (self.process,) if self.process else ()


class CommitmentUpdate(models.Model):
    """What was reported on a commitment on a day, with its evidence."""

    commitment = models.ForeignKey(Commitment, on_delete=models.CASCADE, related_name="updates")
    on = models.DateField()
    what = models.TextField(blank=True)
    evidence_url = models.URLField(max_length=500, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="commitmentupdate_is_said_once", fields=["commitment", "on", "what"])
        ]

    def __str__(self):
        return f"{self.on}: {self.what[:60]}"
