"""A draft as others will see it: the very page, by every rule, and nothing of what it took stays."""

from http import HTTPStatus

import pytest
from django.urls import reverse
from django.utils import translation

from consultations.models import Consultation, Guest, Meeting
from portal.models import Organization, PublicChange, User
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
