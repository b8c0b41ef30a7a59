"""What templates say about dates, languages, sizes and lists, by CLDR. Nothing here asks the database."""

import re
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import urlsplit

from babel import Locale, UnknownLocaleError
from babel.lists import format_list
from babel.numbers import format_decimal
from babel.units import format_unit
from django import template
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from portal import branding, dates, languages, markup
from portal import changes as wording
from portal.dates import locale

HEAT = (1, 5, 10, 20)

register = template.Library()

for saying in (
    dates.day,
    dates.partial_date,
    dates.moment,
    dates.clock_time,
    dates.zone_name,
    dates.from_now,
    dates.urgency,
    dates.said_date,
    dates.brief_date,
):
    register.filter(saying)
for saying in (dates.period, dates.zoned, dates.date_parts):
    register.simple_tag(saying)
register.simple_tag(branding.name, name="site_name")
register.simple_tag(branding.colour, name="site_colour")
register.simple_tag(branding.sheet_address, name="site_sheet")
register.simple_tag(branding.logo_address, name="site_logo")


@register.simple_tag
def moved(thing, field):
    """The newest MovedDate of a thing's field, from what was prefetched; None if it never moved."""
    rows = [row for row in thing.moved_dates.all() if row.field == field]
    return (
        max(rows, key=lambda row: (row.moved_at is not None, row.moved_at, row.pk), default=None)
        if rows
        else None
    )


@register.filter
def number(value):
    return format_decimal(value, locale=locale())


@register.filter
def filesize(size):
    """Bytes as people say them: "184 kB", "1.5 MB"."""
    if size is None:
        return ""
    if size < 1_000_000:
        return format_unit(max(round(size / 1000), 1), "digital-kilobyte", length="short", locale=locale())
    return format_unit(round(size / 1_000_000, 1), "digital-megabyte", length="short", locale=locale())


@register.filter
def list_text(words):
    """Some words as a list in a sentence: "a, b and c"."""
    return format_list([str(word) for word in words], locale=locale())


def any_of(words):
    """Some words of which one is enough: "a, b or c"."""
    return format_list([str(word) for word in words], style="or", locale=locale())


@register.filter
def list_names(names):
    """The same for people's names, each kept from turning the words around it."""
    places = format_list([f"{{{place}}}" for place in range(len(names))], locale=locale())
    return format_html(places, *(format_html("<bdi>{}</bdi>", name) for name in names)) if names else ""


@register.filter
def heat(count):
    """How deep a figure stands in the mosaic, 0 to 4."""
    return sum(count >= least for least in HEAT)


@register.filter
def language_name(code):
    """A language's name in the reader's language."""
    return _language_name(code, locale())


@lru_cache(maxsize=1_000)
def _language_name(code, locale):
    try:
        return Locale.parse(code, sep="-").get_language_name(locale) or languages.name(code)
    except (UnknownLocaleError, ValueError):
        # Many languages have a name in the data without having data of their own.
        return Locale.parse(locale).languages.get(code) or languages.name(code)


@register.filter
def own_name(code):
    """A language's own name for itself."""
    if code in languages.NAMES:
        return languages.name(code)
    try:
        return Locale.parse(code, sep="-").get_language_name() or code
    except (UnknownLocaleError, ValueError):
        return code


@register.filter
def languages_list(codes):
    """Names of languages in a sentence: "Arabic, English and French"."""
    return list_text([language_name(code) for code in codes])


@register.filter
def host(address):
    """The name of the site that an address leads to."""
    return urlsplit(address).netloc.removeprefix("www.")


@register.simple_tag
def listed(*words):
    """Those of some words that say something, for components that take a list."""
    return [word for word in words if word]


@register.simple_tag
def pairs(*values):
    """Pairs for components that take rows or crumbs: {% pairs term fact term fact as rows %}."""
    return list(zip(values[::2], values[1::2], strict=True))


@register.filter
def direction(code):
    return languages.direction(code)


@dataclass
class Chip:
    """A language in which a thing exists or is missing."""

    code: str
    short: str
    is_there: bool


def language_chips(codes):
    """A chip for each language of the interface, and for each further one that a thing exists in."""
    codes = list(codes)
    further = [code for code in codes if code not in languages.CODES]
    return [
        Chip(code, languages.SHORT.get(code, code.upper()), code in codes)
        for code in (*languages.CODES, *further)
    ]


@register.simple_tag
def chips(codes):
    """The chips of some languages as HTML; a page may bear a hundred, and there are few choices of languages."""
    return _chips(tuple(codes), get_language())


@lru_cache(maxsize=1_000)
def _chips(codes, _language):
    return render_to_string("components/_chips.html", {"chips": language_chips(codes)})


@register.simple_tag
def document_row(document, level=3):
    """A document in a list of .docs as HTML: many lists bear the same ones, as long as nothing that they show changes."""
    return _document_row(document.row(get_language()), level, get_language())


@lru_cache(maxsize=2_000)
def _document_row(row, level, _language):
    return render_to_string("components/_document_row.html", {"row": row, "level": level})


@register.simple_tag
def facet_groups(groups):
    """The facets of a list as HTML: most readers of a list are shown the same ones."""
    return _facet_groups(tuple(groups), get_language())


@lru_cache(maxsize=200)
def _facet_groups(groups, _language):
    return render_to_string("components/_facet_groups.html", {"groups": groups})


@register.filter
def chips_label(chips):
    """What the chips say, in words."""
    there = languages_list([chip.code for chip in chips if chip.is_there])
    missing = languages_list([chip.code for chip in chips if not chip.is_there])
    if there and missing:
        return _("In %(there)s; not yet in %(missing)s") % {"there": there, "missing": missing}
    if there:
        return _("In %(there)s") % {"there": there}
    return _("Not yet in %(missing)s") % {"missing": missing}


@register.simple_tag
def text(thing, field):
    """The Text of a thing's field in the reader's language, else in the best there is."""
    return thing.text(field, get_language())


@register.filter
def rendered(html):
    """HTML that the markup module made and the database kept."""
    return markup.stored(html)


@register.filter
def small_markup(text):
    """What anybody may write, as HTML."""
    return markup.everybody(text)


@dataclass
class QrCode:
    """A QR code as the outline of one path, to be drawn in the page itself: our policy lets no data: picture in."""

    box: str
    path: str


@register.simple_tag
def qr_code(svg):
    box, path = re.search(r'viewBox="([\d. ]+)"', svg), re.search(r'\bd="([MmHhVvLlZz\d., -]+)"', svg)
    return QrCode(box[1], path[1])


@register.inclusion_tag("components/changes.html")
def changes(before, after):
    """What changed between two texts, word by word: {% changes before after %}."""
    return {"pieces": wording.of(before, after)}


@register.filter
def edge(direction):
    """The side on which lines begin, for mail: its programs know no logical properties."""
    return "right" if direction == "rtl" else "left"


@register.filter
def plain_rows(notes):
    """Notes of any shape as rows of a list of facts: [(name, what it holds in one line)]."""
    return [(name, _plainly(value)) for name, value in notes.items()]


def _plainly(value):
    if isinstance(value, dict):
        return "; ".join(f"{name}: {_plainly(inner)}" for name, inner in value.items())
    if isinstance(value, list):
        return ", ".join(_plainly(inner) for inner in value)
    return str(value)
