"""What of the portal is translated, and what of it waits: each app registers its sources of text in `translatable.py`.

A source gives its rows in the same few columns, so that the translators' desk counts, orders and pages through those
of all sources in one statement.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import reduce
from operator import or_

from django.db.models import (
    BigIntegerField,
    Case,
    CharField,
    DateTimeField,
    F,
    FilteredRelation,
    Func,
    IntegerField,
    Q,
    TextField,
    Value,
    When,
)
from django.db.models.functions import Cast, Least
from django.urls import reverse
from django.utils.functional import Promise

from portal import languages
from portal.models import Assignment, Record, Role, TextState
from portal.models.assignments import sources as registry
from portal.operations import texts, translations

State = TextState.State
# Of what waits, the most pressing first: readers see what is stale, and nothing of what is missing.
WAITING = (State.STALE, State.MISSING, State.MACHINE, State.DRAFT)
DONE = len(WAITING)
COLUMNS = ("source", "thing", "rank", "words", "due")


def rank(state):
    """Where a state stands among those that wait, as an expression; of a text that has none, nothing is there yet."""
    ranks = [When(**{state: waiting}, then=Value(place)) for place, waiting in enumerate(WAITING)]
    done = When(**{f"{state}__isnull": False}, then=Value(DONE))
    missing = Value(WAITING.index(State.MISSING))
    return Case(*ranks, done, default=missing, output_field=IntegerField())


class Words(Func):
    """How many words a text has; 0 where there is none."""

    template = (
        r"COALESCE(array_length(regexp_split_to_array(NULLIF(btrim(%(expressions)s), ''), '\s+'), 1), 0)"
    )
    output_field = IntegerField()


def in_columns(rows):
    """Rows as dictionaries of COLUMNS, in their order: translated models lose it, and a union needs it."""
    found = rows.values(*COLUMNS)
    found.query.set_values(COLUMNS)
    return found


@dataclass(frozen=True, eq=False)
class Source:
    """Things of a model whose titles, summaries and long texts are translated.

    `where` says of which there are translations at all, `waits` for which of these the desk asks: the page of one
    that has gone on meanwhile keeps what was typed. `due` names the moments by which readers need them; `access`
    is the path to who may see one, if it is guarded. `whole` names the source of what it is given within, if it is.
    `scopes` are the paths to what a translator's role may be for, among all that stands above; None for all of it.
    """

    name: str
    label: Promise
    model: type
    due: tuple = ()
    access: str = "access"
    scopes: tuple | None = None
    where: Q = field(default_factory=Q)
    waits: Q = field(default_factory=Q)
    related: tuple = ()
    whole: str = ""
    save: Callable = translations.save

    is_whole = False  # whether it stands for all parts of a thing, once these are given together

    def may(self, reader, language):
        """The condition of translating one into a language: as its translator, that of the language, or coordinator."""
        if reader.coordinates_everything:
            return Q()
        above, kind = _above(self.model), Role.Kind.TRANSLATOR
        translated = above if self.scopes is None else [row for row in above if row[0] in self.scopes]
        allowed = [_among(path, reader.scope_ids(model)) for path, model in above]
        allowed += [_among(path, reader.scope_ids(model, kind=kind)) for path, model in translated]
        if language in languages_everywhere(reader):
            allowed.append(self.is_for_more())
        return reduce(or_, allowed)

    def is_for_more(self):
        """The condition of not being by invitation alone."""
        return ~Q(**{self.access: Record.Access.INVITED})

    def things(self, reader, language):
        """What this person may translate into a language."""
        rows = self.model._default_manager.filter(self.where).exclude(original_language=language)
        return rows.filter(self.may(reader, language))

    def waiting(self, reader, language, now):
        """What of it waits, in the columns that all sources share."""
        rows = self.things(reader, language).filter(self.waits)
        rows = rows.annotate(
            card=_state(texts.CARD, language),
            long=_state(texts.BODY, language),
            original=FilteredRelation("bodies", condition=Q(bodies__language=F("original_language"))),
        )
        rows = rows.annotate(card_words=Words(self._card()), long_words=Words(F("original__markdown")))
        rows = rows.annotate(
            card_rank=Case(When(card_words__gt=0, then=rank("card__state")), default=Value(DONE)),
            long_rank=Case(When(long_words__gt=0, then=rank("long__state")), default=Value(DONE)),
        )
        rows = rows.filter(Q(card_rank__lt=DONE) | Q(long_rank__lt=DONE))
        rows = rows.annotate(
            source=Value(self.name, output_field=CharField()),
            thing=Cast("pk", BigIntegerField()),
            rank=Least("card_rank", "long_rank"),
            words=Case(When(card_rank__lt=DONE, then=F("card_words")), default=Value(0))
            + Case(When(long_rank__lt=DONE, then=F("long_words")), default=Value(0)),
            due=self.next_due(now),
        )
        return in_columns(rows.order_by())

    def kept(self, ids, reader, language, now):
        """Of these things, those that stay with whom they were given to: what waits."""
        return set(self.waiting(reader, language, now).filter(thing__in=ids).values_list("thing", flat=True))

    def listed(self, reader, language, now):
        """What the desk lists of it: what waits, but for what was given within a whole, which has a row of its own."""
        return self.waiting(reader, language, now)

    def next_due(self, now):
        """The first of its moments that is still to come."""
        coming = [
            Case(When(**{f"{name}__gt": now}, then=F(name)), output_field=DateTimeField())
            for name in self.due
        ]
        if len(coming) > 1:
            return Least(*coming)
        return coming[0] if coming else Cast(Value(None), DateTimeField())

    def named(self, ids):
        """These things, with what a row of the desk says of them: {id: thing}."""
        return self.model._default_manager.select_related(*self.related).in_bulk(ids)

    def title(self, thing, language):
        return thing.text("title", language)

    def place(self, thing, language):
        """What it is a part of, as Text; empty where it stands for itself."""
        return languages.Text("", language)

    def whole_of(self, thing):
        """What it is given within."""
        return thing

    def given_within(self, thing):
        """The condition of being an assignment of a part of this thing."""
        return Q(pk__in=[])

    def progress(self, things, reader, language, now):
        """Of wholes: how many of their parts are done, and how many there are: {id: (done, of)}."""
        return {}

    def parts(self, thing, reader, language):
        """What of it is translated on pages of its own, in order: [(title, state, address)]."""
        return []

    def address(self, thing, language):
        """The page on which it is translated."""
        return reverse("translation", args=[self.name, thing.key, language])

    def giving(self, thing, language):
        """The page on which it is given to somebody, and taken back."""
        return reverse("translation-give", args=[self.name, thing.key, language])

    def files(self, thing, language):
        """Where it goes out to be translated elsewhere, as a Word file and as a table, and where that comes back."""
        return files("translation", self.name, thing.key, language)

    def _card(self):
        """Title and summary in the original language, as one text."""
        spoken = {
            code: Func(
                Value(" "),
                *(F(f"{name}_{code}") for name in self.fields),
                function="concat_ws",
                output_field=CharField(),
            )
            for code in languages.CODES
        }
        return Case(
            *(When(original_language=code, then=words) for code, words in spoken.items()),
            default=Value(""),
            output_field=TextField(),
        )

    @property
    def fields(self):
        """The names of its short texts."""
        return texts.fields_of(self.model)


def files(route, *place):
    """The addresses for files of a translation, by how their routes begin."""
    names = {"word_file": "file", "table": "table", "bring_back": "bring-back"}
    return {name: reverse(f"{route}-{end}", args=place) for name, end in names.items()}


def register(source):
    """Let the translators' desk show what waits of this source."""
    registry[source.name] = source


