"""Finding things again: in the reader's language first, then in the others, then in spite of typing slips."""

from collections import Counter
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import NamedTuple

from django.core.paginator import Page, Paginator
from django.db import OperationalError
from django.db.models import BooleanField, F, FloatField, Func, Value
from psycopg.errors import QueryCanceled

from portal import asking, instances, languages, names, prepared
from portal.instances import Place
from portal.models import Organization, SearchEntry

LONGEST = 200
TITLED = 500  # rows of a language whose titles answer; these are read first
COUNTED = 400  # rows of a language; beyond that it is "more than"
RESEMBLING = 1000  # titles, any so many, of which the most alike are shown
SHOWN = 60
ELSEWHERE = 20  # things in other languages, beside several kinds of things
ORGANIZATIONS_SHOWN = 10
SUGGESTED, SUGGESTED_OF = 8, 200  # titles, the best of so many of a language


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
    is_late: bool = False
    is_many: bool = False  # more than were counted
    counts: dict = field(default_factory=dict)  # of things, in all languages: {"kind": {"paper": 3}, …}
    page: Page = None

    def __bool__(self):
        return bool(self.here or self.elsewhere or self.organizations)

    @property
    def amounts(self):
        """How many things of each kind answer; none of what is guessed."""
        return self.counts.get("kind", {})


class Suggestion(NamedTuple):
    """A title, and where it leads."""

    kind: str
    language: str
    title: str
    address: str


@dataclass(frozen=True)
class Narrowed:
    """What the things that are looked for have to be; what is None does not matter."""

    kind: str = None
    objective: int = None
    process: int = None
    year: int = None
    language: str = None

    def __bool__(self):
        return self != EVERYTHING

    def rows(self, entries):
        wanted = {
            "kind": self.kind,
            "objectives__contains": [self.objective] if self.objective else None,
            "process": self.process,
            "year": self.year,
            "language": self.language,
        }
        return entries.filter(**{name: value for name, value in wanted.items() if value is not None})


EVERYTHING = Narrowed()


def find(asked, *, reader, language, narrowed=EVERYTHING, page=1, each=None):
    """Find what this reader may see: titles first, the reader's language first, one row per thing.

    Where several kinds of things answer, `each` is how many of each are enough.
    """
    asked = plain(asked)
    findings = Findings(asked)
    if not asked:
        return findings
    try:
        _fill(findings, reader, narrowed.language or language, narrowed, page, each)
    except OperationalError as trouble:
        if not isinstance(trouble.__cause__, QueryCanceled):
            raise
        return Findings(asked, is_late=True)
    return findings


def suggest(asked, *, reader, language):
    """Titles that what is being typed may become, as rows of the index: the reader's language first."""
    asked = plain(asked)
    if len(asked) < asking.SHORTEST_BEGINNING:
        return []
    values = asking.understood(asked) | vars(EVERYTHING) | {"asked": asked, "own": language}
    try:
        return [Suggestion(*row) for row in prepared.rows(SUGGEST, values | _open_to(reader))]
    except OperationalError as trouble:
        if not isinstance(trouble.__cause__, QueryCanceled):
            raise
        return []


def things(asked, *, reader, kind):
    """Ids of everything of a kind that holds these words and that this reader may see, to narrow a list by."""
    entries = SearchEntry.objects.visible_to(reader).filter(kind=kind)
    return entries.filter(asking.answering(asked)).values("object_id")


def plain(asked):
    """A question in one line, no longer than we read."""
    return " ".join(asked.replace("\x00", " ").split())[:LONGEST]


def _fill(findings, reader, language, narrowed, page, each):
    asked = findings.asked
    found = _by_words(asked, reader, language, narrowed)
    findings.counts, findings.is_many = found.counts, found.is_many
    few = _few(found, each) if each else None
    findings.page = None if few else Paginator(found.keys, SHOWN).get_page(page)
    keys = [*(few or findings.page)]
    if not found.here:
        guesses = _nearest(asked, reader, language, narrowed, only_here=bool(found.keys))
        findings.is_guess = bool(guesses)
        keys = guesses + keys
    _divide(_rows(keys, reader), findings, language)
    if not narrowed:
        findings.organizations = _organizations(reader, asked)


