"""What the records of an archive refer to: ids of the same file, ids of an earlier load, or plain words."""

from consultations.models import Consultation
from consultations.operations import archive_kinds as kinds
from consultations.operations import archive_values as values
from portal.models import Phase
from resources.models import Document

CHAINS = ("part_of_id", "about_id")
# Kinds that have no page of their own, with the field that says on whose page they stand.
HOMELESS = {"phase": "parent", "theme": "document"}


def resolve(entries, models):
    """Sort every reference of these entries into columns, origins and links; what leads nowhere stays as words.

    `models` is {id: model} of everything that can be referred to.
    """
    for entry in entries:
        for name, words in entry.references.items():
            for word in words:
                _resolve(entry, name, word, models)
        _find_links(entry, models)
        if entry.kind in HOMELESS and not entry.columns_by_id:
            entry.remarks.append((HOMELESS[entry.kind], "belongs to no record, so that no page shows it"))
    _break_circles(entries)


def _resolve(entry, name, word, models):
    model, target = kinds.MODELS[entry.kind], models.get(word)
    if target is None:
        if values.looks_like_an_id(word):
            entry.remarks.append((name, f"“{word}” names no record; kept as a source note"))
        _keep(entry, name, word)
    elif word == entry.id:
        entry.remarks.append((name, "the record refers to itself; kept as a source note"))
        _keep(entry, name, word)
    elif target not in {kinds.MODELS[kind] for kind in kinds.EXPECTED[name]}:
        entry.remarks.append((name, f"“{word}” is a {target._meta.verbose_name}; kept as a source note"))
        _keep(entry, name, word)
    else:
        _refer(entry, name, word, model, target)


def _keep(entry, name, word):
    kept = entry.notes.get(name)
    entry.notes[name] = (
        [*kept, word] if isinstance(kept, list) else word if kept in (None, word) else [kept, word]
    )


def _refer(entry, name, word, model, target):
    column = kinds.COLUMNS.get((model, target))
    if (model, target) == (Document, Consultation):
        entry.origins.append(word)
    elif (model, target) == (Phase, Phase):
        entry.columns_by_id.setdefault("process_id", word)
    elif column and column not in entry.columns_by_id:
        entry.columns_by_id[column] = word
    else:
        entry.links.append((name, word))


def _find_links(entry, models):
    """A fact that no table knows is a link too where it holds the id of a record."""
    for name, value in entry.notes.items():
        if name not in kinds.EXPECTED:
            for word in value if isinstance(value, list) else [value]:
                if isinstance(word, str) and word in models and word != entry.id:
                    entry.links.append((name[:60], word))


def _break_circles(entries):
    """Leave out the reference that would make a thing a part of itself by way of others."""
    by_id = {entry.id: entry for entry in entries}
    for column in CHAINS:
        for entry in entries:
            seen, here = {entry.id}, entry
            while here is not None and (above := here.columns_by_id.get(column)) is not None:
                if above in seen:
                    del here.columns_by_id[column]
                    here.remarks.append(
                        (column.removesuffix("_id"), f"“{above}” is itself a part of this; left out")
                    )
                    break
                seen.add(above)
                here = by_id.get(above)


def wholes_first(entries):
    """The entries in an order in which whatever others are a part of comes before them."""
    by_id = {entry.id: entry for entry in entries}

    def depth(entry):
        above = [entry.columns_by_id.get(column) for column in ("part_of_id", "phase_id")]
        return 1 + max((depth(by_id[key]) for key in above if key in by_id), default=0)

    return sorted(entries, key=depth)
