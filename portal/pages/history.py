"""The log as people read it: who did what to what, when; narrowed by the address, and as a file."""

from dataclasses import dataclass
from datetime import datetime

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.db.models import Exists, OuterRef
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.text import capfirst
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from portal import proofs, sheets, workbooks
from portal.forms.log import LogFilters
from portal.models import Actor, Belongs, LogEntry, Merger, Organization, Role, Translated, User
from portal.operations import log
from portal.pages import acts
from portal.permissions import can_coordinate, require

PER_PAGE = 50
MOST_IN_FILE = 20_000


@dataclass(frozen=True)
class Told:
    """An entry in words: the sentence with its names marked, and the same as plain text."""

    at: datetime
    who: str
    sentence: str
    plain: str
    kind: str


@require_safe
def page(request):
    """The newest entries, or those before one that the address names."""
    require(can_coordinate(request.user))
    filters, rows = narrowed(request)
    log.record("log read", request.user, by=request.user)
    shown = window(request, rows, of_one="person" in filters.chosen)
    return render(request, "portal/log.html", {"filters": filters, "history": shown})


@require_safe
def of_thing(request, name, key):
    """What was done with one thing and what belongs to it, for whoever coordinates it."""
    model = next((model for model in _models_with_keys() if model._meta.model_name == name), None)
    if model is None:
        raise Http404
    thing = get_object_or_404(model.objects.visible_to(request.reader), key=key)
    require(can_coordinate(request.user, thing))
    what, address = _named(thing)
    context = {"what": what, "address": address, "history": of(request, thing)}
    return render(request, "portal/thing_log.html", context)


def of(request, thing):
    """The window on its part of the log that components/log.html shows."""
    rows = LogEntry.objects.visible_to(request.reader, thing)
    return window(request, rows.order_by("-at", "-pk"), of_one=True)


def window(request, rows, *, of_one):
    """The newest of these entries in words, or those before the one that the address names, and where to go on."""
    before = _before(request)
    found = list((rows.filter(pk__lt=before) if before else rows)[: PER_PAGE + 1])
    return {
        "rows": told(found[:PER_PAGE], request.reader, of_one=of_one),
        "earlier": found[PER_PAGE - 1].pk if len(found) > PER_PAGE else None,
        "is_later": before is not None,
    }


def _before(request):
    before = request.GET.get("before", "")
    return int(before) if before.isascii() and before.isdecimal() and len(before) < 16 else None


def _models_with_keys():
    """The models whose things can be coordinated and stand in addresses by their key."""
    return [
        model
        for model in apps.get_models()
        if issubclass(model, Belongs) and hasattr(model, "key") and hasattr(model.objects, "visible_to")
    ]


@require_safe
def sheet(request):
    """The entries that the address lets through, for a spreadsheet."""
    return sheets.answer("log.csv", *lines(request))


@require_safe
def workbook(request):
    """The same as a workbook."""
    return workbooks.answer("log.xlsx", *lines(request))


def lines(request):
    """(columns, rows) of what is taken away: asked for with a fresh proof, and itself an entry."""
    require(can_coordinate(request.user))
    proofs.require(request, back_to=reverse("log"))
    log.record("log exported", request.user, by=request.user)
    filters, rows = narrowed(request)
    columns = (_("When"), _("Who"), _("What happened"), _("Kind of thing"))
    found = told(list(rows[:MOST_IN_FILE]), request.reader, of_one="person" in filters.chosen)
    return columns, [(row.at.isoformat(timespec="seconds"), row.who, row.plain, row.kind) for row in found]


def narrowed(request):
    """The filters, and the entries that they let through, the newest first."""
    rows = LogEntry.objects.visible_to(request.reader)
    works = Role.objects.visible_to(request.reader).filter(user=OuterRef("user"))
    filters = LogFilters(
        request.GET,
        actors=Actor.objects.filter(Exists(works)).select_related("user"),
        acts=sorted(
            ((act, said % {"who": "…", "what": "…"}) for act, said in acts.SENTENCES.items()),
            key=lambda row: row[1],
        ),
        kinds=ContentType.objects.filter(pk__in=rows.order_by().values("content_type").distinct()),
    )
    wanted = dict(filters.chosen)
    if "act" in wanted:
        wanted["act"] = acts.pattern(wanted["act"])
    return filters, rows.matching(**wanted).order_by("-at", "-pk")


