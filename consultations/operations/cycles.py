"""A process copied as the template of the next cycle, its dates moved along: no people, no answers, no addresses.

Each kind of row that goes along is one line of NOUNS; what a row of it looks like is read from its model.
"""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from consultations.models import (
    AccreditationTrack,
    Call,
    ConsentText,
    Consultation,
    Meeting,
    Option,
    Question,
)
from portal import dates
from portal.errors import Refused
from portal.models import Organization, Phase, Process, StoredFile, Translated, User
from portal.operations import log, records, wording
from resources.models import Document, ResourcePage


@dataclass(frozen=True)
class Noun:
    """Rows that go along: of which model, how each leads to its process, what of it stays behind."""

    model: type
    process: str = "process"
    without: tuple = ()
    only: dict = field(default_factory=dict)  # rows that go along, if not all
    but: dict = field(default_factory=dict)  # rows that stay behind altogether

    def rows_of(self, process):
        rows = self.model.objects.filter(**{self.process: process}, **self.only)
        return rows.exclude(**self.but).order_by("pk") if self.but else rows.order_by("pk")


# In an order in which whatever others refer to comes first.
NOUNS = [
    Noun(Phase, but={"status": Phase.Status.WITHDRAWN}),
    Noun(Consultation, without=("people",)),
    Noun(
        Meeting, "consultation__process", without=("join_url", "people"), but={"cancelled_at__isnull": False}
    ),
    Noun(AccreditationTrack, but={"status": AccreditationTrack.Status.WITHDRAWN}),
    Noun(Call, but={"status": Call.Status.WITHDRAWN}),
    Noun(Question, "consultation__process", only={"retired_at": None}),
    Noun(Question, "call__process", only={"retired_at": None}, but={"call__status": Call.Status.WITHDRAWN}),
    Noun(Option, "question__consultation__process", only={"question__retired_at": None}),
    Noun(
        Option,
        "question__call__process",
        only={"question__retired_at": None},
        but={"question__call__status": Call.Status.WITHDRAWN},
    ),
    Noun(ConsentText, "consultation__process", only={"pk__in": ConsentText.objects.current().values("pk")}),
    Noun(ResourcePage, but={"status": ResourcePage.Status.WITHDRAWN}),
]
# What belongs to one cycle only: where facts were found, what was said of them, and the state they have reached.
ONCE = {"status", "source_url", "also", "source_notes", "date_note", "is_current"}
STAYS = (User, Organization, StoredFile, Document)


@dataclass
class Step:
    """A row and its copy, not yet saved."""

    original: models.Model
    copy: models.Model

    @property
    def kind(self):
        return self.original._meta.verbose_name

    @property
    def kinds(self):
        return self.original._meta.verbose_name_plural

    @property
    def moves(self):
        """What moves: [(name, was, becomes, precision)], moments in the zone of the row."""
        found = []
        for column in dated(type(self.original)):
            was, then = getattr(self.original, column.name), getattr(self.copy, column.name)
            if was is not None:
                precision = getattr(self.original, f"{column.name.removesuffix('_on')}_precision", "")
                found.append((column.verbose_name, was, then, precision))
        return found

    @property
    def zone(self):
        return getattr(self.original, "time_zone", "UTC")


@dataclass
class Cycle:
    """What a copy of a process will hold, moved by some days."""

    days: int
    steps: list = field(default_factory=list)
    copies: dict = field(default_factory=dict)

    def add(self, noun, original):
        copy = noun.model()
        for column in noun.model._meta.concrete_fields:
            if goes_along(column, noun):
                self._set(copy, column, original)
        self.copies[type(original), original.pk] = copy
        self.steps.append(Step(original, copy))

    def _set(self, copy, column, original):
        value = getattr(original, column.name)
        if column.is_relation:
            value = self.of(value)
        elif isinstance(column, models.DateField):
            value = self.later(value, original, column.name)
        setattr(copy, column.name, value)

    def of(self, thing):
        """The copy of a row; what is not of a cycle (a region, a country) is shared, what is of another is not."""
        if thing is None:
            return None
        if (type(thing), thing.pk) in self.copies:
            return self.copies[type(thing), thing.pk]
        return None if isinstance(thing, (Process, *(noun.model for noun in NOUNS))) else thing

    def later(self, value, original, name):
        """A day some days later, or a moment: the same hour on the clock of its place, whatever clocks do there."""
        if value is None:
            return None
        if isinstance(value, datetime):
            zone = dates.zone_of(getattr(original, "time_zone", "UTC"))
            return (value.astimezone(zone).replace(tzinfo=None) + timedelta(days=self.days)).replace(
                tzinfo=zone
            )
        precision = getattr(original, f"{name.removesuffix('_on')}_precision", "day")
        moved = value + timedelta(days=self.days)
        first = {"day": {}, "month": {"day": 1}, "year": {"month": 1, "day": 1}}[precision]
        return moved.replace(**first)

    @property
    def process(self):
        return self.steps[0].copy


