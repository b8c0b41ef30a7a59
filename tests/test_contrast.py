"""The colours of the tokens, as numbers: text reaches 4.5, edges of fields and marks 3, by day and by night."""

from portal import colours


def test_the_measure_is_the_known_one():
    assert round(colours.contrast("#000000", "#ffffff"), 2) == 21
    assert round(colours.contrast("#777777", "#ffffff"), 2) == 4.48


def test_what_is_read_stands_out():
    assert colours.faint(colours.tokens()) == {}
