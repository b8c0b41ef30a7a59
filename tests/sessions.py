"""Sessions of people who have just proved to be themselves, so that what is sensitive opens to them."""

import time

from django.conf import settings
from django.test import Client

from portal.models import Session


def prove(client, *, at=None):
    """Note in the session of a signed-in client that its person proved it again, now or at a moment."""
    session = client.session
    session["account_authentication_methods"] = [
        {"method": "code", "at": at or time.time(), "reauthenticated": True}
    ]
    session["account_authentication_methods_user"] = session["_auth_user_id"]
    session.save()


def sign_in(client, person):
    """Sign in as somebody who has just proved it."""
    client.force_login(person)
    prove(client)


def elsewhere(person):
    """A session of somebody in another browser."""
    client = Client()
    client.force_login(person)
    return Session.objects.get(pk=Session.digest(client.cookies[settings.SESSION_COOKIE_NAME].value))
