"""What keys answer, on its way to allauth and fido2, which can read what a browser sends and little else."""

import json
from contextlib import suppress

from allauth.mfa.adapter import get_adapter
from allauth.mfa.webauthn import forms as allauth
from cryptography.exceptions import InvalidSignature
from django import forms
from fido2 import cbor
from fido2.utils import websafe_decode
from fido2.webauthn import AuthenticationResponse, RegistrationResponse

LONGEST = 30_000  # characters, ten times what a key says; fido2 copies all that is left at each step


class CredentialField(forms.JSONField):
    """A key's answer to a challenge. What cannot be read as one, for whatever reason, is a wrong code."""

    widget = forms.HiddenInput

    def __init__(self, read):
        super().__init__()
        self.read = read

    def to_python(self, value):
        try:
            if len(value) > LONGEST or "\\" in value:
                raise ValueError
            credential = json.loads(value, parse_int=str)
            refuse_lengths(credential["response"])
            self.read(credential)
        except Exception as error:
            raise get_adapter().validation_error("incorrect_code") from error
        return credential

    def bound_data(self, _data, initial):
        """An answer is good for one challenge: no page shows it again."""
        return initial


def refuse_lengths(response):
    """Refuse a number where bytes belong: fido2 would set so much memory aside."""
    given = [json.loads(websafe_decode(response["clientDataJSON"]))["challenge"]]
    if "attestationObject" in response:
        given.append(cbor.decode(websafe_decode(response["attestationObject"]))["authData"])
    if any(isinstance(value, int) for value in given):
        raise ValueError


def read_registration(credential):
    """The identifier of the key that is registered, if signatures can be checked with it."""
    key = RegistrationResponse.from_dict(credential).response.attestation_object.auth_data.credential_data
    with suppress(InvalidSignature):
        key.public_key.verify(b"", b"")
    return key.credential_id


class AddForm(allauth.AddWebAuthnForm):
    credential = CredentialField(read_registration)


class AuthenticateForm(allauth.AuthenticateWebAuthnForm):
    credential = CredentialField(AuthenticationResponse.from_dict)


class LoginForm(AuthenticateForm, allauth.LoginWebAuthnForm):
    pass


class ReauthenticateForm(AuthenticateForm, allauth.ReauthenticateWebAuthnForm):
    pass
