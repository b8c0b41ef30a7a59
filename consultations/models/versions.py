"""Versions of papers: texts that stand still, so that people can comment on them, endorse them, cite them."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from consultations.models.papers import Paper
from portal import languages
from portal.models import Belongs, StoredFile


class PaperVersionQuerySet(models.QuerySet):
    def visible_to(self, reader):
        """Those for comments, to members who see the paper; endorsed and published ones, to whoever sees it."""
        writes = Q(paper__in=Paper.objects.written_by(reader))
        sees = Q(paper__in=Paper.objects.visible_to(reader))
        shown = Q(shown_at__isnull=False, purpose__in=PaperVersion.FOR_READERS)
        if reader.is_member:
            shown |= Q(shown_at__isnull=False, purpose=PaperVersion.Purpose.COMMENTS)
        return self.filter(writes | (sees & shown))

    def with_texts(self):
        return self.prefetch_related("texts")

    def final(self):
        """Those that are endorsed and published, the newest first."""
        return self.filter(purpose__in=PaperVersion.FOR_READERS).order_by("-number")

    def shown(self):
        """Those that are shown to the ones they were made for."""
        return self.filter(shown_at__isnull=False)


class PaperVersion(Belongs, models.Model):
    """A paper as it stood at a moment, in the languages that were ready; the database lets nobody change its words.

    A version is made for a round of comments, or frozen to be endorsed and published. A correction is a new one with
    a change note; where its meaning differs, endorsers of the one before are asked again.
    """

    ABOVE = ("paper",)

    class Purpose(models.TextChoices):
        COMMENTS = "comments", pgettext_lazy("version", "For comments")
        FINAL = "final", pgettext_lazy("version", "Final text")
        CORRECTION = "correction", pgettext_lazy("version", "Correction")

    FOR_READERS = (Purpose.FINAL, Purpose.CORRECTION)

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    paper = models.ForeignKey(Paper, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    purpose = models.CharField(max_length=10, choices=Purpose.choices)
    changes_meaning = models.BooleanField(default=True)
    change_note = models.JSONField(default=dict, blank=True)  # {language: why it differs from the one before}
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    made_at = models.DateTimeField()
    shown_at = models.DateTimeField(null=True, blank=True, editable=False)  # to those it was made for

    objects = PaperVersionQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = _("version"), _("versions")
        constraints = [
            models.UniqueConstraint(name="paperversion_is_one_per_number", fields=["paper", "number"]),
        ]

    def __str__(self):
        return f"version {self.number} of {self.paper_id}"

    def get_absolute_url(self):
        return reverse("consultations:version", args=[self.key])

    def alike(self):
        """The final versions of its paper that mean the same, which differ from one another in wording alone: [pk]."""
        groups, own = [], []
        for pk, changes_meaning in self.paper.versions.final().reverse().values_list("pk", "changes_meaning"):
            if changes_meaning or not groups:
                groups.append([])
            groups[-1].append(pk)
            own = groups[-1] if pk == self.pk else own
        return own

    def text_in(self, language):
        """The VersionText to show: in the language, else in the original, else in any."""
        rows = {row.language: row for row in self.texts.all()}
        order = (language, self.paper.original_language, *languages.CODES, *sorted(rows))
        return next((rows[code] for code in order if code in rows), None)


class VersionText(models.Model):
    """A version in one language. Its words never change: a trigger of the database refuses it.

    `sections` is [{"key", "objectives": [number, …], "paragraphs": [{"key", "is_heading", "markdown"}, …]}, …];
    `checksum` is the SHA-256 of title, summary and the words of the sections, in order. `html` is what is shown, a piece for each section.
    """

    version = models.ForeignKey(PaperVersion, on_delete=models.CASCADE, related_name="texts")
    language = models.CharField(max_length=12)
    title = models.CharField(max_length=300)
    summary = models.TextField(blank=True)
    sections = models.JSONField(default=list)
    checksum = models.CharField(max_length=64)
    html = models.JSONField(default=list, editable=False)
    made_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="versiontext_is_one_per_language", fields=["version", "language"])
        ]

    def __str__(self):
        return f"{self.language} of {self.version_id}"

    @property
    def direction(self):
        return languages.direction(self.language)

    @property
    def markdown(self):
        """The whole text as Markdown, headings and all."""
        blocks = (block for section in self.sections for block in section["paragraphs"])
        return "\n\n".join(
            f"## {block['markdown']}" if block["is_heading"] else block["markdown"] for block in blocks
        )


class PrintQuerySet(models.QuerySet):
    def visible_to(self, reader):
        """What is printed of a version, to whoever may read it; what names more, to members and its coordinators."""
        rows = self.filter(version__in=PaperVersion.objects.visible_to(reader))
        if reader.is_member or reader.coordinates_everything:
            return rows
        return rows.filter(
            Q(circle=Print.Circle.PUBLIC)
            | Q(version__paper__in=Paper.objects.filter(Paper.coordinated_by(reader)))
        )

    def due(self, at):
        """Those that a worker has to make."""
        return self.filter(made_at__isnull=True, not_before__lte=at, attempts__lt=Print.MOST_ATTEMPTS)


class Print(models.Model):
    """A file that is due or made of a version in one language: the worker makes it, the row says what is owed.

    When what it shows changes (a signature withdrawn), a new row is made and the old file is forgotten: its address
    then says that it is gone. `circle` says whose signatures its annex names.
    """

    class Form(models.TextChoices):
        PDF = "pdf", "PDF"
        POSTCARDS = "postcards", pgettext_lazy("print", "Postcards to print")
        PICTURE = "picture", pgettext_lazy("print", "Picture to share")

    class Circle(models.TextChoices):
        PUBLIC = "public", pgettext_lazy("print", "Everybody")
        MEMBERS = "members", pgettext_lazy("print", "Members")

    MOST_ATTEMPTS = 5

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    version = models.ForeignKey(PaperVersion, on_delete=models.CASCADE, related_name="prints")
    language = models.CharField(max_length=12)
    form = models.CharField(max_length=10, choices=Form.choices)
    circle = models.CharField(max_length=8, choices=Circle.choices, default=Circle.PUBLIC)
    postcard = models.ForeignKey(
        "consultations.Postcard", on_delete=models.CASCADE, null=True, blank=True, related_name="prints"
    )
    file = models.ForeignKey(StoredFile, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    not_before = models.DateTimeField()
    attempts = models.PositiveSmallIntegerField(default=0)
    made_at = models.DateTimeField(null=True, blank=True)
    replaced_at = models.DateTimeField(null=True, blank=True)

    objects = PrintQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="print_stands_once",
                fields=["version", "language", "form", "circle", "postcard"],
                condition=Q(replaced_at__isnull=True),
                nulls_distinct=False,
            ),
            models.CheckConstraint(
                name="print_picture_is_of_a_postcard",
                condition=~Q(form="picture") | Q(postcard__isnull=False),
            ),
        ]
        indexes = [models.Index(fields=["not_before"], name="print_due", condition=Q(made_at__isnull=True))]

    def __str__(self):
        return f"{self.form} ({self.language}) of {self.version_id}"

    def get_absolute_url(self):
        return reverse("consultations:print", args=[self.key])
