"""The portal's colours: those of the tokens, those that whoever runs it sets, and whether all of them can be read.

A colour of one's own brings its shades along, and is refused at start where somebody could not read what stands in it.
"""

import re
from pathlib import Path

TOKENS = Path(__file__).resolve().parent / "static" / "portal" / "css" / "tokens.css"
PAIRED = re.compile(r"--([\w-]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\)")
PLAIN = re.compile(r"--([\w-]+): (#[0-9a-f]{6});")
COLOUR = re.compile(r"#[0-9a-f]{6}")
# How much of the brand's colour stands in each shade of the picture of objectives.
SHADES = {"heat-1": 0.2, "heat-2": 0.4, "heat-3": 0.85, "heat-4": 1}

# Ink on its ground, which reaches 4.5; edges and marks on theirs, which reach 3 (WCAG 2.2).
TEXT = [
    *(
        (ink, ground)
        for ground in ("paper", "sheet")
        for ink in ("ink", "ink-soft", "brand", "due", "urgent")
    ),
    *(("ink", f"heat-{depth}") for depth in (0, 1, 2)),
    ("on-heat-3", "heat-3"),
    ("on-brand", "heat-4"),
    ("on-brand", "brand"),
    ("on-deep", "brand-deep"),
    ("on-deep-soft", "brand-deep"),
    ("brand-deep", "gold"),
]
EDGES = [("edge", "paper"), ("edge", "sheet"), ("brand", "paper"), ("due", "paper"), ("gold", "brand-deep")]


def tokens():
    """The colours of the sheet: {name: (by day, by night)}."""
    css = TOKENS.read_text(encoding="utf-8")
    paired = {name: (day, night) for name, day, night in PAIRED.findall(css)}
    return paired | {name: (colour, colour) for name, colour in PLAIN.findall(css)}


def luminance(colour):
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts(colour)]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one, other):
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def parts(colour):
    """Red, green and blue, each from 0 to 1."""
    return [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]


def mix(colour, ground, share):
    """A colour thinned with its ground."""
    pairs = zip(parts(colour), parts(ground), strict=True)
    return "#" + "".join(f"{round(255 * (share * one + (1 - share) * other)):02x}" for one, other in pairs)


def faint(palette):
    """What could not be read: {(ink, ground, "day" or "night"): its contrast}."""
    found = {}
    for pairs, least in ((TEXT, 4.5), (EDGES, 3)):
        for when, name in enumerate(("day", "night")):
            for ink, ground in pairs:
                value = contrast(palette[ink][when], palette[ground][when])
                if value < least:
                    found[ink, ground, name] = round(value, 2)
    return found


def own(brand="", masthead="", mark=""):
    """The tokens that replace the sheet's: each given as one colour, or as one by day and one by night."""
    given = {"brand": brand, "brand-deep": masthead, "gold": mark}
    found = {name: _pair(words) for name, words in given.items() if words}
    everything = tokens()
    if "brand" in found:
        for name, share in SHADES.items():
            grounds = zip(found["brand"], everything["sheet"], strict=True)
            found[name] = tuple(mix(colour, sheet, share) for colour, sheet in grounds)
    if found and (unread := faint(everything | found)):
        said = "; ".join(
            f"{ink} on {ground} by {when}: {value}" for (ink, ground, when), value in unread.items()
        )
        raise RuntimeError(
            f"With these colours some could not read the portal (text needs 4.5, marks 3): {said}."
        )
    return found


def _pair(words):
    found = words.lower().split()
    if len(found) not in {1, 2} or not all(COLOUR.fullmatch(colour) for colour in found):
        raise RuntimeError(
            f"A colour is written as #0b5d57, or as two: by day and by night; and not as “{words}”."
        )
    return (found[0], found[-1])


def sheet(found):
    """The colours of one's own as a stylesheet, to follow the portal's."""
    rows = "".join(f" --{name}: light-dark({day}, {night});" for name, (day, night) in found.items())
    return f"@layer tokens {{ :root {{{rows} }} }}\n"
