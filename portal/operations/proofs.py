"""A person proves once more to be herself, by a code that is sent to the own address (safety.md, D8).

The code stands nowhere: the session that asked keeps a keyed hash of it, which holds for this person, this address
and this purpose alone.
"""

import hmac
import secrets
import string
from datetime import timedelta

from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from portal import clock, tokens
from portal.errors import Refused
from portal.operations import account_mail, limits, log

KEPT = timedelta(minutes=10)
TRIES = (limits.Rate(5, KEPT),)
LENGTH = 8


def send_code(user):
    """Send a fresh code to a person's own address, and give what the session keeps of it."""
    code = "".join(secrets.choice(string.digits) for _digit in range(LENGTH))
    with translation.override(user.language):
        subject = render_to_string("emails/account/proof_subject.txt").strip()
        body = render_to_string("emails/account/proof_body.txt", {"code": code})
        if not account_mail.write(user.email, subject=subject, body=body):
            raise Refused(_("We have sent you several codes in a short time. Please try again later."))
    nonce = tokens.nonce()
    return {"nonce": nonce, "proof": _proof(user, nonce, code), "until": (clock.now() + KEPT).timestamp()}


def check_code(user, sent, *, code, by):
    """Refuse a code that is not the one sent to this session, or too late, or guessed at; note who proved it.

    Each try counts, also the refused one: call it outside a transaction that a refusal would undo.
    """
    if not is_open(sent):
        raise Refused(_("This code has expired. Please ask for a new one."), field="code")
    if not limits.take("proof", sent["nonce"], TRIES):
        raise Refused(_("Too many wrong codes were typed. Please ask for a new one."), field="code")
    if not hmac.compare_digest(sent["proof"], _proof(user, sent["nonce"], code)):
        raise Refused(
            _("This is not the code that we sent. Please look at the latest message."), field="code"
        )
    log.record("proved again", user, by=by)
    return user


def is_open(sent):
    """Whether a code was sent to this session that still holds."""
    return sent is not None and sent["until"] > clock.now().timestamp()


def _proof(user, nonce, code):
    return tokens.make(f"proof:{user.pk}:{user.email}:{code}", nonce)
