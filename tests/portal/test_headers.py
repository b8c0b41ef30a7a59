"""What every answer carries: the policy of safety.md D12, who reads, and what a refusal becomes (G23, own test)."""

import re
from contextlib import suppress
from http import HTTPStatus

import pytest
from django.contrib.messages import get_messages
from django.contrib.messages.storage.fallback import FallbackStorage
from django.http import HttpResponse
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.urls import NoReverseMatch, reverse
from django.utils import timezone, translation

from portal import wsgi
from portal.errors import Refused
from portal.middleware import ReaderMiddleware, Refusals, SecurityHeaders, as_policy
from tests import factories
from tests.routes import routes

POLICY = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self'",
    "font-src": "'self'",
    "connect-src": "'self'",
    "form-action": "'self'",
    "frame-ancestors": "'none'",
    "base-uri": "'none'",
    "manifest-src": "'self'",
}
PLAIN = {
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Embedder-Policy": "require-corp",
}
OWN_CALLS = re.compile(
    r"""<style\b|\sstyle=|\son[a-z]+="|<script(?![^>]*(?:src=|application/json))|javascript:""", re.I
)
ELSEWHERE = re.compile(
    r"""(?:src|action)="(?:https?:)?//|<link[^>]+rel="(?:stylesheet|icon|preload)"[^>]+href="(?:https?:)?//"""
)


# A worker and the words of a manifest, which know nobody.
THE_SAME_FOR_EVERYBODY = {"manifest", "worker"}


def addresses():
    """Every address that needs no argument, as the site's own table lists them."""
    for name, _pattern in routes():
        with suppress(NoReverseMatch):
            reverse(name)
            yield name


def check(response):
    if response["Content-Security-Policy"] != "sandbox; default-src 'none'":
        policy = dict(part.split(" ", 1) for part in response["Content-Security-Policy"].split("; "))
        assert policy == POLICY
    assert {name: response[name] for name in PLAIN} == PLAIN
    assert "camera=()" in response["Permissions-Policy"]
    assert "no-store" in response["Cache-Control"] or "public" in response["Cache-Control"]
    assert "Server" not in response
    if response.get("Content-Type", "").startswith("text/html"):
        page = response.content.decode()
        assert OWN_CALLS.findall(page) == []
        assert ELSEWHERE.findall(page) == []


@pytest.mark.django_db
@pytest.mark.one_a_day("is_signed_in")
@pytest.mark.parametrize("is_signed_in", [False, True], ids=["nobody", "coordinator"])
@pytest.mark.parametrize("name", sorted(set(addresses())))
def test_every_address_answers_with_the_headers_and_nothing_inline(client, name, is_signed_in):
    if is_signed_in:
        client.force_login(factories.coordinator())
    response = client.get(reverse(name))
    if is_signed_in and response.status_code == HTTPStatus.OK and name not in THE_SAME_FOR_EVERYBODY:
        assert (
            response["Cache-Control"].startswith(("no-store", "max-age=0"))
            or "no-store" in response["Cache-Control"]
        )
    check(response)


@pytest.mark.django_db
def test_answers_of_error_carry_them_too(client):
    for address in ("/en/nothing/here/", "/en/processes/nothing-here/", "/nothing"):
        check(client.get(address))


@pytest.mark.django_db
def test_what_is_hidden_and_what_does_not_exist_answer_alike(client):
    hidden = factories.document(status="draft")
    answers = []
    for key in (hidden.key, "0d4ff8c5-7b3b-4b06-8a0a-5b0e5ad1d0f1"):
        response = client.get(reverse("resources:document", args=[key]))
        assert response.status_code == HTTPStatus.NOT_FOUND
        names = {name: value for name, value in response.items() if name != "X-Request-ID"}
        answers.append((response.content.decode().replace(str(key), "KEY"), names))
    assert answers[0] == answers[1]
    assert "?next=%2Fen%2F" in answers[0][0]


def test_a_policy_is_written_as_django_6_writes_it():
    assert (
        as_policy({"default-src": ["'none'"], "img-src": ("'self'", "data:")})
        == "default-src 'none'; img-src 'self' data:"
    )
    assert as_policy({"upgrade-insecure-requests": True, "font-src": None, "base-uri": "'none'"}) == (
        "upgrade-insecure-requests; base-uri 'none'"
    )


def through(middleware, view, **headers):
    return middleware(view)(RequestFactory().get("/en/", **headers))