def of(name):
    """The source of a name, or None."""
    return registry.get(name)


def waiting(reader, language, now, *, source="", state="", given=""):
    """What waits in a language, of one source or of all, what is due first on top: rows of COLUMNS.

    `given` leaves what was given to the reader ("me"), or to nobody ("nobody").
    """
    sources = [registry[source]] if source in registry else registry.values()
    rows = [_given(one.listed(reader, language, now), one, language, reader, given) for one in sources]
    if state in WAITING:
        rows = [one.filter(rank=WAITING.index(state)) for one in rows]
    return (
        rows[0].union(*rows[1:], all=True).order_by(F("due").asc(nulls_last=True), "rank", "source", "-thing")
    )


def languages_for(thing, source, reader):
    """The languages into which a person may translate a thing of a source."""
    may = registry[source].things
    return [code for code in languages.CODES if may(reader, code).filter(pk=thing.pk).exists()]


def given(source, language, things):
    """Who has which of these things to translate, alone or within a whole: {id: Assignment}."""
    rows = Assignment.objects.open().holding(source, language, things).select_related("user")
    found = {(row.source, row.object_id): row for row in rows}
    held = {
        thing.pk: found.get((source.name, thing.pk)) or found.get((source.whole, source.whole_of(thing).pk))
        for thing in things
    }
    return {pk: row for pk, row in held.items() if row is not None}


def languages_everywhere(reader):
    """The languages that a person translates into wherever nothing is by invitation."""
    roles = [role for role in reader.roles if role.kind == Role.Kind.TRANSLATOR and not role.content_type_id]
    return {code for role in roles for code in languages.CODES if role.language in ("", code)}


def languages_of(reader):
    """The languages that a person's desk shows, in the order of ours: a role for one thing is for all of them."""
    if reader.coordinates_something or any(
        role.kind == Role.Kind.TRANSLATOR and role.content_type_id for role in reader.roles
    ):
        return list(languages.CODES)
    mine = languages_everywhere(reader)
    return [code for code in languages.CODES if code in mine]


def _given(rows, source, language, reader, given):
    """Of what waits, what was given to the reader or to nobody, if that is asked for."""
    assigned = Assignment.objects.open().of(source, language)
    if given == "me":
        return rows.filter(thing__in=assigned.filter(user=reader.user).values("object_id"))
    return rows.exclude(thing__in=assigned.values("object_id")) if given == "nobody" else rows


def _state(group, language):
    """The row that says how far a group of texts has come in a language."""
    return FilteredRelation(
        "text_states", condition=Q(text_states__group=group, text_states__language=language)
    )


def _among(path, ids):
    return Q(**{f"{path or 'pk'}__in": ids})


def _above(model, path=""):
    """A model and all that its rows stand beneath, as [(path, model)]."""
    found = [(path, model)]
    for name in model.ABOVE:
        above = model._meta.get_field(name).related_model
        found += _above(above, f"{path}__{name}" if path else name)
    return found
