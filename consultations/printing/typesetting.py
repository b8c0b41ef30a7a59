"""Typst sets what we print: our own templates, our own fonts, and people's words as data, never as source.

A file is tagged (PDF/UA-1) and made to last (PDF/A-2a), holds its fonts, asks nothing of the machine or the network,
and is the same to the byte for the same words. Takes 70 MB of memory: the worker's business.
"""

import json
import unicodedata
from functools import lru_cache
from io import BytesIO
from pathlib import Path

import fontpkg
import pikepdf
import segno
import typst
from fontTools.ttLib import TTFont

from consultations.printing import mending

FOLDER = Path(__file__).resolve().parent
FONTS = ("IBM Plex Sans", "IBM Plex Sans Arabic")
STANDARDS = ["ua-1", "a-2a"]
UNKNOWN = "\ufffd"
# What stands between letters and is never drawn: it steers joining and direction.
STEERING = frozenset("\n\u200b\u200c\u200d\u200e\u200f\u2066\u2067\u2068\u2069")


def pdf(template, data):
    """The PDF that a template makes of plain data, small: its objects compressed."""
    return _packed(_compiled(template, data, format="pdf", pdf_standards=STANDARDS))


def picture(template, data):
    """The one page that a template makes of plain data as PNG, a point for a pixel."""
    return _compiled(template, data, format="png", ppi=72)


def _compiled(template, data, **form):
    return typst.compile(
        str(FOLDER / template),
        root=str(FOLDER),
        font_paths=[str(fontpkg.path(family).parent) for family in FONTS],
        ignore_system_fonts=True,
        sys_inputs={"data": json.dumps(printable(data), ensure_ascii=False, sort_keys=True)},
        **form,
    )


def _packed(content):
    written = BytesIO()
    with pikepdf.open(BytesIO(content)) as file:
        mending.mend(file)
        file.save(written, object_stream_mode=pikepdf.ObjectStreamMode.generate, deterministic_id=True)
    return written.getvalue()


def printable(data):
    """The same data with every sign that our fonts lack replaced: a paper must not fail for a smiley in a name."""
    if isinstance(data, str):
        return "".join(_drawn(sign) for sign in unicodedata.normalize("NFC", data))
    if isinstance(data, dict):
        return {name: printable(value) for name, value in data.items()}
    if isinstance(data, list | tuple):
        return [printable(value) for value in data]
    return data


def unprintable(text):
    """The signs of a text that would be printed as "�", each once, in order: for a word of warning before."""
    kept = unicodedata.normalize("NFC", text)
    return list(dict.fromkeys(sign for sign in kept if _drawn(sign) == UNKNOWN != sign))


def _drawn(sign):
    if ord(sign) in _signs() or sign in STEERING:
        return sign
    # What has no look of its own is missed by nobody: marks on a letter, controls, variants.
    return "" if unicodedata.category(sign)[0] in "MC" else UNKNOWN


@lru_cache(maxsize=1)
def _signs():
    """The signs that our fonts can draw."""
    signs = set()
    for family in FONTS:
        with TTFont(fontpkg.path(family), lazy=True) as font:
            signs |= set(font.getBestCmap())
    return frozenset(signs)


def qr_code(address):
    """A QR code as SVG, black on white, its quiet zone included."""
    drawn = BytesIO()
    segno.make(address, error="m", micro=False).save(
        drawn, kind="svg", border=4, dark="#000000", light="#ffffff", xmldecl=False, nl=False
    )
    return drawn.getvalue().decode()


def ink_on(colour):
    """The text colour that is read better on a ground: our ink, or white."""
    return max(("#17302c", "#ffffff"), key=lambda ink: contrast(ink, colour))


def contrast(one, other):
    """How far two colours stand apart, 1 to 21, as accessibility counts it."""
    lights = sorted((_luminance(one), _luminance(other)))
    return (lights[1] + 0.05) / (lights[0] + 0.05)


def _luminance(colour):
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
