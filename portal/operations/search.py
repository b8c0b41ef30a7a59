"""Finding things again: in the reader's language first, then in the others, then in spite of typing slips."""

from collections import Counter
from dataclasses import dataclass, field
from functools import reduce
from operator import or_

from django.contrib.postgres.search import SearchQueryField
from django.db import OperationalError
from django.db.models import BooleanField, Case, Count, F, FloatField, Func, Q, Value, When
from psycopg.errors import QueryCanceled

from portal import languages, synonyms
from portal.models import Organization, SearchEntry

LONGEST = 200
CANDIDATES = 500
SHOWN = 60
RANKED = 3 * SHOWN  # rows: a thing stands in several languages
COUNTED = 1000  # things; beyond that it is "more than"
ORGANIZATIONS_SHOWN = 10
SHORTEST_BEGINNING = 3
MOST_WORDS = 8  # of which some may be missing; a longer question is read as it stands


class Asked(Func):
    """A question as the dictionaries of a language understand it."""

    function = "portal_query"
    output_field = SearchQueryField()


class Both(Func):
    template, arg_joiner = "(%(expressions)s)", " && "
    output_field = SearchQueryField()


class Either(Func):
    template, arg_joiner = "(%(expressions)s)", " || "
    output_field = SearchQueryField()


class Matches(Func):
    """Whether the words of a row answer a question."""

    template, arg_joiner = "%(expressions)s", " @@ "
    output_field = BooleanField()


class Resembles(Func):
    """Whether some words of a title resemble the question; the index of trigrams knows."""

    template, arg_joiner = "%(expressions)s", " %%> "
    output_field = BooleanField()


@dataclass
class Findings:
    """What was found: in the reader's language, in other languages, and whether only by likeness."""

    asked: str
    here: list = field(default_factory=list)
    elsewhere: list = field(default_factory=list)
    organizations: list = field(default_factory=list)
    is_guess: bool = False
    is_cut: bool = False
    is_late: bool = False
    amounts: dict = field(
        default_factory=dict
    )  # of things by kind, in all languages; none of what is guessed

    def __bool__(self):
        return bool(self.here or self.elsewhere or self.organizations)


def find(asked, *, reader, language, kind=None, only_here=False):
    """Find what this reader may see: titles first, the reader's language first, one row per thing."""
    asked = plain(asked)
    findings = Findings(asked)
    if not asked:
        return findings
    try:
        _fill(findings, reader, language, kind, only_here)
    except OperationalError as trouble:
        if not isinstance(trouble.__cause__, QueryCanceled):
            raise
        return Findings(asked, is_late=True)
    return findings


def things(asked, *, reader, kind):
    """Ids of everything of a kind that holds these words and that this reader may see, to narrow a list by."""
    questions = {code: _question(asked, code) for code in languages.CODES}
    entries = SearchEntry.objects.visible_to(reader).filter(kind=kind)
    return entries.filter(_answers(questions)).values("object_id")


def plain(asked):
    """A question in one line, no longer than we read."""
    return " ".join(asked.replace("\x00", " ").split())[:LONGEST]


def _fill(findings, reader, language, kind, only_here):
    asked = findings.asked
    entries = SearchEntry.objects.visible_to(reader)
    if kind:
        entries = entries.filter(kind=kind)
    if only_here:
        entries = entries.filter(language=language)
    rows = _by_words(entries, asked)
    findings.amounts = _amounts(entries, asked, rows)
    if not any(row.language == language for row in rows):
        guesses = _nearest(entries.filter(language=language) if rows else entries, asked)
        findings.is_guess = bool(guesses)
        rows += guesses
    if not kind:
        findings.organizations = _organizations(reader, asked)
    _divide(rows, findings, language)


