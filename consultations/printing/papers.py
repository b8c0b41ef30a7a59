"""A paper in print: sections with real headings and links, its objectives, where it comes from, who signed it."""

import re
from dataclasses import dataclass
from datetime import date

from django.utils import translation
from django.utils.translation import gettext as _

from consultations import signatures
from consultations.printing import typesetting
from consultations.signatures import Signature
from portal import dates, languages, markup, trees

BRAND = "#0b5d57"
COLOUR = re.compile(r"#[0-9a-f]{6}")
# A paper of so many headed sections begins with a list of them.
FEWEST_LISTED = 4


@dataclass(frozen=True)
class Tile:
    """An objective as a tile: its number, its short title, its colour as "#0b5d57"."""

    number: int
    title: str
    colour: str = BRAND

    def __post_init__(self):
        if not COLOUR.fullmatch(self.colour):
            raise ValueError(f"not a colour: {self.colour}")


@dataclass(frozen=True)
class Section:
    """A heading (or none), Markdown under it, and lines that say what it is drawn from."""

    heading: str
    text: str
    sources: tuple[str, ...] = ()


@dataclass(frozen=True)
class PrintedPaper:
    """All that stands on the pages of one version of a paper in one language, already in that language.

    `signatures` holds only those that may be shown; `unnamed` counts the others. A file says which version it is; its
    page, behind `address`, says whether a newer one exists.
    """

    title: str
    kind: str
    language: str
    dated_on: date
    sections: tuple[Section, ...]
    organization: str = ""
    version: int = 1
    replaces_another: bool = False
    change_note: str = ""
    objectives: tuple[Tile, ...] = ()
    signatures: tuple[Signature, ...] = ()
    unnamed: int = 0
    citation: str = ""
    licence: str = ""
    address: str = ""


def pdf(paper):
    """The bytes of the paper as a tagged PDF: PDF/UA-1 and PDF/A-2a, the same for the same words."""
    with translation.override(paper.language):
        return typesetting.pdf("paper.typ", _data(paper))


def _data(paper):
    """What the template draws, in its order."""
    return {
        "title": paper.title,
        "kind": paper.kind,
        "organization": paper.organization,
        "language": paper.language,
        "direction": languages.direction(paper.language),
        "date": [paper.dated_on.year, paper.dated_on.month, paper.dated_on.day],
        "facts": [fact for fact in (paper.organization, dates.day(paper.dated_on), _version(paper)) if fact],
        "notices": _notices(paper),
        "tiles": [_tile(tile) for tile in paper.objectives],
        "is_listed": sum(bool(section.heading) for section in paper.sections) >= FEWEST_LISTED,
        "sections": [_section(section) for section in paper.sections],
        "citation": paper.citation,
        "licence": paper.licence,
        "address": paper.address,
        "address_said": address_said(paper.address),
        "qr_code": typesetting.qr_code(paper.address) if paper.address else "",
        "annex": _annex(paper),
        "words": _words(paper),
    }


def address_said(address):
    """An address as one reads it on paper: "portal.example/d/k3f9a2"."""
    return address.partition("://")[2].rstrip("/") or address


def _words(paper):
    """What the page itself says, beside the paper."""
    return {
        "cite": _("How to cite"),
        "contents": _("In this paper"),
        "objective": _("Objective"),
        "page": _("Page %(number)s of %(pages)s") % {"number": "{number}", "pages": "{pages}"},
        "qr_code": _("QR code of %(address)s") % {"address": paper.address},
        "signed": _("Signed by"),
    }


def _version(paper):
    return _("Version %(number)s") % {"number": paper.version} if paper.version > 1 else ""


def _notices(paper):
    """What a reader of an earlier version must know first."""
    if not paper.replaces_another:
        return []
    said = _("This is version %(number)s. It replaces what was published before.") % {"number": paper.version}
    return [said, *([_("What changed: %(note)s") % {"note": paper.change_note}] if paper.change_note else [])]


def _tile(tile):
    return {
        "number": str(tile.number),
        "title": tile.title,
        "colour": tile.colour,
        "ink": typesetting.ink_on(tile.colour),
    }


def _section(section):
    return {
        "heading": section.heading,
        "direction": markup.first_direction(section.heading),
        "blocks": trees.of(section.text, under=1 if section.heading else 0),
        "sources": list(section.sources),
    }


def _annex(paper):
    """Who signed, by country; nothing where nobody did."""
    total = len(paper.signatures) + paper.unnamed
    if not total:
        return None
    return {
        "said": signatures.said(total, paper.unnamed),
        "countries": [
            {
                "name": country.name,
                "signatures": [
                    {"name": one.name, "reservation": one.reservation} for one in country.signatures
                ],
            }
            for country in signatures.by_country(paper.signatures, paper.language)
        ],
    }
