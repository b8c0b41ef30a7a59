"""The archive's form: {"records": […]}, read record by record into Entries that name columns.

Only what cannot stand for anything is refused: a record without kind, id or source, of an unknown kind, with an
objective outside 1 to 23 or an impossible date. Whatever else is not understood stays as a source note.
"""

import json
import math
from dataclasses import dataclass, field

from django.utils.translation import gettext_lazy as _

from consultations.operations import archive_values as values
from portal import languages
from portal.errors import Refused

OBJECTIVES = range(1, 24)
LONGEST_TITLE = 300
LONGEST_ID = 120
NESTED = _("This file is nested too deeply to be read.")
NOT_JSON = _("This file is not JSON: line %(line)s, column %(column)s.")
SHAPE = _("This file is not an archive: it holds no list named “records”.")
TEXTS = _("This file is not a file of texts: it names no language of the portal, or holds no texts by id.")


class Refusal(Exception):
    """A record that cannot be taken: because of which field, and why."""

    def __init__(self, name, reason):
        super().__init__(reason)
        self.name, self.reason = name, reason


@dataclass
class Entry:
    """A record of the file, as far as it is understood without looking at any other."""

    kind: str
    id: str
    columns: dict = field(default_factory=dict)
    texts: dict = field(default_factory=dict)  # {language: {"title", "summary"}}
    original_language: str = "en"
    objectives: list = field(default_factory=list)
    principles: list = field(default_factory=list)
    regions: list = field(default_factory=list)
    country: str = ""
    region: str = ""
    moved: list = field(default_factory=list)
    updates: list = field(default_factory=list)
    references: dict = field(default_factory=dict)  # {field: [ids or words]}
    columns_by_id: dict = field(
        default_factory=dict
    )  # {column: id}, and the two below, once references are resolved
    origins: list = field(default_factory=list)  # ids
    links: list = field(default_factory=list)  # (field, id)
    notes: dict = field(default_factory=dict)
    remarks: list = field(default_factory=list)  # (field, words)

    def targets(self):
        """The ids of everything that this refers to."""
        return {*self.columns_by_id.values(), *self.origins, *(target for _name, target in self.links)}

    def drop_references_to(self, lost):
        """Forget what refers to records that could not be stored."""
        self.columns_by_id = {
            name: target for name, target in self.columns_by_id.items() if target not in lost
        }
        self.origins = [target for target in self.origins if target not in lost]
        self.links = [(name, target) for name, target in self.links if target not in lost]


class Facts:
    """A raw record whose facts are taken one by one; what nobody takes stays as a source note."""

    def __init__(self, raw):
        self.left = dict(raw)
        self.notes, self.remarks = {}, []

    def take(self, name):
        return self.left.pop(name, None)

    def keep(self, name, value, remark=None):
        """Keep a value as a source note, and say why where a reader of the report should know."""
        self.notes[name] = values.note(value)
        if remark:
            self.remarks.append((name, remark))

    def read(self, name, reader, default=None):
        """Take a fact through a reader; what the reader does not understand becomes a note."""
        value = self.take(name)
        found = None if value is None else reader(value)
        if found is None and value not in (None, "", [], {}):
            self.keep(name, value, "not understood; kept as a source note")
        return default if found is None else found

    def line(self, name, longest):
        """Take one line of text; what a column cannot hold whole stays whole as a note."""
        text = self.read(name, values.line, "")
        if len(text) > longest:
            self.keep(name, text, f"longer than {longest} characters; cut, and kept whole as a source note")
        return values.shorten(text, longest)

    def lines(self, name, reader=values.line):
        """Take a list of which each item is read; one value counts as a list of one."""
        value = self.take(name)
        items = value if isinstance(value, list) else [] if value is None else [value]
        found = [(item, reader(item)) for item in items]
        if any(read is None and item is not None for item, read in found):
            self.keep(name, value, "not all understood; kept as a source note")
        return list(dict.fromkeys(read for _item, read in found if read is not None))

    def choice(self, name, table, choices, other=None):
        """Take a word of kind: (kind, word); a word that a table changes stays as a note."""
        value = self.take(name)
        found = None if value is None else values.choice(value, table, choices, other)
        if found is None and value not in (None, ""):
            self.keep(name, value, "not a word; kept as a source note")
        if found and (found[1] or values.word(value) != values.word(found[0].value)):
            self.keep(name, value)
        return found


