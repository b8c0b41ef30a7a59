"""A million tokens, random and bent by a bit; each kind at every address; and what ends each: none is let in (G20)."""

import base64
import random
import secrets
import time
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from consultations.models import CalendarFeed, Guest, OutsideSigner, SignOnLink
from consultations.operations import feeds
from portal import tokens
from portal.models import Invitation, Recipient
from portal.notifications import registry
from portal.operations import accounts, suppression, writing
from tests import factories, kinds
from tests.drills import figures

pytestmark = pytest.mark.django_db
TRIES = 1_000_000
PURPOSES = [
    writing.CHOICES,
    *(f"{writing.STOP}:{name}" for name in registry),
    "again:2027-01-01T00:00:00+00:00",
]
STORED = [Invitation.PURPOSE, Guest.PURPOSE, CalendarFeed.PURPOSE, OutsideSigner.PURPOSE, SignOnLink.PURPOSE]


def bent(raw, dice):
    bit = dice.randrange(len(raw) * 8)
    changed = bytearray(raw)
    changed[bit // 8] ^= 1 << bit % 8
    return bytes(changed)


def guessed(recipient, *, kept=32):
    """How many of a million wrong tokens are taken for right, where `kept` bytes of each are looked at."""
    proofs = {
        base64.urlsafe_b64decode(tokens.make_for(purpose, recipient.key, recipient.nonce))[16 : 16 + kept]
        for purpose in PURPOSES
    }
    nonces = [tokens.nonce() for _ in STORED]
    stored = [tokens.make(purpose, nonce) for purpose, nonce in zip(STORED, nonces, strict=True)]
    hashes = {tokens.digest(token) for token in stored}
    dice, accepted = random.Random(20), 0
    raws = [recipient.key.bytes + proof + b"\0" * (32 - kept) for proof in proofs]
    for number in range(TRIES // 2):
        raw = (
            bent(raws[number % len(raws)], dice)
            if number % 2
            else recipient.key.bytes + secrets.token_bytes(32)
        )
        key, proof = tokens.split(base64.urlsafe_b64encode(raw).decode())
        accepted += key == recipient.key and proof[:kept] in proofs
        wrong = bent(base64.urlsafe_b64decode(stored[number % len(stored)] + "="), dice)
        wrong = wrong if number % 2 else secrets.token_bytes(32)
        accepted += tokens.digest(base64.urlsafe_b64encode(wrong).rstrip(b"=").decode()) in hashes
    return accepted


def test_g20_no_random_and_no_bent_token_is_accepted():
    began = time.monotonic()
    accepted = guessed(factories.lead().recipient)
    took = round(time.monotonic() - began)
    figures.add("G20", "1,000,000 tokens, random or bent by a bit", accepted=accepted, seconds=took)
    assert accepted == 0
    assert took <= 120


def test_g20_control_of_short_tokens_some_are_guessed():
    accepted = guessed(factories.lead().recipient, kept=2)
    figures.add("G20", "control: tokens of 16 bits", accepted=accepted)
    assert accepted > 0


class Holder:
    """A person who has one token of each kind: {address it is for: token}."""

    def __init__(self):
        self.person = factories.lead()
        self.recipient = self.person.recipient
        self.letter, _address = kinds.invitation(self.person)
        self.guest = kinds.guest("invited")(self.person)
        self.feed = feeds.make(by=self.person)
        self.signer, _address = kinds.signature("unconfirmed")(self.person)
        suppression.suppress(self.person.email, because="550")
        self.recipient.refresh_from_db()
        purposes = {
            "stop-messages": f"{writing.STOP}:document-published",
            "choices": writing.CHOICES,
            "messages-again": suppression.purpose(self.recipient),
        }
        self.tokens = {
            view: tokens.make_for(purpose, self.recipient.key, self.recipient.nonce)
            for view, purpose in purposes.items()
        } | {
            "invitation": tokens.make(Invitation.PURPOSE, self.letter.nonce),
            "consultations:guest-letter": tokens.make(Guest.PURPOSE, self.guest.nonce),
            "consultations:signature-letter": self.signer.token,
            "calendar-feed": self.feed.token,
        }


def opens(view, token):
    """Whether a token lets its bearer in at an address, signed out and with a fresh browser."""
    return Client().get(reverse(view, args=[token]), follow=True).status_code == 200


def crossed(holder):
    """Every token at every address: (let in where it belongs, let in elsewhere)."""
    found = [
        (own, view) for own, token in holder.tokens.items() for view in holder.tokens if opens(view, token)
    ]
    at_home = sum(own == view for own, view in found)
    return at_home, len(found) - at_home


def test_g20_each_token_opens_its_own_address_alone():
    at_home, elsewhere = crossed(Holder())
    figures.add("G20", "7 kinds of token at 7 addresses", let_in_at_home=at_home, elsewhere=elsewhere)
    assert (at_home, elsewhere) == (7, 0)


def test_g20_control_without_a_purpose_tokens_open_what_they_were_not_made_for(monkeypatch):
    made, proven = tokens.make_for, tokens.proves
    monkeypatch.setattr(tokens, "make_for", lambda _purpose, *rest: made("any", *rest))
    monkeypatch.setattr(tokens, "proves", lambda proof, _purpose, nonce: proven(proof, "any", nonce))
    at_home, elsewhere = crossed(Holder())
    figures.add("G20", "control: no purpose in the token", let_in_at_home=at_home, elsewhere=elsewhere)
    assert elsewhere > 0


def another_address(holder):
    holder.person.email = "other@people.example"
    holder.person.save()
    Recipient.objects.keep_for_person(holder.person)


def two_weeks(holder):
    Invitation.objects.update(expires_at=timezone.now() - timedelta(seconds=1))


def used(holder):
    Invitation.objects.update(accepted_at=timezone.now())


def taken_back(holder):
    Guest.objects.update(status=Guest.Status.WITHDRAWN)


def lifted(holder):
    suppression.lift(holder.recipient, by=None)


def made_anew(holder):
    feeds.make(by=holder.person)


def given_up(holder):
    feeds.revoke(by=holder.person)


def membership_ended(holder):
    holder.person.membership_set.all().delete()


def account_closed(holder):
    accounts.set_open(holder.person, is_open=False, by=None)


ENDS = {
    another_address: {"stop-messages", "choices", "messages-again"},
    lifted: {"messages-again"},
    two_weeks: {"invitation"},
    used: {"invitation"},
    taken_back: {"consultations:guest-letter"},
    made_anew: {"calendar-feed"},
    given_up: {"calendar-feed"},
    membership_ended: {"calendar-feed"},
    account_closed: {"calendar-feed"},
}


def test_g20_each_token_dies_when_what_it_was_given_for_ends():
    wrong = []
    for end, dead in ENDS.items():
        holder = Holder()
        end(holder)
        closed = {view for view, token in holder.tokens.items() if not opens(view, token)}
        if closed != dead:
            wrong.append((end.__name__, closed))
        Invitation.objects.all().delete()
        Guest.objects.all().delete()
    figures.add("G20", "9 ends of what a token was given for", let_in_after_all=len(wrong))
    assert wrong == []
