"""What was typed outlives a lost session, an expired form and our own failures; and only its writer gets it back."""

import re
from datetime import timedelta
from html import unescape
from urllib.parse import quote

import pytest
from django.core.exceptions import PermissionDenied
from django.db.models import F
from django.test import Client
from django.urls import reverse

from portal import unsent
from portal.models import Session
from portal.operations import limits
from resources.models import Document
from resources.operations import documents
from tests import factories
from tests.routes import PARTS, routes
from tests.safety.exits import PAGES
from tests.safety.walk import NOWHERE

pytestmark = pytest.mark.django_db
WORDS = "Harbour words that took an hour to write"
OURS, FOREIGN = {"origin": "http://testserver"}, {"origin": "https://evil.example"}
FIELD = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)">')


@pytest.fixture
def coordinator():
    return factories.coordinator()


@pytest.fixture
def away(client, coordinator):
    """A browser in which a coordinator was away for too long."""
    come_in(client, coordinator)
    Session.objects.update(seen_at=F("seen_at") - timedelta(minutes=31))
    return client


def come_in(browser, person):
    """Sign in, and look at a page."""
    browser.force_login(person)
    browser.get(reverse("home"))
    return browser


def typed(**values):
    there = {"original_language": "en", "kind": "outcome", "access": "public", "begins_precision": "day"}
    return there | {"title_en": WORDS} | values


def send(browser, headers=OURS, **values):
    return browser.post(reverse("resources:document-new"), typed(**values), headers=headers)


def fields(page):
    return {name: unescape(value) for name, value in FIELD.findall(page) if name != "csrfmiddlewaretoken"}


def test_what_was_typed_comes_back_after_signing_in_and_is_sent_by_one_press(away, coordinator):
    answer = send(away)
    back = reverse("unsent")
    assert answer["Location"] == f"{reverse('account_login')}?next={back}"
    assert "What you typed is kept for an hour" in away.get(answer["Location"]).content.decode()
    assert not Document.objects.exists()
    away.force_login(coordinator)
    page = away.get(back).content.decode()
    assert f'<blockquote dir="auto">{WORDS}</blockquote>' in page
    assert fields(page) == typed()
    assert re.search(r"<bdi>outcome</bdi>.*<bdi>public</bdi>", page), "all that is sent is shown"
    answer = away.post(reverse("resources:document-new"), fields(page))
    assert Document.objects.get().title_en == WORDS
    assert answer.cookies[unsent.COOKIE]["max-age"] == 0
    assert away.get(back)["Location"] == reverse("home")


def test_what_was_kept_can_be_thrown_away(away, coordinator):
    send(away)
    away.force_login(coordinator)
    assert away.post(reverse("unsent"))["Location"] == reverse("home")
    assert away.get(reverse("unsent"))["Location"] == reverse("home")


def test_what_did_not_arrive_is_still_kept(away, coordinator, monkeypatch, settings):
    send(away)
    away.force_login(coordinator)

    def is_kept():
        return WORDS in away.get(reverse("unsent")).content.decode()

    def refuse(**_values):
        raise PermissionDenied

    with monkeypatch.context() as patch:
        patch.setattr(documents, "create", refuse)
        assert (send(away).status_code, is_kept()) == (403, True)
    coordinator.authenticator_set.all().delete()
    settings.SECOND_FACTOR_REQUIRED = True
    answer = send(away)
    assert answer["Location"] == reverse("mfa_index")
    assert f'href="{reverse("unsent")}"' in away.get(answer["Location"]).content.decode()
    settings.SECOND_FACTOR_REQUIRED = False
    assert is_kept()
    assert (send(away, begins_on="x").status_code, is_kept()) == (422, False)


def test_a_shorter_form_does_not_take_the_place_of_a_longer_one(away, coordinator):
    send(away)
    answer = send(away, title_en="Words")
    assert answer["Location"].endswith(reverse("unsent"))
    send(away, summary_en=WORDS)
    away.force_login(coordinator)
    assert fields(away.get(reverse("unsent")).content.decode()) == typed(summary_en=WORDS)


def test_the_database_alone_cannot_read_it_and_after_an_hour_nobody_can(away, coordinator):
    send(away)
    held = away.session[unsent.KEPT]
    assert "arbour" not in str(held)
    away.force_login(coordinator)
    key = away.cookies.pop(unsent.COOKIE)
    assert away.get(reverse("unsent"))["Location"] == reverse("home")
    away.cookies[unsent.COOKIE] = key.value
    assert away.get(reverse("unsent")).status_code == 200
    session = away.session
    session[unsent.KEPT] = held | {"until": 0}
    session.save()
    assert away.get(reverse("unsent"))["Location"] == reverse("home")
    assert unsent.KEPT not in away.session


def test_nobody_else_gets_it_who_signs_in_there(away):
    send(away)
    away.force_login(factories.coordinator())
    assert away.get(reverse("unsent"))["Location"] == reverse("home")
    assert unsent.KEPT not in away.session


