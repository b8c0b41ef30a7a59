"""Rows whose facts and texts come from files, beside people who change them.

What a file gave last is remembered with the row, in `archive_values`: facts (columns, objectives, principles, countries, regions),
and texts by column with the names of those that the source itself worded. A newer file then changes what people
left as it was, and leaves what they changed.
"""

from datetime import date, datetime

from portal.models import Country, Objective, Principle, Record, Region
from portal.operations import texts

NOTHING = (None, "", 0, False, [], {})
SETS = {
    "objectives": (Objective, "number"),
    "principles": (Principle, "slug"),
    "countries": (Country, "iso2"),
    "regions": (Region, "code"),
}

OURS = "ours, not official"
THEIRS = "from the source"
MIXED = "title from the source; summary ours, not official"


def merge(given, current, new):
    """Compare what a file gave before, what stands now and what it gives now: (what to set, what people keep)."""
    due = {name: value for name, value in new.items() if current[name] != value}
    kept = [name for name in due if not _is_free(given, current, name)]
    return {name: value for name, value in due.items() if name not in kept}, kept


def _is_free(given, current, name):
    """Whether nobody has touched a value since the file gave it, or nobody has given it any."""
    if name in given:
        return current[name] == given[name]
    return current[name] in NOTHING


def make(thing, facts, words, own=()):
    """Fill and save a new row with its facts and its texts, {column: text}; `own` are worded by the source itself."""
    _set_columns(thing, facts)
    thing.archive_values = {"facts": facts, "texts": words, "own": sorted(own)}
    for name, text in words.items():
        setattr(thing, name, text)
    if isinstance(thing, Record) and thing.status in thing.SHOWN and thing.access != thing.Access.INVITED:
        thing.make_slug()
    _save_texts(thing, words, words, own)
    _set_sets(thing, facts, {})
    return thing


def mend(thing, facts, words, own=()):
    """Bring a row in step with what the file gives now: (what was set, what people keep)."""
    given = thing.archive_values
    facts = {name: _default(thing, name) for name in given["facts"]} | facts
    change, kept = merge(given["facts"], {name: current(thing, name) for name in facts}, facts)
    dropped = {name: None for name in given["own"] if name not in words}
    said = dropped | words
    standing = {name: getattr(thing, name) or None for name in said}
    change_of_words, kept_words = merge(given["texts"], standing, said)
    memory = given | {"facts": facts, "texts": given["texts"] | said, "own": sorted(own)}
    if change or change_of_words:
        thing.archive_values = memory
        _set_columns(thing, change)
        _save_texts(thing, change_of_words, memory["texts"], own)
        _set_sets(thing, change, given["facts"])
    elif memory != given:
        type(thing).objects.filter(pk=thing.pk).update(archive_values=memory)
    return change | change_of_words, [*kept, *kept_words]


def plain(value):
    """A value as the database's JSON keeps it."""
    return value.isoformat() if isinstance(value, datetime | date) else value


def current(thing, name):
    """What stands in a row under the name of a fact."""
    if name in SETS:
        return sorted(getattr(row, SETS[name][1]) for row in getattr(thing, name).all())
    return plain(getattr(thing, name))


def _default(thing, name):
    """What a column holds where the file no longer says anything."""
    return [] if name in SETS else plain(thing._meta.get_field(name).get_default())


def _set_columns(thing, facts):
    for name, value in facts.items():
        if name not in SETS:
            field = thing._meta.get_field(name)
            setattr(thing, name, value if field.is_relation else field.to_python(value))


def _set_sets(thing, facts, given):
    for name, (model, column) in SETS.items():
        if facts.get(name) or (name in facts and given.get(name)):
            getattr(thing, name).set(model.objects.filter(**{f"{column}__in": facts[name]}))


def _save_texts(thing, changed, words, own):
    """Save a row with its texts: the original first, then each translation as approved, with where it is from."""
    by_language, notes = {}, {}
    for name, text in changed.items():
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
