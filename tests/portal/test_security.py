"""The page that says what protects the portal, what is missing, and what to do (issue 9)."""

from datetime import timedelta

import pytest
from django.test import RequestFactory
from django.urls import reverse

from portal import clock, floors, security
from portal.models import Backup, Installation
from portal.operations import installations, roles, upkeep
from tests import factories, sessions

pytestmark = pytest.mark.django_db


def missing(**headers):
    """What is not as it should be, by the first words of its name."""
    request = RequestFactory().get("/", headers=headers, secure=True)
    return {str(check.name) for check in security.checks(request) if not check.is_good}


def changes(change, **headers):
    """What was as it should be before a change, and is not after it."""
    before = missing(**headers)
    change()
    return missing(**headers) - before


def test_an_administrator_alone_reads_what_is_missing_and_what_to_do(client):
    sessions.sign_in(client, factories.administrator())
    page = client.get(reverse("security")).content.decode()
    assert "SITE_URL" in page
    assert "things are not as they should be" in page
    sessions.sign_in(client, factories.coordinator())
    assert client.get(reverse("security")).status_code == 403
    assert client.get(reverse("installation")).status_code == 403


def test_each_thing_that_is_wrong_is_said(settings, monkeypatch):
    settings.SECOND_FACTOR_REQUIRED, settings.IS_SECURE = True, True
    settings.BROKER_URL, settings.EMAIL_USE_TLS = "redis://another", True
    for _ in range(2):
        factories.administrator()
    now = clock.now()
    Backup.objects.create(made_at=now, size=1, files=0, checksum="")
    assert installations.may_send()
    upkeep.tidy()
    since = Installation.objects.get().secret_since
    assert since is not None

    def put(name, value):
        return lambda: setattr(settings, name, value)

    def secret_of(days):
        return lambda: Installation.objects.update(secret_since=now - timedelta(days=days))

    told = [
        changes(put("IS_SECURE", False)),
        changes(put("ALLAUTH_TRUSTED_PROXY_COUNT", 1)),
        changes(put("BROKER_URL", settings.CACHE_URL)),
        changes(put("SECOND_FACTOR_REQUIRED", False)),
        changes(lambda: factories.coordinator(second_factor=False)),
        changes(put("SECRET_KEY_FALLBACKS", ["old"])),
        changes(secret_of(30)),
        changes(secret_of(400)),
        changes(lambda: put("EMAIL_USE_TLS", False)() or put("EMAIL_HOST", "mail.example")()),
        changes(lambda: Backup.objects.update(made_at=now - timedelta(days=2))),
        changes(put("INSTALLATION", "elsewhere")),
        changes(lambda: monkeypatch.setitem(floors.FLOORS, "django", "99.0")),
    ]
    assert [one.pop()[:24] if len(one) == 1 else one for one in told] == [
        "Pages are asked for over",
        "As many proxies are trus",
        "The broker and the cache",
        "Coordinators and adminis",
        "Every coordinator and ad",
        set(),
        "No earlier secret key is",
        "The secret key is younge",
        "Messages are handed over",
        "There is a backup of the",
        "Messages may leave this ",
        "No package has a weaknes",
    ]


def test_readers_who_come_through_a_proxy_that_nobody_trusts_are_noticed():
    assert "As many proxies are trusted as there are" in missing(X_FORWARDED_FOR="192.0.2.1")
    assert "As many proxies are trusted as there are" not in missing()


def test_a_new_secret_key_is_noticed_and_the_old_moment_kept_until_then(settings):
    assert installations.may_send()
    first = clock.now() - timedelta(days=3)
    installations.note_secret(first)
    installations.note_secret(clock.now())
    assert Installation.objects.get().secret_since == first
    settings.SECRET_KEY = "another secret key that is long enough for anybody"
    installations.note_secret(clock.now())
    assert Installation.objects.get().secret_since > first


def test_who_is_without_a_second_factor_is_named_once():
    person = factories.coordinator(second_factor=False, name="Amal")
    roles.give(person, kind="coordinator", scope=factories.process(), by=factories.administrator())
    request = RequestFactory().get("/")
    (check,) = [one for one in security.checks(request) if "Amal" in one.about]
    assert check.about == ("Amal",)