def test_who_signed_out_herself_and_sends_from_another_tab_is_the_only_one_to_get_it(client):
    member = factories.user()
    come_in(client, member).post(reverse("account_logout"))
    mark = client.cookies[unsent.WHOSE]
    assert (mark["httponly"], mark["samesite"], mark["path"]) == (True, "Lax", "/")
    for person, gets_it in ((factories.user(), False), (member, True)):
        browser = come_in(Client(), member)
        browser.post(reverse("account_logout"))
        send(browser)
        assert browser.session.get_expiry_age() <= unsent.SECONDS
        browser.force_login(person)
        assert (WORDS in browser.get(reverse("unsent")).content.decode()) == gets_it
        assert browser.session.get_expiry_age() > 24 * unsent.SECONDS, "as long as of any who signs in"


@pytest.mark.parametrize("value", [None, "", "somebody", "somebody:1abc:signed"])
def test_of_a_browser_in_which_nobody_was_signed_in_nothing_is_kept(client, value):
    if value is not None:
        client.cookies[unsent.WHOSE] = value
    send(client)
    assert unsent.KEPT not in client.session


def test_a_form_is_kept_up_to_a_length_in_whatever_script(away):
    send(away, title_en="ب" * (unsent.MOST - 200))
    assert len(away.session[unsent.KEPT]["sealed"]) < 3 * unsent.MOST
    send(away, title_en="ب" * unsent.MOST)
    assert away.session[unsent.KEPT]["sealed"]


def test_files_are_not_kept_and_that_is_said(away, coordinator):
    send(away, file_en=factories.pdf())
    away.force_login(coordinator)
    assert "Files are not kept" in away.get(reverse("unsent")).content.decode()


def test_every_form_behind_the_door_is_kept(monkeypatch):
    monkeypatch.setattr(unsent, "RATES", (limits.Rate(1_000, limits.HOUR),))
    there = PARTS | {"key": NOWHERE, "paragraph": NOWHERE}
    # Who is at a meeting's door without an account says one word there, and brings it again.
    behind = {name for name, row in PAGES.items() if row.private and row.posted and not row.is_button}
    behind -= {"consultations:arrive"}
    lost, asked, known = [], set(), come_in(Client(), factories.user()).cookies[unsent.WHOSE].value
    for name, pattern in routes():
        if name in behind:
            given = {part: there[part] for part in pattern.pattern.converters}
            address, browser = reverse(name, kwargs=given), Client(headers=OURS)
            browser.cookies[unsent.WHOSE] = known
            browser.post(address, {"words": WORDS})
            asked.add(name)
            if browser.session.get(unsent.KEPT, {}).get("address") != address:
                lost.append(name)
    assert asked == behind
    assert lost == []


def test_a_mere_button_is_not_kept_but_leads_back_to_its_page(client):
    come_in(client, factories.user()).post(reverse("account_logout"))
    page = f"http://testserver{reverse('desk')}"
    answer = client.post(
        reverse("inbox-read-all"),
        {"once": NOWHERE, "version": "3", "approve": ""},
        headers=OURS | {"referer": page},
    )
    assert unsent.KEPT not in client.session
    assert answer["Location"].endswith(quote(page))


def test_no_password_is_kept(client):
    come_in(client, factories.user()).post(reverse("account_logout"))
    client.post(reverse("account_set_password"), {"password1": WORDS, "password2": WORDS}, headers=OURS)
    assert unsent.KEPT not in client.session


def test_a_form_of_before_signing_in_again_comes_back_with_a_new_token(coordinator):
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(coordinator)
    browser.get(reverse("resources:document-new"))
    assert WORDS not in send(browser, headers=FOREIGN).content.decode()
    answer = send(browser)
    page = answer.content.decode()
    assert answer.status_code == 403
    assert WORDS in page
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)[1]
    assert "no cookie of this site" not in page
    browser.post(
        reverse("resources:document-new"), fields(page) | {"csrfmiddlewaretoken": token}, headers=OURS
    )
    assert Document.objects.get().title_en == WORDS
    del browser.cookies["csrf"]
    assert "no cookie of this site" in send(browser).content.decode()


def test_our_own_failure_hands_back_what_was_typed(coordinator, monkeypatch):
    def fail(**_values):
        raise RuntimeError

    monkeypatch.setattr(documents, "create", fail)
    browser = Client(raise_request_exception=False)
    browser.force_login(coordinator)
    answer = send(browser)
    assert answer.status_code == 500
    assert fields(answer.content.decode()) == typed()
    assert WORDS not in send(browser, headers=FOREIGN).content.decode()


@pytest.mark.parametrize("origin", ["http://[", "http://[::1", "//["])
def test_an_origin_that_is_no_address_is_no_page_of_ours(client, origin):
    assert send(client, headers={"origin": origin}).status_code == 302
    assert unsent.KEPT not in client.session


@pytest.mark.parametrize(
    ("fields", "says_something"),
    [
        ([("begins_on", "2030-02-01"), ("places", "12")], True),
        ([("organization", NOWHERE), ("act", "confirm"), ("version", "3"), ("title", " ")], False),
        ([("answer", "Yes, we come")], True),
        ([("at", "2030-02-01T10:00"), ("answer", "no")], True),
    ],
)
def test_dates_and_numbers_are_typed_and_keys_and_buttons_are_not(fields, says_something):
    assert unsent.Sent("/", fields).says_something == says_something
