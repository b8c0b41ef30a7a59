"""Papers: texts that civil society writes together, section by section, paragraph by paragraph, in several languages."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q, Subquery
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from consultations.models.calls import Theme
from consultations.models.consultations import Consultation
from portal import languages
from portal.models import (
    Belongs,
    GroupMember,
    Objective,
    Process,
    Record,
    RecordQuerySet,
    Role,
    Timed,
    WorkingGroup,
)
from portal.models.texts import TextState
from resources.models import Document


class PaperQuerySet(RecordQuerySet):
    def visible_to(self, reader, *, even_withdrawn=False, translating=False):
        """As of any record; where asked, also what this reader saw before it was withdrawn, or may translate."""
        if reader.coordinates_everything:
            return self
        seen = Paper.seen_by(reader)
        if even_withdrawn:
            seen |= Paper.once_seen_by(reader)
        if translating:
            seen |= Paper.translated_within(reader)
        return self.filter(seen)

    def matching(self, *, objective=None, process=None, kind="", status=""):
        """Narrow to what a person looks for in the list; what is not given does not narrow."""
        wanted = {"objectives": objective, "process": process, "kind": kind, "status": status}
        return self.filter(**{name: value for name, value in wanted.items() if value})

    def written_by(self, reader):
        """Those in whose text this reader may write: as coordinator, drafter, or in its drafting group."""
        return self if reader.coordinates_everything else self.filter(Paper.written_within(reader))

    def translated_by(self, reader):
        """Those whose text this reader may read in order to translate it: its writers, and translators."""
        if reader.coordinates_everything:
            return self
        return self.filter(Paper.written_within(reader) | Paper.translated_within(reader))

    def taking_signatures(self, at):
        """Those that organizations can endorse at a moment."""
        return self.filter(status=Paper.Status.SIGN_ON, sign_on_opens_at__lte=at, sign_on_closes_at__gt=at)

    def as_rows(self):
        return super().as_rows().select_related("process")


class Paper(Timed, Record):
    """A text that is drafted, commented on in rounds, frozen, endorsed, published; perhaps corrected or withdrawn.

    What is being written (sections, paragraphs) only those see who write it. Everybody else reads versions: that of
    a round of comments (members), that which is endorsed, that which is published. So a published paper can be
    written on for its correction while its readers read what was published.
    """

    search_kind = "paper"
    ABOVE = ("consultation", "process")

    class Kind(models.TextChoices):
        POSITION_PAPER = "position-paper", _("Position paper")
        OPEN_LETTER = "open-letter", _("Open letter")
        BRIEFING_NOTE = "briefing-note", _("Briefing note")
        STATEMENT = "statement", _("Statement")
        OUTCOME = "outcome", _("Outcome document")
        RECOMMENDATIONS = "recommendations", _("Recommendations")

    class Status(models.TextChoices):
        DRAFT = "draft", pgettext_lazy("paper", "Draft")
        COMMENTS = "comments", pgettext_lazy("paper", "Open for comments")
        FROZEN = "frozen", pgettext_lazy("paper", "Frozen")
        SIGN_ON = "sign-on", pgettext_lazy("paper", "Open for endorsement")
        PUBLISHED = "published", pgettext_lazy("paper", "Published")
        WITHDRAWN = "withdrawn", pgettext_lazy("paper", "Withdrawn")

    MOVES = {
        Status.DRAFT: {Status.COMMENTS, Status.FROZEN},
        Status.COMMENTS: {Status.DRAFT},
        Status.FROZEN: {Status.DRAFT, Status.SIGN_ON, Status.PUBLISHED},
        Status.SIGN_ON: {Status.FROZEN, Status.PUBLISHED},
        Status.PUBLISHED: {Status.WITHDRAWN},
        Status.WITHDRAWN: {Status.PUBLISHED},
    }
    SHOWN = (Status.SIGN_ON, Status.PUBLISHED)
    BEING_WRITTEN = (Status.DRAFT, Status.COMMENTS)
    # In which the working text may be changed: published, for a correction.
    WRITABLE = (Status.DRAFT, Status.COMMENTS, Status.PUBLISHED)

    kind = models.CharField(_("kind"), max_length=20, choices=Kind.choices, default=Kind.POSITION_PAPER)
    status = models.CharField(_("state"), max_length=12, choices=Status.choices, default=Status.DRAFT)
    process = models.ForeignKey(
        Process,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="papers",
        verbose_name=_("process"),
    )
    consultation = models.ForeignKey(
        Consultation, on_delete=models.PROTECT, null=True, blank=True, related_name="papers"
    )
    group = models.ForeignKey(
        WorkingGroup,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="papers",
        verbose_name=_("drafting group"),
    )
    document = models.OneToOneField(
        Document, on_delete=models.PROTECT, null=True, blank=True, editable=False, related_name="paper"
    )

    takes_outsiders = models.BooleanField(_("organizations without account may sign"), default=False)
    sign_on_opens_at = models.DateTimeField(null=True, blank=True, editable=False)
    sign_on_closes_at = models.DateTimeField(_("endorse by"), null=True, blank=True, editable=False)
    time_zone = models.CharField(_("time zone"), max_length=64, default="UTC")
    publish_at = models.DateTimeField(_("publish at"), null=True, blank=True, editable=False)
    published_at = models.DateTimeField(null=True, blank=True, editable=False)
    withdrawn_at = models.DateTimeField(null=True, blank=True, editable=False)
    withdrawal_reason = models.CharField(max_length=300, blank=True, editable=False)
    licence = models.CharField(_("licence"), max_length=40, blank=True)

    objects = PaperQuerySet.as_manager()

    class Meta(Record.Meta):
        verbose_name, verbose_name_plural = _("paper"), _("papers")
        constraints = [
            *Record.Meta.constraints,
            models.CheckConstraint(
                name="paper_sign_on_has_window",
                condition=~Q(status="sign-on")
                | Q(sign_on_opens_at__isnull=False, sign_on_closes_at__gt=F("sign_on_opens_at")),
            ),
            models.CheckConstraint(
                name="paper_published_has_moment",
                condition=~Q(status__in=["published", "withdrawn"]) | Q(published_at__isnull=False),
            ),
            models.CheckConstraint(
                name="paper_published_stands_in_the_library",
                condition=~Q(status__in=["published", "withdrawn"]) | Q(document__isnull=False),
            ),
            models.CheckConstraint(
                name="paper_outsiders_sign_open_letters",
                condition=Q(takes_outsiders=False) | Q(kind="open-letter"),
            ),
        ]

    @classmethod
    def seen_by(cls, reader):
        """Also to those who write it, in any state; what could be endorsed, until it is written on; and to members
        what they were asked to comment on.
        """
        access = [cls.Access.PUBLIC, cls.Access.MEMBERS] if reader.is_member else [cls.Access.PUBLIC]
        signed = Q(status=cls.Status.FROZEN, sign_on_opens_at__isnull=False, access__in=access)
        seen = super().seen_by(reader) | cls.written_within(reader) | signed
        if reader.is_member:
            from consultations.models.comments import CommentRound  # noqa: PLC0415 - the two know each other

            rounds = CommentRound.objects.begun().filter(paper=OuterRef("pk"))
            asked = Q(Exists(rounds), access__in=[cls.Access.PUBLIC, cls.Access.MEMBERS])
            seen |= asked & ~Q(status=cls.Status.WITHDRAWN)
        return seen

    @classmethod
    def written_within(cls, reader):
        """The condition of writing it: its coordinators, its drafters, the people of its drafting group."""
        coordinated, kind = cls.within_scopes_of(reader) or Q(pk__in=[]), Role.Kind.DRAFTER
        drafted = Q(pk__in=reader.scope_ids(cls, kind=kind)) | Q(
            process_id__in=reader.scope_ids(Process, kind=kind)
        )
        groups = GroupMember.objects.of(reader.user).values("group")
        return coordinated | drafted | Q(group__in=groups)

    @classmethod
    def translated_within(cls, reader):
        """The condition of translating it: by a role for it or its process, or for a language, unless it is by invitation."""
        kind = Role.Kind.TRANSLATOR
        own = Q(pk__in=reader.scope_ids(cls, kind=kind))
        above = Q(process_id__in=reader.scope_ids(Process, kind=kind))
        everywhere = any(role.kind == kind and not role.content_type_id for role in reader.roles)
        return own | above | (~Q(access=cls.Access.INVITED) if everywhere else Q(pk__in=[]))

    def get_absolute_url(self):
        return reverse("consultations:paper", args=[self.address_key])

    @property
    def is_shown(self):
        """Whether its state shows it to readers at all; its access says to which."""
        return self.status in self.SHOWN

    @property
    def is_writable(self):
        return self.status in self.WRITABLE

    @property
    def is_being_written(self):
        """Whether its text is still to become one that stands still: not that it is corrected."""
        return self.status in self.BEING_WRITTEN

    def takes_signatures(self, at):
        """Whether organizations can endorse it at a moment."""
        return (
            self.status == self.Status.SIGN_ON
            and self.sign_on_opens_at is not None
            and self.sign_on_opens_at <= at < self.sign_on_closes_at
        )


class SectionQuerySet(models.QuerySet):
    def visible_to(self, reader, *, translating=False):
        """The text that is being written, to those who write it; where asked, also to those who translate it."""
        papers = Paper.objects.translated_by(reader) if translating else Paper.objects.written_by(reader)
        return self.filter(paper__in=papers)

    def standing(self):
        """Those that were not taken out."""
        return self.filter(removed_at__isnull=True)

    def removed(self):
        """Those that were taken out, the last one first, each with the heading that it had."""
        heading = ParagraphText.objects.filter(
            paragraph__section=OuterRef("pk"),
            paragraph__is_heading=True,
            language=OuterRef("paper__original_language"),
        )
        heading = heading.order_by("-paragraph__pk").values("markdown")[:1]
        rows = self.filter(removed_at__isnull=False).annotate(heading=Subquery(heading))
        return rows.order_by("-removed_at", "-pk")

    def as_written(self):
        """In order, with their paragraphs in each language: what a page of the working text shows."""
        return self.order_by("position", "pk").prefetch_related(
            models.Prefetch("paragraphs", queryset=Paragraph.objects.standing().order_by("position", "pk")),
            "paragraphs__texts",
            "objectives",
            "themes",
        )


class Section(Belongs, models.Model):
    """A part of a paper, in order, about some objectives and themes, drawn from sources. Taken out, it keeps its history."""

    ABOVE = ("paper",)

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    paper = models.ForeignKey(Paper, on_delete=models.CASCADE, related_name="sections")
    position = models.PositiveIntegerField(default=0)
    objectives = models.ManyToManyField(Objective, blank=True, related_name="+")
    themes = models.ManyToManyField(Theme, blank=True, related_name="sections")
    removed_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = SectionQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = _("section"), _("sections")

    def __str__(self):
        return f"section {self.position} of {self.paper_id}"

    def get_absolute_url(self):
        return reverse("consultations:section", args=[self.key])


class ParagraphQuerySet(models.QuerySet):
    def visible_to(self, reader):
        return self.filter(section__in=Section.objects.visible_to(reader))

    def standing(self):
        """Those that the text still has."""
        return self.filter(removed_at__isnull=True)


class Paragraph(models.Model):
    """A block of a section that keeps its identity through edits, so that comments and translations stay with it.

    The first block of a section with `is_heading` is its heading. A paragraph that an edit takes out stays for its
    comments; `became` says which one stands in its place.
    """

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    section = models.ForeignKey(Section, on_delete=models.CASCADE, related_name="paragraphs")
    position = models.PositiveIntegerField(default=0)
    is_heading = models.BooleanField(default=False)
    removed_at = models.DateTimeField(null=True, blank=True, editable=False)
    became = models.ForeignKey("self", on_delete=models.SET_NULL, null=True, blank=True, related_name="+")

    objects = ParagraphQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = _("paragraph"), _("paragraphs")
        constraints = [
            models.UniqueConstraint(
                name="paragraph_heading_is_one",
                fields=["section"],
                condition=Q(is_heading=True, removed_at__isnull=True),
            ),
            models.CheckConstraint(
                name="paragraph_becomes_another", condition=Q(became__isnull=True) | ~Q(became=F("pk"))
            ),
        ]

    def __str__(self):
        return f"paragraph {self.position} of {self.section_id}"


class ParagraphText(models.Model):
    """A paragraph in one language: Markdown as written, and, of a translation, how far it has come.

    `state` is empty for the original. `source_digest` is the SHA-256 of the original's Markdown that a translation
    was approved against; an edit of the original that changes the meaning makes just these texts stale.
    """

    paragraph = models.ForeignKey(Paragraph, on_delete=models.CASCADE, related_name="texts")
    language = models.CharField(max_length=12)
    markdown = models.TextField()
    state = models.CharField(max_length=12, choices=TextState.State.choices, blank=True)
    source_digest = models.CharField(max_length=64, blank=True)
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    approved_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="paragraphtext_is_one_per_language", fields=["paragraph", "language"]
            ),
            models.CheckConstraint(name="paragraphtext_has_words", condition=Q(markdown__gt="")),
        ]

    def __str__(self):
        return f"{self.language} of {self.paragraph_id}"

    @property
    def direction(self):
        return languages.direction(self.language)


class SectionEditQuerySet(models.QuerySet):
    def visible_to(self, reader, *, translating=False):
        """The history of the working text, to those who write it; where asked, also to those who translate it."""
        return self.filter(section__in=Section.objects.visible_to(reader, translating=translating))


class SectionEdit(models.Model):
    """A section in one language as one edit left it; numbered, so that two editors never overwrite each other.

    `text` is [[paragraph key, Markdown], …] in order. The newest edit of a language is its working text.
    """

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    section = models.ForeignKey(Section, on_delete=models.CASCADE, related_name="edits")
    language = models.CharField(max_length=12)
    number = models.PositiveIntegerField()
    text = models.JSONField(default=list)
    changes_meaning = models.BooleanField(default=True)
    note = models.CharField(max_length=300, blank=True)
    edited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    edited_at = models.DateTimeField()

    objects = SectionEditQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="sectionedit_is_one_per_number", fields=["section", "language", "number"]
            ),
            models.CheckConstraint(name="sectionedit_is_counted_from_one", condition=Q(number__gte=1)),
        ]

    def __str__(self):
        return f"edit {self.number} ({self.language}) of {self.section_id}"

    @property
    def markdown(self):
        """The whole section as Markdown."""
        return "\n\n".join(words for _key, words in self.text)