def _few(found, each):
    """The best few of each kind, where several kinds answer in the reader's language."""
    by_kind = {}
    for key, kind in zip(found.keys[: found.here], found.kinds, strict=False):
        by_kind.setdefault(kind, []).append(key)
    if len(by_kind) < 2:
        return None
    return [key for keys in by_kind.values() for key in keys[:each]] + found.keys[found.here :][:ELSEWHERE]


class Row(NamedTuple):
    """A row of the index with what a result shows."""

    pk: int
    content_type_id: int
    object_id: int
    language: str
    kind: str
    title: str
    excerpt: str
    address: str


def _rows(keys, reader):
    """The rows of these keys, in their order."""
    rows = prepared.rows(ROWS, {"keys": keys} | _open_to(reader)) if keys else []
    by_key = {row[0]: Row(*row) for row in rows}
    return [by_key[key] for key in keys if key in by_key]


ROWS = """
SELECT id, content_type_id, object_id, language, kind, title, excerpt, address FROM portal_searchentry
WHERE id = ANY(%(keys)s::bigint[]) AND access = ANY(%(access)s::text[])
"""
TITLE_WORDS = """ts_filter(words, '{a}'::"char"[])"""  # as its index was made
COLUMNS = """id, content_type_id, object_id, language, kind, objectives, process_id, year,
    ts_rank(words, %(<code>)s::tsquery) AS rank"""
# In each language by itself, so that only the dictionaries that read a row are asked about it.
ARM = """(
  SELECT {columns} FROM portal_searchentry
  WHERE <read_by> AND {words} @@ %(<code>)s::tsquery AND access = ANY(%(access)s::text[])
    AND (%(kind)s::text IS NULL OR kind = %(kind)s::text)
    AND (%(objective)s::bigint IS NULL OR objectives @> ARRAY[%(objective)s::bigint])
    AND (%(process)s::bigint IS NULL OR process_id = %(process)s::bigint)
    AND (%(year)s::int IS NULL OR year = %(year)s::int)
    AND (%(language)s::text IS NULL OR language = %(language)s::text)
    {besides}
  LIMIT {most})"""


def _arms(columns, words, most, besides=""):
    """Up to so many rows of each language that answer."""
    arm = ARM.format(columns=columns, words=words, most=most, besides=besides)
    arms = []
    for code in languages.CODES:
        others = ", ".join(f"'{other}'" for other in languages.CODES if other != code)
        read_by = f"language NOT IN ({others})" if code == "en" else f"language = '{code}'"
        arms.append(arm.replace("<code>", code).replace("<read_by>", read_by))
    return " UNION ALL ".join(arms)


# Of very frequent words only some rows are ranked: those with the words in their titles, and where these are few, others
# as they come. The index of titles is small, and where enough stand in it, the index of all words is not read.
# What one leaves out may stand in the text. As a test of the row alone, so that the large index is not asked for it.
IN_TITLES = _arms(COLUMNS, TITLE_WORDS, TITLED, "AND (words @@ %(<code>)s::tsquery) IS TRUE")
IN_TEXTS = _arms(
    COLUMNS,
    "words",
    f"(SELECT greatest({COUNTED} - count(*), 0) FROM titled WHERE <read_by>)",  # noqa: S608 - made of constants
    "AND id NOT IN (SELECT id FROM titled)",
)
FIND = f"""
WITH titled AS MATERIALIZED ({IN_TITLES}),
hits AS MATERIALIZED (SELECT * FROM titled UNION ALL {IN_TEXTS}),
things AS MATERIALIZED (
  SELECT DISTINCT ON (content_type_id, object_id)
    id, kind, objectives, process_id, year, language = %(own)s::text AS is_here, rank
  FROM hits ORDER BY content_type_id, object_id, is_here DESC, rank DESC),
counts AS (
  SELECT kind, process_id AS process, year, NULL::bigint AS objective, NULL::text AS language, count(*) AS amount
  FROM things GROUP BY GROUPING SETS (kind, process_id, year)
  UNION ALL SELECT NULL, NULL, NULL, unnest(objectives) AS one, NULL, count(*) FROM things GROUP BY one
  UNION ALL SELECT NULL, NULL, NULL, NULL, language, count(*) FROM hits GROUP BY language)
SELECT
  coalesce(array_agg(id ORDER BY is_here DESC, rank DESC, id), '{{}}'),
  coalesce(array_agg(kind ORDER BY is_here DESC, rank DESC, id), '{{}}'),
  count(*) FILTER (WHERE is_here),
  (SELECT json_agg(counts) FROM counts)
FROM things
"""  # noqa: S608 - made of constants
# Titles alone: those that begin with what was typed before those that hold it elsewhere, the shortest first.
SUGGEST = f"""
SELECT kind, language, title, address FROM (
  SELECT DISTINCT ON (content_type_id, object_id) *, language = %(own)s::text AS is_here,
    starts_with(folded_title, portal_fold(%(asked)s::text)) AS begins
  FROM ({_arms("content_type_id, object_id, language, kind, title, address, folded_title", TITLE_WORDS, SUGGESTED_OF)}) AS titled
  ORDER BY content_type_id, object_id, is_here DESC, language) AS things
ORDER BY is_here DESC, begins DESC, length(title), title LIMIT {SUGGESTED}
"""  # noqa: S608 - made of constants


