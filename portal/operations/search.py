"""Finding things again: in the reader's language first, then in the others, then in spite of typing slips."""

from dataclasses import dataclass, field, replace
from itertools import groupby
from typing import NamedTuple

from django.core.paginator import Page, Paginator
from django.db import OperationalError
from django.db.models import BooleanField, F, FloatField, Func, Value
from psycopg.errors import QueryCanceled

from portal import asking, languages, prepared
from portal.models import Organization, SearchEntry

LONGEST = 200
TITLED = 200  # rows of a language whose titles answer: these are ranked in any case
CANDIDATES = 500  # rows that are ranked besides
SHOWN = 60
ELSEWHERE = 20  # things in other languages, beside several kinds of things
COUNTED = 1000  # rows of a language; beyond that it is "more than"
ORGANIZATIONS_SHOWN = 10
SUGGESTED = 8


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
    found, findings.counts, findings.is_many = _by_words(asked, reader, language, narrowed)
    few = _few(found, each) if each else None
    findings.page = None if few else Paginator(found, SHOWN).get_page(page)
    keys = [pk for pk, _kind, _is_here in few or findings.page]
    if not any(is_here for _pk, _kind, is_here in found):
        guesses = _nearest(asked, reader, language, narrowed, only_here=bool(found))
        findings.is_guess = bool(guesses)
        keys += guesses
    _divide(_rows(keys, reader), findings, language)
    if not narrowed:
        findings.organizations = _organizations(reader, asked)


def _few(found, each):
    """The best few of each kind, where several kinds answer in the reader's language."""
    here = sorted((row for row in found if row[2]), key=lambda row: row[1])
    kinds = [list(rows) for _kind, rows in groupby(here, key=lambda row: row[1])]
    if len(kinds) < 2:
        return None
    elsewhere = [row for row in found if not row[2]]
    return [row for rows in kinds for row in rows[:each]] + elsewhere[:ELSEWHERE]


def _rows(keys, reader):
    """The rows of these keys, in their order, without the words that only the database reads."""
    rows = SearchEntry.objects.visible_to(reader).defer("words", "folded_title").in_bulk(keys)
    return [rows[pk] for pk in keys if pk in rows]


TITLE_WORDS = """ts_filter(words, '{a}'::"char"[])"""  # as its index was made
COLUMNS = "id, content_type_id, object_id, language, kind, objectives, process_id, year"
# In each language by itself, so that only the dictionaries that read a row are asked about it.
ARM = """(
  SELECT {columns} FROM portal_searchentry
  WHERE {read_by} AND {words} @@ %({code})s::tsquery AND access = ANY(%(access)s::text[])
    AND (%(kind)s::text IS NULL OR kind = %(kind)s::text)
    AND (%(objective)s::bigint IS NULL OR objectives @> ARRAY[%(objective)s::bigint])
    AND (%(process)s::bigint IS NULL OR process_id = %(process)s::bigint)
    AND (%(year)s::int IS NULL OR year = %(year)s::int)
    AND (%(language)s::text IS NULL OR language = %(language)s::text)
  LIMIT {most})"""


def _arms(columns, words, most):
    """Up to so many rows of each language that answer."""
    arms = []
    for code in languages.CODES:
        others = ", ".join(f"'{other}'" for other in languages.CODES if other != code)
        read_by = f"language NOT IN ({others})" if code == "en" else f"language = '{code}'"
        arms.append(ARM.format(columns=columns, read_by=read_by, words=words, code=code, most=most))
    return " UNION ALL ".join(arms)