def plan(process, *, begins_on, keeps_weekdays=False):
    """What a copy of a process that begins on a day will hold; nothing is saved."""
    first = first_day(process)
    if first is None:
        raise Refused(
            _("Nothing in this process has a date yet: there is nothing to move along."), "begins_on"
        )
    days = (begins_on - first).days
    cycle = Cycle(round(days / 7) * 7 if keeps_weekdays else days)
    cycle.add(Noun(Process), process)
    for noun in NOUNS:
        for row in in_order(noun.rows_of(process)):
            cycle.add(noun, row)
    return cycle


@transaction.atomic
def copy(process, *, titles, begins_on, keeps_weekdays=False, by):
    """Make the drafts of the next cycle from a process, under a title of its own."""
    process = records.lock(process)
    cycle = plan(process, begins_on=begins_on, keeps_weekdays=keeps_weekdays)
    for step in cycle.steps:
        save(step, by=by)
    wording.save_titles(cycle.process, titles, titles, by=by)
    log.record("process copied", process, by=by)
    log.record("process made from an earlier one", cycle.process, by=by)
    return cycle.process


def save(step, *, by):
    """Save a copy with its texts, their states, and what it has many of."""
    original, made = step.original, step.copy
    if hasattr(made, "changed_by_id"):
        made.created_by = made.changed_by = by
    made.languages = list(getattr(original, "languages", []))
    for column in made._meta.concrete_fields:
        if column.is_relation and getattr(made, column.name, None) is not None:
            setattr(made, column.name, getattr(made, column.name))  # its key is known by now
    made.save()
    for many in made._meta.many_to_many:
        if many.remote_field.through._meta.auto_created and not issubclass(many.related_model, STAYS):
            getattr(made, many.name).set(getattr(original, many.name).all())
    if isinstance(original, Translated):
        for texts in (original.bodies, original.text_states):
            texts.model.objects.bulk_create(_again(row, made) for row in texts.order_by("pk"))


def first_day(process):
    """The day from which the dates of a process are counted: its first, or that of its earliest phase."""
    days = [process.begins_on, *process.phases.values_list("begins_on", flat=True)]
    return process.begins_on or min((day for day in days if day), default=None)


def goes_along(column, noun):
    """Whether a column of a row is worth keeping for the next cycle."""
    if column.name == "original_language" or column.name.startswith("other_"):
        return True
    if not column.editable or column.primary_key or column.name in ONCE or column.name in noun.without:
        return False
    if hasattr(noun.model, f"{column.name}_en"):
        return False  # the shadow of a translated field
    return not (column.is_relation and issubclass(column.related_model, STAYS))


def dated(model):
    """The columns that move along."""
    return [
        column
        for column in model._meta.concrete_fields
        if isinstance(column, models.DateField) and column.editable and not column.auto_created
    ]


def in_order(rows):
    """Rows of one model, those that others of them refer to first."""
    rows, placed, found = list(rows), set(), []
    own = (
        [column.attname for column in rows[0]._meta.concrete_fields if column.related_model is type(rows[0])]
        if rows
        else []
    )
    keys = {row.pk for row in rows}
    while len(found) < len(rows):
        ready = [
            row
            for row in rows
            if row.pk not in placed and not ({getattr(row, name) for name in own} & keys - placed)
        ]
        # Rows that refer to each other in a circle have no order: they go as they are.
        ready = ready or [row for row in rows if row.pk not in placed]
        found += ready
        placed |= {row.pk for row in ready}
    return found


def _again(row, made):
    """A text, or the state of one, for the copy; who approved it is a person, and stays behind."""
    row.pk, row.object_id = None, made.pk
    row._state.adding = True
    if hasattr(row, "approved_by_id"):
        row.approved_by = None
    return row