class Found(NamedTuple):
    """Keys of rows whose words answer, best first and those in this language before others; the kind of each."""

    keys: list
    kinds: list
    here: int  # how many are in this language
    counts: dict

    @property
    def is_many(self):
        """Whether there may be more: the arm of English reads all languages that the interface lacks, too."""
        read = Counter()
        for code, amount in self.counts.get("language", {}).items():
            read[code if code in languages.CODES else "en"] += amount
        return any(amount >= COUNTED for amount in read.values())


def _by_words(asked, reader, language, narrowed):
    values = asking.understood(asked) | vars(narrowed)
    values |= {"own": language} | _open_to(reader)
    [(*found, counted)] = prepared.rows(FIND, values)
    counts = {}
    for row in counted or ():
        amount = row.pop("amount")
        for name, value in row.items():
            if value is not None:
                counts.setdefault(name, {})[value] = amount
    return Found(*found, counts)


def _open_to(reader):
    return {"access": SearchEntry.access_of(reader)}


def _nearest(asked, reader, language, narrowed, *, only_here):
    """Keys of rows whose titles look like the question, then of those that hold some of its words."""
    entries = narrowed.rows(SearchEntry.objects.visible_to(reader))
    keys = _by_likeness(entries.filter(language=language) if only_here else entries, asked)
    if words := asking.any_word(asked):
        within = replace(narrowed, language=language) if only_here else narrowed
        keys += _by_words(words, reader, language, within).keys[:SHOWN]
    return keys


def _by_likeness(entries, asked):
    """Keys of rows whose titles resemble what was typed."""
    folded = Func(Value(asked), function="portal_fold")
    alike = Func(folded, F("folded_title"), function="word_similarity", output_field=FloatField())
    rows = entries.filter(Resembles(F("folded_title"), folded)).annotate(likeness=alike)
    found = sorted(rows.values_list("likeness", "pk")[:RESEMBLING], key=lambda row: (-row[0], row[1]))
    return [key for _likeness, key in found[:SHOWN]]


def _organizations(reader, asked):
    """Organizations of this name or acronym beside the listed ones, as far as this reader may see them."""
    rights = Rights(reader.coordinates_something, frozenset(reader.organizations))
    statement, constants = _unlisted(rights)
    return instances.of(Organization, statement, constants | {"asked": asked, "folded": names.fold(asked)})


class Rights(NamedTuple):
    """All of a reader that says which organizations are found: whoever has the same shares the statement."""

    coordinates_something: bool
    organizations: frozenset


@lru_cache(maxsize=100)
def _unlisted(rights):
    rows = Organization.objects.visible_to(rights).exclude(status=Organization.Status.SUSPENDED)
    rows = rows.exclude(in_directory=True).spelled(Place("asked"), Place("folded"), rights)
    return instances.composed(rows.order_by("folded_name", "pk")[:ORGANIZATIONS_SHOWN])


def _divide(rows, findings, language):
    """One row per thing, the reader's language before any other."""
    best = {}
    for row in rows:
        thing = (row.content_type_id, row.object_id)
        if thing not in best or (row.language == language and best[thing].language != language):
            best[thing] = row
    chosen = list(best.values())[:SHOWN]
    findings.here = [row for row in chosen if row.language == language]
    findings.elsewhere = [row for row in chosen if row.language != language]
