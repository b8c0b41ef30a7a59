"""Leaving messages from a link: one click for mail programs, a button for people, no sign-in, no way to guess."""

import base64
import random
import re
import secrets

import pytest
from django.test import Client
from django.urls import reverse

from portal import tokens
from portal.forms.choices import kinds
from portal.models import Choice, Recipient
from portal.notifications import notify, registry
from portal.operations import delivery, suppression, writing
from resources.notifications import DocumentPublished
from tests import factories

pytestmark = pytest.mark.django_db


def message_to(person, mailoutbox):
    mailoutbox.clear()
    notify(DocumentPublished, factories.document(), by=None)
    delivery.drain()
    return next(message for message in mailoutbox if message.to == [person.email])


def token_of(recipient, purpose):
    return tokens.make_for(purpose, recipient.key, recipient.nonce)


def left():
    return set(Choice.objects.values_list("recipient__address", "kind", "how"))


def test_the_header_leaves_by_one_post_without_cookie_or_token_of_a_form(mailoutbox):
    person = factories.lead(language="fr")
    message = message_to(person, mailoutbox)
    address = message.extra_headers["List-Unsubscribe"].strip("<>")
    assert message.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert address.startswith("http://testserver/fr/messages/stop/")
    assert address in message.body

    strict = Client(enforce_csrf_checks=True)
    answer = strict.post(address.removeprefix("http://testserver"), {"List-Unsubscribe": "One-Click"})
    assert answer.status_code == 200
    assert answer.cookies == {}
    assert left() == {(person.email, "document-published", "never")}
    notify(DocumentPublished, factories.document(), by=None)
    mailoutbox.clear()
    delivery.drain()
    assert mailoutbox == []


def test_looking_changes_nothing_and_the_button_at_a_clean_address_does(client, mailoutbox):
    person = factories.lead()
    address = message_to(person, mailoutbox).extra_headers["List-Unsubscribe"].strip("<>")
    for method in (client.get, client.head):
        opened = method(address.removeprefix("http://testserver"))
        assert opened.headers["Location"] == reverse("stop-messages-open")
    page = client.get(reverse("stop-messages-open")).content.decode()
    assert str(DocumentPublished.label) in page
    assert address.rstrip("/").rpartition("/")[2] not in page
    assert left() == set()
    client.post(reverse("stop-messages-open"))
    assert left() == {(person.email, "document-published", "never")}
    client.post(reverse("stop-messages-open"), {"again": "1"})
    assert left() == {(person.email, "document-published", "at-once")}


def test_choices_open_from_the_link_of_a_message_and_signed_in(client, mailoutbox):
    person = factories.lead()
    link = re.search(
        r"http://testserver(/en/messages/choices/\S+)", message_to(person, mailoutbox).body
    ).group(1)
    fields = {"what": "choices"} | {kind.name: "at-once" for kind in kinds()}
    assert client.get(link).headers["Location"] == reverse("choices-open")
    assert person.email in client.get(reverse("choices-open")).content.decode()
    client.post(reverse("choices-open"), fields | {"document-published": "never"})
    assert left() >= {(person.email, "document-published", "never")}

    other = factories.lead()
    signed_in = Client()
    signed_in.force_login(other)
    signed_in.post(reverse("account-messages"), fields | {"document-published": "never"})
    assert left() >= {(other.email, "document-published", "never")}


def test_what_no_button_of_the_page_sends_is_refused(client):
    client.force_login(factories.lead())
    for sent in ({}, {"what": "nothing"}):
        assert client.post(reverse("account-messages"), sent).status_code == 422


def test_quiet_days_are_kept_and_one_day_of_the_week_must_remain(client):
    person = factories.lead()
    fields = {"what": "choices"} | {kind.name: "daily" for kind in kinds()}
    client.force_login(person)
    client.post(reverse("account-messages"), fields | {"quiet_days": ["5", "6"]})
    assert Recipient.objects.get(user=person).quiet_days == [5, 6]
    refused = client.post(reverse("account-messages"), fields | {"quiet_days": list("1234567")})
    assert refused.status_code == 422
    assert "One day of the week must remain." in refused.content.decode()
    assert Recipient.objects.get(user=person).quiet_days == [5, 6]


