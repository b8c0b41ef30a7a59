"""Things that were told of, gathered again for one reader: for the inbox, and for a summary of a day or week."""

import re
from dataclasses import dataclass

from django.template import Context
from django.template.loader import get_template
from django.utils.translation import get_language

BREAKS = re.compile(r"[^\S\u00a0\u202f]+")


@dataclass
class Item:
    """One notice with its thing, as this reader may see it now."""

    notice: object
    kind: type
    thing: object

    @property
    def title(self):
        return self.kind.title(self.thing, get_language())

    @property
    def address(self):
        return self.kind.address(self.thing)

    @property
    def line(self):
        """The subject that its own message would bear: the act, the date, the thing."""
        language = get_language()
        if self.kind.is_neutral(self.thing):
            return subject("neutral", {"language": language})
        context = {"thing": self.thing, "language": language} | self.kind.context(self.thing, language)
        return subject(self.kind.name, context)


def of(kinds, notices, reader):
    """What this reader may still see of these notices, in their order; a query for each kind among them."""
    wanted = {}
    for notice in notices:
        if notice.kind in kinds:
            wanted.setdefault(notice.kind, set()).add(notice.object_id)
    seen = {name: _things(kinds[name], ids, reader) for name, ids in wanted.items()}
    return [
        Item(notice, kinds[notice.kind], seen[notice.kind][notice.object_id])
        for notice in notices
        if notice.object_id in seen.get(notice.kind, {})
    ]


def _things(kind, ids, reader):
    if hasattr(kind.model.objects.all(), "visible_to"):
        rows = kind.rows(reader).filter(pk__in=ids)
    else:
        rows = [row for row in kind.model._base_manager.filter(pk__in=ids) if kind.sees(reader, row)]
    return {row.pk: row for row in rows}


def subject(folder, context):
    """The line on top of a message, in one line; the no-break spaces of French stay."""
    said = get_template(f"emails/{folder}/subject.txt").template.render(Context(context, autoescape=False))
    return BREAKS.sub(" ", said).strip()
