"""Names that the eye would confuse are held for a closer look (safety.md, D15)."""

import pytest

from portal import names
from portal.models import Organization
from portal.operations import organizations
from tests import factories
from tests.portal import confusables


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


def is_held(name, known):
    """As an operation holds a name for review: it mixes scripts, or shares a look with a known one."""
    return names.mixes_scripts(name) or not names.looks(name).isdisjoint(known)


def test_every_name_that_can_be_taken_for_another_is_held_and_says_by_what():
    found = confusables.pairs()
    assert len(found) >= 500
    assert [pair for pair in found if not is_held(pair[1], names.looks(pair[0]))] == []
    assert [pair for pair in found if not names.mixes_scripts(pair[1]) and not names.likeness(*pair)] == []
    # The control: compared by their letters alone, as a database does, hardly one would be.
    assert [pair for pair in found if pair[0].casefold() == pair[1].casefold()] != []
    assert sum(pair[0].casefold() != pair[1].casefold() for pair in found) > 0.9 * len(found)


def test_the_look_of_a_name_is_found_once_and_nobody_can_change_it(monkeypatch):
    names.looks.cache_clear()
    taken, take = [], names._taken
    monkeypatch.setattr(names, "_taken", lambda name, way: taken.append(name) or take(name, way))
    found = names.looks("Open Quay")
    assert found == names.looks("Open Quay") == {"openquay"}
    assert taken == ["Open Quay"] * len(names.WAYS)
    assert isinstance(found, frozenset)


def test_honest_names_are_not_held():
    honest, known, held = confusables.honest(), set(), []
    for name in honest:
        if is_held(name, known):
            held.append(name)
        known |= names.looks(name)
    assert len(set(honest)) == len(honest) >= 1000
    assert len(held) <= len(honest) // 100, held
    # The control: the same names a second time are all held.
    assert all(is_held(name, known) for name in honest)


@pytest.mark.parametrize(
    ("one", "other", "found"),
    [
        ("Oxfam", "Охfаm", ["scripts"]),
        ("Caritas", "CARITAS", ["capitals"]),
        ("Horizon", "Hоrіzоn.", ["scripts", "spaces"]),
        ("Modern", "Modem", ["shapes"]),
        ("Cafe", "Café", ["marks"]),
        ("Cafe", "Ca\u200bfe", ["unseen"]),
        ("Caritas", "Ｃaritas", ["widths"]),
        ("Caritas", "Caritas", []),
        ("Caritas", "Oxfam", None),
    ],
)
def test_what_two_names_have_alike_is_known(one, other, found):
    assert names.likeness(one, other) == found


@pytest.mark.django_db
def test_an_organization_that_looks_like_another_is_held_with_the_reason():
    factories.organization("Caritas")
    lead = factories.user()
    made = organizations.register(name="CARITAS", by=lead)
    assert (made.status, made.held_because) == (
        Organization.Status.PENDING,
        "looks like another organization",
    )


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["Light in the Harbοur", "لجنة المرفأ", "LITH"])
def test_names_in_other_languages_and_acronyms_are_compared_too(name):
    factories.organization("Light in the Harbour", name_ar="لجنة المرفا", acronym="LlTH")
    assert organizations.register(name=name, by=factories.user()).held_because
