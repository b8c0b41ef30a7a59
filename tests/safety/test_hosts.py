"""No address of a foreign host in, none out: Host, forwarded host, absolute address, `next`, Referer (G25).

Here hundreds of hostile values at the pages that send people on; test_methods.py tries a few at every address.
"""

import re
from html import unescape
from http import HTTPStatus
from itertools import product
from urllib.parse import quote, urlsplit

import pytest
from allauth.account.adapter import get_adapter
from allauth.core.context import request_context
from django.core.exceptions import DisallowedHost
from django.test import Client, RequestFactory
from django.urls import reverse

from tests import factories, samples

OURS = "testserver"
FORMS = [
    "https://{host}", "http://{host}", "//{host}", "///{host}", "////{host}", "\\\\{host}", "/\\{host}", "\\/{host}",
    "https:{host}", "https:/{host}", "https:///{host}", "http:\\\\{host}", "https:\\{host}", "HTTPS://{host}",
    "ftp://{host}", "javascript://{host}/%0aalert(1)", "javascript:alert(1)//{host}", "data:text/html,{host}",
    "vbscript:{host}", "https://testserver@{host}", "https://testserver:80@{host}", "https://{host}#testserver",
    "https://{host}?testserver", "https://testserver.{host}", "https://{host}/testserver", "https://{host}\\@testserver",
    "https://testserver\\@{host}", "\t//{host}", "\n//{host}", " //{host}", "\x00//{host}", "/\t/{host}", "/\n/{host}",
    "ht\ntps://{host}", "https://{host}:443", "//{host}:80/en/", "https://[::ffff:{host}]", "\u00a0//{host}",
    "/%09/{host}", "//%5c{host}", "https://%74estserver.{host}", "mailto:a@{host}", "https://{host}\r\nX: y",
]  # fmt: skip
HOSTS = [
    "evil.example", "EVIL.example", "evil.example.", "xn--vil-8ua.example", "evil\u3002example", "ｅｖｉｌ.example",
    "evil.example%00.testserver", "testserver.evil.example", "0x7f.1", "2130706433", "evil.example%2f", "[::1]",
]  # fmt: skip
HOSTILE = sorted({form.format(host=host) for form, host in product(FORMS, HOSTS)})


def leads_away(address):
    """Whether a browser that follows this address would leave the site; it drops tabs and reads \\ as /."""
    seen = re.sub(r"[\t\r\n]", "", address.replace("\x00", "\ufffd"))
    seen = seen.lstrip("".join(map(chr, range(33)))).replace("\\", "/")
    scheme = re.match(r"[a-zA-Z][a-zA-Z0-9+.-]*:", seen)
    if not scheme and not seen.startswith("//"):
        return False
    if scheme and scheme[0].lower() not in {"http:", "https:"}:
        return True
    try:
        return urlsplit(seen).netloc != OURS
    except ValueError:
        return True


def leading_away(page):
    """The links and forms of a page that leave the site."""
    found = re.findall(r'(?:href|action|formaction)="([^"]*)"', page)
    return [address for address in found if leads_away(unescape(address))]


def test_there_are_enough_of_them_and_the_judge_knows_both_sides():
    assert len(HOSTILE) >= 500
    assert leads_away("/\\evil.example")
    assert leads_away("\t//evil.example")
    assert leads_away("javascript:alert(1)")
    assert not leads_away("/en/?next=//evil.example")
    assert not leads_away("http://testserver/en/")
    assert not leads_away("")


@pytest.mark.django_db
def test_what_allauth_calls_safe_never_leads_away():
    request = RequestFactory().get("/")
    with request_context(request):
        adapter = get_adapter()
        assert adapter.is_safe_url("/en/desk/")
        assert [value for value in HOSTILE if leads_away(value) and adapter.is_safe_url(value)] == []


@pytest.mark.django_db
def test_next_leads_nobody_away_who_is_signed_in(client):
    client.force_login(factories.user())
    gone = []
    for value in HOSTILE[::2]:
        response = client.get(reverse("account_login"), {"next": value})
        assert response.status_code == HTTPStatus.FOUND
        if leads_away(response["Location"]):
            gone.append((value, response["Location"]))
    assert gone == []
    good = client.get(reverse("account_login"), {"next": "/en/account/"})
    assert good["Location"] == "/en/account/"


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["account_login", "account_signup", "account_reset_password", "admin:login"])
def test_next_is_not_carried_along_by_pages_for_the_signed_out(client, name):
    for value in HOSTILE[::20]:
        response = client.get(reverse(name), {"next": value})
        assert not leads_away(response.get("Location", "")), value
        assert leading_away(response.content.decode()) == [], value


@pytest.mark.django_db
def test_next_leads_nobody_away_who_leaves_or_proves_who_it_is(client):
    person = factories.user()
    for value in HOSTILE[::10]:
        client.force_login(person)
        for name in ("account_logout", "account_reauthenticate"):
            response = client.post(reverse(name), {"next": value})
            assert not leads_away(response.get("Location", "")), (name, value)


