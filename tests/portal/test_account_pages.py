"""The pages of signing in and of one's account, in four languages: none breaks, each has its language and one heading."""

import re

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from cryptography.hazmat.primitives.asymmetric import ec
from django.urls import reverse
from django.utils import translation
from fido2 import cose
from fido2.utils import sha256, websafe_encode
from fido2.webauthn import (
    Aaguid,
    AttestationObject,
    AttestedCredentialData,
    AuthenticatorData,
    CollectedClientData,
)

from tests import factories
from tests.pages import check_page
from tests.sessions import sign_in

pytestmark = pytest.mark.django_db

LANGUAGES = ["ar", "en", "fr", "es"]
PASSWORD = "a long and quiet river bank"
SIGNED_OUT = [
    "account_login",
    "account_signup",
    "account_inactive",
    "account_reset_password",
    "account_request_login_code",
]
SIGNED_OUT += ["account_password_reset_completed"]
MANAGED = ["account_logout", "account_email", "account_change_password", "mfa_index", "mfa_activate_totp"]
MANAGED += ["mfa_list_webauthn", "mfa_add_webauthn"]
PROTECTED = ["account_logout", "account_email", "account_change_password", "mfa_index", "mfa_deactivate_totp"]
PROTECTED += [
    "mfa_view_recovery_codes",
    "mfa_generate_recovery_codes",
    "mfa_list_webauthn",
    "mfa_add_webauthn",
]
PROTECTED += ["account_reauthenticate", "mfa_reauthenticate", "mfa_reauthenticate_webauthn"]


ASKING = {"account_login": "login", "account_signup": "email", "account_reset_password": "email"}


@pytest.fixture(params=LANGUAGES)
def language(request):
    with translation.override(request.param):
        yield request.param


def protected_person():
    """A person with password, authenticator app, recovery codes and a security key."""
    person = factories.user(password=PASSWORD)
    TOTP.activate(person, generate_totp_secret())
    RecoveryCodes.activate(person)
    made = {"name": "Blue key", "passwordless": True, "credential": credential()}
    Authenticator.objects.create(user=person, type=Authenticator.Type.WEBAUTHN, data=made)
    return person


def credential():
    """What a browser sends when it registers a security key."""
    public = cose.ES256.from_cryptography_key(ec.generate_private_key(ec.SECP256R1()).public_key())
    attested = AttestedCredentialData.create(Aaguid.NONE, b"blue key", public)
    known = AuthenticatorData.create(sha256(b"testserver"), AuthenticatorData.FLAG.AT, 0, attested)
    origin = CollectedClientData.create("webauthn.create", b"challenge", "https://testserver")
    proof = websafe_encode(AttestationObject.create("none", known, {}))
    key = websafe_encode(b"blue key")
    return {
        "id": key,
        "rawId": key,
        "type": "public-key",
        "response": {"clientDataJSON": origin.b64, "attestationObject": proof},
        "clientExtensionResults": {},
    }


def code_in(session):
    """The code that this browser was sent, from what the server keeps about it."""

    def find(values):
        for name, value in values.items():
            if name == "code" and value:
                yield value
            elif isinstance(value, dict):
                yield from find(value)

    return next(find(dict(session.items())))


def key_of(person):
    return Authenticator.objects.get(user=person, type=Authenticator.Type.WEBAUTHN).pk


@pytest.mark.parametrize("name", SIGNED_OUT)
def test_pages_of_signing_in_open_for_the_signed_out(client, language, name):
    check_page(client.get(reverse(name)), language)


@pytest.mark.parametrize("name", MANAGED)
def test_pages_of_ones_account_open_without_password_and_second_factor(client, language, name):
    sign_in(client, factories.user())
    response = client.get(reverse(name), follow=True)
    check_page(response, language)


@pytest.mark.parametrize("name", PROTECTED)
def test_pages_of_ones_account_open_with_everything_set_up(client, language, name):
    sign_in(client, protected_person())
    check_page(client.get(reverse(name)), language)


def test_a_security_key_is_renamed_and_removed(client, language):
    person = protected_person()
    sign_in(client, person)
    for name in ("mfa_edit_webauthn", "mfa_remove_webauthn"):
        check_page(client.get(reverse(name, args=[key_of(person)])), language)


def test_recovery_codes_are_taken_as_a_file(client):
    sign_in(client, protected_person())
    response = client.get(reverse("mfa_download_recovery_codes"))
    assert response["Content-Type"].startswith("text/plain")
    assert len(response.content.split()) >= 10


def test_a_code_signs_in_and_the_second_factor_is_asked(client, language):
    person = protected_person()
    asked = client.post(reverse("account_request_login_code"), {"email": person.email}, follow=True)
    assert asked.request["PATH_INFO"] == reverse("account_confirm_login_code")
    check_page(asked, language)
    code = code_in(client.session)
    second = client.post(reverse("account_confirm_login_code"), {"code": code}, follow=True)
    assert second.request["PATH_INFO"] == reverse("mfa_authenticate")
    check_page(second, language)


