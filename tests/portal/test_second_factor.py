"""A second factor that was lost is taken away by an administrator, and recovery weakens nothing."""

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from django.core import mail
from django.urls import reverse

from portal.errors import Refused
from portal.models import InboxEntry, LogEntry
from portal.operations import accounts, delivery
from tests import factories, sessions

pytestmark = pytest.mark.django_db


def reset(person, by=None):
    by = by or factories.administrator()
    result = accounts.reset_second_factor(person, by=by)
    delivery.drain()
    return result


def protected(**values):
    person = factories.coordinator(**values)
    RecoveryCodes.activate(person)
    return person


def test_every_factor_goes_and_every_session_ends(client):
    person = protected()
    sessions.sign_in(client, person)
    assert client.get(reverse("account")).status_code == 200
    reset(person)
    assert not Authenticator.objects.filter(user=person).exists()
    assert client.get(reverse("account"))["Location"].startswith(reverse("account_login"))


def test_others_keep_theirs(client):
    other = protected()
    sessions.sign_in(client, other)
    reset(protected())
    assert other.authenticator_set.count() == 2
    assert client.get(reverse("account")).status_code == 200


def test_it_is_noted_in_the_log():
    person, by = protected(), factories.administrator()
    reset(person, by)
    entry = LogEntry.objects.get(act="second factor reset")
    assert (entry.thing, entry.actor_key) == (person, by.actor.key)


def test_the_person_is_told_in_the_own_language_each_time_and_by_nobodys_name():
    person, by = protected(language="ar"), factories.administrator(name="Zainab Secret")
    reset(person, by)
    factories.with_second_factor(person)
    reset(person, by)
    assert [message.to for message in mail.outbox] == [[person.email]] * 2
    message = mail.outbox[0]
    assert message.extra_headers["Content-Language"] == "ar"
    whole = message.subject + message.body + message.alternatives[0][0]
    assert "Zainab" not in whole
    assert by.email not in whole
    assert InboxEntry.objects.filter(recipient__user=person).count() == 2


def test_it_can_be_left_by_nobody():
    person = protected()
    reset(person)
    assert "List-Unsubscribe" not in mail.outbox[0].extra_headers


def test_a_coordinator_sets_up_a_new_one_before_anything_else(client, settings):
    settings.SECOND_FACTOR_REQUIRED = True
    person = protected()
    reset(person)
    client.post(reverse("account_request_login_code"), {"email": person.email})
    code = mail.outbox[-1].body
    code = next(line for line in code.splitlines() if line.isdigit())
    client.post(reverse("account_confirm_login_code"), {"code": code})
    for name in ("desk", "home", "account", "admin:index"):
        assert client.get(reverse(name))["Location"] == reverse("mfa_index")
    assert client.get(reverse("mfa_activate_totp")).status_code == 200


def test_ones_own_is_taken_away_by_another_administrator_alone():
    person = factories.administrator()
    with pytest.raises(Refused):
        reset(person, by=person)
    assert person.authenticator_set.exists()


def test_nothing_happens_where_there_is_none(client):
    person = factories.user()
    sessions.sign_in(client, person)
    with pytest.raises(Refused):
        reset(person)
    assert client.get(reverse("account")).status_code == 200
    assert mail.outbox == []
