"""Roles are given, taken and end; the key to the administration follows them, and sessions end with them."""

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from portal import clock
from portal.errors import Refused
from portal.models import Role, User
from portal.operations import log, sessions

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
        refuse_last_administrator(user, now)
    role.delete()
    log.record(f"role taken: {role.kind}", user, by=by)
    _follow(user, now)
    return user


@transaction.atomic
def end_due():
    """Take back the roles whose time is over, and close the administration to whoever has no role in it any more."""
    now = clock.now()
    administrators = Role.objects.current(now).filter(kind=ADMINISTRATOR).values("user")
    ended = Q(pk__in=Role.objects.filter(until__lte=now).values("user"))
    due = ended | (Q(is_staff=True) & ~Q(pk__in=administrators))
    for user in User.objects.select_for_update(no_key=True).filter(due).order_by("pk"):
        for role in user.role_set.filter(until__lte=now).order_by("pk"):
            role.delete()
            log.record(f"role ended: {role.kind}", user, by=None)
        _follow(user, now)


def refuse_last_administrator(user, now):
    """Nobody is left alone with an administration that no one may open: another holds the role, too."""
    # Two who take it from each other at the same moment wait here for one another.
    current = Role.objects.select_for_update().current(now).filter(kind=ADMINISTRATOR).order_by("pk")
    if {row.user_id for row in current} <= {user.pk}:
        raise Refused(_("This is the last administrator. Please give the role to somebody else first."))


def _locked(user):
    return User.objects.select_for_update(no_key=True).get(pk=user.pk)


def _type_of(scope):
    return ContentType.objects.get_for_model(scope) if scope is not None else None


def _follow(user, now):
    """Keep the flags of Django's administration in step with the role, and end the person's sessions."""
    administers = Role.objects.current(now).filter(user=user, kind=ADMINISTRATOR).exists()
    user.is_staff = user.is_superuser = administers
    user.save(update_fields=["is_staff", "is_superuser"])
    sessions.end_all(user)
