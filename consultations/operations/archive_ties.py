"""What ties a row of an archive to other rows: references, earlier dates, updates, origins, links."""

from django.contrib.contenttypes.models import ContentType

from consultations.models import Commitment, Consultation
from portal.models import SourceLink
from portal.operations import sources
from resources.models import Document


def settle(entry, thing, shelf):
    """Bring the references and items of a row in step with its entry; whether anything changed."""
    given = thing.archive_values
    wanted = {column: shelf[target].pk for column, target in entry.columns_by_id.items()}
    _derive_process(thing, wanted, shelf, entry)
    tied = dict.fromkeys(given.get("ties", {})) | wanted
    change, kept = sources.merge(given.get("ties", {}), {name: getattr(thing, name) for name in tied}, tied)
    entry.remarks += [(name.removesuffix("_id"), "kept as people changed it") for name in kept]
    items = _items(entry, shelf)
    old = given.get("items", {})
    is_changed = [
        _sync(thing, name, items[name], old.get(name, [])) for name in items if items[name] or old.get(name)
    ]
    memory = given | {
        "ties": tied,
        "items": {name: [list(key) for key in found] for name, found in items.items() if found},
    }
    if change or memory != given:
        thing.archive_values = memory
        for name, value in change.items():
            setattr(thing, name, value)
        type(thing).objects.filter(pk=thing.pk).update(**change, archive_values=memory)
    return bool(change) or any(is_changed)


def _derive_process(thing, wanted, shelf, entry):
    """A part of an event, and an event of a phase, belong to the process of the whole."""
    if not isinstance(thing, Consultation) or "process_id" in wanted:
        return
    for column in ("part_of_id", "phase_id"):
        target = entry.columns_by_id.get(column)
        if target and shelf[target].process_id:
            wanted["process_id"] = shelf[target].process_id
            return


def _items(entry, shelf):
    """{sort of item: {what tells it apart: its fields}}."""
    return {
        "moved": {(item["was_start"], item["was_end"]): item for item in entry.moved},
        "updates": {(item["on"], item["what"]): item for item in entry.updates},
        "origins": {(shelf[target].pk,): {"consultation_id": shelf[target].pk} for target in entry.origins},
        "links": {
            (word, _type(shelf[target]).pk, shelf[target].pk): {
                "word": word,
                "named_type": _type(shelf[target]),
                "named_id": shelf[target].pk,
            }
            for word, target in entry.links
        },
    }


def _type(thing):
    return ContentType.objects.get_for_model(thing)


def _sync(thing, name, new, given):
    """Add the items that are new, take out those that a newer file no longer gives; people's own stay."""
    rows, keys, fixed = _rows(thing, name)
    if rows is None:
        return False
    standing = {tuple(str(part) for part in key): pk for pk, *key in rows.values_list("pk", *keys)}
    wanted = {tuple(str(part) for part in key): fields for key, fields in new.items()}
    before = {tuple(str(part) for part in key) for key in given}
    gone = [standing[key] for key in before - wanted.keys() if key in standing]
    due = [fields for key, fields in wanted.items() if key not in before and key not in standing]
    if gone:
        rows.filter(pk__in=gone).delete()
    rows.model.objects.bulk_create(rows.model(**fixed, **fields) for fields in due)
    return bool(gone or due)


def _rows(thing, name):
    """The rows of a sort of item, the fields that tell them apart, and what all of them share."""
    here = {"content_type": _type(thing), "object_id": thing.pk}
    if name == "moved":
        return thing.moved_dates.filter(field="dates"), ("was_start", "was_end"), here | {"field": "dates"}
    if name == "links":
        return SourceLink.objects.filter(**here), ("word", "named_type_id", "named_id"), here
    if name == "updates" and isinstance(thing, Commitment):
        return thing.updates.all(), ("on", "what"), {"commitment": thing}
    if name == "origins" and isinstance(thing, Document):
        return thing.origins.all(), ("consultation_id",), {"document": thing}
    return None, (), {}
