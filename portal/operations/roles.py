"""Roles are given, taken and end; the key to the administration follows them, and sessions end with them."""

from datetime import timedelta

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from portal import clock
from portal.errors import Refused
from portal.models import Role, User
from portal.notifications import RoleEnding
from portal.operations import endings, log, sessions

ADMINISTRATOR = Role.Kind.ADMINISTRATOR
LONGEST = timedelta(days=3653)  # from now: who is there for longer has a role without an end
AHEAD = timedelta(days=14)  # so long before its end a role is reminded of


@transaction.atomic
def give(user, *, kind, scope=None, language="", until=None, by):
    """Give a person a kind of work: for everything, a language or one thing; its sessions end, so that it counts."""
    user = _locked(user)
    now = clock.now()
    _check_end(until, now)
    if scope is not None and language:
        raise Refused(_("A role is for one language or for one thing, not for both."), field="language")
    if kind == ADMINISTRATOR and (scope is not None or language):
        raise Refused(_("An administrator looks after everything."), field="kind")
    if kind != Role.Kind.TRANSLATOR and language:
        raise Refused(_("Only the role of a translator is for one language."), field="where")
    role, is_new = Role.objects.get_or_create(
        user=user,
        kind=kind,
        language=language,
        content_type=_type_of(scope),
        object_id=scope.pk if scope is not None else None,
        defaults={"until": until, "given_by": by, "given_at": now},
    )
    if not is_new:
        _give_anew(role, until, now, by)
    log.record(f"role given: {kind}", user, by=by)
    _follow(user, now)
    return role


@transaction.atomic
def give_by_address(*, email, kind, scope=None, language="", until=None, by):
    """Give whoever signs in with an address a kind of work."""
    return give(person_at(email), kind=kind, scope=scope, language=language, until=until, by=by)


@transaction.atomic
def set_end(role, *, version, until, by):
    """Let a role end on another day than was said, or on none."""
    user = _locked(role.user)
    role, now = Role.objects.get(pk=role.pk), clock.now()
    if version != role.version:
        raise Refused(_("Somebody has just changed this. Please look at it again and retry."))
    _check_end(until, now)
    _give_anew(role, until, now, by)
    log.record(f"end of a role set: {role.kind}", user, by=by)
    return role


@transaction.atomic
def take(role, *, by):
    """Take a role back; the last administrator keeps it."""
    user = _locked(role.user)
    now = clock.now()
    keep_an_administrator(without=[role])
    role.delete()
    log.record(f"role taken: {role.kind}", user, by=by)
    _follow(user, now)
    return user


@transaction.atomic
def remind():
    """Tell, two weeks before, that a role ends; one that was given for less than that ends unannounced."""
    endings.remind(RoleEnding, Role.objects.all(), end="until", ahead=AHEAD)


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


def person_at(email):
    """Who has an account with this address and can sign in; nobody else can be given work."""
    person = User.objects.filter(emailaddress__email__iexact=email, emailaddress__verified=True).first()
    if person is None or not person.is_active:
        raise Refused(_("Nobody with an account has this address. Ask the person to sign up first."), "email")
    return person


def keep_an_administrator(*, without):
    """Refuse to do without these roles if no administrator whose role has no end would be left.

    Two who end each other's at the same moment wait here for one another, and the second sees what the first did.
    """
    administrators = Role.objects.filter(kind=ADMINISTRATOR)
    list(administrators.select_for_update().order_by("pk"))
    if any(role.kind == ADMINISTRATOR for role in without) and not administrators.lasting().exclude(
        pk__in=[role.pk for role in without]
    ):
        raise Refused(
            _("This is the last administrator whose role has no end. Please give it to somebody else first.")
        )


def _check_end(until, now):
    if until is not None and until <= now:
        raise Refused(_("This day is over. Please choose a later one."), field="until")
    if until is not None and until > now + LONGEST:
        raise Refused(_("Please choose a day within ten years, or none."), field="until")


def _give_anew(role, until, now, by):
    if until is not None:
        keep_an_administrator(without=[role])
    role.until, role.given_by, role.given_at = until, by, now
    role.version += 1
    role.save(update_fields=["until", "given_by", "given_at", "version"])


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
