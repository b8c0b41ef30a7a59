"""The kinds of record that an archive holds: for each its model, its own facts, and what it may refer to."""

from consultations.models import (
    AccreditationTrack,
    Call,
    Commitment,
    Consultation,
    Theme,
)
from consultations.operations import archive_form as form
from consultations.operations import archive_values as values
from consultations.operations import archive_words as words
from portal.models import Organization, Phase, Process, WorkingGroup
from resources.models import Campaign, Document, Practice

MODELS = {
    "process": Process,
    "phase": Phase,
    "event": Consultation,
    "roundtable": Consultation,
    "document": Document,
    "theme": Theme,
    "commitment": Commitment,
    "working_group": WorkingGroup,
    "accreditation_track": AccreditationTrack,
    "campaign": Campaign,
    "call_for_input": Call,
    "organisation": Organization,
    "practice": Practice,
}

# What a reference is expected to lead to, by the field it stands in.
EXPECTED = {
    "process": {"process", "phase"},
    "phase": {"phase"},
    "parent": set(MODELS),
    "part_of": set(MODELS),
    "event": {"event", "roundtable"},
    "roundtable": {"event", "roundtable"},
    "consultation": {"event", "roundtable"},
    "document": {"document"},
    "theme": {"theme"},
    "commitment": {"commitment"},
    "working_group": {"working_group"},
    "campaign": {"campaign"},
    "call": {"call_for_input"},
    "organisation": {"organisation"},
    "organization": {"organisation"},
    "organisations": {"organisation"},
    "organizations": {"organisation"},
    "practice": {"practice"},
    "about": set(MODELS),
    "related": set(MODELS),
}

# The column that holds a reference from one model to another; what has none becomes a link.
COLUMNS = {
    (Phase, Process): "process_id",
    (Consultation, Process): "process_id",
    (Consultation, Phase): "phase_id",
    (Consultation, Consultation): "part_of_id",
    (Document, Process): "process_id",
    (Document, Document): "about_id",
    (Theme, Document): "document_id",
    (Theme, Consultation): "consultation_id",
    (Commitment, Process): "process_id",
    (Commitment, Consultation): "consultation_id",
    (Commitment, Document): "document_id",
    (AccreditationTrack, Process): "process_id",
    (Campaign, Process): "process_id",
    (Call, Process): "process_id",
    (Call, Consultation): "consultation_id",
    (Call, Document): "document_id",
    (Practice, Organization): "organization_id",
}


def read(raw):
    """Read a raw record of any kind into an Entry, or refuse it."""
    return form.entry(raw, READERS, EXPECTED)


def _process(facts, made):
    made.columns |= {"place": facts.line("place", 200), "mode": facts.line("mode", 100)}


def _phase(facts, made):
    form.deadline(facts, made)
    made.columns["place"] = facts.line("place", 200)
    made.region = facts.read("region", values.line, "")


def _event(facts, made):
    kind, word = facts.choice("event_type", words.EVENTS, Consultation.Kind) or (Consultation.Kind.OTHER, "")
    made.columns |= {"kind": kind.value, "kind_word": word}
    _sitting(facts, made)


def _roundtable(facts, made):
    made.columns |= {"kind": Consultation.Kind.ROUNDTABLE.value, "kind_word": ""}
    _sitting(facts, made)


def _sitting(facts, made):
    mode, word = _mode(facts)
    made.region = facts.read("region", values.line, "")
    made.columns |= {
        "mode": mode.value,
        "mode_word": word,
        "place": facts.line("place", 200),
        "interpretation": facts.lines("languages", values.language),
        "round_number": facts.read("round", values.number),
        "rounds_count": facts.read("rounds", values.number),
        "people": _people(facts),
    }
    due = form.deadline(facts, made, is_day_column=False)
    if due:
        made.columns["closes_at"] = due[0]


def _mode(facts):
    value = facts.take("mode")
    text = values.word(value) or ""
    for beginning, mode in words.MODES.items():
        if text == beginning or text.startswith((f"{beginning} ", f"{beginning},")):
            return mode, "" if text == beginning else values.line(value, 100)
    if value not in (None, ""):
        facts.keep("mode", value)
    return Consultation.Mode.UNKNOWN, (values.line(value, 100) or "") if text else ""


def _people(facts):
    found = {}
    for word in words.PEOPLE:
        if word in facts.left:
            found.setdefault(words.PEOPLE[word], []).extend(facts.lines(word))
    return {role: names for role, names in found.items() if names}


def _document(facts, made):
    kind, word = facts.choice("doc_type", words.DOCUMENTS, Document.Kind) or (Document.Kind.OTHER, "")
    made.columns |= {
        "kind": kind.value,
        "kind_word": word,
        "symbol": facts.line("symbol", 60),
        "pages": facts.read("pages", lambda value: values.number(value, 100_000)),
        "document_languages": sorted(facts.lines("languages", values.language)),
        "has_endorsers": facts.read("has_endorser_list", _truth, False),
        "is_outcome": kind == Document.Kind.OUTCOME,
    }
    made.principles, made.regions = facts.lines("principles"), facts.lines("regions")


def _truth(value):
    return value if isinstance(value, bool) else None


def _theme(facts, made):
    made.columns |= {
        "number": facts.read("theme_number", values.number),
        "evidence": facts.line("evidence", 40),
    }


