"""Coordinators keep resource pages: drafted, put in their place, moved without circles."""

import uuid
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from portal.errors import Refused
from resources.models import PageAddress, ResourcePage
from resources.operations import pages
from tests import factories

pytestmark = pytest.mark.django_db


def put(page, parent, *, by):
    titles = {"en": {"title": page.title_en, "summary": ""}}
    return pages.edit(page, version=page.version, titles=titles, parent=parent, by=by)


def order():
    return list(ResourcePage.objects.order_by("position", "pk").values_list("title_en", flat=True))


def test_a_new_page_stands_after_those_in_its_place():
    by, top = factories.coordinator(), factories.resource_page("Top")
    made = [
        pages.create(titles={"en": {"title": name, "summary": ""}}, parent=top, by=by)
        for name in ("One", "Two")
    ]
    assert [(row.parent, row.position, row.status) for row in made] == [(top, 0, "draft"), (top, 1, "draft")]


def test_a_page_moves_one_place_up_or_down_and_no_further():
    by = factories.coordinator()
    first, _, last = (factories.resource_page(name) for name in "ABC")
    pages.move_down(first, by=by)
    assert order() == ["B", "A", "C"]
    pages.move_up(last, by=by)
    assert order() == ["B", "C", "A"]
    with pytest.raises(Refused, match="already stands last"):
        pages.move_down(first, by=by)
    pages.move_up(last, by=by)
    with pytest.raises(Refused, match="already stands first"):
        pages.move_up(last, by=by)


def test_a_page_steps_past_what_is_withdrawn():
    by = factories.coordinator()
    factories.resource_page("A")
    factories.resource_page("Gone", status="withdrawn")
    last = factories.resource_page("C")
    pages.move_up(last, by=by)
    with pytest.raises(Refused, match="already stands first"):
        pages.move_up(last, by=by)


def test_no_page_stands_below_itself_or_what_it_contains():
    by, top = factories.coordinator(), factories.resource_page("Top")
    below = factories.resource_page("Below", parent=top)
    for parent in (top, below):
        with pytest.raises(Refused, match="cannot stand below itself"):
            put(top, parent, by=by)
    with pytest.raises(IntegrityError, match="resourcepage_is_not_below_itself"), transaction.atomic():
        ResourcePage.objects.filter(pk=top.pk).update(parent=top)


def test_the_tree_is_no_deeper_than_four_levels_with_all_that_moves_along():
    by, above = factories.coordinator(), None
    for name in "ABC":
        above = factories.resource_page(name, parent=above)
    branch = factories.resource_page("Branch")
    put(branch, above, by=by)
    other = factories.resource_page("Other")
    factories.resource_page("Leaf", parent=other)
    with pytest.raises(Refused, match="too deep"):
        put(other, above, by=by)
    put(other, above.parent, by=by)
    other.refresh_from_db()
    assert (other.parent, other.position) == (above.parent, 1)


def test_a_coordinator_drafts_edits_and_publishes_a_page_and_a_second_editor_gets_both_texts(client):
    client.force_login(factories.coordinator())
    page = factories.resource_page("Register", status="draft")
    address = reverse("resources:page-edit", args=[page.key])
    form = client.get(address).context["form"]
    shown = {name: form[name].value() for name in form.fields if form[name].value()}
    sent = shown | {"title_en": "Register here"}
    assert client.post(address, sent).status_code == 302
    second = client.post(address, sent | {"title_en": "Register there", "once": uuid.uuid4()})
    assert second.status_code == 409
    assert "Register there" in second.content.decode()
    client.post(reverse("resources:page-publish", args=[page.key]))
    page.refresh_from_db()
    assert (page.title_en, page.status) == ("Register here", "published")


def test_only_coordinators_are_offered_to_change_a_page(client):
    page = factories.resource_page("Register")
    edit = reverse("resources:page-edit", args=[page.key])
    assert edit not in client.get(page.get_absolute_url()).content.decode()
    client.force_login(factories.coordinator())
    assert edit in client.get(page.get_absolute_url()).content.decode()


