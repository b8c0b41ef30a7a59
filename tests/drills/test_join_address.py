"""Where one joins is planted once more, and everybody asks for it at every address, also of others' registrations."""

import pytest

from tests.consultations.test_join_address import addresses, scene, where_it_should, where_it_stands

pytestmark = pytest.mark.django_db
__all__ = ["scene"]


def test_only_the_confirmed_find_the_join_address_at_any_address(client, scene):
    thing, people, registrations = scene
    everything = addresses(thing, registrations)
    found = where_it_stands(client, people, lambda name: everything)
    assert found == where_it_should(thing, registrations)
