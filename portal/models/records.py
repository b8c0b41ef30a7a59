"""What every public record shares: texts, objectives, dates that may be vague, sources, who changed it."""

import uuid
from dataclasses import dataclass
from datetime import timedelta
from functools import reduce
from operator import or_

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from portal.errors import Refused
from portal.models.search import Searched
from portal.models.texts import Translated, has_words


class Moves:
    """A status that moves only along `MOVES`; each move raises the thing's version."""

    def move_to(self, status):
        """Set the status and raise the version, or refuse where `MOVES` does not lead there."""
        if status not in self.MOVES[self.status]:
            raise Refused(
                _("This is “%(now)s” and cannot become “%(then)s”.")
                % {"now": self.get_status_display(), "then": self.Status(status).label}
            )
        self.status = status
        self.version += 1


class Belongs:
    """Stands beneath other things, by the fields named in `ABOVE`: who coordinates one of these coordinates it too."""

    ABOVE = ()

    def belongs_to(self):
        """What stands above this thing, the nearest first, for roles scoped to one thing."""
        nearest = [above for name in self.ABOVE if (above := getattr(self, name)) is not None]
        return tuple(found for above in nearest for found in (above, *above.belongs_to()))

    @classmethod
    def coordinated_by(cls, reader):
        """The condition under which a row is one that this reader coordinates: it, what stands above it, or everything."""
        return Q() if reader.coordinates_everything else cls.within_scopes_of(reader) or Q(pk__in=[])

    @classmethod
    def within_scopes_of(cls, reader):
        """The same by the roles that are scoped to one thing alone; None where none of them reaches here."""
        ids = reader.scope_ids(cls)
        conditions = [Q(pk__in=ids)] if ids else []
        for name in cls.ABOVE:
            above = cls._meta.get_field(name).related_model
            if (scoped := above.within_scopes_of(reader)) is not None:
                rows = above._base_manager.filter(scoped)
                conditions.append(Q(**{f"{name}__in": rows.values("pk")}))
        return reduce(or_, conditions) if conditions else None


@dataclass(frozen=True)
class Scope:
    """One thing, asked as one asks a reader whose roles cover it alone: what lies within it?"""

    thing: Belongs

    def scope_ids(self, model):
        return {self.thing.pk} if isinstance(self.thing, model) else frozenset()


# How many days of a date that is known no better than this may still follow the one that is kept.
VAGUE = {"day": 0, "month": 30, "year": 365}


def ended_before(day, path=""):
    """The condition that the last day of a record, or of what stands at the end of a path, came before a day.

    Of a month or a year, the last day that it can be; a record without a last day has not ended.
    """
    ways = (
        Q(**{f"{path}ends_precision": precision, f"{path}ends_on__lt": day - timedelta(days=more)})
        for precision, more in VAGUE.items()
    )
    return reduce(or_, ways)


def not_begun_after(day):
    """The condition that the first day of a record, the latest that it can be, came before a day, or is not known."""
    ways = (
        Q(begins_precision=precision, begins_on__lt=day - timedelta(days=more))
        for precision, more in VAGUE.items()
    )
    return reduce(or_, ways, Q(begins_on__isnull=True))


class RecordQuerySet(models.QuerySet):
    """Questions about many records."""

    def visible_to(self, reader, *, even_withdrawn=False):
        """What this reader may see: shown to the public, to members, or to who coordinates it.

        Where asked, also what this reader could see before it was withdrawn.
        """
        if reader.coordinates_everything:
            return self
        seen = self.model.seen_by(reader)
        return self.filter(seen | self.model.once_seen_by(reader) if even_withdrawn else seen)

    def published(self):
        return self.filter(status__in=self.model.SHOWN)

    def as_rows(self):
        """The prefetch plan of a row in a list."""
        return self.prefetch_related("objectives")

    def on_objective(self, objective):
        return self.filter(objectives=objective)

    def newest_first(self):
        return self.order_by(models.F("begins_on").desc(nulls_last=True), "-pk")