def _question(asked, language):
    """The question in one language, with the families of its words; the last may also be a beginning."""
    if not _is_plain(asked) or len(asked.split()) > MOST_WORDS:
        return Asked(Value(language), Value(asked))
    *head, last = asked.split()
    whole = reduce(Both, [_family(word, language) for word in asked.split()])
    last = "".join(char for char in last if char.isalnum())
    if len(last) < SHORTEST_BEGINNING:
        return whole
    folded = Func(Value(last), function="arabic_fold") if language == "ar" else Value(last)
    begun = Func(
        Func(Value(language), function="portal_config"),
        Func(folded, Value(":*"), template="(%(expressions)s)", arg_joiner=" || "),
        function="to_tsquery",
        output_field=SearchQueryField(),
    )
    return Either(whole, reduce(Both, [*(_family(word, language) for word in head), begun]))


def _is_plain(asked):
    """Whether a question is words only, without the signs by which one leaves out, chooses or quotes."""
    return not any(sign in asked for sign in '"-') and " or " not in asked.lower()


def _family(word, language):
    """A word or one of those that mean the same."""
    members = [word, *synonyms.of(word, language)]
    return reduce(Either, [Asked(Value(language), Value(member)) for member in members])


def _nearest(entries, asked):
    """Rows whose titles look like the question, then those that hold some of its words."""
    rows = _by_likeness(entries, asked)
    words = asked.split()
    if _is_plain(asked) and 1 < len(words) <= MOST_WORDS:
        rows += _by_words(entries, " or ".join(words))
    return rows


def _answers(questions):
    """Whether a row answers the question of its language."""
    return reduce(or_, [_read_as(code) & Q(Matches(F("words"), words)) for code, words in questions.items()])


def _amounts(entries, asked, rows):
    """How many things of each kind answer; counting stops where nobody would read on.

    Where all rows that answer have been found, nothing is asked again.
    """
    if len(rows) < RANKED:
        return Counter(kind for kind, _thing in {(row.kind, row.object_id) for row in rows})
    questions = {code: _question(asked, code) for code in languages.CODES}
    some = entries.filter(_answers(questions)).values("pk")[: COUNTED * len(languages.CODES)]
    kinds = entries.filter(pk__in=some).values("kind").annotate(amount=Count("object_id", distinct=True))
    return dict(kinds.values_list("kind", "amount"))


def _by_words(entries, asked):
    """Rows whose words answer, best first; of very frequent words, the best of the first few hundred."""
    questions = {code: _question(asked, code) for code in languages.CODES}
    answers = _answers(questions)
    some = entries.filter(answers).values("pk")[:CANDIDATES]
    rank = Case(
        *(
            When(_read_as(code), then=Func(F("words"), question, function="ts_rank"))
            for code, question in questions.items()
        ),
        output_field=FloatField(),
    )
    return list(entries.filter(pk__in=some).annotate(rank=rank).order_by("-rank", "pk")[:RANKED])


def _read_as(code):
    """Rows that the dictionaries of a language read: its own; English also those of languages that we do not speak."""
    own = Q(language=code)
    return own | ~Q(language__in=languages.CODES) if code == "en" else own


def _by_likeness(entries, asked):
    """Rows whose titles resemble what was typed."""
    folded = Func(Value(asked), function="portal_fold")
    alike = Func(folded, F("folded_title"), function="word_similarity", output_field=FloatField())
    rows = entries.filter(Resembles(F("folded_title"), folded)).annotate(rank=alike)
    return list(rows.order_by("-rank", "pk")[:SHOWN])


def _organizations(reader, asked):
    """Organizations of this name or acronym, as far as this reader may see it."""
    rows = Organization.objects.visible_to(reader).exclude(status=Organization.Status.SUSPENDED)
    return list(rows.named(asked, reader).order_by("folded_name", "pk")[:ORGANIZATIONS_SHOWN])


def _divide(rows, findings, language):
    """One row per thing, the reader's language before any other."""
    best = {}
    for row in rows:
        thing = (row.content_type_id, row.object_id)
        if thing not in best or (row.language == language and best[thing].language != language):
            best[thing] = row
    chosen = list(best.values())
    findings.is_cut = len(chosen) > SHOWN
    findings.here = [row for row in chosen[:SHOWN] if row.language == language]
    findings.elsewhere = [row for row in chosen[:SHOWN] if row.language != language]
