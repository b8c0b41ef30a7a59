"""Rows that come from an archive: made, brought in step with a newer file, left where people changed them.

`archive_values` of a row holds what the archive gave last: facts (columns, objectives, principles), texts with
the names of those that the record itself carried, references, and items (earlier dates, updates, links).
"""

from datetime import date, datetime

from consultations.models import Consultation
from consultations.operations import archive_values as values
from portal import languages
from portal.models import Country, Objective, Organization, Principle, Record, Region
from portal.operations import sources, texts

OURS = "ours, not official"
THEIRS = "from the source"
MIXED = "title from the source; summary ours, not official"
SETS = ("objectives", "principles")


class Compact:
    """The facts of the Compact by what archives call them."""

    def __init__(self):
        self.objectives = {row.number: row for row in Objective.objects.all()}
        self.principles = {row.slug: row for row in Principle.objects.all()}
        self.regions = _by_names(Region.objects.all(), "title", "code")
        self.countries = _by_names(Country.objects.prefetch_related("regions"), "name", "iso2", "iso3")

    def place(self, entry):
        """Put the region and the country of an entry beside its columns; what is not known stays words."""
        for name, said, known in (
            ("region", entry.region, self.regions),
            ("country", entry.country, self.countries),
        ):
            row = known.get(said.casefold())
            if row:
                entry.columns[f"{name}_id"] = row.pk
            elif said:
                entry.notes[name] = said
                entry.remarks.append(
                    (name, f"“{values.shorten(said, 60)}” is not known; kept as a source note")
                )
        unknown = [slug for slug in entry.principles if slug not in self.principles]
        if unknown:
            entry.notes["principles"] = unknown
            entry.remarks.append(("principles", "not all known; kept as a source note"))
            entry.principles = [slug for slug in entry.principles if slug in self.principles]


def _by_names(rows, field, *codes):
    found = {}
    for row in rows:
        for name in (*codes, *(f"{field}_{code}" for code in languages.CODES)):
            if getattr(row, name):
                found.setdefault(getattr(row, name).casefold(), row)
    return found


def stated(entry, model, translations):
    """({column: text}, the columns that the record itself carries); its own title wins over ours."""
    own, ours = {}, {}
    for code, found in entry.texts.items():
        own |= {column(model, name, code): text for name, text in found.items()}
    for code, records in translations.items():
        ours |= {column(model, name, code): text for name, text in records.get(entry.id, {}).items()}
    most = Organization._meta.get_field("name").max_length if model is Organization else None
    both = {
        name: values.shorten(text, most) if name.startswith("name_") else text
        for name, text in (ours | own).items()
    }
    return both, sorted(own)


def column(model, name, code):
    """The column of a title or summary in a language: an organization's title is its name."""
    return f"{'name' if name == 'title' and model is Organization else name}_{code}"


def make(entry, model, words, own, compact, today):
    """Make the row of a new entry, all but what refers to other rows."""
    thing = model(
        archive_id=entry.id, original_language=entry.original_language, status=status(entry, model, today)
    )
    facts = _facts(entry, model)
    _set_columns(thing, facts)
    thing.archive_values = {"facts": facts, "texts": words, "own": own}
    for name, text in words.items():
        setattr(thing, name, text)
    if isinstance(thing, Record):
        thing.make_slug()
    _save_texts(thing, words, words, own)
    _set_sets(thing, facts, compact)
    if facts.get("country_id"):
        thing.regions.set(thing.country.regions.all())
    return thing


def mend(entry, thing, words, own, compact, today):
    """Bring a row in step with what the archive gives now, but for what people changed; whether it changed."""
    given = thing.archive_values
    facts = {name: _default(thing, name) for name in given["facts"]} | _facts(entry, type(thing))
    change, kept = sources.merge(given["facts"], {name: _current(thing, name) for name in facts}, facts)
    dropped = {name: None for name in given["own"] if name not in words}
    change_of_words, kept_words = sources.merge(
        given["texts"], {name: getattr(thing, name) or None for name in words | dropped}, dropped | words
    )
    entry.remarks += [(name, "kept as people changed it") for name in (*kept, *kept_words)]
    memory = given | {"facts": facts, "texts": given["texts"] | dropped | words, "own": own}
    moves = thing.status == "announced" and status(entry, type(thing), today) == "archived"
    if not (change or change_of_words or moves):
        if memory != given:
            type(thing).objects.filter(pk=thing.pk).update(archive_values=memory)
        return False
    _announce_move(thing, given["facts"], change)
    if moves:
        thing.status = "archived"
    thing.archive_values = memory
    _set_columns(thing, change)
    _save_texts(thing, change_of_words, memory["texts"], own)
    _set_sets(thing, change, compact)
    return True


