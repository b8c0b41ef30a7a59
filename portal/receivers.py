"""What the kernel hears of accounts, and of a mail service."""

import time

from allauth.account.signals import email_changed, password_changed, password_reset, password_set
from allauth.mfa.signals import authenticator_added, authenticator_removed, authenticator_reset
from anymail.signals import tracking
from django.contrib.auth.signals import user_logged_in
from django.dispatch import receiver

from portal.models import Recipient
from portal.operations import bounces, sessions
from portal.session_store import BEGAN

PROOFS = [password_changed, password_reset, password_set]
PROOFS += [authenticator_added, authenticator_removed, authenticator_reset]


@receiver(email_changed)
def follow_address(request, to_email_address, **_rest):
    """A person has another primary address: we write to that one, and whoever got in by the one before is out."""
    user = to_email_address.user
    Recipient.objects.keep_for_person(user)
    if request is not None:  # else nobody asked: an address is confirmed by itself, or in the administration
        sessions.end_others(user, kept=request.session.row, by=user)


@receiver(user_logged_in)
def begin_session(request, **_rest):
    """A session lasts from here, whatever becomes of its key; as nobody's it may have been meant to be shorter."""
    request.session.set_expiry(None)
    request.session[BEGAN] = int(time.time())


@receiver(PROOFS)
def end_other_sessions(request, user, **_rest):
    """How a person proves who she is has changed: whoever got in by what held before is out."""
    sessions.end_others(user, kept=request.session.row, by=user)


@receiver(tracking)
def hear_mail_service(event, **_rest):
    """A message came back, or somebody complained of it."""
    bounces.hear_service(event)