def parse(content):
    """Read the bytes of a file as JSON, or refuse them in a sentence."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Refused(_("This file is not text in UTF-8.")) from error
    if not text.strip():
        raise Refused(_("This file is empty."))
    try:
        return json.loads(text, parse_int=_integer)
    except json.JSONDecodeError as error:
        raise Refused(NOT_JSON % {"line": error.lineno, "column": error.colno}) from error
    except RecursionError as error:
        raise Refused(NESTED) from error


def _integer(text):
    """Whole numbers of a sane length; longer ones stay as they are written."""
    return int(text) if len(text) <= 18 else text


def records(data):
    """The list of records of a parsed file, or a refusal."""
    found = data.get("records") if isinstance(data, dict) else data
    if isinstance(found, dict) and isinstance(data.get("language"), str):
        raise Refused(_("This file holds texts, not records: give it with --texts."))
    if not isinstance(found, list):
        raise Refused(SHAPE)
    return found


def translations(data):
    """(language, {id: {"title", "summary"}}, remarks) of a parsed file of texts, or a refusal."""
    code = values.language(data.get("language")) if isinstance(data, dict) else None
    if code not in languages.CODES or not isinstance(data.get("records"), dict):
        raise Refused(TEXTS)
    texts, remarks = {}, []
    for key, raw in data["records"].items():
        if not isinstance(raw, dict):
            remarks.append((short_id(key), code, "not a pair of title and summary; left out"))
            continue
        found = {
            "title": values.line(raw.get("title"), LONGEST_TITLE),
            "summary": values.passage(raw.get("summary")),
        }
        texts[short_id(key)] = {name: text for name, text in found.items() if text}
    return code, texts, remarks


def short_id(value):
    """An id as the column holds it; one that is too long keeps its beginning and its digest."""
    text = values.identity(value) or ""
    return text if len(text) <= LONGEST_ID else f"{text[:100]}~{values.digest(text)}"


def entry(raw, kinds, references):
    """Read one record; `kinds` is {kind: function that takes its facts}, `references` the fields that hold ids."""
    if not isinstance(raw, dict):
        raise Refusal("kind", "this is not a record")
    facts = Facts(raw)
    key = short_id(facts.take("id"))
    kind = _kind(facts.take("kind"))
    if kind is None:
        raise Refusal("kind", "a record needs a kind")
    if not key:
        raise Refusal("id", "a record needs an id")
    if kind not in kinds:
        raise Refusal("kind", f"the kind “{values.shorten(kind, 60)}” is not known")
    made = Entry(kind=kind, id=key)
    _read_source(facts, made)
    _read_texts(facts, made)
    _read_dates(facts, made)
    made.objectives = _objectives(facts)
    kinds[kind](facts, made)
    made.references = {
        name: found for name in references if name in facts.left and (found := _references(facts, name))
    }
    facts.notes |= {name: values.note(value) for name, value in facts.left.items() if value is not None}
    made.notes = {values.shorten(values.note(str(name)), 120): value for name, value in facts.notes.items()}
    made.remarks = facts.remarks
    return made


def _references(facts, name):
    """The ids or words that a field refers to."""
    value = facts.left[name]
    items = value if isinstance(value, list) else [value]
    words = [values.identity(item) for item in items]
    if all(words):
        facts.take(name)
    return [word for word in words if word]


def _kind(value):
    text = values.word(value) if isinstance(value, str) else None
    text = text and text.replace(" ", "_")
    return {"organization": "organisation"}.get(text, text)


def _read_source(facts, made):
    value = facts.take("source")
    if not isinstance(value, str) or not values.line(value):
        raise Refusal("source", "a record needs a source")
    made.columns["source_url"] = values.address(value) or ""
    if not made.columns["source_url"]:
        facts.keep("source", value, "not the address of a page; kept as a source note")
    made.columns["also"] = facts.lines("also", values.address)


def _read_texts(facts, made):
    titles, other_titles = _texts(facts, "title", lambda text: values.line(text))
    summaries, other_summaries = _texts(facts, "summary", values.passage)
    for code, title in titles.items():
        if len(title) > LONGEST_TITLE:
            facts.keep(
                "title", {code: title}, "longer than 300 characters; cut, and kept whole as a source note"
            )
        made.texts.setdefault(code, {})["title"] = values.shorten(title, LONGEST_TITLE)
    for code, summary in summaries.items():
        made.texts.setdefault(code, {})["summary"] = summary
    made.columns |= {"other_titles": other_titles, "other_summaries": other_summaries}
    named = [*titles, *other_titles] or [*summaries, *other_summaries]
    made.original_language = "en" if "en" in named or not named else named[0]


def _texts(facts, name, reader):
    """({language of the portal: text}, {other language: text}) of a field; plain words are English."""
    value = facts.take(name)
    raw = value if isinstance(value, dict) else {"en": value}
    ours, others, left = {}, {}, {}
    for key, text in raw.items():
        code, found = values.language(key), reader(text) if isinstance(text, str) else None
        if code is None or (found is None and text not in (None, "")):
            left[key] = text
        elif found and code in languages.CODES:
            ours.setdefault(code, found)
        elif found:
            others.setdefault(code, values.shorten(found, LONGEST_TITLE) if name == "title" else found)
    if left:
        facts.keep(name, left, "not a text in a language; kept as a source note")
    return ours, others


def _read_dates(facts, made):
    start, end = _day(facts, "start"), _day(facts, "end")
    if start and end and end.last < start.first:
        facts.keep("end", end.written, "lies before the start; kept as a source note")
        end = None
    if start:
        made.columns |= {"begins_on": start.first, "begins_precision": start.precision}
    if end:
        # A month or a year that holds the start ends after it, whichever its first day.
        last = max(end.first, start.first) if start else end.first
        made.columns |= {"ends_on": last, "ends_precision": end.precision}
    made.columns["date_note"] = facts.line("date_note", 400)
    made.moved = _moved(facts)


def _day(facts, name):
    value = facts.take(name)
    found = possible(name, values.day, value)
    if found is None and value not in (None, ""):
        facts.keep(name, value, "not a date; kept as a source note")
    elif found is not None and found.written != str(value):
        facts.keep(name, value)
    return found


def possible(name, reader, *args):
    """What a reader makes of a date; a date that cannot be refuses the record, under the name of its field."""
    try:
        return reader(*args)
    except values.Impossible as error:
        raise Refusal(name, f"“{error}” is not a possible date") from error


def _moved(facts):
    """What was announced before: [{"was_start", "was_end", "source_url", "reason"}], each once."""
    value = facts.take("previous_dates")
    found, rest = {}, []
    for item in value if isinstance(value, list) else [value] if value else []:
        pair = _earlier(item)
        if pair is None:
            rest.append(item)
        else:
            found.setdefault((pair["was_start"], pair["was_end"]), pair)
    if rest:
        facts.keep("previous_dates", rest, "not understood; kept as a source note")
    return list(found.values())


def _earlier(item):
    if not isinstance(item, dict):
        item = {"start": item}
    start = possible("previous_dates", values.day, item.get("start"))
    end = possible("previous_dates", values.day, item.get("end"))
    if start is None:
        return None
    return {
        "was_start": start.written,
        "was_end": end.written if end else "",
        "source_url": values.address(item.get("source")) or "",
        "reason": values.line(item.get("reason") or item.get("note"), 300) or "",
    }


def deadline(facts, made, *, is_day_column=True):
    """Take a deadline with its zone: a moment, or a day that lasts until its last minute there."""
    zone = facts.read("deadline_tz", values.zone) or facts.read("time_zone", values.zone)
    value = facts.take("deadline")
    found = possible("deadline", values.moment, value, zone)
    if value not in (None, ""):
        facts.keep("deadline", value, None if found else "not a day; kept as a source note")
    if found is None:
        return None
    moment, is_day = found
    made.columns["time_zone"] = zone or "UTC"
    if is_day_column:
        made.columns |= {"deadline_at": moment, "deadline_is_day": is_day}
    return moment, values.day(value).first


def _objectives(facts):
    value = facts.take("objectives")
    found, rest = [], []
    for item in value if isinstance(value, list) else [] if value is None else [value]:
        number = _objective(item)
        if number is None:
            rest.append(item)
        else:
            found.append(number)
    if rest:
        facts.keep("objectives", rest, "not the numbers of objectives; kept as a source note")
    return sorted(set(found))


def _objective(item):
    """The number of an objective; None for what is no number at all; a number outside 1 to 23 is refused."""
    if isinstance(item, str):
        try:
            item = float(item) if len(item) < 40 else None
        except ValueError:
            return None
    if isinstance(item, bool) or not isinstance(item, int | float) or not math.isfinite(item):
        return None
    if item not in OBJECTIVES:
        raise Refusal("objectives", f"{item:g} is not one of the objectives 1 to 23")
    return int(item)
