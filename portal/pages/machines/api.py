"""The read-only JSON interface of everything public, made of the lists in shelves.py.

A page goes on after the key of its last thing: an index leads there, so that the thousandth page costs what the
first costs, keys tell of no order or number, and nothing is told twice because something was published meanwhile.
"""

from datetime import UTC, datetime
from urllib.parse import urlencode
from uuid import UUID

from django.conf import settings
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import path, reverse, reverse_lazy
from django.utils.text import format_lazy
from ninja import NinjaAPI, Path, Query, Schema
from ninja.errors import HttpError
from pydantic import AwareDatetime, Field, create_model

from portal.pages.machines import public, things, words
from portal.pages.machines.answers import for_everybody
from portal.pages.machines.shelves import SHELVES

FIRST, LAST = datetime(1900, 1, 1, tzinfo=UTC), datetime(2200, 1, 1, tzinfo=UTC)
WORD = r"^[a-z][a-z-]{0,29}$"
LANGUAGE = r"^[a-z]{2,3}(-[A-Za-z0-9]{1,8})?$"
ASKED = {
    "objective": (int | None, {"ge": 1, "le": 23}),
    "process": (UUID | None, {}),
    "page": (UUID | None, {}),
    "kind": (str | None, {"pattern": WORD}),
    "state": (str | None, {"pattern": WORD}),
    "year": (int | None, {"ge": 1900, "le": 2200}),
    "language": (str | None, {"pattern": LANGUAGE}),
    "changed_since": (AwareDatetime | None, {"ge": FIRST, "le": LAST}),
    "after": (UUID | None, {}),
    "limit": (int, {"default": words.PER_PAGE, "ge": 1, "le": words.MOST}),
}
PAGING = ("after", "limit")
IDENTITY = {
    "key": (UUID, ...),
    "number": (int, Field(ge=1, le=23)),
    "code": (str, Field(pattern=WORD)),
    "iso2": (str, Field(pattern=r"^[A-Z]{2}$")),
}


class Problem(Schema):
    detail: str | list


ITS_PAGE = format_lazy("{}{}", settings.SITE_URL, reverse_lazy("interface"))
ERRORS = {404: Problem, 422: Problem, 429: Problem}

api = NinjaAPI(
    title=settings.SITE_NAMES["en"] or "Civil Society Portal",
    version="1",
    description=" ".join(said % words.FIGURES for _name, said in words.RULES),
    openapi_extra={
        "info": {"termsOfService": format_lazy("{}#terms", ITS_PAGE)},
        "externalDocs": {"description": "The same for people.", "url": ITS_PAGE},
        "tags": [{"name": shelf.name, "description": words.ABOUT[shelf.name]} for shelf in SHELVES],
    },
    docs_url=None,
    urls_namespace="api",
)


@api.exception_handler(Http404)
def not_there(request, _error):
    """What is hidden and what does not exist answer alike."""
    return api.create_response(request, {"detail": "There is no such thing."}, status=404)


def narrowed(shelf, asked):
    """The rows of a list that a question lets through."""
    found = {}
    for name, lookup in shelf.filters.items():
        value = getattr(asked, name)
        if value is not None:
            found[lookup] = meant(name, value)
    return shelf.rows().filter(**found)


def meant(name, value):
    """What a value means to the database: a process that is not public narrows to nothing."""
    if name == "process":
        return public.processes().filter(key=value)
    if name == "changed_since":
        return value.astimezone(UTC)  # PostgreSQL knows no zone that is 17 hours away
    return [value] if name == "language" else value


def page_of(shelf, asked):
    """A page of a list, and the address of the next one."""
    rows = narrowed(shelf, asked).order_by("key")
    if asked.after:
        rows = rows.filter(key__gt=asked.after)
    found = list(rows[: asked.limit + 1])
    items, more = found[: asked.limit], found[asked.limit :]
    return {
        "items": [shelf.tell(row) for row in items],
        "next": address_after(shelf, asked, items[-1].key) if more else None,
    }


