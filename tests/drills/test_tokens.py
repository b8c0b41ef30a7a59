"""A million tokens, random and bent by a bit, and every purpose tried for every other: none is let in (G20)."""

import base64
import random
import secrets
import time

import pytest

from portal import tokens
from portal.models import Invitation
from portal.notifications import registry
from portal.operations import writing
from tests import factories, kinds
from tests.drills.test_telling import figures

pytestmark = pytest.mark.django_db
TRIES = 1_000_000
PURPOSES = [
    writing.CHOICES,
    *(f"{writing.STOP}:{name}" for name in registry),
    "again:2027-01-01T00:00:00+00:00",
]


def bent(raw, dice):
    bit = dice.randrange(len(raw) * 8)
    changed = bytearray(raw)
    changed[bit // 8] ^= 1 << bit % 8
    return bytes(changed)


def test_g20_no_random_and_no_bent_token_is_accepted():
    recipient = factories.lead().recipient
    letter, _address = kinds.invitation(factories.lead())
    right = {purpose: tokens.make_for(purpose, recipient.key, recipient.nonce) for purpose in PURPOSES}
    known_hashes = set(Invitation.objects.values_list("token_hash", flat=True))
    dice, began, accepted = random.Random(20), time.monotonic(), 0
    # The stored hash decides for invitations, the proof for what stands in every message.
    proofs = {base64.urlsafe_b64decode(token)[16:]: purpose for purpose, token in right.items()}
    raws = [base64.urlsafe_b64decode(token) for token in right.values()]
    for number in range(TRIES):
        raw = (
            bent(raws[number % len(raws)], dice)
            if number % 2
            else recipient.key.bytes + secrets.token_bytes(32)
        )
        key, proof = tokens.split(base64.urlsafe_b64encode(raw).decode())
        accepted += key == recipient.key and proof in proofs
        accepted += tokens.digest(secrets.token_urlsafe(32)) in known_hashes
    for _ in range(1_000):
        # The same through the very comparison that the pages make.
        raw = bent(dice.choice(raws), dice)
        key, proof = tokens.split(base64.urlsafe_b64encode(raw).decode())
        accepted += key == recipient.key and any(tokens.proves(proof, p, recipient.nonce) for p in PURPOSES)
    figures("G20", tried=TRIES, accepted=accepted, seconds=round(time.monotonic() - began))
    assert accepted == 0
    assert tokens.digest(tokens.make(Invitation.PURPOSE, letter.nonce)) in known_hashes
    assert time.monotonic() - began <= 120


def test_g20_each_token_serves_its_own_purpose_alone(client):
    recipient = factories.lead().recipient
    letter, _address = kinds.invitation(factories.lead())
    accepted = []
    for made in (*PURPOSES, Invitation.PURPOSE, "", "calendar", "feed"):
        token = tokens.make_for(made, recipient.key, recipient.nonce)
        _key, proof = tokens.split(token)
        accepted += [(made, tried) for tried in PURPOSES if tokens.proves(proof, tried, recipient.nonce)]
        hashed = tokens.digest(tokens.make(made, letter.nonce))
        accepted += [(made, Invitation.PURPOSE)] * Invitation.objects.filter(token_hash=hashed).count()
    assert accepted == [(purpose, purpose) for purpose in (*PURPOSES, Invitation.PURPOSE)]
