"""What is kept for a time goes when the time is over: every limit of the data map, by the beat and by a command (D18)."""

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module

from django.apps import apps

from portal.apps import HOUSE

MOST = 20_000  # rows of a table in one go, so that no lock lasts


@dataclass(frozen=True)
class Limit:
    """The rows of one model that are past their time now, and what forgets some of them: deletes, where nothing is said."""

    model: type
    past: Callable
    forget: Callable | None = None

    def sweep(self):
        if self.forget:
            self.forget()
        else:
            delete_some(self.past())


def limits():
    """The limits of every app, as each says in `operations/upkeep.py`."""
    found = (f"{config.name}.operations.upkeep" for config in apps.get_app_configs() if config.name in HOUSE)
    return [limit for name in sorted(found) for limit in _limits_of(name)]


def carry_out(limit):
    """Forget all that is past one limit, in as many goes as it takes; return how many rows it was."""
    past = left = limit.past().count()
    while left:
        limit.sweep()
        before, left = left, limit.past().count()
        if left >= before:
            break
    return past - left


def delete_some(rows):
    """Delete the first of these rows, as many as go at once."""
    rows.model._base_manager.filter(pk__in=list(rows.values_list("pk", flat=True)[:MOST])).delete()


def _limits_of(name):
    try:
        return import_module(name).LIMITS
    except ModuleNotFoundError as missing:
        if missing.name != name:
            raise
        return []
