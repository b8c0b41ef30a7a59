"""The data map is whole: each field of each table has one class and a time to go (safety.md, D18)."""

import pytest
from django.apps import apps
from django.db.models import ForeignKey, OneToOneField

from portal.data_map import CLASSES, PERSONAL, fields_of, kept
from portal.models import Recipient, User

MODELS = [model for model in apps.get_models() if not model._meta.proxy]


def test_every_table_has_its_place_in_the_map_and_none_is_there_in_vain():
    assert {*MODELS} == {*kept()}


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.label)
def test_every_field_has_one_class(model):
    assert sorted(kept()[model].fields(*CLASSES)) == sorted(fields_of(model))


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.label)
def test_whatever_leads_to_a_person_is_personal(model):
    leads = [
        field.name
        for field in model._meta.concrete_fields
        if isinstance(field, ForeignKey | OneToOneField) and field.related_model in {User, Recipient}
    ]
    assert {*leads} <= {*kept()[model].fields(PERSONAL)}


def test_a_day_of_the_map_is_a_setting(settings):
    rooms = {own.room for own in kept().values() if own.room.days}
    assert rooms
    for room in rooms:
        setattr(settings, room.days, 4321)
        assert "4321" in str(room.end)
