"""What somebody has asked or promised, with dated updates, and what is reported and waits to be looked at."""

import uuid

from django.conf import settings
from django.contrib.postgres.functions import RandomUUID
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from consultations.models.consultations import Consultation
from portal.models import Country, Moves, Organization, Principle, Process, Record, RecordQuerySet
from resources.models import Document


class CommitmentQuerySet(RecordQuerySet):
    def matching(self, *, objective=None, process=None, kind=""):
        """Narrow to what a person looks for in the list; what is not given does not narrow."""
        wanted = {"objectives": objective, "process": process, "kind": kind}
        return self.filter(**{name: value for name, value in wanted.items() if value})

    def as_rows(self):
        """A row of the list: its reports, its objectives, where it belongs."""
        return super().as_rows().select_related("process", "country").prefetch_related("updates")


class Commitment(Record):
    """An ask, a shared commitment, a step on participation or a pledge: by whom, where made, what moved."""

    search_kind = "commitment"
    ABOVE = ("process",)

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
    country = models.ForeignKey(
        Country, on_delete=models.PROTECT, null=True, blank=True, verbose_name=_("State"), related_name="+"
    )
    organization = models.ForeignKey(
        Organization, on_delete=models.SET_NULL, null=True, blank=True, related_name="commitments"
    )  # which reports on it; who reads is told `made_by`

    objects = CommitmentQuerySet.as_manager()

    class Meta(Record.Meta):
        verbose_name, verbose_name_plural = _("commitment"), _("commitments")

    @classmethod
    def seen_by(cls, reader):
        """Also, in any state, to those who coordinate its process."""
        return super().seen_by(reader) | Q(process_id__in=reader.scope_ids(Process))

    def get_absolute_url(self):
        return reverse("consultations:commitment", args=[self.address_key])


class CommitmentUpdate(models.Model):
    """What was reported on a commitment on a day, with its evidence."""

    key = models.UUIDField(db_default=RandomUUID(), unique=True, editable=False)
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


class CommitmentReportQuerySet(models.QuerySet):
    def visible_to(self, reader):
        """The organization that gave it, and those who coordinate the commitment."""
        if reader.coordinates_everything:
            return self
        runs = Q(commitment__in=reader.scope_ids(Commitment))
        runs |= Q(commitment__process__in=reader.scope_ids(Process))
        return self.filter(Q(organization__in=reader.organizations.keys()) | runs)

    def waiting(self):
        return self.filter(status=CommitmentReport.Status.WAITING)


class CommitmentReport(Moves, models.Model):
    """What an organization reports on its own commitment: shown as an update once a coordinator has accepted it."""

    class Status(models.TextChoices):
        WAITING = "waiting", _("Waits for a coordinator")
        ACCEPTED = "accepted", _("Accepted")
        DECLINED = "declined", _("Declined")

    MOVES = {
        Status.WAITING: {Status.ACCEPTED, Status.DECLINED},
        Status.ACCEPTED: set(),
        Status.DECLINED: set(),
    }

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    commitment = models.ForeignKey(Commitment, on_delete=models.CASCADE, related_name="reports")
    organization = models.ForeignKey(Organization, on_delete=models.CASCADE, related_name="+")
    on = models.DateField()
    what = models.TextField()
    evidence_url = models.URLField(max_length=500, blank=True)
    status = models.CharField(max_length=8, choices=Status.choices, default=Status.WAITING)
    version = models.PositiveIntegerField(default=1, editable=False)
    reason = models.TextField(blank=True)
    given_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    given_at = models.DateTimeField(auto_now_add=True)
    answered_at = models.DateTimeField(null=True, blank=True)

    objects = CommitmentReportQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = _("report"), _("reports")
        constraints = [
            models.CheckConstraint(
                name="commitmentreport_declined_says_why",
                condition=~Q(status="declined") | Q(reason__gt=""),
            )
        ]

    def __str__(self):
        return f"{self.on}: {self.what[:60]}"

    def get_absolute_url(self):
        return self.commitment.get_absolute_url()