# Of very frequent words only some rows are ranked: those with the words in their titles, and others as they come, the
# reader's language first.
FIND = f"""
WITH hits AS MATERIALIZED ({_arms(COLUMNS, "words", COUNTED)}),
titled AS ({_arms("id", TITLE_WORDS, TITLED)}),
candidates AS (
  SELECT id FROM titled
  UNION (SELECT id FROM hits ORDER BY language <> %(own)s::text LIMIT {CANDIDATES})),
ranked AS (
  SELECT DISTINCT ON (content_type_id, object_id) id, kind, language = %(own)s::text AS is_here,
    ts_rank(words, (CASE language WHEN 'ar' THEN %(ar)s WHEN 'fr' THEN %(fr)s WHEN 'es' THEN %(es)s ELSE %(en)s END)::tsquery)
    AS rank
  FROM candidates JOIN portal_searchentry USING (id)
  ORDER BY content_type_id, object_id, is_here DESC, rank DESC),
things AS MATERIALIZED (
  SELECT DISTINCT ON (content_type_id, object_id) kind, objectives, process_id, year FROM hits),
counts AS (
  SELECT 'kind' AS name, kind::text AS value, count(*) AS amount FROM things GROUP BY kind
  UNION ALL SELECT 'process', process_id::text, count(*) FROM things WHERE process_id > 0 GROUP BY process_id
  UNION ALL SELECT 'year', year::text, count(*) FROM things WHERE year > 0 GROUP BY year
  UNION ALL SELECT 'objective', unnest(objectives)::text AS one, count(*) FROM things GROUP BY one
  UNION ALL SELECT 'language', language, count(*) FROM hits GROUP BY language)
SELECT
  (SELECT json_agg(json_build_array(id, kind, is_here) ORDER BY is_here DESC, rank DESC, id) FROM ranked),
  (SELECT json_agg(json_build_array(name, value, amount)) FROM counts)
"""  # noqa: S608 - made of constants
NUMBERS = ("process", "year", "objective")
# Titles alone: those that begin with what was typed before those that hold it elsewhere, the shortest first.
SUGGEST = f"""
SELECT kind, language, title, address FROM (
  SELECT DISTINCT ON (content_type_id, object_id) *, language = %(own)s::text AS is_here,
    starts_with(folded_title, portal_fold(%(asked)s::text)) AS begins
  FROM ({_arms("content_type_id, object_id, language, kind, title, address, folded_title", TITLE_WORDS, TITLED)}) AS titled
  ORDER BY content_type_id, object_id, is_here DESC, language) AS things
ORDER BY is_here DESC, begins DESC, length(title), title LIMIT {SUGGESTED}
"""  # noqa: S608 - made of constants


def _by_words(asked, reader, language, narrowed):
    """[(key, kind, is in this language)] of things whose words answer, best first; how many; whether there are more."""
    values = asking.understood(asked) | vars(narrowed)
    values |= {"own": language} | _open_to(reader)
    [(found, counted)] = prepared.rows(FIND, values)
    counts = {}
    for name, value, amount in counted or ():
        counts.setdefault(name, {})[int(value) if name in NUMBERS else value] = amount
    is_many = any(amount >= COUNTED for amount in counts.get("language", {}).values())
    return found or [], counts, is_many


def _open_to(reader):
    return {"access": SearchEntry.access_of(reader)}


def _nearest(asked, reader, language, narrowed, *, only_here):
    """Keys of rows whose titles look like the question, then of those that hold some of its words."""
    entries = narrowed.rows(SearchEntry.objects.visible_to(reader))
    keys = _by_likeness(entries.filter(language=language) if only_here else entries, asked)
    if words := asking.any_word(asked):
        within = replace(narrowed, language=language) if only_here else narrowed
        found, _counts, _is_many = _by_words(words, reader, language, within)
        keys += [pk for pk, _kind, _is_here in found[:SHOWN]]
    return keys


def _by_likeness(entries, asked):
    """Keys of rows whose titles resemble what was typed."""
    folded = Func(Value(asked), function="portal_fold")
    alike = Func(folded, F("folded_title"), function="word_similarity", output_field=FloatField())
    rows = entries.filter(Resembles(F("folded_title"), folded)).annotate(rank=alike)
    return list(rows.order_by("-rank", "pk").values_list("pk", flat=True)[:SHOWN])


def _organizations(reader, asked):
    """Organizations of this name or acronym beside the listed ones, as far as this reader may see them."""
    rows = Organization.objects.visible_to(reader).exclude(status=Organization.Status.SUSPENDED)
    rows = rows.exclude(in_directory=True)
    return list(rows.named(asked, reader).order_by("folded_name", "pk")[:ORGANIZATIONS_SHOWN])


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
