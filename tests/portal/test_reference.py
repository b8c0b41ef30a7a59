"""The facts of the Compact: shipped with their sources, loaded as often as one likes."""

import json
import shutil
from collections import Counter
from io import StringIO

import pytest
from django.core.management import call_command

from portal.models import Country, LogEntry, Objective, Principle, Region
from portal.operations import reference

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module", autouse=True)
def _loaded(django_db_setup, django_db_blocker):
    """Load once for all tests here, and take it back at the end."""
    from django.db import transaction

    with django_db_blocker.unblock(), transaction.atomic():
        reference.load()
        yield
        transaction.set_rollback(True)


def counts():
    return {model.__name__: dict(count) for model, count in reference.load().items()}


def test_the_files_hold_all_of_the_compact():
    assert [model.objects.count() for model in (Objective, Principle, Region, Country)] == [23, 10, 5, 197]


def test_loading_twice_changes_nothing():
    entries = LogEntry.objects.count()
    assert counts() == {
        "Objective": {"same": 23},
        "Principle": {"same": 10},
        "Region": {"same": 5},
        "Country": {"same": 197},
    }
    assert LogEntry.objects.count() == entries


def test_every_fact_has_its_words_in_four_languages():
    for code in ("ar", "en", "fr", "es"):
        for model, field in (
            (Objective, "title"),
            (Objective, "label"),
            (Principle, "title"),
            (Region, "title"),
            (Country, "name"),
        ):
            assert not model.objects.filter(**{f"{field}_{code}__isnull": True}).exists(), (
                model,
                field,
                code,
            )


def test_titles_say_whether_and_where_their_wording_was_verified():
    fifteen = Objective.objects.get(number=15)
    assert fifteen.is_verified("en")
    assert fifteen.source_page("en").startswith("https://")
    twenty_three = Objective.objects.get(number=23)
    assert not twenty_three.is_verified("ar")
    assert twenty_three.source_page("ar") == ""
    assert twenty_three.label_sources["ar"] == {"source": "ours"}


def test_as_many_titles_are_verified_as_the_files_say():
    said = reference.read("gcm_objectives")["verified_counts"]
    found = Counter(
        code for row in Objective.objects.all() for code in ("ar", "en", "fr", "es") if row.is_verified(code)
    )
    assert found == said


def test_every_objective_has_its_review_roundtable():
    groups = {
        number: [row.number for row in Objective.objects.filter(roundtable=number)] for number in (1, 2, 3, 4)
    }
    said = reference.read("gcm_objectives")["imrf_roundtables"]["objectives"]
    assert groups == {int(number): numbers for number, numbers in said.items()}


def test_twenty_states_stand_in_two_regions_and_each_stands_in_one_at_least():
    regions = Counter(country.regions.count() for country in Country.objects.all())
    assert regions == {1: 177, 2: 20}


def test_a_region_knows_its_commission_and_both_of_its_reviews():
    africa = Region.objects.get(code="africa")
    assert africa.commission == "ECA"
    assert africa.reviews["2024_2025"]["place"] == "Addis Ababa"
    assert africa.reviews["2020_2021"]["dates"] is None


def test_a_newer_file_changes_what_nobody_changed_and_leaves_what_people_changed(monkeypatch, tmp_path):
    tunisia = Country.objects.get(iso2="TN")
    tunisia.regions.set(Region.objects.filter(code="africa"))
    shutil.copytree(reference.FOLDER, tmp_path, dirs_exist_ok=True)
    newer = reference.read("countries")
    row = next(row for row in newer["countries"] if row["iso2"] == "TN")
    row["regions"], row["names"]["en"] = ["arab-states"], "Republic of Tunisia"
    (tmp_path / "countries.json").write_text(json.dumps(newer))
    monkeypatch.setattr(reference, "FOLDER", tmp_path)

    assert counts()["Country"] == {"changed": 1, "same": 196, "kept": 1}
    tunisia.refresh_from_db()
    assert tunisia.name_en == "Republic of Tunisia"
    assert [region.code for region in tunisia.regions.all()] == ["africa"]
    assert counts()["Country"] == {"same": 197, "kept": 1}


def test_the_command_says_what_it_did():
    said = StringIO()
    call_command("load_reference", stdout=said)
    assert said.getvalue() == (
        "objectives: 0 made, 0 changed, 23 same\n"
        "guiding principles: 0 made, 0 changed, 10 same\n"
        "regions: 0 made, 0 changed, 5 same\n"
        "countries: 0 made, 0 changed, 197 same\n"
    )
