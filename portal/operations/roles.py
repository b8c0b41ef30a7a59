"""Roles are given and taken; the key to the administration follows them."""

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from portal import clock, tokens
from portal.errors import Refused
from portal.models import Role, User
from portal.operations import log

ADMINISTRATOR = Role.Kind.ADMINISTRATOR


@transaction.atomic
def give(user, *, kind, scope=None, language="", until=None, by):
    """Give a person a kind of work: for everything, a language or one thing; its sessions end, so that it counts."""
    user = _locked(user)
    now = clock.now()
    if until is not None and until <= now:
        raise Refused(_("This day is over. Please choose a later one."), field="until")
    if scope is not None and language:
        raise Refused(_("A role is for one language or for one thing, not for both."), field="language")
    if kind == ADMINISTRATOR and (scope is not None or language):
        raise Refused(_("An administrator looks after everything."), field="kind")
    role, _made = Role.objects.update_or_create(
        user=user,
        kind=kind,
        language=language,
        content_type=_type_of(scope),
        object_id=scope.pk if scope is not None else None,
        defaults={"until": until, "given_by": by, "given_at": now},
    )
    log.record(f"role given: {kind}", user, by=by)
    _follow(user, now)
    return role


@transaction.atomic
def take(role, *, by):
    """Take a role back; the last administrator keeps it."""
    user = _locked(role.user)
    now = clock.now()
    if role.kind == ADMINISTRATOR:
        # Two who take it from each other at the same moment wait here for one another.
        others = Role.objects.select_for_update().current(now).filter(kind=ADMINISTRATOR).order_by("pk")
        if not [other for other in others if other.pk != role.pk]:
            raise Refused(_("This is the last administrator. Please give the role to somebody else first."))
    role.delete()
    log.record(f"role taken: {role.kind}", user, by=by)
    _follow(user, now)
    return user


@transaction.atomic
def end_due():
    """Close the administration to those whose role has ended by its date."""
    now = clock.now()
    current = Role.objects.current(now).filter(kind=ADMINISTRATOR).values("user")
    for user in User.objects.select_for_update().filter(is_staff=True).exclude(pk__in=current).order_by("pk"):
        _follow(user, now)


def _locked(user):
    return User.objects.select_for_update(no_key=True).get(pk=user.pk)


def _type_of(scope):
    return ContentType.objects.get_for_model(scope) if scope is not None else None


def _follow(user, now):
    """Keep the flags of Django's administration in step with the role, and end the person's sessions."""
    administers = Role.objects.current(now).filter(user=user, kind=ADMINISTRATOR).exists()
    user.is_staff = user.is_superuser = administers
    user.session_nonce = tokens.nonce()
    user.save(update_fields=["is_staff", "is_superuser", "session_nonce"])