def told(entries, reader, *, of_one=False):
    """Entries in words, in a number of queries that grows only with the kinds of things among them.

    Of what the reader may not see, an endorsement that keeps its name to itself or an input that was not sent, neither
    the thing is named nor who did it; among the entries `of_one` person or thing it is left out.
    """
    actors = Actor.objects.filter(key__in={row.actor_key for row in entries}).select_related("user")
    names = {actor.key: actor.user.name or actor.user.email for actor in actors if actor.user}
    things, hidden = _things(entries, reader)
    rows = []
    for entry in entries:
        thing = (entry.content_type_id, entry.object_id)
        if thing in hidden and of_one:
            continue
        if thing in hidden:
            who, what, address = _("Somebody"), _("something that is not shown to you"), ""
        else:
            who = names.get(entry.actor_key) or (
                _("A person whose account was erased") if entry.actor_key else _("The portal itself")
            )
            what, address = _named(things.get(thing))
        said = str(acts.sentence(entry.act))
        places = said % {"who": "{who}", "what": "{what}"}
        marked = format_html(
            '<a href="{}"><bdi>{}</bdi></a>' if address else "{}<bdi>{}</bdi>", address, what
        )
        sentence = format_html(places, who=format_html("<bdi>{}</bdi>", who), what=marked)
        rows.append(
            Told(entry.at, who, sentence, said % {"who": who, "what": what}, _kind_of(entry.content_type_id))
        )
    return rows


def places(things, reader):
    """What some things are called, of which kind they are and where they stand: [(kind, name, address)].

    Of what the reader may not see, only that there is something.
    """
    found = []
    for thing in things:
        seen = type(thing)._default_manager
        if hasattr(seen, "visible_to") and not seen.visible_to(reader).filter(pk=thing.pk).exists():
            found.append(("", _("something that is not shown to you"), ""))
        else:
            found.append((_kind_of(ContentType.objects.get_for_model(thing).pk), *_named(thing)))
    return found


def _things(entries, reader):
    """The things of these entries, each with what stands above it, a query or two for each kind: {(kind, id): thing}.

    And, as a set of the same keys, those that are there but not for this reader.
    """
    wanted = {}
    for entry in entries:
        wanted.setdefault(entry.content_type_id, set()).add(entry.object_id)
    found, hidden = {}, set()
    for kind, ids in wanted.items():
        model = ContentType.objects.get_for_id(kind).model_class()
        if model is None:
            continue
        rows = model._base_manager.filter(pk__in=ids).select_related(*_ways_up(model))
        there = {row.pk: row for row in rows}
        if hasattr(model._default_manager, "visible_to"):
            seen = model._default_manager.visible_to(reader).filter(pk__in=there)
            hidden |= {(kind, pk) for pk in there.keys() - set(seen.values_list("pk", flat=True))}
        if model is Organization:
            merged = Merger._base_manager.filter(former_id__in=ids - there.keys())
            there |= {row.former_id: row.organization for row in merged.select_related("organization")}
        found |= {(kind, pk): row for pk, row in there.items()}
    return found, hidden


def _ways_up(model):
    """The paths from a thing without texts of its own to the things above it that have some."""
    if issubclass(model, Translated):
        return []
    ways = []
    for name in getattr(model, "ABOVE", ()):
        above = model._meta.get_field(name).related_model
        ways += [name, *(f"{name}__{further}" for further in _ways_up(above))]
    return ways


def _named(thing):
    """(what a thing is called, its address): by its own name, else by what it belongs to; of people, the person."""
    if isinstance(thing, User):
        return thing.name or thing.email, ""
    while thing is not None and not isinstance(thing, Translated):
        above = (getattr(thing, name) for name in getattr(thing, "ABOVE", ()))
        thing = next((found for found in above if found is not None), None)
    if thing is None:
        return _("something without a name of its own"), ""
    name = thing.text("title" if hasattr(thing, "title") else "name", get_language()).text
    address = thing.get_absolute_url() if hasattr(thing, "key") and hasattr(thing, "get_absolute_url") else ""
    return name or _("Title not known"), address


def _kind_of(content_type_id):
    model = ContentType.objects.get_for_id(content_type_id).model_class()
    return str(capfirst(model._meta.verbose_name)) if model else ""
