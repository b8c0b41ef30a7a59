"""A key is added and signs in; what no key answers is a wrong code, and sets no memory aside."""

import json

import pytest
from allauth.account.utils import user_pk_to_url_str
from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.internal.auth import STATE_SESSION_KEY
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from django.contrib.auth import get_user
from django.urls import reverse
from fido2 import cbor, cose
from fido2.utils import sha256, websafe_encode
from fido2.webauthn import (
    Aaguid,
    AttestationObject,
    AttestedCredentialData,
    AuthenticatorData,
    CollectedClientData,
)

from tests import factories
from tests.sessions import sign_in

pytestmark = pytest.mark.django_db
ALL = 10**15  # bytes; more than any machine has
FLAG = AuthenticatorData.FLAG
PAGES = ("mfa_login_webauthn", "mfa_add_webauthn", "mfa_reauthenticate_webauthn")


class Key:
    """A key as one carries it, with the browser that speaks for it."""

    def __init__(self, person):
        self.person, self.private = person, ec.generate_private_key(ec.SECP256R1())

    def added(self, client, public=None):
        client.get(reverse("mfa_add_webauthn"))
        public = public or cose.ES256.from_cryptography_key(self.private.public_key())
        attested = AttestedCredentialData.create(Aaguid.NONE, b"key", public)
        known = AuthenticatorData.create(sha256(b"testserver"), FLAG.UP | FLAG.UV | FLAG.AT, 0, attested)
        proof = websafe_encode(AttestationObject.create("none", known, {}))
        return answer(clientDataJSON=self.origin(client, "create").b64, attestationObject=proof)

    def signed(self, client):
        known = AuthenticatorData.create(sha256(b"testserver"), FLAG.UP | FLAG.UV, 0)
        origin = self.origin(client, "get")
        return answer(
            clientDataJSON=origin.b64,
            authenticatorData=websafe_encode(known),
            signature=websafe_encode(self.private.sign(known + origin.hash, ec.ECDSA(hashes.SHA256()))),
            userHandle=websafe_encode(user_pk_to_url_str(self.person).encode()),
        )

    @staticmethod
    def origin(client, act):
        challenge = client.session[STATE_SESSION_KEY]["challenge"]
        return CollectedClientData.create(f"webauthn.{act}", challenge, "https://testserver")


def answer(**response):
    key = websafe_encode(b"key")
    extensions = {"credProps": {"rk": True}}
    return {"id": key, "rawId": key, "response": response, "clientExtensionResults": extensions}


def said(challenge):
    return websafe_encode(
        json.dumps({"type": "webauthn.get", "challenge": challenge, "origin": "x"}).encode()
    )


def attested(known):
    return websafe_encode(cbor.encode({"fmt": "none", "authData": known, "attStmt": {}}))


SIGNED = {"clientDataJSON": said("AAAA"), "authenticatorData": "AAAA", "signature": "AAAA", "userHandle": ""}
LONG = bytes(32) + b"\x80" + bytes(4) + b"\x9a\x00\x0f\x00\x00" + bytes(10**6)  # a list of a million
STRANGE = {
    "nothing": "",
    "no JSON": "{",
    "a number": "1",
    "a long number": "9" * 5000,
    "a list": "[]",
    "deep": "[" * 9_000,
    "without parts": '{"id": "x"}',
    "no dictionary": '{"rawId": "AAAA", "response": []}',
    "escaped": json.dumps(answer(clientDataJSON=said("AAAA"), other="\x00")),
    "much to set aside": json.dumps(answer(clientDataJSON=ALL)),
    "much in a challenge": json.dumps(answer(**SIGNED | {"clientDataJSON": said(ALL)})),
    "deep in the browser's words": json.dumps(
        answer(**SIGNED | {"clientDataJSON": websafe_encode(b"[" * 9_000)})
    ),
    "much in a proof": json.dumps(answer(clientDataJSON=said("AAAA"), attestationObject=attested(ALL))),
    "deep in a proof": json.dumps(
        answer(clientDataJSON=said("AAAA"), attestationObject=websafe_encode(b"\x81" * 9_000))
    ),
    "no signs": json.dumps(answer(**SIGNED | {"signature": ""})),
    "a proof of no key": json.dumps(
        answer(
            clientDataJSON=said("AAAA"),
            attestationObject=attested(AuthenticatorData.create(sha256(b"testserver"), FLAG.UP, 0)),
        )
    ),
    "long": json.dumps(answer(**SIGNED | {"authenticatorData": websafe_encode(LONG)})),
}


def test_a_key_is_added_and_signs_in(client):
    person = factories.user()
    key = Key(person)
    sign_in(client, person)
    client.get(reverse("mfa_add_webauthn"))
    added = client.post(reverse("mfa_add_webauthn"), {"credential": json.dumps(key.added(client))})
    assert (added.status_code, Authenticator.objects.filter(user=person, type="webauthn").count()) == (302, 1)

    client.logout()
    client.get(reverse("mfa_login_webauthn"), headers={"X-Requested-With": "XMLHttpRequest"})
    client.post(reverse("mfa_login_webauthn"), {"credential": json.dumps(key.signed(client))})
    assert get_user(client) == person

    client.get(reverse("mfa_reauthenticate_webauthn"))
    again = client.post(
        reverse("mfa_reauthenticate_webauthn"), {"credential": json.dumps(key.signed(client))}
    )
    assert again["Location"] == "/"


@pytest.mark.parametrize("credential", STRANGE.values(), ids=STRANGE)
def test_what_no_key_answers_is_a_wrong_code(client, credential):
    person = factories.user()
    pages = {}
    for name in PAGES:
        if name != "mfa_login_webauthn":
            sign_in(client, person)
        pages[name] = client.post(reverse(name), {"credential": credential}, follow=True)
    assert [(name, page.status_code) for name, page in pages.items()] == [(name, 200) for name in PAGES]


@pytest.mark.parametrize("public", [{1: 2, 3: -7, -1: 1, -2: 5, -3: 6}, {3: -7}, {3: -9999}], ids=str)
def test_a_key_by_which_nothing_can_be_checked_is_not_added(client, public):
    person = factories.user()
    sign_in(client, person)
    answered = Key(person).added(client, cose.CoseKey.parse(public))
    page = client.post(reverse("mfa_add_webauthn"), {"credential": json.dumps(answered)})
    assert (page.status_code, Authenticator.objects.filter(user=person).count()) == (200, 0)