@pytest.mark.django_db
def test_signing_in_by_code_leads_nobody_away(client, mailoutbox):
    for number, value in enumerate(HOSTILE[::60]):
        person = factories.user(f"p{number}@people.example")
        response = client.post(reverse("account_login"), {"login": person.email, "next": value})
        assert response.status_code == HTTPStatus.FOUND
        assert not leads_away(response["Location"])
        assert "evil" not in urlsplit(response["Location"]).netloc
        typed = {"code": re.search(r"\b\d{8}\b", mailoutbox[-1].body)[0], "next": value}
        signed_in = client.post(reverse("account_confirm_login_code"), typed)
        assert signed_in.status_code == HTTPStatus.FOUND
        assert not leads_away(signed_in["Location"]), value
        client.logout()


@pytest.mark.django_db
@pytest.mark.parametrize("header", ["HTTP_HOST", "SERVER_NAME"])
def test_a_foreign_host_is_refused(client, header):
    for host in (
        "evil.example",
        "testserver.evil.example",
        "testserver:80@evil.example",
        "evil.example#testserver",
    ):
        for address in ("/", "/en/", "/en/search", "/robots.txt", "/health/ready", "/en/accounts/login/"):
            response = Client(raise_request_exception=False).get(address, **{header: host})
            assert response.status_code in {HTTPStatus.BAD_REQUEST, HTTPStatus.OK, HTTPStatus.NOT_FOUND}
            if response.status_code != HTTPStatus.BAD_REQUEST:
                assert address in {"/robots.txt", "/health/ready"}, address
            assert b"evil" not in response.content
            assert "evil" not in str(response.headers)


@pytest.mark.django_db
def test_a_forwarded_host_is_not_believed(client):
    headers = {
        "X-Forwarded-Host": "evil.example",
        "X-Forwarded-Server": "evil.example",
        "X-Host": "evil.example",
        "X-Original-URL": "https://evil.example/",
        "X-Rewrite-URL": "https://evil.example/",
        "X-Forwarded-Prefix": "//evil.example",
        "Forwarded": "host=evil.example",
        "X-HTTP-Host-Override": "evil.example",
    }
    for address in ("/", "/en/", "/en/search", "/en/accounts/login/", "/en/nothing/", "/en/account/"):
        response = client.get(address, headers=headers)
        assert b"evil" not in response.content
        assert "evil" not in str(response.headers)
    with pytest.raises(DisallowedHost):
        RequestFactory().get("/", headers={"Host": "evil.example"}).get_host()


@pytest.mark.django_db
def test_addresses_that_look_like_another_host_stay_here(client, seed):
    """Paths of two slashes, absolute addresses in the first line, and the slash that Django appends; a third a day."""
    values = [
        *HOSTILE,
        "//evil.example/en/search",
        "/en//evil.example/search",
        "http://evil.example/en/search",
    ]
    for turn, prefix in enumerate(("", "/en/", "/en")):
        for value in samples.part(values, seed, turn, 3):
            path = quote(value, safe="/\\:@#?%.")
            response = client.get("/") if not (prefix + path) else client.generic("GET", prefix + path)
            assert not leads_away(response.get("Location", "")), (prefix, value)


@pytest.mark.django_db
def test_links_to_the_other_languages_stay_here(client):
    for value in HOSTILE[::25]:
        page = client.get("/en/search/", {"q": value, "next": value}).content.decode()
        assert page.count("<a ") > 10
        assert leading_away(page) == []


@pytest.mark.django_db
def test_a_refusal_sends_nobody_to_a_foreign_page(client):
    coordinator, organization = factories.coordinator(), factories.organization()
    client.force_login(coordinator)
    for value in ["https://evil.example/en/desk/", *HOSTILE[::40]]:
        response = client.post(
            reverse("organization-verify", args=[organization.key]),
            HTTP_REFERER=value.replace("\n", "").replace("\r", ""),
        )
        assert not leads_away(response["Location"])


@pytest.mark.django_db
def test_no_message_names_the_host_that_was_asked(client, mailoutbox, settings):
    """With a second allowed host, messages still carry the configured one alone."""
    from portal.operations import delivery

    settings.ALLOWED_HOSTS = ["testserver", "evil.example"]
    known = factories.user("known@people.example")
    person = factories.lead()
    for name, values in (
        ("account_login", {"login": known.email}),
        ("account_signup", {"email": "new@people.example"}),
        ("account_signup", {"email": known.email}),
        ("account_reset_password", {"email": known.email}),
    ):
        browser = client.__class__()
        browser.post(
            reverse(name), values, headers={"Host": "evil.example", "X-Forwarded-Host": "evil.example"}
        )
    client.force_login(person)
    values = {
        "email": "colleague@people.example",
        "language": "en",
        "once": "8a0e1b6e-52c2-4f4c-a5b8-3b5f37f4a9f1",
    }
    client.post(reverse("invite", args=[person.organization.key]), values, headers={"Host": "evil.example"})
    delivery.drain()
    assert len(mailoutbox) >= 5, [(message.to, message.subject) for message in mailoutbox]
    for message in mailoutbox:
        assert "evil" not in message.message().as_string()
    links = [link for message in mailoutbox for link in re.findall(r"https?://([^/\s\"<>]+)", message.body)]
    assert set(links) == {OURS}
