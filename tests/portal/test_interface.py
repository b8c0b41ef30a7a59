"""The page that tells people of the JSON interface says what the description says, and its addresses answer."""

from html import unescape
from http import HTTPStatus

import pytest
from django.conf import settings
from django.urls import reverse

from portal.pages.machines import interface, words

pytestmark = pytest.mark.django_db


def test_the_page_and_the_description_tell_the_same(client):
    page = unescape(client.get(reverse("interface")).content.decode())
    described = client.get(reverse("api:openapi-json")).json()
    assert {tag["description"] for tag in described["tags"]} == {*words.ABOUT.values()}
    told = [tag["description"] for tag in described["tags"]] + [
        settings.SITE_URL + path for path in described["paths"]
    ]
    for act in (acts["get"] for acts in described["paths"].values()):
        told += [asked["schema"]["description"] for asked in act["parameters"] if asked["in"] == "query"]
    for schema in described["components"]["schemas"].values():
        if "key" in schema["properties"]:
            assert {name for name in schema["properties"] if f"{name}" not in page} == set()
    assert [words for words in told if words not in page] == []
    assert [said % words.FIGURES in page for _name, said in words.RULES] == [True] * len(words.RULES)
    assert described["externalDocs"]["url"] == settings.SITE_URL + reverse("interface")
    assert described["info"]["termsOfService"].endswith("#terms")
    assert 'id="terms"' in page


@pytest.mark.parametrize(
    ("said", "name", "asked"), interface.EXAMPLES, ids=lambda value: value if isinstance(value, str) else ""
)
def test_every_example_of_an_address_answers(client, said, name, asked):
    address = interface.address(name, asked)
    assert client.get(address.removeprefix(settings.SITE_URL)).status_code == HTTPStatus.OK
    assert address in unescape(client.get(reverse("interface")).content.decode())


def test_the_page_is_led_to_from_every_foot_and_from_each_list_that_is_a_file(client):
    page = client.get(reverse("objectives")).content.decode()
    assert page.count(f'href="{reverse("interface")}"') == 2
