"""What the sources say belongs together, on the pages of both: the named thing, and the thing that names it."""

from dataclasses import dataclass
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Q

from portal.models import Organization, SourceLink
from portal.panels import Panel

MOST = 50


@dataclass(frozen=True)
class Link:
    """Another thing, what it is, and whether it is an organization, whose name stands where others have a title."""

    thing: Any
    kind: str
    is_organization: bool


def panel(thing, reader, language):
    """The panel of what is linked to a thing and may be seen by this reader; none where nothing is."""
    found = _links(thing, reader)
    return [Panel("consultations/_links_panel.html", {"links": found})] if found else []


def _links(thing, reader):
    here = ContentType.objects.get_for_model(thing)
    rows = SourceLink.objects.filter(
        Q(content_type=here, object_id=thing.pk) | Q(named_type=here, named_id=thing.pk)
    )
    keys = {}
    for row in rows.order_by("pk")[:MOST]:
        named = (row.named_type_id, row.named_id)
        other = (row.content_type_id, row.object_id) if named == (here.pk, thing.pk) else named
        keys.setdefault(other[0], []).append(other[1])
    return [link for type_id, wanted in keys.items() for link in _seen(type_id, wanted, reader)]


def _seen(type_id, wanted, reader):
    model = ContentType.objects.get_for_id(type_id).model_class()
    seen = model.objects.visible_to(reader).filter(pk__in=wanted)
    if model is not Organization:
        seen = seen.published()
    kind = model._meta.verbose_name
    return [Link(row, kind, model is Organization) for row in seen.order_by("pk")]
