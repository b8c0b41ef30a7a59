"""Names that the eye would confuse are held for a closer look (safety.md, D15)."""

import pytest

from portal import names
from portal.models import Organization
from portal.operations import organizations
from tests import factories


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Caritas", "Caritаs"),
        ("Réseau Horizon", "reseau horizon"),
        ("Open Quay", "Open​ Quay"),
        ("جمعية الحي", "جمعيّة الحي"),
        ("منظمة الأمل", "منظمة الامل"),
        ("ﻣﻨﻈﻤﺔ", "منظمة"),
        ("Harbour", "HARBOUR"),
    ],
)
def test_names_that_look_alike_fold_to_the_same(one, other):
    assert names.fold(one) == names.fold(other)


@pytest.mark.parametrize(
    ("one", "other"), [("Casa Monarca", "Casa Marca"), ("جسور", "جذور"), ("Quay", "Key")]
)
def test_names_that_differ_stay_apart(one, other):
    assert names.fold(one) != names.fold(other)


@pytest.mark.parametrize(
    ("name", "mixed"),
    [
        ("Caritаs", True),
        ("Réseau Sud", False),
        ("جمعية NGO", False),
        ("Открытый дом", False),
        ("Οpen Quay", True),
    ],
)
def test_a_word_of_two_scripts_is_noticed_and_a_name_of_two_languages_is_not(name, mixed):
    assert names.mixes_scripts(name) is mixed


@pytest.mark.django_db
def test_an_organization_that_looks_like_another_is_held_with_the_reason():
    factories.organization("Caritas")
    lead = factories.user()
    made = organizations.register(name="CARITAS", by=lead)
    assert (made.status, made.held_because) == (
        Organization.Status.PENDING,
        "looks like another organization",
    )
