"""The page that tells people what programs can read here, made of the description that programs get (api.py)."""

from dataclasses import dataclass, field
from functools import cache
from urllib.parse import urlencode

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext, gettext_noop
from django.views.decorators.http import require_safe

from portal.pages.machines import api, words

# What one may want to know, the list that knows it, and what it is asked.
EXAMPLES = (
    (gettext_noop("Documents on objective 7 that can be read in French"), "documents", {"objective": 7, "language": "fr"}),
    (gettext_noop("Consultations whose registration is open"), "consultations", {"state": "open"}),
    (gettext_noop("Commitments of 2026 on objective 21"), "commitments", {"year": 2026, "objective": 21}),
    (gettext_noop("Papers that have changed since the beginning of 2026, ten at a time"), "papers", {"changed_since": "2026-01-01T00:00:00Z", "limit": 10}),
    (gettext_noop("Organizations that chose to be listed"), "organizations", {}),
)  # fmt: skip


@dataclass
class Listed:
    """A list: its name, what is on it, its addresses, by what it is narrowed, what is told of each thing."""

    name: str
    about: str
    addresses: list = field(default_factory=list)
    filters: list = field(default_factory=list)
    fields: list = field(default_factory=list)


@login_not_required
@require_safe
def interface(request):
    """What there is, how it is asked, how it answers, under which terms."""
    context = {
        "rules": [(gettext(name), gettext(said) % words.FIGURES) for name, said in words.RULES],
        "terms": [gettext(said) for said in words.TERMS],
        "examples": [(said, address(name, asked)) for said, name, asked in EXAMPLES],
        "meanings": words.MEANINGS.items(),
        "lists": lists(),
        "start": settings.SITE_URL + reverse("api:api-root"),
        "description": settings.SITE_URL + reverse("api:openapi-json"),
    }
    return render(request, "portal/interface.html", context)


def address(name, asked):
    query = f"?{urlencode(asked, safe=':')}" if asked else ""
    return f"{settings.SITE_URL}{reverse(f'api:{name}')}{query}"


@cache
def lists():
    """The lists as the description has them."""
    described = api.api.get_openapi_schema()
    found = {tag["name"]: Listed(tag["name"], tag["description"]) for tag in described["tags"]}
    for path, acts in described["paths"].items():
        act = acts["get"]
        listed = found[act["tags"][0]]
        listed.addresses.append(settings.SITE_URL + path)
        listed.filters += [asked["name"] for asked in act.get("parameters", ()) if asked["in"] == "query"]
        listed.fields = fields(described, act)  # the address of one thing comes last, and tells most
    return list(found.values())


def fields(described, act):
    """The names of what an answer holds."""
    schema = act["responses"][200]["content"]["application/json"]["schema"]["$ref"]
    return list(described["components"]["schemas"][schema.rpartition("/")[2]]["properties"])
