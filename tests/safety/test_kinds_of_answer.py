"""Whatever kind of answer leaves the portal, it carries the same policy (safety.md D12, G23)."""

import os
import secrets
import subprocess
import sys
from http import HTTPStatus
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.urls import reverse

from portal.operations import files
from resources.models import DocumentFile
from tests import factories
from tests.portal.test_headers import check

pytestmark = pytest.mark.django_db
SANDBOX = "sandbox; default-src 'none'"


@pytest.fixture
def browser():
    return Client(raise_request_exception=False)


@pytest.fixture
def address():
    """The address of a file that everybody may have."""
    document = factories.document()
    stored = files.store(factories.pdf("outcome.pdf"), by=factories.coordinator())
    DocumentFile.objects.create(document=document, language="en", file=stored)
    return reverse("resources:file", args=[document.key, "en"])


def sent(response, status):
    assert response.status_code == status
    if response.streaming:
        b"".join(response.streaming_content)
        for close in response._resource_closers:  # closing the response would close the test's connection too
            close()
    check(response)
    assert "X-Powered-By" not in response
    assert response["X-Request-ID"]
    for morsel in response.cookies.values():
        assert morsel["httponly"]
        assert morsel["samesite"] == "Lax"
        assert morsel["domain"] == ""
        assert morsel["path"] == "/"
    return response


def test_pages_redirects_and_plain_text(browser):
    sent(browser.get(reverse("home")), HTTPStatus.OK)
    sent(browser.get("/"), HTTPStatus.FOUND)
    sent(browser.get("/en/search"), HTTPStatus.MOVED_PERMANENTLY)
    sent(browser.get(reverse("account")), HTTPStatus.FOUND)
    sent(browser.get("/robots.txt"), HTTPStatus.OK)
    sent(browser.get(reverse("health-ready")), HTTPStatus.OK)
    sent(browser.get(reverse("account_login")), HTTPStatus.OK)


def test_refusals(browser):
    sent(browser.get("/en/nothing/"), HTTPStatus.NOT_FOUND)
    sent(browser.get("/nothing"), HTTPStatus.NOT_FOUND)
    sent(browser.put(reverse("home")), HTTPStatus.METHOD_NOT_ALLOWED)
    sent(browser.get(reverse("home"), headers={"Host": "evil.example"}), HTTPStatus.BAD_REQUEST)
    many = {f"field{number}": "x" for number in range(settings.DATA_UPLOAD_MAX_NUMBER_FIELDS + 1)}
    sent(browser.post(reverse("account_login"), many), HTTPStatus.BAD_REQUEST)
    strict = Client(enforce_csrf_checks=True)
    sent(strict.post(reverse("account_login"), {"login": "a@people.example"}), HTTPStatus.FORBIDDEN)
    browser.force_login(factories.user())
    sent(browser.get(reverse("desk")), HTTPStatus.FORBIDDEN)


def test_too_many_attempts(browser):
    for _ in range(40):
        response = browser.post(reverse("account_login"), {"login": "nobody@people.example"})
        if response.status_code == HTTPStatus.TOO_MANY_REQUESTS:
            break
    sent(response, HTTPStatus.TOO_MANY_REQUESTS)


def test_a_broken_page(browser, monkeypatch):
    from portal.pages import home

    secret = "in a local variable"

    def broken(*_args, **_kwargs):
        raise RuntimeError(secret)

    monkeypatch.setattr(home, "render", broken)
    response = sent(browser.get(reverse("home")), HTTPStatus.INTERNAL_SERVER_ERROR)
    assert secret not in response.content.decode()
    assert "Traceback" not in response.content.decode()


def test_a_broken_database(browser, monkeypatch):
    """Readers of public pages and those who ask whether it is ready get an answer with the headers too."""
    from django.db.utils import OperationalError

    def gone(*_args, **_kwargs):
        raise OperationalError("connection refused to 10.0.0.7")

    monkeypatch.setattr(connection, "cursor", gone)
    for name in ("home", "health-ready"):
        response = browser.get(reverse(name))
        assert response.status_code in {HTTPStatus.INTERNAL_SERVER_ERROR, HTTPStatus.SERVICE_UNAVAILABLE}
        check(response)
        assert "10.0.0.7" not in response.content.decode()


def test_files_whole_in_part_unchanged_and_not_there(browser, address):
    whole = sent(browser.get(address), HTTPStatus.OK)
    assert whole["Content-Disposition"].startswith("attachment")
    part = sent(browser.get(address, headers={"Range": "bytes=0-9"}), HTTPStatus.PARTIAL_CONTENT)
    same = sent(browser.get(address, headers={"If-None-Match": whole["ETag"]}), HTTPStatus.NOT_MODIFIED)
    beyond = browser.get(address, headers={"Range": "bytes=99999999-"})
    sent(beyond, HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE)
    for response in (whole, part, same, beyond):
        assert response["Content-Security-Policy"] == SANDBOX
    sent(browser.head(address), HTTPStatus.OK)
    sent(browser.post(address), HTTPStatus.METHOD_NOT_ALLOWED)


def test_static_files(settings):
    """whitenoise answers before any view: its answers pass the same gate."""
    Path(settings.STATIC_ROOT).mkdir(parents=True, exist_ok=True)
    (Path(settings.STATIC_ROOT) / "plain.css").write_text("a { color: inherit }")
    response = sent(Client().get("/static/plain.css"), HTTPStatus.OK)
    assert response["Content-Type"].startswith("text/css")
    assert "public" in response["Cache-Control"]
    sent(Client().get("/static/nothing.css"), HTTPStatus.NOT_FOUND)
    sent(Client().get("/static/../portal/settings.py"), HTTPStatus.NOT_FOUND)


def as_a_real_site(*arguments):
    """What a Python says that runs with the settings of a site with a name and a certificate."""
    environment = os.environ | {
        "SITE_URL": "https://portal.example",
        "DJANGO_SETTINGS_MODULE": "portal.settings",
        "SECRET_KEY": secrets.token_urlsafe(64),
    }
    return subprocess.run(
        [sys.executable, *arguments], cwd=settings.BASE_DIR, env=environment, capture_output=True, text=True
    )


def test_cookies_of_a_real_site_are_bound_to_it():
    """What the settings say once the address is https: __Host- names, Secure, HSTS for two years."""
    code = (
        "import django; django.setup(); from django.conf import settings as s;"
        "print(s.SESSION_COOKIE_NAME, s.CSRF_COOKIE_NAME, s.SESSION_COOKIE_SECURE, s.CSRF_COOKIE_SECURE,"
        "s.SESSION_COOKIE_HTTPONLY, s.SECURE_HSTS_SECONDS, s.SECURE_SSL_REDIRECT, s.DEBUG, s.ADMINS)"
    )
    said = as_a_real_site("-c", code)
    assert said.stdout.split() == [
        "__Host-session", "__Host-csrf", "True", "True", "True", "63072000", "True", "False", "[]"
    ], said.stderr  # fmt: skip


def test_the_deployment_check_is_silent():
    said = as_a_real_site("manage.py", "check", "--deploy", "--fail-level", "WARNING")
    assert (said.returncode, said.stderr) == (0, "")
    assert "no issues (0 silenced)" in said.stdout
