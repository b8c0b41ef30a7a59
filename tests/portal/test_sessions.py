"""Where one is signed in: listed without addresses, ended at will, by time, and by whatever changes what one may do (D8)."""

from datetime import timedelta

import pytest
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP
from django.core import mail
from django.db import connection
from django.db.models import F
from django.test import Client
from django.urls import reverse

from portal.models import LogEntry, Session
from portal.operations import accounts, roles
from tests import factories, sessions

NAME = "session"  # as SITE_URL of the suite is plain http
pytestmark = pytest.mark.django_db


@pytest.fixture
def browser():
    """Makes browsers in which a person is signed in."""

    def make(person):
        client = Client()
        sessions.sign_in(client, person)
        return client

    return make


def is_in(client):
    return client.get(reverse("account")).status_code == 200


def aged(**time):
    """Let so much time pass for all sessions."""
    Session.objects.update(
        began_at=F("began_at") - timedelta(**time), seen_at=F("seen_at") - timedelta(**time)
    )


def test_the_key_that_a_browser_holds_stands_nowhere(browser):
    key = browser(factories.user()).cookies[NAME].value
    row = Session.objects.get()
    with connection.cursor() as cursor:
        cursor.execute("SELECT row::text FROM portal_session AS row")
        assert key not in cursor.fetchone()[0]
    fooled = Client()
    for wrong in (str(row.pk), row.pk.hex, "\ud800" * 32, "x" * 32):
        fooled.cookies[NAME] = wrong.encode(errors="replace").decode()
        assert not is_in(fooled)


def test_the_list_shows_ones_own_alone_and_when_not_where(browser):
    person, stranger = factories.user(), factories.user()
    here, _there = browser(person), browser(person)
    browser(stranger)
    page = here.get(
        reverse("sessions"), headers={"User-Agent": "Telling Browser"}, REMOTE_ADDR="192.0.2.7"
    ).content.decode()
    assert (page.count("Another browser"), page.count("This browser")) == (1, 1)
    assert "Telling" not in page
    assert "192.0.2.7" not in page
    foreign = Session.objects.get(user=stranger)
    assert here.post(reverse("session-end", args=[foreign.key])).status_code == 404
    assert Session.objects.filter(user=stranger).exists()


def test_one_is_ended_from_another_or_all_of_them_at_once(browser):
    person = factories.user()
    here, lost, third = browser(person), browser(person), browser(person)
    row = Session.objects.get(pk=Session.digest(lost.cookies[NAME].value))
    here.post(reverse("session-end", args=[row.key]))
    assert [is_in(one) for one in (here, lost, third)] == [True, False, True]
    here.post(reverse("sessions-end"))
    assert [is_in(one) for one in (here, third)] == [True, False]
    acts = LogEntry.objects.order_by("pk").values_list("act", flat=True)
    assert [*acts] == ["session ended", "other sessions ended"]


def test_what_one_may_do_changes_and_every_session_is_gone(browser):
    administrator, person = factories.administrator(), factories.coordinator()
    for change in (
        lambda: roles.give(person, kind="translator", by=administrator),
        lambda: accounts.set_open(person, is_open=False, by=administrator),
        lambda: accounts.set_open(person, is_open=True, by=administrator),
        lambda: accounts.reset_second_factor(person, by=administrator),
    ):
        person.refresh_from_db()
        browser(person)
        change()
        assert not Session.objects.filter(user=person).exists()


def test_a_new_proof_of_who_one_is_ends_every_other_session(browser, django_capture_on_commit_callbacks):
    person = factories.user()
    here, stolen = browser(person), browser(person)
    word = "long enough for anybody to remember"
    here.post(reverse("account_set_password"), {"password1": word, "password2": word})
    assert (is_in(here), is_in(stolen)) == (True, False)
    person.refresh_from_db()
    stolen = browser(person)
    assert is_in(stolen)
    TOTP.activate(person, "JBSWY3DPEHPK3PXP")
    sessions.prove(here)
    with django_capture_on_commit_callbacks(execute=True):
        here.post(reverse("mfa_generate_recovery_codes"))
    assert (is_in(here), is_in(stolen)) == (True, False)


@pytest.mark.parametrize(
    ("who", "time", "stays"),
    [
        (factories.user, {"days": 13}, True),
        (factories.coordinator, {"minutes": 29}, True),
        (factories.coordinator, {"minutes": 31}, False),
        (factories.administrator, {"minutes": 31}, False),
    ],
)
def test_coordinators_who_were_away_are_signed_out(browser, who, time, stays):
    client = browser(who())
    aged(**time)
    assert is_in(client) is stays
    if not stays:
        assert b"You were signed out" in client.get(reverse("home")).content


def test_a_coordinators_day_is_over_however_busy_and_a_new_key_does_not_lengthen_it(browser):
    client = browser(factories.coordinator())
    session = client.session
    session["began"] -= 12 * 3600 + 1
    session.save()
    session.cycle_key()
    client.cookies[NAME] = session.session_key
    Session.objects.update(seen_at=F("expire_date"))
    assert not is_in(client)


def test_nobodys_session_lasts_longer_than_was_said_however_much_it_is_used(browser, settings):
    browser(factories.user())
    row = Session.objects.get()
    assert row.expire_date - row.began_at <= timedelta(days=settings.SESSION_DAYS)


def test_being_here_is_noted_now_and_then_and_not_with_every_page(browser, settings):
    settings.SESSIONS_SEEN_SECONDS = 60
    client = browser(factories.user())
    is_in(client)
    first = Session.objects.get().seen_at
    is_in(client)
    assert Session.objects.get().seen_at == first
    aged(minutes=2)
    is_in(client)
    assert Session.objects.get().seen_at > first


def code_of(message):
    return next(line.strip() for line in message.body.splitlines() if line.strip().isdigit())


def test_a_forgotten_password_is_no_way_around_the_second_factor(client):
    person = factories.user("amal@sent.example")
    person.set_password("long enough for anybody")
    person.save()
    TOTP.activate(person, "JBSWY3DPEHPK3PXP")
    RecoveryCodes.activate(person)
    client.post(reverse("account_reset_password"), {"email": person.email})
    client.post(reverse("account_confirm_password_reset_code"), {"code": code_of(mail.outbox[-1])})
    word = "another that is long enough"
    client.post(reverse("account_complete_password_reset"), {"password1": word, "password2": word})
    assert not is_in(client)
    client.post(reverse("account_request_login_code"), {"email": person.email})
    answer = client.post(reverse("account_confirm_login_code"), {"code": code_of(mail.outbox[-1])})
    assert answer["Location"].startswith(reverse("mfa_authenticate"))
    assert not is_in(client)
    unused = RecoveryCodes(person.authenticator_set.get(type="recovery_codes")).get_unused_codes()
    client.post(reverse("mfa_authenticate"), {"code": unused[0]})
    assert is_in(client)
    left = RecoveryCodes(person.authenticator_set.get(type="recovery_codes")).get_unused_codes()
    assert left == unused[1:]
