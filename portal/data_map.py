"""The data map: of each field whom it concerns, and until when it is kept (safety.md, D18).

Each app says it beside its models, in `kept.py`: KEPT = {model: Kept(room, fields by class)}. A field without a class,
or with two, fails the build. What people read about it, and what they are given of their own, is made from the map.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, reduce
from importlib import import_module
from operator import or_

from django.apps import apps
from django.conf import settings
from django.db.models import Q
from django.utils.functional import Promise
from django.utils.module_loading import module_has_submodule

from portal import languages

PUBLIC = "public"  # made to be shown to everybody, once it is published
ORGANIZATION = "organization"  # an organization's own, for whom it is meant
PERSONAL = "personal"  # leads to a person, or says what a person did
SENSITIVE = "sensitive"  # could harm a person: needs, what somebody lived through, who was where
SECRETS = "secrets"  # opens a door: no export holds it
CLASSES = (PUBLIC, ORGANIZATION, PERSONAL, SENSITIVE, SECRETS)
OWN = (PERSONAL, SENSITIVE)

# Every record has these (portal/models/records.py).
RECORD = """original_language languages key slug title summary other_titles other_summaries access version begins_on
begins_precision ends_on ends_precision date_note source_url also source_notes created_at changed_at"""
ARCHIVE = "archive_id archive_values"  # as an old site had it
EDITORS = "created_by changed_by"


@dataclass(frozen=True)
class Room:
    """What is kept together: what it is, what for, until when. `days` names the setting that holds a number of days."""

    what: Promise
    purpose: Promise
    until: Promise
    days: str = ""

    @property
    def end(self):
        """Until when, in words."""
        return self.until % {"days": getattr(settings, self.days)} if self.days else self.until


@dataclass(frozen=True)
class Kept:
    """The fields of a model by their class, as words in one string; the paths from a row to the person it is about.

    `about` leads to the person whose own row it is; "" where the row is that person. Whoever else is named in a row
    only acted on it.
    """

    room: Room
    public: str = ""
    organization: str = ""
    personal: str = ""
    sensitive: str = ""
    secrets: str = ""
    about: tuple = ()
    found: Callable | None = (
        None  # in its stead: the condition of being a person's own, where no path leads there
    )

    def fields(self, *classes):
        """The names of the fields of these classes."""
        return [name for each in classes for name in getattr(self, each).split()]

    def own(self, user):
        """The condition under which a row is about this person; None where no row is about anybody."""
        if self.found:
            return self.found(user)
        paths = [Q(**{path or "pk": user if path else user.pk}) for path in self.about]
        return reduce(or_, paths) if paths else None


@cache
def kept():
    """The whole map: {model: Kept}."""
    configs = reversed(list(apps.get_app_configs()))  # the kernel first
    names = [config.name for config in configs if module_has_submodule(config.module, "kept")]
    return {model: own for name in names for model, own in import_module(f"{name}.kept").KEPT.items()}


def rooms():
    """The rooms in which something of people is kept, in the order of the map."""
    return list({own.room: None for own in kept().values() if own.fields(*OWN)})


def fields_of(model):
    """The names of what a model keeps: one for all languages of a text; its running number is none."""
    names = [field.name for field in (*model._meta.concrete_fields, *model._meta.many_to_many)]
    endings = tuple(f"_{code}" for code in languages.CODES)
    bases = {name.rpartition("_")[0] for name in names if name.endswith(endings)} & {*names}
    return [
        name
        for name in names
        if name != "id" and not (name.endswith(endings) and name.rpartition("_")[0] in bases)
    ]
