"""Tokens that stand in messages: 256 bits, one purpose each, never stored in clear (safety.md, D8).

A row keeps a random nonce and the token's SHA-256. The token itself is made from the nonce and the secret key when
a message is written, so neither a copy of the database nor the message queue holds it.
"""

import base64
import binascii
import hashlib
import hmac
import secrets
import uuid

from django.conf import settings


def nonce():
    """A fresh random nonce, 256 bits as hex."""
    return secrets.token_hex(32)


def make(purpose, nonce, *, key=None):
    """The token of a purpose and nonce under the current secret key."""
    proof = _proof(key or settings.SECRET_KEY, purpose, nonce)
    return base64.urlsafe_b64encode(proof).rstrip(b"=").decode()


def digest(token):
    """What is stored of a token, and looked up when one comes back."""
    return hashlib.sha256(token.encode()).hexdigest()


def make_for(purpose, key, nonce):
    """A token that also says whose row it belongs to, for rows that are in every message: nothing of it is stored."""
    return base64.urlsafe_b64encode(key.bytes + _proof(settings.SECRET_KEY, purpose, nonce)).decode()


def split(token):
    """The row's key and the proof of such a token, or None where it is none."""
    try:
        raw = base64.b64decode(token.encode("ascii"), altchars=b"-_", validate=True)
    except (UnicodeEncodeError, binascii.Error):
        return None
    is_whole = len(raw) == 48 and base64.urlsafe_b64encode(raw).decode() == token  # a token has one spelling
    return (uuid.UUID(bytes=raw[:16]), raw[16:]) if is_whole else None


def proves(proof, purpose, nonce):
    """Whether the proof was made for this purpose and nonce, under the present secret key or a former one."""
    keys = (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    return any(hmac.compare_digest(proof, _proof(key, purpose, nonce)) for key in keys)


def _proof(key, purpose, nonce):
    return hmac.digest(key.encode(), f"{purpose}:{nonce}".encode(), "sha256")