def test_a_withdrawn_page_says_that_it_is_gone_to_who_could_read_it_and_so_do_its_files(client):
    page, members = factories.resource_page("Register"), factories.resource_page("Within", access="members")
    file = factories.attachment(page)
    address = page.get_absolute_url()
    for row in (page, members):
        pages.withdraw(row, by=factories.coordinator())
    for gone in (client.get(address), client.get(file.get_absolute_url())):
        assert gone.status_code == 410
        assert "This page was withdrawn" in gone.content.decode()
    assert client.get(members.get_absolute_url()).status_code == 404
    client.force_login(factories.lead())
    assert client.get(members.get_absolute_url()).status_code == 410
    client.force_login(factories.coordinator())
    assert client.get(address).status_code == 200
    assert client.get(file.get_absolute_url()).getvalue().startswith(b"%PDF")


def test_the_address_of_a_page_changes_and_every_earlier_one_leads_there_whom_it_may(client):
    editor, page = factories.coordinator(), factories.resource_page("Register", access="members")
    first = page.get_absolute_url()
    client.force_login(editor)
    form = reverse("resources:page-address", args=[page.key])
    assert "register" in client.get(form).content.decode()
    assert client.post(form, {"word": "", "version": 1}).status_code == 422
    client.post(form, {"word": "سجّلوا", "version": 1})
    page.refresh_from_db()
    second = page.get_absolute_url()
    assert page.slug == f"سجلوا-{page.key.hex[:6]}"
    stale = client.post(form, {"word": "Late", "version": 1})
    assert (stale.status_code, "Late" in stale.content.decode()) == (422, True)
    client.post(form, {"word": "Sign up", "version": 2})
    page.refresh_from_db()
    third = page.get_absolute_url()
    for old in (first, second):
        answer = client.get(old)
        assert (answer.status_code, answer["Location"]) == (301, third)
    client.logout()
    assert {client.get(old).status_code for old in (first, second, third)} == {404}
    page = pages.change_address(page, word="Register", version=3, by=editor)
    assert page.get_absolute_url() == first
    pages.withdraw(page, by=editor)
    client.force_login(factories.lead())
    assert {client.get(old).status_code for old in (first, second, third)} == {410}


def test_an_address_that_a_page_had_is_never_another_s():
    by, page, other = (
        factories.coordinator(),
        factories.resource_page("Here"),
        factories.resource_page("There"),
    )
    old = page.slug
    pages.change_address(page, word="Elsewhere", version=1, by=by)
    with pytest.raises(IntegrityError), transaction.atomic():
        PageAddress.objects.create(page=other, slug=old)
    ResourcePage.objects.filter(pk=other.pk).update(status="draft", slug=old)
    with pytest.raises(Refused, match="kept for another page"):
        pages.publish(other, by=by)
    draft = factories.resource_page("Draft", status="draft")
    with pytest.raises(Refused, match="Only a page that is published"):
        pages.change_address(draft, word="Word", version=1, by=by)


def test_a_page_publishes_itself_at_the_moment_that_was_chosen_unless_it_is_taken_back(client, caplog):
    page, untitled = factories.resource_page("Register", status="draft"), factories.resource_page("Here")
    client.force_login(factories.coordinator())
    form, back = (reverse(f"resources:page-{act}", args=[page.key]) for act in ("schedule", "unschedule"))
    assert client.post(form, {"at": "2001-05-03T10:00", "time_zone": "UTC"}).status_code == 422
    for _again in range(2):
        client.post(form, {"at": "2031-05-03T10:00", "time_zone": "Asia/Bangkok"})
        page.refresh_from_db()
        assert page.publish_at.isoformat() == "2031-05-03T03:00:00+00:00"
        assert "It publishes itself at" in client.get(page.get_absolute_url()).content.decode()
        client.post(back)
    page.refresh_from_db()
    assert page.publish_at is None
    client.post(form, {"at": "2031-05-03T10:00", "time_zone": "Asia/Bangkok"})
    assert pages.publish_due() == 0
    with pytest.raises(IntegrityError, match="waits_for_no_moment"), transaction.atomic():
        ResourcePage.objects.filter(pk=untitled.pk).update(publish_at=timezone.now())
    past = timezone.now() - timedelta(seconds=1)
    ResourcePage.objects.filter(pk=page.pk).update(publish_at=past)
    ResourcePage.objects.filter(pk=untitled.pk).update(
        publish_at=past - timedelta(hours=1), status="draft", title_en="", title="", archive_id="untitled"
    )
    assert (pages.publish_due(), pages.publish_due()) == (1, 0)
    assert "did not publish itself" in caplog.text
    client.logout()
    page.refresh_from_db()
    assert client.get(page.get_absolute_url()).status_code == 200
