"""Comments on papers: rounds with a deadline, what organizations say or propose, and what became of it."""

import uuid

from django.conf import settings
from django.contrib.contenttypes.fields import GenericRelation
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from consultations.models.contributions import Contribution
from consultations.models.papers import Paper, Paragraph, SectionEdit
from consultations.models.versions import PaperVersion
from portal import languages
from portal.models import Belongs, Moves, Organization


class CommentRoundQuerySet(models.QuerySet):
    def visible_to(self, reader):
        """Those of papers that one writes; to members, those that have begun of papers they see."""
        writes = Q(paper__in=Paper.objects.written_by(reader))
        if not reader.is_member:
            return self.filter(writes)
        return self.filter(
            writes | Q(pk__in=self.model.objects.begun(), paper__in=Paper.objects.visible_to(reader))
        )

    def begun(self):
        """Those whose text was shown to members."""
        return self.filter(version__shown_at__isnull=False)

    def open(self, at):
        """Those that take comments at a moment."""
        return self.begun().filter(opens_at__lte=at, closes_at__gt=at, closed_at__isnull=True)

    def standing(self):
        """Those that nobody and no deadline has closed yet."""
        return self.filter(closed_at__isnull=True)


class CommentRound(Belongs, models.Model):
    """A time in which member organizations comment on a version of a paper, paragraph by paragraph.

    Its text is shown, and members are told, once it opens; those who said nothing are reminded at `remind_at`, once.
    """

    ABOVE = ("paper",)

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    paper = models.ForeignKey(Paper, on_delete=models.CASCADE, related_name="comment_rounds")
    version = models.OneToOneField(PaperVersion, on_delete=models.PROTECT, related_name="comment_round")
    number = models.PositiveSmallIntegerField()
    opens_at = models.DateTimeField(_("opens"))
    closes_at = models.DateTimeField(_("comment by"))
    time_zone = models.CharField(_("time zone"), max_length=64, default="UTC")
    closed_at = models.DateTimeField(null=True, blank=True, editable=False)
    remind_at = models.DateTimeField(null=True, blank=True, editable=False)  # nothing where it is too short
    reminded_at = models.DateTimeField(null=True, blank=True, editable=False)
    moved_dates = GenericRelation("portal.MovedDate")

    objects = CommentRoundQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = _("round of comments"), _("rounds of comments")
        constraints = [
            models.UniqueConstraint(name="commentround_is_one_per_number", fields=["paper", "number"]),
            models.UniqueConstraint(
                name="commentround_is_open_once", fields=["paper"], condition=Q(closed_at__isnull=True)
            ),
            models.CheckConstraint(
                name="commentround_closes_after_it_opens", condition=Q(closes_at__gt=F("opens_at"))
            ),
        ]

    def __str__(self):
        return f"round {self.number} of {self.paper_id}"

    def get_absolute_url(self):
        return reverse("consultations:comment-round", args=[self.key])

    def text(self, field, language):
        """The Text of its paper's title or summary: a round has no name of its own."""
        return self.paper.text(field, language)

    @property
    def process_id(self):
        """Of the process that its paper belongs to."""
        return self.paper.process_id

    def is_open(self, at):
        return self.closed_at is None and self.opens_at <= at < self.closes_at


class CommentQuerySet(models.QuerySet):
    def visible_to(self, reader):
        """One's own; all that is not withdrawn to those who write the paper; to members what may be shown to them."""
        own = Q(organization_id__in=reader.organizations.keys())
        stands = ~Q(status=Comment.Status.WITHDRAWN)
        writes = stands & Q(round__paper__in=Paper.objects.written_by(reader))
        if not reader.is_member:
            return self.filter(own | writes)
        shown = Q(
            consent__in=[Contribution.Consent.NAMED, Contribution.Consent.KIND],
            organization__status=Organization.Status.VERIFIED,
            round__in=CommentRound.objects.visible_to(reader),
        )
        return self.filter(own | writes | (stands & shown))

    def standing(self):
        """Those that their organizations have not taken back."""
        return self.exclude(status=Comment.Status.WITHDRAWN)

    def undecided(self):
        """Those that wait for an answer, whatever round they are from: they go with their paragraph to the next draft."""
        return self.filter(status=Comment.Status.OPEN)

    def matching(self, *, kind="", organization=None, language="", objective=None, status=""):
        """Those that all of these narrow down to; of no state: those that wait for an answer."""
        wanted = {"kind": kind, "organization": organization, "language": language}
        rows = self.filter(**{name: value for name, value in wanted.items() if value})
        if objective is not None:
            rows = rows.filter(paragraph__section__objectives=objective)
        return rows if status == "all" else rows.filter(status=status or Comment.Status.OPEN)

    def as_rows(self):
        """What a row names: who said it, of which paragraph, and what it was merged with."""
        rows = self.select_related(
            "organization__country", "paragraph__section", "round__paper", "merged_into", "edit"
        ).prefetch_related("organization__regions", "organization__country__regions")
        return rows.order_by("paragraph__section__position", "paragraph__position", "pk")


