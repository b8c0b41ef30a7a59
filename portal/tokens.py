"""Tokens that stand in messages: 256 bits, one purpose each, never stored in clear (safety.md, D8).

A row keeps a random nonce and the token's SHA-256. The token itself is made from the nonce and the secret key when
a message is written, so neither a copy of the database nor the message queue holds it.
"""

import base64
import hashlib
import hmac
import secrets

from django.conf import settings


def nonce():
    """A fresh random nonce, 256 bits as hex."""
    return secrets.token_hex(32)


def make(purpose, nonce, *, key=None):
    """The token of a purpose and nonce under the current secret key."""
    digest = hmac.new(
        (key or settings.SECRET_KEY).encode(), f"{purpose}:{nonce}".encode(), hashlib.sha256
    ).digest()
    return base64.urlsafe_b64encode(digest).rstrip(b"=").decode()


def digest(token):
    """What is stored of a token, and looked up when one comes back."""
    return hashlib.sha256(token.encode()).hexdigest()
