"""What is held about a person, made from the data map, to take along: for programs, to read, and the files (safety.md, G28).

Of a row that is about the person everything is given but secrets and other people; of a row that the person only
acted on, that the person did.
"""

import json
from dataclasses import dataclass

from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import FileField
from django.template.loader import render_to_string
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from portal import packs
from portal.data_map import CLASSES, ORGANIZATION, OWN, PERSONAL, PUBLIC, Room, fields_of, kept
from portal.models import Recipient, StoredFile, User
from portal.templatetags.portal import language_name

# What people read of a row, in this order; the rest is for programs.
WORDS = {
    "name": _("Name"),
    "email": _("E-mail address"),
    "address": _("Address"),
    "language": _("Language"),
    "time_zone": _("Time zone"),
    "role": _("Role"),
    "kind": _("Kind"),
    "words": _("In your own words"),
    "subject": _("Subject"),
    "interpretation": _("Interpretation"),
    "needs": _("What you need to take part"),
    "other_needs": _("Other needs"),
    "website": _("Website"),
    "since": _("Since"),
    "until": _("Until"),
    "joined_at": _("Account since"),
    "created_at": _("Written on"),
    "sent_at": _("Sent on"),
    "read_at": _("Read on"),
}

KEYS = ("key", "number", "code")  # what stands in a thing's address, of which a row gives the first


@dataclass(frozen=True)
class Held:
    """The rows of one model that are about a person."""

    room: Room
    model: type
    rows: list


@dataclass(frozen=True)
class Row:
    """A row for programs, by the names of its fields; for people, the names of what it belongs to and what it says."""

    values: dict
    names: list
    said: list


def archive(reader):
    """All that is held about the reader, as a ZIP in pieces: data.json, data.html, and the files."""
    held, rooms = held_about(reader), {}
    told = {"held": [as_json(one) for one in held], "acts": acts_of(reader.user)}
    for one in held:
        rooms.setdefault(one.room, []).extend(row for row in one.rows if row.names or row.said)
    parts = [
        ("data.json", [json.dumps(told, cls=DjangoJSONEncoder, ensure_ascii=False, indent=1)]),
        ("data.html", [render_to_string("portal/my_data_file.html", {"rooms": rooms})]),
    ]
    parts += [(f"files/{file.key}/{file.name}", packs.StoredPieces(file)) for file in files_of(reader)]
    return packs.stream(parts)


def held_about(reader):
    """What each table holds about the reader, tables that hold nothing left out."""
    found = []
    for model, own in kept().items():
        condition = own.own(reader.user)
        if condition is None:
            continue
        beside = [
            name
            for name in _told_of(model, own)
            if _leads_to(model, name) and not model._meta.get_field(name).many_to_many
        ]
        rows = list(model._base_manager.filter(condition).select_related(*beside).order_by("pk"))
        if rows:
            found.append(Held(own.room, model, _told(model, own, rows, reader)))
    return found


def as_json(held):
    return {
        "table": held.model._meta.label,
        "what": str(held.room.what),
        "until": str(held.room.end),
        "rows": [row.values for row in held.rows],
    }


def acts_of(user):
    """Rows that a person wrote, changed or decided on, by table and field: their keys alone."""
    found = {}
    for model, own in kept().items():
        for name in own.fields(PERSONAL):
            if _leads_to(model, name) is User and name not in own.about:
                key = "key" if "key" in fields_of(model) else "pk"
                if keys := list(model._base_manager.filter(**{name: user}).values_list(key, flat=True)):
                    found[f"{model._meta.label}.{name}"] = keys
    return found


def files_of(reader):
    """The files that the reader sent, as far as the reader may still see what they belong to."""
    found = set()
    for model, own in kept().items():
        if not hasattr(model._default_manager, "visible_to"):
            continue
        for name in own.fields(*CLASSES):
            if _leads_to(model, name) is StoredFile:
                seen = model._default_manager.visible_to(reader).filter(
                    **{f"{name}__created_by": reader.user}
                )
                found |= set(seen.values_list(name, flat=True))
    return StoredFile.objects.filter(pk__in=found).order_by("pk")


def _told(model, own, rows, reader):
    names = _told_of(model, own)
    seen = {name: _seen(model, name, rows, reader) for name in names}
    told = []
    for row in rows:
        values = {name: _value(row, name) for name in names}
        belongs_to = [seen[name][row.pk] for name in names if row.pk in seen[name]]
        said = [(word, _in_words(row, name)) for name, word in WORDS.items() if values.get(name)]
        told.append(Row(values, belongs_to, said))
    return told


def _told_of(model, own):
    """The fields of a model that a person is told of the own rows."""
    return [name for name in own.fields(PUBLIC, ORGANIZATION, *OWN) if _is_own(model, own, name)]


def _is_own(model, own, name):
    """Whether a field says something of the person, or of what the row belongs to, and not of somebody else."""
    paths = {path.partition("__")[0] for path in own.about}
    return name in paths or _leads_to(model, name) not in {User, Recipient}


def _leads_to(model, name):
    return model._meta.get_field(name).related_model


def _value(row, name):
    """What a field says; of another thing the key in its address, as running numbers would tell how many there are."""
    field = row._meta.get_field(name)
    if field.many_to_many:
        return sorted(filter(None, map(_key_of, getattr(row, name).all())))
    if field.is_relation:
        return _key_of(getattr(row, name))
    value = getattr(row, name)
    return str(value) if isinstance(field, FileField) else value


def _key_of(thing):
    return next((str(getattr(thing, name)) for name in KEYS if hasattr(thing, name)), None)


def _in_words(row, name):
    """A value as people read it."""
    if name == "language":
        return language_name(row.language)
    if hasattr(row, f"get_{name}_display"):
        return getattr(row, f"get_{name}_display")()
    value = getattr(row, name)
    return ", ".join(map(str, value)) if isinstance(value, list) else value


def _seen(model, name, rows, reader):
    """The names of what rows belong to by this field, as far as the reader may see it today: {pk of the row: name}."""
    field, above = model._meta.get_field(name), _leads_to(model, name)
    if above is None or field.many_to_many or not hasattr(above, "text"):
        return {}
    wanted = {getattr(row, field.attname) for row in rows}
    manager = above._default_manager
    found = manager.visible_to(reader) if hasattr(manager, "visible_to") else manager.all()
    words = {}
    for thing in found.filter(pk__in=wanted):
        text = thing.text("name" if "name" in fields_of(above) else "title", get_language())
        words[thing.pk] = text
    return {row.pk: words[pk] for row in rows if (pk := getattr(row, field.attname)) in words}