def test_one_objective_may_be_told_of_in_another_way_and_no_longer(client):
    person, objective = factories.lead(), factories.objective(15)
    client.force_login(person)
    exception = {
        "what": "exception",
        "kind": "document-published",
        "objective": objective.pk,
        "how": "weekly",
    }
    client.post(reverse("account-messages"), exception)
    choice = Choice.objects.get()
    assert (choice.objective, choice.how) == (objective, "weekly")
    assert objective.label_en in client.get(reverse("account-messages")).content.decode()

    stranger = Client()
    stranger.force_login(factories.lead())
    stranger.post(reverse("account-messages"), {"what": "forget", "choice": choice.pk})
    assert Choice.objects.exists()
    client.post(reverse("account-messages"), {"what": "forget", "choice": choice.pk})
    assert not Choice.objects.exists()


def test_without_a_link_and_signed_out_one_is_asked_to_sign_in(client):
    assert client.get(reverse("choices-open")).headers["Location"] == reverse("account-messages")
    answer = client.get(reverse("account-messages"))
    assert answer.headers["Location"] == f"{reverse('account_login')}?next={reverse('account-messages')}"


def test_an_address_that_refused_us_comes_back_by_a_link_that_only_its_reader_gets(client, mailoutbox):
    person = factories.lead(language="fr")
    suppression.suppress(person.email, because="rcpt 550 5.1.1 no such user")
    client.force_login(person)
    assert "rcpt 550 5.1.1 no such user" in client.get(reverse("account-messages")).content.decode()
    client.post(reverse("account-messages"), {"what": "again"})
    (message,) = mailoutbox
    assert (message.to, message.extra_headers["Content-Language"]) == ([person.email], "fr")
    link = re.search(r"http://testserver(/fr/messages/again/\S+)", message.body).group(1)

    anybody = Client()
    assert anybody.get(link).status_code == 302
    assert Recipient.objects.get(user=person).suppressed_at is not None
    assert anybody.post(reverse("messages-again-open")).status_code == 302
    assert Recipient.objects.get(user=person).suppressed_at is None
    assert anybody.get(link).status_code == 404

    suppression.suppress(person.email, because="again")
    assert anybody.get(link).status_code == 404


def test_a_token_opens_only_what_it_was_made_for(client):
    recipient = factories.lead().recipient
    for view in ("stop-messages", "choices"):
        purposes = {writing.CHOICES: "choices", f"{writing.STOP}:document-published": "stop-messages"}
        for purpose in (
            *purposes,
            writing.STOP,
            "stop:organization-verified",
            "stop:unknown",
            "invitation",
            "",
        ):
            expected = 302 if purposes.get(purpose) == view else 404
            assert client.get(reverse(view, args=[token_of(recipient, purpose)])).status_code == expected


def test_a_token_dies_when_the_address_changes_and_lives_when_the_secret_rotates(client, settings):
    person = factories.lead()
    token = token_of(person.recipient, writing.CHOICES)
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "another secret key", [settings.SECRET_KEY]
    assert client.get(reverse("choices", args=[token])).status_code == 302
    person.email = "other@people.example"
    Recipient.objects.keep_for_person(person)
    assert client.get(reverse("choices", args=[token])).status_code == 404


def test_no_random_nor_bent_token_is_accepted():
    """The thousand bent ones here are ten hundred thousand in the drills."""
    recipient = factories.lead().recipient
    purposes = [writing.CHOICES, *(f"{writing.STOP}:{name}" for name in registry)]
    right = token_of(recipient, writing.CHOICES)
    dice = random.Random(20)
    raw = base64.urlsafe_b64decode(right)

    def accepted(token):
        key, proof = tokens.split(token) or (None, b"")
        return key == recipient.key and any(tokens.proves(proof, p, recipient.nonce) for p in purposes)

    assert accepted(right)
    for _ in range(1000):
        bit = dice.randrange(len(raw) * 8)
        bent = bytearray(raw)
        bent[bit // 8] ^= 1 << bit % 8
        assert not accepted(base64.urlsafe_b64encode(bent).decode())
        assert not accepted(base64.urlsafe_b64encode(recipient.key.bytes + secrets.token_bytes(32)).decode())
    for bent in (
        right[:-1],
        right + "=",
        right + "A",
        right.lower(),
        " " + right,
        right.replace(right[5], "!"),
        "é" * 64,
        "",
    ):
        assert not accepted(bent)