def address_after(shelf, asked, key):
    """The address of the page after a key, with the same question."""
    said = {name: value for name, value in asked.dict(exclude_none=True).items() if name != "after"}
    said = {name: value.isoformat() if isinstance(value, datetime) else value for name, value in said.items()}
    return f"{settings.SITE_URL}{reverse(f'api:{shelf.name}')}?{urlencode(said | {'after': key})}"


def require_known(request, names):
    """Refuse what cannot be asked: a filter that is misspelt must not answer with everything."""
    if unknown := sorted(set(request.GET) - set(names)):
        raise HttpError(422, f"Not known here: {', '.join(unknown)}.")


def field_of(name):
    """What can be asked under a name: its type and bounds, with the words for it."""
    kind, bounds = ASKED[name]
    return kind, Field(**{"default": None} | bounds, description=words.MEANINGS[name])


def listing(shelf):
    """The view of a list, a page at a time."""
    asked = {name: field_of(name) for name in (*shelf.filters, *PAGING)}
    question = create_model(f"{shelf.schema.__name__}Question", __base__=Schema, **asked)

    def view(request, asked: Query[question]):
        require_known(request, question.model_fields)
        return page_of(shelf, asked)

    return view


def whole(shelf):
    """The view of a list of facts, which is short."""

    def view(request):
        require_known(request, ())
        return {"items": [shelf.tell(row) for row in shelf.rows().order_by(shelf.identity)], "next": None}

    return view


def single(shelf):
    """The view of one thing, with its long texts."""
    name = shelf.identity
    identity = create_model(f"{shelf.schema.__name__}Identity", __base__=Schema, **{name: IDENTITY[name]})

    def view(request, identity: Path[identity]):
        require_known(request, ())
        row = get_object_or_404(shelf.rows().prefetch_related(*shelf.words_of), **identity.dict())
        return shelf.tell(row) | ({"text": shelf.words(row)} if shelf.words else {})

    return view


def schema_in_full(shelf):
    """One thing as told by itself."""
    if shelf.words is None:
        return shelf.schema
    described = (things.Texts, Field(description="The long text as Markdown, in each language."))
    return create_model(f"{shelf.schema.__name__}InFull", __base__=shelf.schema, text=described)


def add(shelf):
    """The two addresses of a list: itself, and one thing of it."""
    of_page = {"items": (list[shelf.schema], ...), "next": (str | None, ...)}
    page = create_model(f"{shelf.schema.__name__}Page", __base__=Schema, **of_page)
    to_list = api.get(
        f"/{shelf.name}/",
        response={200: page} | ERRORS,
        url_name=shelf.name,
        operation_id=f"list_{shelf.name}",
        summary=f"All {shelf.name}",
        tags=[shelf.name],
    )
    to_list(listing(shelf) if shelf.is_paged else whole(shelf))
    to_read = api.get(
        f"/{shelf.name}/{{{shelf.identity}}}/",
        response={200: schema_in_full(shelf)} | ERRORS,
        url_name=shelf.one,
        operation_id=f"read_{shelf.one}",
        summary=f"One {shelf.one}",
        tags=[shelf.name],
    )
    to_read(single(shelf))


for shelf in SHELVES:
    add(shelf)


def contents(request):
    """Where each list is."""
    lists = {shelf.name: settings.SITE_URL + reverse(f"api:{shelf.name}") for shelf in SHELVES}
    description = settings.SITE_URL + reverse("api:openapi-json")
    found = {"description": description, "page": ITS_PAGE, "lists": lists}
    return api.create_response(request, found, status=200)


def wrapped(pattern):
    """The same address, open to everybody."""
    pattern.callback = for_everybody(pattern.callback, language=public.FIRST)
    return pattern


own = path("", for_everybody(contents, language=public.FIRST), name="api-root")
urlpatterns = [own, *(wrapped(pattern) for pattern in api.urls[0] if pattern.name != "api-root")]