def test_where_no_code_comes_for_want_of_an_account_the_page_leads_on(client, language):
    """It says the same to everybody, and comes back to the page that was asked for."""
    home = reverse("home")
    typed = {"login": "nobody@people.example", "next": home}
    asked = client.post(reverse("account_login"), typed, follow=True)
    assert asked.request["PATH_INFO"] == reverse("account_confirm_login_code")
    assert f'href="{reverse("account_signup")}?next={home}"' in asked.content.decode()


def test_who_signs_in_goes_on_in_her_own_language(client, language):
    person = factories.user(language="fr")
    client.post(reverse("account_request_login_code"), {"email": person.email})
    code = code_in(client.session)
    response = client.post(reverse("account_confirm_login_code"), {"code": code}, follow=True)
    assert response.request["PATH_INFO"] == "/fr/"
    check_page(response, "fr")


def test_an_address_is_confirmed_by_code(client, language):
    response = client.post(
        reverse("account_signup"), {"email": f"new-{language}@people.example"}, follow=True
    )
    assert response.request["PATH_INFO"] == reverse("account_email_verification_sent")
    check_page(response, language)


def test_a_password_is_reset_by_code(client, language):
    person = factories.user(password=PASSWORD)
    response = client.post(reverse("account_reset_password"), {"email": person.email}, follow=True)
    assert response.request["PATH_INFO"] == reverse("account_confirm_password_reset_code")
    check_page(response, language)
    code = code_in(client.session)
    response = client.post(reverse("account_confirm_password_reset_code"), {"code": code}, follow=True)
    assert response.request["PATH_INFO"] == reverse("account_complete_password_reset")
    check_page(response, language)


def test_a_wrong_code_shows_the_form_again_with_the_error(client, language):
    person = factories.user()
    client.post(reverse("account_request_login_code"), {"email": person.email})
    response = client.post(reverse("account_confirm_login_code"), {"code": "00000000"})
    check_page(response, language)
    assert 'aria-invalid="true"' in response.content.decode()
    assert 'id="errors"' in response.content.decode()


def test_ones_settings_are_changed_and_followed(client):
    person = factories.user(language="en")
    client.force_login(person)
    sent = {"name": "Noor", "language": "ar", "time_zone": "Asia/Amman"}
    response = client.post(reverse("account"), sent)
    assert response["Location"] == "/ar/account/"
    person.refresh_from_db()
    assert (person.name, person.language, person.time_zone) == ("Noor", "ar", "Asia/Amman")
    check_page(client.get("/ar/account/"), "ar")


def test_an_unknown_zone_is_refused_and_nothing_typed_is_lost(client):
    client.force_login(factories.user())
    response = client.post(
        reverse("account"), {"name": "Kept name", "language": "en", "time_zone": "Nowhere/Atlantis"}
    )
    assert response.status_code == 422
    assert "Kept name" in response.content.decode()


@pytest.mark.parametrize("name", ASKING)
def test_whoever_waits_for_a_code_can_have_another(client, mailoutbox, name):
    address = factories.user().email if name != "account_signup" else "new@people.example"
    page = client.post(reverse(name), {ASKING[name]: address}, follow=True).content.decode()
    again, asked = ("code-again", "login") if name != "account_reset_password" else (name, "email")
    assert f'<form id="resend" method="post" action="{reverse(again)}">' in page
    assert f'<input type="hidden" name="{asked}" value="{address}">' in page
    typed_in = client.post(reverse(again), {asked: address})["Location"]
    assert [message.to for message in mailoutbox] == [[address], [address]]
    first, second = (re.search(r"\d{8}", message.body)[0] for message in mailoutbox)
    assert client.post(typed_in, {"code": first}).status_code == 200
    assert client.post(typed_in, {"code": second}).status_code == 302
    assert client.get(reverse("account")).status_code == (302 if name == "account_reset_password" else 200)


def test_a_stranger_who_asks_again_sees_the_same_and_is_sent_nothing(client, mailoutbox):
    pages = []
    for address in (factories.user().email, "nobody@people.example"):
        client.post(reverse("account_login"), {"login": address})
        answer = client.post(reverse("code-again"), {"login": address}, follow=True)
        pages.append(re.sub(r"csrf\S+ value=\S+", "", answer.content.decode()).replace(address, "…"))
        client.cookies.clear()
    assert pages[0] == pages[1]
    assert len(mailoutbox) == 2


def test_whoever_asks_again_without_an_address_is_at_the_door(client):
    assert client.post(reverse("code-again")).url == reverse("account_login")
