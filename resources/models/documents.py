"""The document library: the published thing, its canonical address, a file per language."""

from datetime import date
from typing import NamedTuple

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Case, Count, F, Q, Value, When
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from portal import languages, ordering
from portal.models import Principle, Process, Record, RecordQuerySet, Region, StoredFile, shown
from portal.windows import Order
from resources.models.short import Short

NEAREST = 200  # documents that are looked at to find those that share most


class DocumentRow(NamedTuple):
    """All that a list shows of a document, in one language: rows that are equal look alike."""

    title: languages.Text
    address_key: str
    day: date | None
    precision: str
    kind: str
    kind_word: str
    files: tuple  # ((language, bytes), …)
    languages: tuple

    @property
    def kind_name(self):
        """What the library calls its kind."""
        return dict(Document.Kind.choices).get(self.kind, self.kind)

    def get_absolute_url(self):
        return reverse("resources:document", args=[self.address_key])


class DocumentQuerySet(RecordQuerySet):
    def as_list(self):
        """What a DocumentRow shows: files with their languages and sizes."""
        return self.prefetch_related(listed_files())

    def with_file(self, checksum):
        """Those that have a file of exactly these bytes, the oldest first."""
        return self.filter(files__file__checksum=checksum).order_by("pk")

    def in_one_language(self):
        """Drafts that have their texts and their file in one language, so that it may turn out to be another."""
        return self.filter(status=Document.Status.DRAFT, languages__len=1, document_languages__len=1)

    def newest_first(self):
        """By the expression that has its index: a few of very many are found without sorting them."""
        return self.order_by(*newest("en").columns())

    def as_rows(self):
        """A row of the library: its files' languages and sizes, its objectives, its process."""
        return super().as_rows().select_related("process").as_list()

    def as_page(self):
        """The page of a document: a row, the covers of its files, and how far its translations have come."""
        read = (
            DocumentFile.objects.select_related("file__reading")
            .defer("file__reading__transcript")
            .order_by("language")
        )
        rows = super().as_rows().select_related("process").prefetch_related(models.Prefetch("files", read))
        return rows.prefetch_related("text_states", "principles", "regions")

    def related_to(self, document):
        """Others of its process or on its objectives, those that share most first; of very many, the newest are looked at."""
        own = list(document.objectives.values_list("pk", flat=True))
        ties = Document.objectives.through.objects.filter(objective__in=own).values("document")
        most = ties.annotate(amount=Count("pk")).order_by("-amount", "-document").values("document")[:NEAREST]
        is_near = Q(process__isnull=False, process=document.process_id)
        of_process = self.filter(is_near).newest_first().values("pk")[:NEAREST]
        # United, not joined by OR: else both ways to be near would be tried on every document.
        rows = (
            self.filter(pk__in=of_process.union(most))
            .exclude(pk=document.pk)
            .annotate(
                shared_count=Count("objectives", filter=Q(objectives__in=own), distinct=True),
                in_process=Case(When(is_near, then=Value(1)), default=Value(0)),
            )
        )
        return rows.order_by("-in_process", "-shared_count", F("begins_on").desc(nulls_last=True), "-pk")


def listed_files():
    """Fetches the files of documents into a list; a manager for each would cost more than the rest of its row."""
    files = DocumentFile.objects.select_related("file").order_by("language")
    return models.Prefetch("files", files, to_attr="listed_files")


def newest(language):
    return Order(Coalesce("begins_on", Value(date.min)), is_descending=True)


def by_title(language):
    return Order(ordering.by(shown("title", language), language))


def recently_changed(language):
    return Order(F("changed_at"), is_descending=True)


# How the library may be sorted: each gives the Order for a reader's language, and has its index.
SORTS = {"newest": newest, "title": by_title, "changed": recently_changed}


