"""Signatures are counted and sorted as each language says and sorts them."""

import pytest
from django.utils import translation

from consultations import signatures
from consultations.signatures import Country, Signature

QUAY = Signature("Open Quay", "Kenya")
BRIDGE = Signature("Åland Bridge", "Finland", "Reservation on section 2")
LIGHT = Signature("Harbour Light", "Kenya")
NOWHERE = Signature("Casa Monarca")


@pytest.mark.parametrize(
    ("total", "unnamed", "words"),
    [(41, 6, "41, of which 6 not named"), (41, 0, "41"), (1, 1, "1, of which 1 not named"), (0, 0, "0")],
)
def test_the_count_says_how_many_are_not_named(total, unnamed, words):
    with translation.override("en"):
        assert signatures.counted(total, unnamed) == words


@pytest.mark.parametrize(
    ("total", "unnamed", "words"),
    [
        (41, 6, "41 organizations signed. 6 of them are not named."),
        (2, 1, "2 organizations signed. 1 of them is not named."),
        (1, 0, "1 organization signed."),
    ],
)
def test_the_sentence_says_the_same(total, unnamed, words):
    with translation.override("en"):
        assert signatures.said(total, unnamed) == words


def test_signatures_sort_by_name():
    assert signatures.by_name([QUAY, BRIDGE, LIGHT], "en") == [BRIDGE, LIGHT, QUAY]


def test_signatures_sort_by_country_and_those_of_none_come_last():
    assert signatures.by_country([NOWHERE, QUAY, BRIDGE, LIGHT], "en") == [
        Country("Finland", (BRIDGE,)),
        Country("Kenya", (LIGHT, QUAY)),
        Country("", (NOWHERE,)),
    ]


def test_countries_sort_in_the_order_of_the_language():
    rows = [Signature("a", name) for name in ("Zambie", "Éthiopie", "Espagne", "Égypte")]
    assert [one.name for one in signatures.by_country(rows, "fr")] == [
        "Égypte",
        "Espagne",
        "Éthiopie",
        "Zambie",
    ]
