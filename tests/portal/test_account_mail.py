"""Codes and what concerns one's account: in one's own language, before all other messages, kept no longer than needed."""

import re
from collections import Counter
from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation

from portal import clock, languages
from portal.adapter import AccountAdapter
from portal.models import AccountMail, Delivery, Recipient, User
from portal.notifications import notify
from portal.operations import account_mail, delivery, expansion, suppression
from resources.notifications import DocumentPublished
from tests import factories

pytestmark = pytest.mark.django_db
CODE = re.compile(r"^\d{8}$", re.M)


def sign_in(client, address, language="en"):
    with translation.override(language):
        return client.post(reverse("account_request_login_code"), {"email": address})


def test_a_code_is_written_in_the_language_of_the_person_not_of_the_page(client, mailoutbox):
    person = factories.user(language="ar")
    sign_in(client, person.email, language="fr")
    (message,) = mailoutbox
    assert message.to == [person.email]
    assert message.extra_headers["Content-Language"] == "ar"
    assert 'dir="rtl"' in message.alternatives[0][0]
    assert CODE.search(message.body)


def test_the_code_of_the_message_signs_in(client, mailoutbox):
    person = factories.user()
    sign_in(client, person.email)
    code = CODE.search(mailoutbox[0].body).group()
    client.post(reverse("account_confirm_login_code"), {"code": code})
    assert client.session["_auth_user_id"] == str(person.pk)


def test_nothing_of_the_text_stays_once_it_was_sent(client):
    sign_in(client, factories.user().email)
    row = Delivery.objects.get()
    assert (row.state, row.priority, row.notice) == (Delivery.State.SENT, 0, None)
    assert not AccountMail.objects.exists()


def test_a_text_that_is_an_hour_old_is_not_sent_and_goes(mailoutbox):
    person = factories.user()
    account_mail.write(person.email, subject="Code", body="12345678")
    AccountMail.objects.update(expires_at=clock.now() - timedelta(seconds=1))
    delivery.drain()
    assert mailoutbox == []
    assert Delivery.objects.get().last_code == "expired"
    assert not AccountMail.objects.exists()


def test_a_code_goes_before_everything_else(mailoutbox):
    for _ in range(12):
        factories.lead()
    notify(DocumentPublished, factories.document(), by=None)
    expansion.step()
    person = factories.user()
    account_mail.write(person.email, subject="Your code", body="12345678")
    delivery.drain()
    assert mailoutbox[0].subject == "Your code"
    assert len(mailoutbox) == 13


def test_a_code_also_goes_to_an_address_that_once_refused(mailoutbox):
    person = factories.user()
    suppression.suppress(person.email, because="rcpt 550")
    account_mail.write(person.email, subject="Your code", body="12345678")
    delivery.drain()
    assert [message.to for message in mailoutbox] == [[person.email]]


def test_an_unknown_address_is_not_written_to_and_costs_the_same_work(client, mailoutbox):
    known = sign_in(client, factories.user().email)
    client.logout()
    unknown = sign_in(client, "nobody@people.example")
    assert known.status_code == unknown.status_code == 302
    assert len(mailoutbox) == 1
    assert sorted(Delivery.objects.values_list("state", "last_code")) == [
        (Delivery.State.CANCELLED, "no address"),
        (Delivery.State.SENT, "end 250 taken over"),
    ]
    assert not Recipient.objects.filter(address="nobody@people.example").exists()


def test_signing_up_keeps_the_language_of_the_page_and_makes_the_row(client, mailoutbox):
    with translation.override("es"):
        client.post(reverse("account_signup"), {"email": "Nueva@people.example"})
    person = User.objects.get()
    assert (person.language, person.recipient.language) == ("es", "es")
    assert person.recipient.address == "nueva@people.example"
    assert mailoutbox[0].extra_headers["Content-Language"] == "es"


def test_who_signs_up_again_is_told_of_the_account_and_the_page_says_nothing(client, mailoutbox):
    person = factories.user(language="fr")
    first = client.post(reverse("account_signup"), {"email": "new@people.example"})
    client.logout()
    second = client.post(reverse("account_signup"), {"email": person.email})
    assert (first.status_code, first.headers["Location"]) == (second.status_code, second.headers["Location"])
    message = mailoutbox[1]
    assert (message.to, message.extra_headers["Content-Language"]) == ([person.email], "fr")
    assert "http://testserver/fr/accounts/login/" in message.body


