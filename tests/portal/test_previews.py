"""A draft as others will see it: the very page, by every rule, and nothing of what it took stays."""

from http import HTTPStatus

import pytest
from django.urls import reverse
from django.utils import timezone, translation

from consultations.models import Consultation, Guest, Meeting
from portal.models import Organization, PublicChange, User
from portal.operations import texts
from tests import factories

pytestmark = pytest.mark.django_db


def preview(client, thing, whose, *, language="en"):
    name = "consultation" if isinstance(thing, Consultation) else "page"
    with translation.override(language):
        return client.get(reverse(f"preview-{name}", args=[thing.key]), {"as": whose})


def test_a_draft_is_previewed_as_each_reader_and_nothing_stays(client):
    room = factories.open_consultation("Round on return", status="draft", access="members")
    Meeting.objects.create(
        consultation=room,
        title_en="Widened round",
        languages=["en"],
        circle="widened",
        starts_at=room.closes_at,
        time_zone="UTC",
    )
    client.force_login(factories.coordinator())
    before = [model.objects.count() for model in (User, Organization, Guest, PublicChange)]

    nobody = preview(client, room, "nobody")
    assert "This reader does not see the page" in nobody.text
    assert "Sign in" in nobody.text

    member = preview(client, room, "member")
    assert "Round on return" in member.text
    assert "Announced" in member.text
    assert "Draft: only coordinators see this page" not in member.text
    assert "https://meet.example" not in member.text

    guest = preview(client, room, "guest")
    assert "Widened round" in guest.text
    assert "First round" not in guest.text

    for answer in (nobody, member, guest):
        assert answer.status_code == HTTPStatus.OK
        assert "sandbox allow-same-origin allow-top-navigation" in answer["Content-Security-Policy"]
        assert answer["Cache-Control"] == "no-store, private"
        assert "X-May-Be-Kept" not in answer
    assert before == [model.objects.count() for model in (User, Organization, Guest, PublicChange)]
    room.refresh_from_db()
    assert room.status == "draft"


def test_a_page_is_previewed_in_each_language_and_only_by_who_coordinates_it(client):
    page = factories.resource_page(title_en="How to take part", title_ar="كيف تشارك", status="draft")
    client.force_login(factories.coordinator())
    assert "كيف تشارك" in preview(client, page, "nobody", language="ar").text
    assert "How to take part" in preview(client, page, "guest").text  # who is not offered counts as nobody
    client.force_login(factories.user())
    assert preview(client, page, "nobody").status_code == HTTPStatus.NOT_FOUND
    page.status = "published"
    page.save()
    assert preview(client, page, "nobody").status_code == HTTPStatus.FORBIDDEN


def languages(client, thing):
    name = "consultation" if isinstance(thing, Consultation) else "page"
    return client.get(reverse(f"{name}-languages", args=[thing.key]))


def parts(response):
    """What stands there, part by part: {language: [(field, state)]}."""
    return [
        {row.language: [(piece.field, piece.state) for piece in row.pieces] for row in part["editions"]}
        for part in response.context["parts"]
    ]


def test_all_languages_of_a_page_stand_side_by_side_and_what_is_missing_is_marked(client):
    page = factories.resource_page(title_en="How to take part", status="draft")
    texts.save_texts(page, {"ar": {"title": "كيف تشارك"}}, approve=True)
    section = factories.page_section(page, text="Come as *two*.")
    texts.save_texts(section, {"fr": {"title": "À deux"}})
    factories.page_section(page, text="Nobody reads this any more.", removed_at=timezone.now())
    client.force_login(factories.coordinator())
    assert reverse("page-languages", args=[page.key]) in preview(client, page, "nobody").text
    answer = languages(client, page)
    missing, no_text = ("title", "missing"), ("body", "missing")
    assert parts(answer) == [
        {"en": [("title", "")], "ar": [("title", "approved")], "fr": [missing], "es": [missing]},
        {
            "en": [("title", ""), ("body", "")],
            "ar": [missing, no_text],
            "fr": [("title", "draft"), no_text],
            "es": [missing, no_text],
        },
    ]
    assert "<em>two</em>" in answer.text
    assert ("Waiting for approval" in answer.text, answer.text.count("The text is missing")) == (True, 3)
    assert "Nobody reads this any more." not in answer.text
    client.force_login(factories.user())
    assert languages(client, page).status_code == HTTPStatus.NOT_FOUND
    page.status = "published"
    page.save()
    assert languages(client, page).status_code == HTTPStatus.FORBIDDEN


def test_all_languages_of_a_consultation_stand_with_those_of_its_meetings(client):
    room = factories.open_consultation("Round on return", status="draft")
    client.force_login(factories.coordinator())
    assert reverse("consultation-languages", args=[room.key]) in preview(client, room, "nobody").text
    answer = languages(client, room)
    assert [part["thing"] for part in answer.context["parts"]] == [room, room.meetings.get()]
    assert "https://meet.example" not in answer.text


def test_a_page_of_all_languages_costs_the_same_for_one_section_and_for_ten(cost):
    page, by = factories.resource_page(), factories.coordinator()
    where = reverse("page-languages", args=[page.key])
    factories.page_section(page, text="One.")
    one = cost(where, by)
    for _ in range(9):
        factories.page_section(page, text="Another.")
    assert one == cost(where, by) <= 20