class Record(Moves, Belongs, Searched, Translated):
    """A public record: title and summary per language, objectives, state, access, sources, history."""

    class Status(models.TextChoices):
        DRAFT = "draft", pgettext_lazy("record", "Draft")
        PUBLISHED = "published", pgettext_lazy("record", "Published")
        WITHDRAWN = "withdrawn", pgettext_lazy("record", "Withdrawn")

    MOVES = {
        Status.DRAFT: {Status.PUBLISHED},
        Status.PUBLISHED: {Status.WITHDRAWN},
        Status.WITHDRAWN: {Status.PUBLISHED},
    }
    SHOWN = (Status.PUBLISHED,)

    class Access(models.TextChoices):
        PUBLIC = "public", pgettext_lazy("record", "Public")
        MEMBERS = "members", _("Members only")
        INVITED = "invited", _("By invitation")

    class Precision(models.TextChoices):
        DAY = "day", _("Day")
        MONTH = "month", _("Month")
        YEAR = "year", _("Year")

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    slug = models.CharField(max_length=120, unique=True, null=True, blank=True, editable=False)
    title = models.CharField(_("title"), max_length=300, blank=True)
    summary = models.TextField(_("summary"), blank=True)
    other_titles = models.JSONField(default=dict, blank=True)
    other_summaries = models.JSONField(default=dict, blank=True)
    status = models.CharField(_("state"), max_length=12, choices=Status.choices, default=Status.DRAFT)
    access = models.CharField(_("access"), max_length=8, choices=Access.choices, default=Access.PUBLIC)
    version = models.PositiveIntegerField(default=1, editable=False)
    objectives = models.ManyToManyField("portal.Objective", blank=True, verbose_name=_("objectives"))

    begins_on = models.DateField(_("begins on"), null=True, blank=True)
    begins_precision = models.CharField(max_length=5, choices=Precision.choices, default=Precision.DAY)
    ends_on = models.DateField(_("ends on"), null=True, blank=True)
    ends_precision = models.CharField(max_length=5, choices=Precision.choices, default=Precision.DAY)
    date_note = models.CharField(_("note on the date"), max_length=400, blank=True)

    source_url = models.URLField(_("source"), max_length=2000, blank=True)
    also = ArrayField(models.URLField(max_length=2000), default=list, blank=True)
    archive_id = models.CharField(max_length=120, unique=True, null=True, blank=True, editable=False)
    archive_values = models.JSONField(default=dict, blank=True, editable=False)
    source_notes = models.JSONField(default=dict, blank=True)

    created_at = models.DateTimeField(auto_now_add=True)
    changed_at = models.DateTimeField(auto_now=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        editable=False,
    )
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        editable=False,
    )

    objects = RecordQuerySet.as_manager()

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_has_title",
                condition=Q(archive_id__isnull=False) | has_words("title"),
            ),
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_ends_after_it_begins",
                condition=Q(begins_on__isnull=True)
                | Q(ends_on__isnull=True)
                | Q(ends_on__gte=models.F("begins_on")),
            ),
        ]

    def __str__(self):
        return self.text("title", "en").text or self.archive_id or str(self.key)

    @classmethod
    def seen_by(cls, reader):
        """The condition under which this reader, who does not coordinate everything, sees a row."""
        return cls.open_to(reader) | Q(pk__in=reader.scope_ids(cls))

    @classmethod
    def open_to(cls, reader):
        """The condition of being shown to everybody, or to every member, whoever the reader is otherwise."""
        return Q(status__in=cls.SHOWN, access__in=cls.access_of(reader))

    @classmethod
    def once_seen_by(cls, reader):
        """Withdrawn, and seen by this reader before: its address then says that it is gone."""
        return Q(status=cls.Status.WITHDRAWN, access__in=cls.access_of(reader))

    @classmethod
    def access_of(cls, reader):
        """To whom a thing may be shown for this reader to be among them."""
        return [cls.Access.PUBLIC, cls.Access.MEMBERS] if reader.is_member else [cls.Access.PUBLIC]

    @property
    def is_found(self):
        """Whether the search may know of it: what is by invitation is not indexed."""
        return self.status in self.SHOWN and self.access != self.Access.INVITED and self.has_title

    def search_rows(self):
        """Found in each language in which it can be read, by its title, summary and long text."""
        if not self.is_found:
            return {}
        day = self.begins_on or self.ends_on
        same = {
            "access": self.access,
            "objectives": list(self.objectives.values_list("pk", flat=True)),
            "process": self.search_process_id,
            "year": day.year if day else None,
            "address": self.address_key,
        }
        summaries = {code: self.text("summary", code) for code in self.languages}
        bodies = self.search_bodies()
        return {
            code: same
            | {
                "title": self.text("title", code).text,
                "excerpt": summaries[code].text if summaries[code].language == code else "",
                "body": bodies.get(code, ""),
                "text": self.search_text(code),
            }
            for code in self.languages
        }

    def search_text(self, language):
        """What the search finds besides title, summary and long text, such as the text of a file; may be empty."""
        return ""

    @property
    def search_process_id(self):
        """Of the review cycle under which the search finds it, if it belongs to one."""
        return getattr(self, "process_id", None)

    @property
    def is_for_everybody(self):
        """Whether everybody may see it now."""
        return self.status in self.SHOWN and self.access == self.Access.PUBLIC

    @property
    def has_title(self):
        return bool(self.text("title", "en"))

    @property
    def address_key(self):
        """What stands in this thing's address: the slug once published, the UUID before.

        A slug is made of the title: an address that stands in messages must not tell of what is by invitation.
        """
        return self.slug if self.slug and self.access != self.Access.INVITED else str(self.key)

    def make_slug(self):
        """Make the slug once, at publication, from the original title."""
        if not self.slug and self.access != self.Access.INVITED:
            self.slug = self.slug_of(self.text("title", self.original_language).text)

    def slug_of(self, words):
        """The slug that words make, with six characters of the key, so that a taken name tells of nothing."""
        words = slugify(words, allow_unicode=True)[:80].strip("-")
        return f"{words}-{self.key.hex[:6]}" if words else self.key.hex[:12]
