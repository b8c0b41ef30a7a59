"""The picture of where organizations are: it knows of those that show themselves, and coordinators of who was heard."""

import pytest
from django.urls import reverse

from tests import factories

pytestmark = pytest.mark.django_db

SHOWN = {"in_directory": True, "directory_fields": ["country"]}


@pytest.fixture
def world():
    africa, arab = (
        factories.region(title_en="Africa"),
        factories.region("arab-states", title_en="Arab States"),
    )
    tunisia = factories.country("TN", "Tunisia", regions=[africa, arab])
    ghana = factories.country("GH", "Ghana", regions=[africa])
    factories.country("TG", "Togo", regions=[africa])
    factories.organization(country=tunisia, **SHOWN)
    factories.organization(country=tunisia, in_directory=True)  # listed, and does not show where it is
    factories.organization(country=tunisia)  # not listed
    factories.organization(country=ghana, directory_fields=["country"])  # not listed any more
    factories.organization(country=ghana, status="pending")
    factories.organization(country=ghana, constituency="state", **SHOWN)
    factories.organization()
    return tunisia, ghana


def figures(client, person=None):
    """{region: {State: (how many, of whom heard)}}, and the same of all."""
    if person is not None:
        client.force_login(person)
    context = client.get(reverse("organizations-coverage")).context
    places = {
        str(place.region.title_en): {
            tile.country.iso2: (tile.count, tile.heard, tile.depth) for tile in place.tiles
        }
        for place in context["places"]
    }
    return places, (context["count"], context["elsewhere"])


def test_everybody_sees_those_that_show_their_country_and_nobody_is_found_by_counting(client, world):
    for person in (None, factories.user(), factories.lead(), factories.coordinator_of(factories.process())):
        if person is not None and hasattr(person, "organization"):
            person.organization.country = world[0]
            person.organization.save()
        assert figures(client, person) == (
            {
                "Africa": {"GH": (1, None, 1), "TG": (0, None, 0), "TN": (1, None, 1)},
                "Arab States": {"TN": (1, None, 1)},
            },
            (3, (1, None)),
        )


def test_coordinators_see_all_members_and_who_has_been_heard(client, world):
    tunisia, ghana = world
    factories.registration(None, factories.organization(country=ghana))
    given = factories.contribution(None, factories.organization(country=tunisia))
    factories.contribution(given.call, factories.organization(country=tunisia), status="draft")
    places, (count, elsewhere) = figures(client, factories.coordinator())
    assert places["Africa"] == {"GH": (2, 1, 3), "TG": (0, 0, 0), "TN": (5, 1, 1)}
    assert (count, elsewhere) == (8, (1, 0))


def test_the_picture_costs_the_same_however_many_there_are(cost, world):
    address, coordinator = reverse("organizations-coverage"), factories.coordinator()
    before = cost(address), cost(address, coordinator)
    for _ in range(5):
        factories.organization(country=world[0], **SHOWN)
    assert before == (cost(address), cost(address, coordinator))
    assert before[0] <= 5
