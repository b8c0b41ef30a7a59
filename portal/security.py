"""What protects the portal where it runs: what is set, what is missing, and what to do about it."""

from dataclasses import dataclass
from datetime import timedelta

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.core.checks import Tags, run_checks
from django.db import connection
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from portal import clock, floors
from portal.models import Backup, Installation, Role, User
from portal.operations import installations

OLD_BACKUP = timedelta(hours=26)  # a day, and what a backup may take
OLD_SECRET = timedelta(days=365)
RIGHTS = """SELECT rolsuper OR has_schema_privilege(current_schema(), 'CREATE') FROM pg_roles WHERE rolname = current_user"""


@dataclass(frozen=True)
class Check:
    """One thing: whether it is as it should be, what it is called, what to do where it is not, and about what or whom."""

    is_good: bool
    name: Promise
    todo: Promise
    about: tuple = ()


def checks(request):
    """All of them, what is missing first."""
    now = clock.now()
    found = [
        *_of_the_line(request),
        *_of_people(now),
        *_of_secrets(now),
        *_of_recovery(now),
        *_of_the_code(),
    ]
    return sorted(found, key=lambda check: check.is_good)


def _of_the_line(request):
    """How requests come in."""
    hops = [part for part in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",") if part.strip()]
    scheme = request.META.get("HTTP_X_FORWARDED_PROTO", "")
    return [
        Check(
            settings.IS_SECURE and request.is_secure(),
            _("Pages are asked for over TLS"),
            _(
                "Let a proxy end TLS, set SITE_URL to an https address, and BEHIND_TLS_PROXY if the proxy says X-Forwarded-Proto."
            ),
            (scheme,) if scheme else (),
        ),
        Check(
            len(hops) >= settings.ALLAUTH_TRUSTED_PROXY_COUNT
            and bool(hops) == bool(settings.ALLAUTH_TRUSTED_PROXY_COUNT),
            _("As many proxies are trusted as there are"),
            _(
                "Set TRUSTED_PROXIES to the number of proxies that add to X-Forwarded-For: with too few all readers share one limit, with too many anybody evades it."
            ),
        ),
        Check(
            settings.BROKER_URL != settings.CACHE_URL,
            _("The broker and the cache are two"),
            _(
                "Set BROKER_URL and CACHE_URL to different servers: a cache that makes room for pages must not throw away what calls the workers."
            ),
        ),
    ]


def _of_people(now):
    """Who could do harm if somebody else were she."""
    powerful = User.objects.filter(
        is_active=True,
        role__in=Role.objects.current(now).filter(kind__in=[Role.Kind.COORDINATOR, Role.Kind.ADMINISTRATOR]),
    )
    factors = Authenticator.objects.exclude(type=Authenticator.Type.RECOVERY_CODES).values("user")
    without = powerful.exclude(pk__in=factors).order_by("pk").distinct()
    administrators = powerful.filter(role__kind=Role.Kind.ADMINISTRATOR).distinct().count()
    return [
        Check(
            settings.SECOND_FACTOR_REQUIRED,
            _("Coordinators and administrators must have a second factor"),
            _("Leave SECOND_FACTOR_REQUIRED out, or set it to 1."),
        ),
        Check(
            not without,
            _("Every coordinator and administrator has a second factor"),
            _("Ask these people to set one up, or take the role back."),
            tuple(map(str, without)),
        ),
        Check(
            administrators > 1,
            _("There is more than one administrator"),
            _(
                "Give the role to a second person: nobody takes away her own second factor when she has lost it."
            ),
        ),
    ]


def _of_secrets(now):
    """Keys, and what the database lets us do."""
    known = Installation.objects.first()
    since = known.secret_since if known else None
    with connection.cursor() as cursor:
        cursor.execute(RIGHTS)
        (may_build,) = cursor.fetchone()
    return [
        Check(
            since is None or now - since < OLD_SECRET,
            _("The secret key is younger than a year"),
            _("Put a new SECRET_KEY in place, and the old one into SECRET_KEY_FALLBACKS for two weeks."),
        ),
        Check(
            not settings.SECRET_KEY_FALLBACKS
            or since is None
            or now - since < timedelta(days=settings.SESSION_DAYS),
            _("No earlier secret key is accepted longer than needed"),
            _("Take SECRET_KEY_FALLBACKS away: every session that it signed is over."),
        ),
        Check(
            not may_build,
            _("Pages cannot alter tables"),
            _(
                "Let web and workers sign in to PostgreSQL as a role of their own, with the grants of docs/operations.md."
            ),
        ),
        Check(
            settings.EMAIL_USE_TLS or settings.EMAIL_HOST in {"localhost", "127.0.0.1", "::1"},
            _("Messages are handed over to the mail server over TLS"),
            _("Set EMAIL_USE_TLS, and EMAIL_PORT to what the mail server says."),
        ),
    ]


def _of_recovery(now):
    """What helps after the worst."""
    last = Backup.objects.order_by("made_at").last()
    return [
        Check(
            last is not None and now - last.made_at < OLD_BACKUP,
            _("There is a backup of the last day"),
            _("Let “manage.py back_up” run each night, and try once a month whether its file restores."),
        ),
        Check(
            not installations.is_astray(),
            _("Messages may leave this installation"),
            _(
                "Confirm under “Installation and backups” that this is the portal, unless it is a copy for trying things out."
            ),
        ),
    ]


def _of_the_code():
    """What it is made of."""
    old = floors.below()
    warnings = run_checks(tags=[Tags.security], include_deployment_checks=True)
    return [
        Check(
            not old,
            _("No package has a weakness that is known and mended"),
            _("Install the versions of requirements/production.txt, and look for a newer portal."),
            tuple(old),
        ),
        Check(
            not settings.DEBUG and not warnings,
            _("Django finds nothing to complain about"),
            _("Run “manage.py check --deploy” and follow what it says."),
            tuple(sorted({warning.id for warning in warnings})),
        ),
    ]