class Document(Short, Record):
    """A published thing at its canonical address: a file per language, a light HTML twin, versions."""

    search_kind = "document"
    ABOVE = ("process",)

    class Kind(models.TextChoices):
        POSITION_PAPER = "position-paper", _("Position paper")
        OUTCOME = "outcome", _("Outcome document")
        BRIEFING_NOTE = "briefing-note", _("Briefing note")
        OPEN_LETTER = "open-letter", _("Open letter")
        STATEMENT = "statement", _("Statement")
        RECOMMENDATIONS = "recommendations", _("Recommendations")
        SUBMISSION = "submission", _("Submission")
        REPORT = "report", _("Report")
        SUMMARY = "summary", _("Summary")
        GUIDANCE = "guidance", _("Guidance")
        POSTCARD = "postcard", _("Postcard")
        INSTRUMENT = "instrument", _("Legal instrument")
        OTHER = "other", pgettext_lazy("document", "Other")

    kind = models.CharField(_("kind"), max_length=20, choices=Kind.choices, default=Kind.OTHER)
    kind_word = models.CharField(max_length=60, blank=True)
    process = models.ForeignKey(
        Process,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        verbose_name=_("process"),
        related_name="documents",
    )
    about = models.ForeignKey(
        "self", on_delete=models.SET_NULL, null=True, blank=True, related_name="follow_ups"
    )
    principles = models.ManyToManyField(Principle, blank=True, verbose_name=_("guiding principles"))
    regions = models.ManyToManyField(Region, blank=True, verbose_name=_("regions"))
    symbol = models.CharField(_("symbol"), max_length=60, blank=True)
    pages = models.PositiveIntegerField(null=True, blank=True)
    document_languages = ArrayField(models.CharField(max_length=12), default=list, blank=True)
    told_languages = ArrayField(
        models.CharField(max_length=12), default=list, blank=True, editable=False
    )  # in which its readers were told of it, or could have been
    has_endorsers = models.BooleanField(default=False)
    is_outcome = models.BooleanField(default=False, editable=False)
    published_at = models.DateTimeField(null=True, blank=True, editable=False)
    withdrawn_at = models.DateTimeField(null=True, blank=True, editable=False)
    withdrawal_reason = models.CharField(max_length=300, blank=True, editable=False)

    objects = DocumentQuerySet.as_manager()

    class Meta(Record.Meta):
        verbose_name, verbose_name_plural = _("document"), _("documents")
        constraints = [
            *Record.Meta.constraints,
            models.CheckConstraint(
                name="document_published_has_moment",
                condition=~Q(status="published")
                | Q(published_at__isnull=False)
                | Q(archive_id__isnull=False),
            ),
        ]
        indexes = [
            models.Index(fields=["status", "-begins_on"], name="document_newest"),
            models.Index(  # what facets are counted by, without the wide rows themselves
                fields=["status", "access"],
                include=["id", "kind", "process", "begins_on", "document_languages"],
                name="document_counted",
            ),
            models.Index(*newest("en").columns(), name="document_by_newest"),
            models.Index(  # alone enough to leaf through what everybody may read, however far back
                *newest("en").columns(),
                F("begins_on"),
                condition=models.Q(status="published", access="public"),
                name="document_public_by_newest",
            ),
            models.Index(
                *newest("en").columns(), condition=models.Q(is_outcome=True), name="document_outcomes"
            ),
            models.Index(*recently_changed("en").columns(), name="document_by_changed"),
            *(
                models.Index(*by_title(code).columns(), name=f"document_by_title_{code}")
                for code in languages.CODES
            ),
        ]

    @classmethod
    def seen_by(cls, reader):
        """Also, in any state, to those who coordinate its process."""
        return super().seen_by(reader) | Q(process_id__in=reader.scope_ids(Process))

    def get_absolute_url(self):
        return reverse("resources:document", args=[self.address_key])

    def row(self, language):
        """The row of a list, from what as_list() or as_rows() fetched."""
        return DocumentRow(
            self.text("title", language),
            self.address_key,
            self.begins_on,
            self.begins_precision,
            self.kind,
            self.kind_word,
            tuple((one.language, one.file.size) for one in self.listed_files),
            tuple(self.document_languages),
        )

    def cover_for(self, language):
        """The reading that has the cover to show: of the file in the language, else of the original, else any; or None.

        Asks nothing of the database after `as_page`.
        """
        readings = {row.language: getattr(row.file, "reading", None) for row in self.files.all()}
        order = (language, self.original_language, *sorted(readings))
        return next((readings[code] for code in order if has_cover(readings.get(code))), None)

    def search_text(self, language):
        """The text of its file in a language, as a worker read it."""
        rows = FileReading.objects.filter(file__documentfile__document=self, language=language)
        return rows.values_list("transcript", flat=True).first() or ""


class DocumentFile(models.Model):
    """The file of a document in one language."""

    document = models.ForeignKey(Document, on_delete=models.CASCADE, related_name="files")
    language = models.CharField(max_length=12)
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="documentfile_is_one_per_language", fields=["document", "language"])
        ]

    def __str__(self):
        return f"{self.document} ({self.language})"

    def get_absolute_url(self):
        return reverse("resources:file", args=[self.document.key, self.language])


class FileReadingQuerySet(models.QuerySet):
    def due(self, at):
        """Those that a worker has to make."""
        return self.filter(
            made_at__isnull=True,
            not_before__lte=at,
            attempts__lt=FileReading.MOST_ATTEMPTS,
            file__isnull=False,
        )


class FileReading(models.Model):
    """What a worker has to read, or has read, in the file of a document: its cover and its words, for the search.

    Its file may go before it; a worker then forgets the cover, too.
    """

    MOST_ATTEMPTS = 3

    file = models.OneToOneField(
        StoredFile, on_delete=models.SET_NULL, null=True, blank=True, related_name="reading"
    )
    language = models.CharField(max_length=12)
    cover = models.ForeignKey(StoredFile, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    width = models.PositiveSmallIntegerField(null=True, blank=True)  # pixels
    height = models.PositiveSmallIntegerField(null=True, blank=True)
    transcript = models.TextField(blank=True)
    not_before = models.DateTimeField()
    attempts = models.PositiveSmallIntegerField(default=0)
    made_at = models.DateTimeField(null=True, blank=True)

    objects = FileReadingQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="filereading_cover_has_measures",
                condition=Q(cover__isnull=True) | Q(width__gt=0, height__gt=0),
            )
        ]
        indexes = [
            models.Index(fields=["not_before"], name="filereading_due", condition=Q(made_at__isnull=True))
        ]

    def __str__(self):
        return f"reading of {self.file}"


def has_cover(reading):
    return reading is not None and reading.cover_id is not None
