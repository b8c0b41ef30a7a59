"""Names stand where readers of each language look for them, in Python and in the database alike."""

import random

import pytest
from django.db.models import Value
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from portal import ordering
from portal.models import Organization
from tests import factories

ORDERS = {
    "en": ["Åland Bridge", "Amnesty", "Casa Monarca", "Coté sud", "cote Z", "Œuvre", "Open Quay", "Zebra"],
    "fr": ["Égypte", "Espagne", "Éthiopie", "étoile", "L’Étape", "Lausanne", "Œcuménique", "Ouganda"],
    "es": ["Ana", "Nube", "Nueva Casa", "Ñandú", "Oso", "¡Otra vez!", "Zamora"],
    "ar": [
        "ابن السبيل",
        "أجيال",
        "آفاق",
        "الأمل",
        "إنسان",
        "بيت",
        "تضامن",
        "جسور",
        "وصل",
        "يد",
        "ABC",
        "Zebra",
    ],
}


@pytest.mark.parametrize("language", ORDERS)
def test_names_stand_in_the_order_of_the_language(language):
    wanted = ORDERS[language]
    mixed = random.Random(7).sample(wanted, len(wanted))
    assert sorted(mixed, key=lambda name: ordering.key(name, language)) == wanted


@pytest.mark.django_db
@pytest.mark.parametrize("language", ORDERS)
def test_the_database_sorts_as_python_does(language):
    for name in random.Random(7).sample(ORDERS[language], len(ORDERS[language])):
        factories.organization(name)
    rows = Organization.objects.order_by(ordering.by("name_en", language))
    assert [row.name_en for row in rows] == ORDERS[language]


@pytest.mark.parametrize(
    ("one", "other", "language"),
    [
        ("Réseau", "reseau", "fr"),
        ("أمل", "امل", "ar"),
        ("جمعيّة", "جمعية", "ar"),
        ("«Casa»", "casa", "es"),
        ("ﻣﻨﻈﻤﺔ", "منظمة", "ar"),
    ],
)
def test_what_the_eye_passes_over_decides_only_between_equals(one, other, language):
    found = [ordering.key(name, language).partition(ordering.THEN)[0] for name in (one, other)]
    assert found[0] == found[1]
    assert ordering.key(one, language) != ordering.key(other, language)


def test_the_arabic_article_is_part_of_the_name():
    assert ordering.key("الوصل", "ar") < ordering.key("بيت", "ar") < ordering.key("وصل", "ar")


def test_enye_is_a_letter_of_its_own_in_spanish_alone():
    assert ordering.key("Ñandú", "es") > ordering.key("Nz", "es")
    assert ordering.key("Ñandú", "fr") < ordering.key("Nz", "fr")


LETTERS = "abcñÑéÉèœŒæßøłđïçABZ0٣۴ '’“«-_()[]./&،؛ءآأؤإئابةتىيكگپـ\u064e\u0651\u0670\u200f\u00a0\u0001"


class OneOrder(TestCase):
    @settings(max_examples=150, deadline=None)
    @given(st.text(alphabet=LETTERS, max_size=12), st.sampled_from(sorted(ORDERS)))
    def test_the_key_is_the_same_in_both(self, name, language):
        one = Organization(original_language="en", name_en="One")
        one.save()
        asked = Organization.objects.filter(pk=one.pk).values_list(ordering.by(Value(name), language))
        assert asked.get()[0] == ordering.key(name, language)