class Comment(Moves, Belongs, models.Model):
    """What an organization says of a paragraph, or the words that it proposes for it, and the drafters' answer.

    What is still open when a round closes stays with its paragraph. A proposal that is taken over, as it is or
    adapted, names the edit in which it landed.
    """

    ABOVE = ("round",)

    class Kind(models.TextChoices):
        COMMENT = "comment", _("Comment")
        PROPOSAL = "proposal", _("Proposed words")

    class Status(models.TextChoices):
        OPEN = "open", pgettext_lazy("comment", "Waits for an answer")
        ACCEPTED = "accepted", pgettext_lazy("comment", "Accepted")
        ADAPTED = "adapted", pgettext_lazy("comment", "Accepted with changes")
        MERGED = "merged", pgettext_lazy("comment", "Merged with another")
        DECLINED = "declined", pgettext_lazy("comment", "Declined")
        WITHDRAWN = "withdrawn", pgettext_lazy("comment", "Withdrawn")

    # How it may be shown: the words of a contribution's consent, but for who reads it whatever was chosen.
    CONSENT_WORDS = {
        Contribution.Consent.NAMED: Contribution.Consent.NAMED.label,
        Contribution.Consent.KIND: Contribution.Consent.KIND.label,
        Contribution.Consent.NEVER: _("Never shown to others: read only by those who write the paper"),
    }
    DECIDED = (Status.ACCEPTED, Status.ADAPTED, Status.MERGED, Status.DECLINED)
    MOVES = {
        Status.OPEN: {*DECIDED, Status.WITHDRAWN},
        Status.ACCEPTED: {Status.OPEN},
        Status.ADAPTED: {Status.OPEN},
        Status.MERGED: {Status.OPEN, Status.WITHDRAWN},
        Status.DECLINED: {Status.OPEN, Status.WITHDRAWN},
        Status.WITHDRAWN: set(),
    }

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    round = models.ForeignKey(CommentRound, on_delete=models.CASCADE, related_name="comments")
    paragraph = models.ForeignKey(Paragraph, on_delete=models.PROTECT, related_name="comments")
    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="comments")
    kind = models.CharField(_("kind"), max_length=8, choices=Kind.choices)
    language = models.CharField(_("language"), max_length=12)
    text = models.TextField(_("comment"), blank=True)
    proposed = models.TextField(_("proposed words"), blank=True)
    consent = models.CharField(_("how it may be shown"), max_length=6, choices=Contribution.Consent.choices)
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.OPEN)
    version = models.PositiveIntegerField(default=1, editable=False)
    answer = models.TextField(_("answer"), blank=True)
    answer_language = models.CharField(max_length=12, blank=True, editable=False)
    merged_into = models.ForeignKey(
        "self", on_delete=models.SET_NULL, null=True, blank=True, related_name="merged"
    )
    edit = models.ForeignKey(
        SectionEdit, on_delete=models.SET_NULL, null=True, blank=True, related_name="origins"
    )
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    written_at = models.DateTimeField()
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = CommentQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = _("comment"), _("comments")
        constraints = [
            models.CheckConstraint(
                name="comment_says_something",
                condition=Q(status="withdrawn")
                | Q(kind="comment", text__gt="")
                | Q(kind="proposal", proposed__gt=""),
            ),
            models.CheckConstraint(
                name="comment_declined_has_reason", condition=~Q(status="declined") | Q(answer__gt="")
            ),
            models.CheckConstraint(
                name="comment_merges_into_another",
                condition=(Q(merged_into__isnull=True) | ~Q(merged_into=F("pk"))),
            ),
            models.CheckConstraint(
                name="comment_decided_has_moment",
                condition=Q(status__in=["open", "withdrawn"]) | Q(decided_at__isnull=False),
            ),
        ]
        indexes = [models.Index(fields=["paragraph", "status"], name="comment_of_paragraph")]

    def __str__(self):
        return f"comment {self.key}"

    def get_absolute_url(self):
        return reverse("consultations:comment", args=[self.key])

    @property
    def direction(self):
        return languages.direction(self.language)

    @property
    def sort(self):
        """What kind of organization made it, in words."""
        return self.organization.get_sort_display()

    @property
    def regions(self):
        """Where its organization is at work, as far as known."""
        country = self.organization.country
        return list(self.organization.regions.all()) or (list(country.regions.all()) if country else [])

    @property
    def consent_words(self):
        return self.CONSENT_WORDS[self.consent]

    @property
    def is_proposal(self):
        return self.kind == self.Kind.PROPOSAL

    @property
    def can_be_withdrawn(self):
        """Its words do not stand in the text by now."""
        return self.Status.WITHDRAWN in self.MOVES[self.status]

    def is_named_to(self, reader, *, writes):
        """Whether this reader may learn whose it is: its own people, those who write the paper, by consent everybody.

        A suspended organization is named to nobody else: it may be an impostor.
        """
        if self.organization_id in reader.organizations:
            return True
        is_verified = self.organization.status == Organization.Status.VERIFIED
        return is_verified and (writes or self.consent == Contribution.Consent.NAMED)


def carried_into(comment_round):
    """The condition of a comment of an earlier round that was still open when this round began."""
    later = CommentRound.objects.filter(
        pk=comment_round.pk, paper=OuterRef("round__paper"), number__gt=OuterRef("round__number")
    )
    undecided = Q(decided_at__isnull=True) | Q(decided_at__gt=comment_round.opens_at)
    return Q(Exists(later)) & undecided & ~Q(status=Comment.Status.WITHDRAWN)