def _commitment(facts, made):
    kind, word = facts.choice("commitment_type", words.COMMITMENTS, Commitment.Kind) or (
        Commitment.Kind.OTHER,
        "",
    )
    made_by = facts.line("made_by", 200) or facts.line("by", 200) or _words(facts.left.get("organisation"))
    made.columns |= {"kind": kind.value, "kind_word": word, "made_by": made_by}
    made.principles = facts.lines("principles")
    made.updates = _updates(facts)


def _words(value):
    """Plain words that stand where an id may."""
    text = values.line(value, 200)
    return text if text and not values.looks_like_an_id(text) else ""


def _updates(facts):
    """Dated updates: a list of them, or only the day of the last one."""
    found, rest = {}, []
    value = facts.take("updates")
    for item in value if isinstance(value, list) else []:
        update = _update(item)
        if update:
            found.setdefault((update["on"], update["what"]), update)
        else:
            rest.append(item)
    if rest or (value is not None and not isinstance(value, list)):
        facts.keep("updates", rest or value)
    last = facts.take("last_update")
    day = form.possible("last_update", values.day, last)
    if last not in (None, "") and (day is None or day.precision != "day"):
        facts.keep("last_update", last, "not a day; kept as a source note")
    elif day and not any(update["on"] == day.written for update in found.values()):
        found[day.written, ""] = {"on": day.written, "what": "", "evidence_url": ""}
    return list(found.values())


def _update(item):
    if not isinstance(item, dict):
        return None
    day = form.possible("updates", values.day, item.get("date") or item.get("on"))
    if day is None or day.precision != "day":
        return None
    return {
        "on": day.written,
        "what": values.passage(item.get("text") or item.get("what") or item.get("summary")) or "",
        "evidence_url": values.address(item.get("source") or item.get("evidence")) or "",
    }


def _working_group(facts, made):
    """A working group has no facts of its own beside what every record has."""


def _accreditation_track(facts, made):
    form.deadline(facts, made)
    made.columns |= {
        "requires": facts.lines("requires", lambda value: values.line(value, 200)),
        "needs_status": facts.read("consultative_status", values.yes_or_no, ""),
        "needs_earlier": facts.read("accredited_earlier", values.yes_or_no, ""),
        "constituencies": facts.lines("constituencies", values.one_of(Organization.Constituency)),
        "leads_to": facts.lines("leads_to", values.one_of(AccreditationTrack.Purpose)),
    }


def _campaign(facts, made):
    made.columns["hashtag"] = facts.line("hashtag", 60)


def _call(facts, made):
    kind, word = facts.choice("call_type", words.CALLS, Call.Kind) or (Call.Kind.OTHER, "")
    made.columns |= {
        "kind": kind.value,
        "kind_word": word,
        "answer_languages": facts.lines("languages", values.language),
    }
    due = form.deadline(facts, made, is_day_column=False)
    if due:
        moment, day = due
        made.columns["closes_at"] = moment
        if "ends_on" not in made.columns and day >= made.columns.get("begins_on", day):
            made.columns |= {"ends_on": day, "ends_precision": "day"}


def _organisation(facts, made):
    sort, word = facts.choice("org_type", words.ORGANIZATIONS, Organization.Sort) or (
        Organization.Sort.OTHER,
        "",
    )
    _keep_dates(facts, made)
    made.country = facts.read("country", values.line, "")
    made.columns = {name: made.columns[name] for name in ("source_url", "also", "other_summaries")} | {
        "other_names": made.columns["other_titles"],
        "sort": sort.value,
        "sort_word": word,
        "constituency": _constituency(facts, sort, word).value,
        "is_migrant_led": sort == Organization.Sort.MIGRANT_LED,
        "spoken": facts.lines("languages", values.language),
        "relation": facts.read("relation", values.passage, ""),
        "acronym": facts.line("acronym", 30),
        "website": _website(facts),
    }


def _keep_dates(facts, made):
    """An organization has no dates of its own: what a file gives as such stays as a note."""
    for name, column in (("start", "begins_on"), ("end", "ends_on")):
        if column in made.columns:
            facts.keep(name, made.columns[column].isoformat())
    if made.columns["date_note"]:
        facts.keep("date_note", made.columns["date_note"])
    if made.moved:
        facts.keep("previous_dates", made.moved)
        made.moved = []


def _constituency(facts, sort, word):
    """Whose an organization is: what it says, else what its kind tells, else not known."""
    of = Organization.Constituency
    said = facts.choice("constituency", words.CONSTITUENCIES, of)
    if said:
        return said[0]
    if sort == Organization.Sort.OTHER:
        return words.CONSTITUENCIES.get(values.word(word), of.OTHER)
    return of.CIVIL_SOCIETY


def _website(facts):
    found = facts.read("website", values.address, "")
    return found if len(found) <= 200 else ""


def _practice(facts, made):
    usual = Practice.Kind.PRACTICE
    kind, _word = facts.choice("practice_type", words.PRACTICES, Practice.Kind, other=usual) or (usual, "")
    made.columns["kind"] = kind.value
    names = facts.left.get("organisation", facts.left.get("organization"))
    made.columns["organization_words"] = _words(names)


READERS = {
    "process": _process,
    "phase": _phase,
    "event": _event,
    "roundtable": _roundtable,
    "document": _document,
    "theme": _theme,
    "commitment": _commitment,
    "working_group": _working_group,
    "accreditation_track": _accreditation_track,
    "campaign": _campaign,
    "call_for_input": _call,
    "organisation": _organisation,
    "practice": _practice,
}
