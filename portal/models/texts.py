"""Texts in several languages: which exist, which may be read, which have grown stale."""

from functools import reduce
from operator import or_

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey, GenericRelation
from django.contrib.contenttypes.models import ContentType
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Case, CharField, F, Func, Q, Value, When
from django.db.models.functions import Coalesce, NullIf
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from portal import clock, languages

# Where the texts in languages stand that the interface lacks: kept with their codes.
OTHERS = {"title": "other_titles", "name": "other_names", "summary": "other_summaries"}


def has_words(field):
    """The condition of having a text in one language at least; NULL alone would be neither true nor false."""
    there = (
        {f"{field}_{code}__isnull": False, f"{field}_{code}__gt": ""} for code in ("en", "fr", "es", "ar")
    )
    return reduce(or_, (Q(**conditions) for conditions in there))


def shown(field, language):
    """What `Translated.text` gives, as an expression for a queryset or an index; "" where there is none."""
    own = _readable(field, language)
    original = Case(
        *(When(original_language=code, then=F(f"{field}_{code}")) for code in languages.CODES),
        default=Func(
            F(OTHERS[field]), F("original_language"), template="(%(expressions)s)", arg_joiner=" ->> "
        ),
        output_field=CharField(),
    )
    rest = [_readable(field, code) for code in ("en", "fr", "es", "ar")]
    return Coalesce(own, NullIf(original, Value("")), *rest, Value(""), output_field=CharField())


def _readable(field, code):
    """A text in one language, NULL where there is none or its translation waits for approval."""
    may_be_read = Q(original_language=code) | Q(languages__contains=[code])
    words = NullIf(F(f"{field}_{code}"), Value(""))
    return Case(When(may_be_read, then=words), output_field=CharField())


class Translated(models.Model):
    """Something with texts per language, one of them the original.

    `languages` lists those whose texts may be read (the original, and each approved or stale translation);
    operations keep it in step with TextState, so a list page needs no second query to know.
    """

    original_language = models.CharField(_("original language"), max_length=12, default="en")
    languages = ArrayField(models.CharField(max_length=12), default=list, blank=True, editable=False)
    bodies = GenericRelation("portal.Body")
    text_states = GenericRelation("portal.TextState")
    moved_dates = GenericRelation("portal.MovedDate")

    class Meta:
        abstract = True

    def text(self, field, language):
        """Return the best readable Text of a field: in the language, else in the original, else in any."""
        readable = {*self.languages, self.original_language}
        texts = {code: getattr(self, f"{field}_{code}", None) for code in languages.CODES if code in readable}
        texts.update(getattr(self, OTHERS.get(field, ""), None) or {})
        return languages.best(texts, language, self.original_language)

    def readable_bodies(self):
        """The long texts that may be read, the original and what is approved: {language: Body}."""
        approved = {
            row.language
            for row in self.text_states.all()
            if row.group == "body" and row.state in TextState.READABLE
        }
        return {
            body.language: body
            for body in self.bodies.all()
            if body.html and (body.language == self.original_language or body.language in approved)
        }

    def search_bodies(self):
        """{language: long text} as the search may know them: a translation is not found before it may be read."""
        approved = self.text_states.filter(group="body", state__in=TextState.READABLE).values("language")
        may_be_read = Q(language=self.original_language) | Q(language__in=approved)
        rows = self.bodies.filter(may_be_read, language__in=self.languages)
        return dict(rows.values_list("language", "markdown"))


class TextState(models.Model):
    """How far the translation of one group of a thing's texts has come in one language.

    `pairs` is [[original, translation], …], paragraph by paragraph, as they stood when it was last written or
    approved: what changed in the original since then, and which paragraph is the translation of which.
    """

    class State(models.TextChoices):
        MISSING = "missing", pgettext_lazy("text", "Missing")
        MACHINE = "machine", pgettext_lazy("text", "Machine draft")
        DRAFT = "draft", pgettext_lazy("text", "Draft")
        APPROVED = "approved", pgettext_lazy("text", "Approved")
        STALE = "stale", pgettext_lazy("text", "Stale")

    MOVES = {
        State.MISSING: {State.MACHINE, State.DRAFT, State.APPROVED},
        State.MACHINE: {State.DRAFT, State.APPROVED, State.MISSING},
        State.DRAFT: {State.APPROVED, State.MISSING},
        State.APPROVED: {State.DRAFT, State.STALE, State.MISSING},
        State.STALE: {State.DRAFT, State.APPROVED, State.MISSING},
    }
    READABLE = (State.APPROVED, State.STALE)

    content_type = models.ForeignKey(ContentType, on_delete=models.CASCADE)
    object_id = models.BigIntegerField()
    thing = GenericForeignKey()
    group = models.CharField(max_length=32, default="card")
    language = models.CharField(max_length=12)
    state = models.CharField(max_length=12, choices=State.choices)
    source_digest = models.CharField(max_length=64, blank=True)
    is_official = models.BooleanField(default=False)
    note = models.CharField(max_length=200, blank=True)
    pairs = models.JSONField(default=list, blank=True)
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    approved_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="textstate_is_one_per_language",
                fields=["content_type", "object_id", "group", "language"],
            )
        ]

    def __str__(self):
        return f"{self.group} {self.language}: {self.state}"


class Body(models.Model):
    """The long text of a thing in one language: Markdown as written, HTML as shown.

    In a table of its own so that lists never load it.
    """

    content_type = models.ForeignKey(ContentType, on_delete=models.CASCADE)
    object_id = models.BigIntegerField()
    thing = GenericForeignKey()
    language = models.CharField(max_length=12)
    markdown = models.TextField(blank=True)
    html = models.TextField(blank=True, editable=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="body_is_one_per_language", fields=["content_type", "object_id", "language"]
            )
        ]

    def __str__(self):
        return f"{self.language}, {len(self.markdown)} characters"

    @property
    def direction(self):
        return languages.direction(self.language)

    @property
    def size(self):
        """Bytes of the light HTML."""
        return len(self.html.encode())


class MovedDateManager(models.Manager):
    """Rows with who moved them: every page that shows an earlier date says it."""

    def get_queryset(self):
        return super().get_queryset().select_related("moved_by")

    def keep(self, thing, field, was_start, was_end="", *, reason, by):
        """Keep an announced value once; of two moves away from it, the later one's mover and reason stand."""
        move, _made = self.select_related(None).update_or_create(
            content_type=ContentType.objects.get_for_model(thing),
            object_id=thing.pk,
            field=field,
            was_start=was_start,
            was_end=was_end,
            defaults={"reason": reason, "moved_by": by, "moved_at": clock.now()},
        )
        return move


class MovedDate(models.Model):
    """A date that was announced and then moved: what it was, who moved it, why."""

    content_type = models.ForeignKey(ContentType, on_delete=models.CASCADE)
    object_id = models.BigIntegerField()
    thing = GenericForeignKey()
    field = models.CharField(max_length=32)
    was_start = models.CharField(max_length=40)
    was_end = models.CharField(max_length=40, blank=True)
    reason = models.CharField(max_length=300, blank=True)
    source_url = models.URLField(max_length=500, blank=True)
    moved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    moved_at = models.DateTimeField(null=True, blank=True)

    objects = MovedDateManager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="moveddate_is_said_once",
                fields=["content_type", "object_id", "field", "was_start", "was_end"],
            )
        ]

    def __str__(self):
        return f"{self.field} was {self.was_start}"
