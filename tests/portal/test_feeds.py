"""Atom feeds and calendars of what is public: valid, in one language each, nothing hidden, unchanged answers not resent."""

from pathlib import Path

import pytest
from django.urls import reverse
from django.utils import translation
from icalendar import Calendar
from lxml import etree

from tests import factories

pytestmark = pytest.mark.django_db
ATOM = "{http://www.w3.org/2005/Atom}"
SCHEMA = etree.RelaxNG(etree.parse(Path(__file__).parent.parent / "schemas" / "atom.rng"))


def feed_at(client, name, *args, language="en"):
    """A feed that holds against the schema of RFC 4287."""
    with translation.override(language):
        address = reverse(name, args=args)
    response = client.get(address)
    found = etree.fromstring(response.content)
    assert SCHEMA.validate(found), SCHEMA.error_log
    assert response["Content-Type"] == "application/atom+xml; charset=utf-8"
    return found


def titles(found):
    return [title.text for title in found.iterfind(f"{ATOM}entry/{ATOM}title")]


def test_the_schema_refuses_what_the_standard_refuses():
    broken = etree.fromstring('<feed xmlns="http://www.w3.org/2005/Atom"><title>No id</title></feed>')
    assert not SCHEMA.validate(broken)


def test_an_empty_feed_is_valid(client):
    assert titles(feed_at(client, "feed")) == []


def test_a_feed_tells_what_can_be_read_in_its_language(client):
    factories.document(title_en="Return", title_ar="العودة")
    factories.practice("Harbour day")
    assert sorted(titles(feed_at(client, "feed"))) == ["Harbour day", "Return"]
    arabic = feed_at(client, "feed", language="ar")
    assert titles(arabic) == ["العودة"]
    assert arabic.get("{http://www.w3.org/XML/1998/namespace}lang") == "ar"
    links = {link.get("hreflang"): link.get("href") for link in arabic.iterfind(f"{ATOM}entry/{ATOM}link")}
    assert links["en"].split("/")[3] == "en"
    assert links[None].split("/")[3] == "ar"


def test_an_entry_keeps_its_id_when_it_changes(client):
    document = factories.document("Return")
    before = feed_at(client, "feed")
    document.title_en, document.slug = "Return, again", "elsewhere"
    document.save()
    after = feed_at(client, "feed")
    ids = [[one.text for one in found.iterfind(f"{ATOM}entry/{ATOM}id")] for found in (before, after)]
    assert ids[0] == ids[1] == [document.key.urn]
    moments = [found.findtext(f"{ATOM}updated") for found in (before, after)]
    assert moments[0] <= moments[1]


def test_feeds_of_an_objective_and_of_a_process_hold_only_their_own(client):
    objective, process = factories.objective(7), factories.process("Review")
    factories.document("On seven", objectives=[objective])
    factories.call("In the review", process=process)
    assert titles(feed_at(client, "objective-feed", 7)) == ["On seven"]
    assert titles(feed_at(client, "process-feed", process.address_key)) == ["In the review"]
    hidden = factories.process("Hidden", access="members")
    assert client.get(reverse("process-feed", args=[hidden.key])).status_code == 404


def test_nothing_hidden_stands_in_a_feed_even_for_those_who_may_see_it(client):
    factories.document("Members", access="members")
    factories.document("Draft", status="draft")
    client.force_login(factories.coordinator())
    assert titles(feed_at(client, "feed")) == []


def test_a_feed_that_has_not_changed_is_not_sent_again(client):
    factories.document("Return")
    first = client.get(reverse("feed"))
    assert client.get(reverse("feed"), headers={"If-None-Match": first["ETag"]}).status_code == 304
    factories.document("Another")
    assert client.get(reverse("feed"), headers={"If-None-Match": first["ETag"]}).status_code == 200


def test_a_feed_costs_the_same_for_one_thing_and_ten(cost):
    factories.document()
    one = cost(reverse("feed"))
    for _ in range(9):
        factories.document()
    assert one == cost(reverse("feed")) <= 12


def entries(client, name, *args, language="en"):
    with translation.override(language):
        response = client.get(reverse(name, args=args))
    assert max(len(line) for line in response.content.split(b"\r\n")) <= 75
    found = Calendar.from_ical(response.content)
    assert [error for entry in found.walk() for error in entry.errors] == []
    return list(found.walk("VEVENT"))


def test_calendars_hold_public_meetings_and_never_where_one_joins(client):
    objective, process = factories.objective(7), factories.process("Review")
    title = "حماية حقوق العمال المهاجرين وأسرهم في جميع مراحل الهجرة، والعودة الآمنة والكريمة"
    shown = factories.open_consultation(
        title_en="Round; one, two\nBEGIN:VEVENT", title_ar=title, process=process, objectives=[objective]
    )
    shown.meetings.update(join_url="https://rooms.example/secret")
    factories.open_consultation("Members", access="members")
    for name, args in (
        ("meetings-calendar", []),
        ("objective-calendar", [7]),
        ("process-calendar", [process.address_key]),
    ):
        (entry,) = entries(client, name, *args)
        assert str(entry["summary"]).startswith("Round; one, two")
        assert b"rooms.example" not in entry.to_ical()
    (arabic,) = entries(client, "meetings-calendar", language="ar")
    assert str(arabic["summary"]).startswith(title)
    factories.objective(8)
    assert entries(client, "objective-calendar", 8) == []