def test_a_strangers_mailbox_is_not_filled_over_all_forms(mailoutbox):
    answers = [account_mail.write("Stranger@people.example", subject="Code", body="1") for _ in range(4)]
    answers.append(account_mail.write("stranger+tag@people.example", subject="Code", body="1"))
    delivery.drain()
    assert answers == [True, True, True, False, False]
    assert len(mailoutbox) == 3


def test_another_primary_address_is_followed(client, mailoutbox):
    person = factories.user()
    new = EmailAddress.objects.create(user=person, email="other@people.example", verified=True)
    before = EmailAddress.objects.get(user=person, primary=True)
    new.set_as_primary()
    from allauth.account.signals import email_changed

    email_changed.send(
        EmailAddress, request=None, user=person, from_email_address=before, to_email_address=new
    )
    assert Recipient.objects.get(user=person).address == "other@people.example"


NOTIFICATIONS = {
    "account/email/email_changed": {"from_email": "old@people.example", "to_email": "new@people.example"},
    "account/email/email_confirm": {},
    "account/email/email_deleted": {"deleted_email": "old@people.example"},
    "account/email/password_changed": {},
    "account/email/password_reset": {},
    "account/email/password_set": {},
    "mfa/email/recovery_codes_generated": {},
    "mfa/email/totp_activated": {},
    "mfa/email/totp_deactivated": {},
    "mfa/email/webauthn_added": {},
    "mfa/email/webauthn_removed": {},
}


@pytest.mark.parametrize("language", languages.CODES)
@pytest.mark.parametrize(("prefix", "context"), NOTIFICATIONS.items(), ids=NOTIFICATIONS)
def test_news_of_an_account_names_no_network_address(prefix, context, language, rf, mailoutbox):
    from allauth.core import context as allauth

    person = factories.user(language=language)
    request = rf.get("/", HTTP_USER_AGENT="Revealing/1.0", REMOTE_ADDR="203.0.113.7")
    with allauth.request_context(request):
        AccountAdapter(request).send_notification_mail(prefix, person, context)
    delivery.drain()
    (message,) = mailoutbox
    text = message.message().as_string() + message.body
    assert message.extra_headers["Content-Language"] == language
    assert message.subject
    assert "203.0.113.7" not in text
    assert "Revealing" not in text
    assert AccountAdapter(request).get_client_ip(request) not in text
    assert f"http://testserver/{language}/" in message.body


def test_the_address_of_a_visitor_is_kept_only_as_a_hash_of_the_day(rf):
    adapter, request = AccountAdapter(), rf.get("/", REMOTE_ADDR="203.0.113.7")
    found = adapter.get_client_ip(request)
    assert re.fullmatch(r"[0-9a-f]{64}", found)
    assert found == adapter.get_client_ip(request)
    assert found != adapter.get_client_ip(rf.get("/", REMOTE_ADDR="203.0.113.8"))


def test_nothing_goes_past_the_deliveries(client):
    sign_in(client, factories.user().email)
    assert len(mail.outbox) == Delivery.objects.filter(state=Delivery.State.SENT).count() == 1


def sign_up_asking(client, email):
    """The answer to signing up, and how often each sort of statement was sent to the database for it."""
    with CaptureQueriesContext(connection) as queries:
        answer = client.post(reverse("account_signup"), {"email": email})
    return answer, Counter(query["sql"].split()[0] for query in queries)


def test_signing_up_asks_the_same_whether_the_address_is_known_or_not_and_leaves_nothing():
    warm, known = factories.user().email, factories.user().email
    for warmed in ("first@people.example", warm):
        sign_up_asking(Client(), warmed)
    people = User.objects.count(), Recipient.objects.count()
    again, asked = sign_up_asking(Client(), known)
    assert (User.objects.count(), Recipient.objects.count()) == people
    new, as_stranger = sign_up_asking(Client(), "second@people.example")
    assert (again.status_code, again.get("Location")) == (new.status_code, new.get("Location"))
    assert asked - as_stranger == Counter(ROLLBACK=1)
    assert as_stranger - asked == Counter()