def translate(thing, words):
    """Bring the translations of a row in step with a file of texts that comes without its record."""
    given = thing.archive_values
    words = {name: text for name, text in words.items() if name not in given["own"]}
    change, kept = sources.merge(
        given["texts"], {name: getattr(thing, name) or None for name in words}, words
    )
    memory = given | {"texts": given["texts"] | words}
    if memory != given or change:
        thing.archive_values = memory
        _save_texts(thing, change, memory["texts"], given["own"])
    return bool(change), kept


def status(entry, model, today):
    """What a record of the archive is: published, known, or for an event behind us or still ahead."""
    if model is Organization:
        return Organization.Status.KNOWN.value
    if model is not Consultation:
        return model.Status.PUBLISHED.value
    last = entry.columns.get("ends_on") or entry.columns.get("begins_on")
    precision = entry.columns.get("ends_precision") or entry.columns.get("begins_precision")
    is_ahead = last is not None and values.last_day(last, precision) >= today
    return (Consultation.Status.ANNOUNCED if is_ahead else Consultation.Status.ARCHIVED).value


def _facts(entry, model):
    """Everything that the archive says of a row, as JSON keeps it."""
    sets = {"objectives": entry.objectives, "principles": entry.principles}
    facts = {name: value for name, value in sets.items() if hasattr(model, name)}
    columns = entry.columns | {"source_notes": entry.notes}
    return facts | {name: _plain(value) for name, value in columns.items() if hasattr(model, name)}


def _plain(value):
    return value.isoformat() if isinstance(value, datetime | date) else value


def _current(thing, name):
    if name == "objectives":
        return sorted(row.number for row in thing.objectives.all())
    if name == "principles":
        return sorted(row.slug for row in thing.principles.all())
    return _plain(getattr(thing, name))


def _default(thing, name):
    """What a column holds where the archive no longer says anything."""
    return [] if name in SETS else _plain(thing._meta.get_field(name).get_default())


def _set_columns(thing, facts):
    for name, value in facts.items():
        if name not in SETS:
            field = thing._meta.get_field(name)
            setattr(thing, name, value if field.is_relation else field.to_python(value))


def _set_sets(thing, facts, compact):
    rows = {"objectives": compact.objectives, "principles": compact.principles}
    for name in SETS:
        if name in facts and (facts[name] or name in thing.archive_values["facts"]):
            getattr(thing, name).set([rows[name][key] for key in facts[name]])


def _save_texts(thing, changed, words, own):
    """Save a row with its texts: the original first, then each translation as approved, with where it is from."""
    by_language, notes = {}, {}
    for name, text in changed.items():
        if getattr(thing, name) != text or thing.pk is None:
            field, _underscore, code = name.rpartition("_")
            by_language.setdefault(code, {})[field] = text
    original = by_language.pop(thing.original_language, {})
    for code, found in by_language.items():
        notes.setdefault(_note(code, words, own), {})[code] = found
    # The texts of a new row already stand in it: saving its translations saves them all.
    if not notes or (original and thing.pk):
        texts.save_texts(thing, {thing.original_language: original})
    for note, found in notes.items():
        texts.save_texts(thing, found, approve=True, note=note)


def _note(code, words, own):
    """Whose words the texts of a language are."""
    said = {name in own for name, text in words.items() if text and name.endswith(f"_{code}")}
    return MIXED if len(said) > 1 else THEIRS if said == {True} else OURS


def _announce_move(thing, given, change):
    """Keep the dates that a newer file moves, unless it only says them more exactly."""
    before = _written(given)
    after = _written(given | change)
    if before[0] and before != after and not after[0].startswith(before[0]):
        thing.moved_dates.get_or_create(
            field="dates",
            was_start=before[0],
            was_end=before[1],
            defaults={"source_url": given["source_url"]},
        )


def _written(facts):
    return tuple(
        (facts.get(f"{name}_on") or "")[: {"year": 4, "month": 7}.get(facts.get(f"{name}_precision"), 10)]
        for name in ("begins", "ends")
    )
