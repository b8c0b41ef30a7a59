"""What public pages tell machines in their head: read by an independent parser; private pages tell nothing."""

import json
from datetime import date, datetime

import pytest
from django.conf import settings
from lxml import html

from tests import factories, sessions

pytestmark = pytest.mark.django_db
HOSTILE = '</script><script>alert(1)</script><!-- "Zebra" & \u2028'
SITE = settings.SITE_URL


class Head:
    """The head of a page as lxml reads it."""

    def __init__(self, client, address):
        answer = client.get(address)
        self.status = answer.status_code
        self.tree = html.document_fromstring(answer.content.decode())

    def links(self, rel):
        found = self.tree.xpath(f"//head/link[@rel='{rel}'][not(@type)]")
        return {link.get("hreflang"): link.get("href") for link in found}

    def graph(self, name):
        return self.tree.xpath(f"//head/meta[@property='og:{name}']/@content")

    @property
    def about(self):
        """The one block of linked data, or None."""
        scripts = self.tree.xpath("//script[not(@src)]")
        assert [one.get("type") for one in scripts if one.get("type") != "application/json"] == [
            "application/ld+json"
        ] * bool(scripts)
        return json.loads(scripts[0].text) if scripts else None


def test_a_document_says_where_it_stands_in_which_languages_and_what_it_is(client):
    made = factories.document(title_en=HOSTILE, title_ar="حمار", summary_en="What it says")
    arabic, french = (Head(client, f"/{code}/library/{made.address_key}/") for code in ("ar", "fr"))
    own = {code: f"{SITE}/{code}/library/{made.address_key}/" for code in ("en", "ar")}
    assert (arabic.links("canonical"), arabic.links("alternate")) == ({None: own["ar"]}, own)
    assert french.links("canonical") == {None: own["en"]}  # it does not exist in French
    assert (arabic.graph("locale"), arabic.graph("locale:alternate")) == (["ar_AR"], ["en_GB"])
    assert (arabic.graph("title"), french.graph("title")) == (["حمار"], [" ".join(HOSTILE.split())])
    assert french.graph("description") == ["What it says"]
    about = french.about
    assert (about["@type"], about["headline"], about["url"]) == ("Article", HOSTILE, own["en"])
    assert about["inLanguage"] == ["en", "ar"]


def test_a_consultation_is_an_event_made_of_its_meetings(client):
    made = factories.open_consultation("A dialogue", begins_on=date(2031, 5, 1), place="Dakar")
    held = made.meetings.get()
    made.meetings.update(join_url="https://secret.example/join")
    about = Head(client, made.get_absolute_url()).about
    assert (about["@type"], about["name"], about["startDate"]) == ("Event", "A dialogue", "2031-05-01")
    [meeting] = about["subEvent"]
    assert datetime.fromisoformat(meeting["startDate"]) == held.starts_at
    assert "secret" not in json.dumps(about)


def test_an_organization_is_told_with_what_it_chose_to_show(client):
    facts = {"acronym": "SHY", "website": "https://shy.example", "summary_en": "Helps boats"}
    made = factories.organization("Shy", in_directory=True, directory_fields=["acronym"], **facts)
    head = Head(client, made.get_absolute_url())
    assert (head.about["name"], head.about["alternateName"]) == ("Shy", "SHY")
    assert {"sameAs", "description"}.isdisjoint(head.about)
    assert head.graph("description") == []


def test_lists_and_facts_name_their_pages_and_filtered_ones_the_whole_list(client):
    head = Head(client, "/fr/library/?kind=report&page=2")
    assert head.links("canonical") == {None: f"{SITE}/fr/library/?page=2"}
    assert [*head.links("alternate")] == [code for code, _name in settings.LANGUAGES]
    assert head.about is None


def test_what_is_private_is_marked_by_nothing(client):
    lead = factories.lead()
    hidden = factories.document("For members", access="members")
    public = factories.document("For all")
    pages = [hidden.get_absolute_url(), "/en/accounts/login/", "/en/library/nothing-here/"]
    sessions_pages = [hidden.get_absolute_url(), public.get_absolute_url(), "/en/messages/"]
    for person, addresses in ((None, pages), (lead, sessions_pages)):
        if person:
            sessions.sign_in(client, person)
        for address in addresses:
            head = Head(client, address)
            assert (head.links("canonical"), head.graph("title")) == ({}, []), address
