"""What the head of a public page tells machines: its one address, its languages, how it is shown where it is shared.

Only who is not signed in gets it, and only on pages that stand in the table of public ones (portal/public_pages.py):
so nothing private is marked, and what is marked everybody may see.
"""

import html
from dataclasses import dataclass

from django import template
from django.conf import settings
from django.utils.text import Truncator
from django.utils.translation import get_language

from portal import languages, markup
from portal.pages.machines import linked_data, public
from portal.public_pages import PUBLIC

LOCALES = {"ar": "ar_AR", "en": "en_GB", "fr": "fr_FR", "es": "es_ES"}
LONGEST = 200  # characters of a description

register = template.Library()


@dataclass(frozen=True)
class Mark:
    """What is said of one page."""

    title: str
    description: str
    address: str
    alternates: dict  # {language: address}
    kind: str
    picture: str
    about: str  # the page's thing as JSON-LD, "" where there is none

    @property
    def locale(self):
        return LOCALES[get_language()]

    @property
    def other_locales(self):
        return [LOCALES[code] for code in self.alternates if code != get_language()]


@register.simple_block_tag
def words(content):
    """What a block says, as plain words: to be escaped wherever it is written."""
    return html.unescape(" ".join(content.split()))


@register.inclusion_tag("components/marks.html", takes_context=True)
def marks(context, title, thing=None, *, picture="", sittings=()):
    """The marks of a page, of a thing if it is one's: with a picture's path, and the meetings of a consultation."""
    match = context["request"].resolver_match
    if not match or match.view_name not in PUBLIC or not context["reader"].is_anonymous:
        return {"mark": None}
    here, alternates = get_language(), addresses(context["request"], thing)
    address = alternates.get(here) or next(iter(alternates.values()))
    picture = settings.SITE_URL + picture if picture else ""
    about = linked_data.of(thing, here, address=address, picture=picture, sittings=sittings)
    summary = thing.text("summary", here).text if thing and says_what_it_does(thing) else ""
    mark = Mark(
        title=title,
        description=Truncator(" ".join(summary.split())).chars(LONGEST),
        address=address,
        alternates=alternates,
        kind="article" if about and about["@type"] == "Article" else "website",
        picture=picture,
        about=markup.data(about) if about else "",
    )
    return {"mark": mark}


def says_what_it_does(thing):
    """Of an organization only what it chose to show is told."""
    return not hasattr(thing, "shown") or "summary" in thing.shown


def addresses(request, thing):
    """The page in each language that it exists in: {language: address}; of a long list, each page is one."""
    if thing:
        return public.addresses(thing)
    number = request.GET.get("page", "")
    query = f"?page={number}" if number.isascii() and number.isdigit() else ""
    path = f"/{public.FIRST}/{request.path.split('/', 2)[2]}"
    return {code: public.in_language(path, code) + query for code in languages.CODES}
