"""The pages of the guiding principles gather what names them, as far as the reader may see it."""

import re

import pytest
from django.urls import reverse

from portal.models import Principle
from tests import factories

pytestmark = pytest.mark.django_db


def test_a_principle_gathers_the_documents_and_commitments_that_name_it(client, cost):
    there = Principle.objects.create(number=7, letter="g", title_en="Gender-responsive")
    Principle.objects.create(number=8, letter="h", title_en="Child-sensitive")

    def add():
        named = [
            factories.document("Seen here"),
            factories.document("Not yet told", status="draft"),
            factories.commitment("Promised here"),
        ]
        for thing in named:
            thing.principles.add(there)

    add()
    factories.document("Of something else")
    page = client.get(there.get_absolute_url()).content.decode()
    assert [words in page for words in ("Seen here", "Promised here")] == [True, True]
    listed = client.get(re.search(r'href="([^"]+principle=7)"', page)[1]).content.decode()
    assert [words in listed for words in ("Seen here", "Of something else")] == [True, False]
    assert [words in page for words in ("Not yet told", "Of something else")] == [False, False]
    rows = client.get(reverse("principles")).context["principles"]
    assert [(row.number, row.amount) for row in rows] == [(7, 1), (8, 0)]
    assert (
        "Nothing here names this principle yet."
        in client.get(reverse("principle", args=[8])).content.decode()
    )

    addresses = (there.get_absolute_url(), reverse("principles"))
    one = [cost(address) for address in addresses]
    add()
    assert one == [cost(address) for address in addresses]
    assert max(one) <= 7