def test_an_answer_keeps_headers_of_its_own():
    own = HttpResponse(
        headers={"Content-Security-Policy": "sandbox; default-src 'none'", "Cache-Control": "public"}
    )

    def view(request):
        request.resolver_match = None
        return own

    response = through(SecurityHeaders, view)
    assert response["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert response["Cache-Control"] == "public"


def test_a_request_is_named_and_an_endless_language_wish_is_dropped():
    seen = []

    def view(request):
        request.resolver_match = None
        seen.append(request.META.get("HTTP_ACCEPT_LANGUAGE"))
        return HttpResponse(request.id)

    response = through(SecurityHeaders, view, HTTP_ACCEPT_LANGUAGE="fr," * 100)
    assert seen == [None]
    assert response["X-Request-ID"] == response.content.decode()
    kept = through(SecurityHeaders, view, HTTP_X_REQUEST_ID="0123456789abcdef0123", HTTP_ACCEPT_LANGUAGE="fr")
    assert kept["X-Request-ID"] == "0123456789abcdef0123"
    assert seen[-1] == "fr"
    refused = through(SecurityHeaders, view, HTTP_X_REQUEST_ID="bad\nid: 1")
    assert refused["X-Request-ID"] == refused.content.decode() != "bad\nid: 1"


@pytest.mark.django_db
def test_a_sort_of_body_that_cannot_be_read_is_none():
    """Django reads it before anything of ours could answer."""
    told = []
    for sort in (
        "text/plain; charset=hex",
        "text/plain; charset=undefined",
        "text/plain; x*=foo''a",
        f"text/plain; x*{'9' * 5000}=a",
        "a; charset=\0",
        "multipart/form-data; boundary=\xff",
    ):
        environ = RequestFactory(QUERY_STRING="q=a%20b")._base_environ(CONTENT_TYPE=sort)
        wsgi.application(environ, lambda status, _headers: told.append(status))
    assert told == ["302 Found"] * 6


def test_what_forms_and_mail_services_send_is_read():
    for sort in (
        "application/x-www-form-urlencoded",
        "application/x-www-form-urlencoded; charset=UTF-8",
        "multipart/form-data; boundary=----WebKitFormBoundary7MA4YWxkTrZu0gW",
        'multipart/form-data; charset="utf-8"; boundary="=_=a(b)+c/d:e?\'f,g.-_"',
        "application/json;charset=utf8",
        "application/x-www-form-urlencoded;",
    ):
        assert wsgi.readable(sort) == sort


@pytest.mark.django_db
def test_moments_stand_in_the_zone_of_who_is_signed_in(settings):
    def view(request):
        return HttpResponse(timezone.get_current_timezone_name())

    def ask(user, *, with_cookie):
        request = RequestFactory().get("/en/")
        request.user = user
        if with_cookie:
            request.COOKIES[settings.SESSION_COOKIE_NAME] = "x"
        return ReaderMiddleware(view)(request).content.decode()

    assert ask(factories.user(time_zone="Asia/Amman"), with_cookie=True) == "Asia/Amman"
    assert ask(factories.user(time_zone="Nowhere/Atlantis"), with_cookie=True) == "UTC"
    assert ask(None, with_cookie=False) == settings.TIME_ZONE


def refused(method, **headers):
    request = getattr(RequestFactory(), method)("/en/account/", **headers)
    request.session = {}
    request._messages = FallbackStorage(request)
    response = Refusals(lambda _request: None).process_exception(request, Refused("Not now."))
    return response["Location"], [str(message) for message in get_messages(request)]


def test_a_refusal_becomes_a_message_where_the_person_came_from():
    home = reverse("home")
    assert refused("post", HTTP_REFERER="http://testserver/en/desk/") == (
        "http://testserver/en/desk/",
        ["Not now."],
    )
    assert refused("post", HTTP_REFERER="https://evil.example/") == (home, ["Not now."])
    assert refused("post", HTTP_REFERER="((") == (home, ["Not now."])
    assert refused("post") == (home, ["Not now."])
    assert refused("get", HTTP_REFERER="http://testserver/en/desk/")[0] == "http://testserver/en/desk/"
    assert refused("get", HTTP_REFERER="http://testserver/en/account/") == (home, ["Not now."])
    assert Refusals(lambda _request: None).process_exception(RequestFactory().post("/"), ValueError()) is None


@pytest.mark.django_db
def test_coordinators_without_a_second_factor_are_sent_to_set_one_up(client, settings):
    settings.SECOND_FACTOR_REQUIRED = True
    coordinator = factories.coordinator(second_factor=False)
    client.force_login(coordinator)
    response = client.get(reverse("home"))
    assert (response.status_code, response["Location"]) == (HTTPStatus.FOUND, reverse("mfa_index"))
    assert client.get(reverse("mfa_index")).status_code == HTTPStatus.OK
    assert client.get(reverse("account_logout")).status_code == HTTPStatus.OK

    factories.with_second_factor(coordinator)
    assert client.get(reverse("home")).status_code == HTTPStatus.OK


@pytest.mark.django_db
def test_nobody_else_is_asked_for_a_second_factor(client, settings):
    settings.SECOND_FACTOR_REQUIRED = True
    client.force_login(factories.user())
    assert client.get(reverse("home")).status_code == HTTPStatus.OK
    client.force_login(factories.coordinator(second_factor=False))
    settings.SECOND_FACTOR_REQUIRED = False
    assert client.get(reverse("home")).status_code == HTTPStatus.OK


@pytest.mark.django_db
def test_leaving_clears_what_the_visit_left_on_the_device(client):
    client.force_login(factories.user())
    assert client.post(reverse("account_logout"))["Clear-Site-Data"] == '"cache", "storage"'


@pytest.mark.django_db
def test_a_page_for_the_signed_out_sets_no_cookie(client):
    for name in ("home", "search", "objectives", "processes", "organizations", "working-groups"):
        response = client.get(reverse(name))
        assert response.status_code == HTTPStatus.OK
        assert dict(response.cookies) == {}


@pytest.mark.parametrize("language", ["ar", "en", "fr", "es"])
def test_the_page_of_a_broken_server_needs_nothing(language):
    with translation.override(language):
        page = render_to_string("500.html")
    assert f'<html lang="{language}" dir="{"rtl" if language == "ar" else "ltr"}">' in page
