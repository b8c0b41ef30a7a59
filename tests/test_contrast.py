"""The colours of the tokens, as numbers: text reaches 4.5, edges of fields and marks 3, by day and by night."""

import re
from pathlib import Path

import pytest

TOKENS = Path(__file__).resolve().parent.parent / "portal" / "static" / "portal" / "css" / "tokens.css"
PAIRED = re.compile(r"--([\w-]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\)")
PLAIN = re.compile(r"--([\w-]+): (#[0-9a-f]{6});")

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


def palette(night):
    """The tokens as they are by day or by night."""
    css = TOKENS.read_text()
    return {name: pair[night] for name, *pair in PAIRED.findall(css)} | dict(PLAIN.findall(css))


def luminance(colour):
    parts = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one, other):
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_the_measure_is_the_known_one():
    assert round(contrast("#000000", "#ffffff"), 2) == 21
    assert round(contrast("#777777", "#ffffff"), 2) == 4.48


@pytest.mark.parametrize("night", [False, True], ids=["day", "night"])
@pytest.mark.parametrize(("pairs", "least"), [(TEXT, 4.5), (EDGES, 3)], ids=["text", "edges"])
def test_what_is_read_stands_out(pairs, least, night):
    colours = palette(night)
    faint = {pair: round(contrast(colours[pair[0]], colours[pair[1]]), 2) for pair in pairs}
    assert {pair: value for pair, value in faint.items() if value < least} == {}
