"""People's own settings, and what administrators do for them."""

from allauth.mfa.models import Authenticator
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from portal.errors import Refused
from portal.models import Recipient, User
from portal.notifications import SecondFactorReset, notify
from portal.operations import limits, log, roles, sessions


@transaction.atomic
def change_settings(user, *, name, language, time_zone, by):
    """Change how a person is called and in which language and zone we speak to that person."""
    user.name, user.language, user.time_zone = name, language, time_zone
    user.save(update_fields=["name", "language", "time_zone"])
    Recipient.objects.keep_for_person(user)
    log.record("settings changed", user, by=by)
    return user


@transaction.atomic
def set_open(user, *, is_open, by):
    """Close an account, so that its sessions end and nobody signs in with it, or open it again."""
    user = User.objects.select_for_update(no_key=True).get(pk=user.pk)
    if user == by:
        raise Refused(_("You cannot close the account that you are using."))
    if not is_open:
        roles.keep_an_administrator(without=list(user.role_set.all()))
    user.is_active = is_open
    user.save(update_fields=["is_active"])
    sessions.end_all(user)
    log.record("account opened again" if is_open else "account closed", user, by=by)
    return user


@transaction.atomic
def reset_second_factor(user, *, by):
    """Take away a second factor that was lost: the sessions end, and the person sets up a new one at the next sign-in."""
    user = User.objects.select_for_update(no_key=True).get(pk=user.pk)
    if user == by:
        raise Refused(_("Another administrator has to do this for you."))
    factors = Authenticator.objects.filter(user=user)
    if not factors:
        raise Refused(_("This person has no second factor."))
    factors.delete()
    sessions.end_all(user)
    entry = log.record("second factor reset", user, by=by)
    notify(SecondFactorReset, entry, by=by)
    return user


def note_own_data(user, *, by):
    """Note that a person takes along what is held about her; nobody does so many times an hour."""
    limits.require_to_take_own_data(by=by)
    log.record("own data taken along", user, by=by)
    return user
