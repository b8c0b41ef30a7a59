"""One action point as a postcard: on A6 to print, and as a picture to share."""

from dataclasses import dataclass
from datetime import date

from django.utils import translation
from django.utils.translation import gettext as _

from consultations.printing import typesetting
from consultations.printing.papers import Tile, address_said
from portal import languages, markup

DEEP, GOLD = "#083f3b", "#e0a93b"
LEAST_CONTRAST = 2


@dataclass(frozen=True)
class PrintedPostcard:
    """An action point in one language: its words, the paper it stands in, its objective if one, where to read on, the
    day of the paper. Or a campaign: its title, its dates, its hashtag.

    `number` of `total` says which of the paper's action points it is; without a total it is not said.
    """

    words: str
    title: str
    language: str
    address: str
    dated_on: date
    objective: Tile | None = None
    number: int = 0
    total: int = 0
    hashtag: str = ""


def pdf(card):
    """The card as a tagged PDF of one page, A6 lying, ready to print."""
    return typesetting.pdf("postcard.typ", _data(card, "card"))


def picture(card):
    """The card as a PNG of 1200 by 630 pixels, as pages elsewhere show what is shared."""
    return typesetting.picture("postcard.typ", _data(card, "picture"))


def described(card):
    """What the picture says, in words: for those who do not see it."""
    return f"{card.words} ({card.title})"


def _data(card, form):
    with translation.override(card.language):
        return {
            "form": form,
            "date": [card.dated_on.year, card.dated_on.month, card.dated_on.day],
            "words": card.words,
            "words_direction": markup.first_direction(card.words),
            "title": card.title,
            "language": card.language,
            "direction": languages.direction(card.language),
            "address": card.address,
            "address_said": address_said(card.address),
            "qr_code": typesetting.qr_code(card.address),
            "qr_code_said": _("QR code of %(address)s") % {"address": card.address},
            "tile": _tile(card.objective),
            "place": _place(card),
        }


def _tile(objective):
    if objective is None:
        return None
    said = _("Objective %(number)s") % {"number": objective.number}
    # A tile as dark as the card would be no tile.
    colour = objective.colour if typesetting.contrast(objective.colour, DEEP) >= LEAST_CONTRAST else GOLD
    return {
        "said": f"{said} · {objective.title}",
        "number": str(objective.number),
        "colour": colour,
        "ink": typesetting.ink_on(colour),
    }


def _place(card):
    if not card.total:
        return card.hashtag
    return _("Action point %(number)s of %(total)s") % {"number": card.number, "total": card.total}
