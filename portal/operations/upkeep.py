"""What the kernel keeps for a time: texts of codes, receipts, sessions, deliveries, the inbox, what never became a member."""

from datetime import timedelta

from django.conf import settings
from django.db.models import Exists, OuterRef, Q

from portal import clock
from portal.models import (
    AccountMail,
    Allowance,
    CacheEntry,
    Choice,
    Delivery,
    Digest,
    FormReceipt,
    InboxEntry,
    Invitation,
    MailEvent,
    PublicChange,
    Recipient,
    Session,
    User,
)
from portal.operations import installations
from portal.operations.keeping import Limit

RECEIPTS = timedelta(hours=48)
UNPROVEN = timedelta(days=7)  # for so long an account waits for its address to be confirmed
INVITATIONS = timedelta(days=30)  # after an invitation was used, or could be
MESSAGES = (Choice, Delivery, Digest, InboxEntry)  # what any account has by itself


def tidy():
    """Forget some of what is past its time, of every kind."""
    for limit in LIMITS:
        limit.sweep()
    PublicChange.objects.fold()
    installations.note_secret(clock.now())


def _sent():
    return clock.now() - timedelta(days=settings.KEEP_DELIVERIES_DAYS)


def _told():
    return clock.now() - timedelta(days=settings.KEEP_INBOX_DAYS)


def _unproven():
    """Accounts whose address nobody confirmed and with which nobody ever signed in or was given anything."""
    rows = User.objects.filter(joined_at__lte=clock.now() - UNPROVEN, last_login=None, is_staff=False)
    rows = rows.exclude(emailaddress__verified=True).filter(membership=None, role=None)
    return rows.filter(recipient__in=_unused(Recipient.objects.all(), but=MESSAGES))


def _invitations():
    over = clock.now() - INVITATIONS
    return Invitation.objects.filter(Q(accepted_at__lte=over) | Q(accepted_at=None, expires_at__lte=over))


def _strangers():
    """Addresses of nobody in particular that no row leads to, unless their owner said what we may send there."""
    rows = Recipient.objects.filter(user=None, organization=None, created_at__lte=_sent()).exclude(address="")
    return _unused(rows.filter(suppressed_at=None))


def _unused(recipients, but=()):
    """Those that no row of any table leads to."""
    found = Recipient._meta.get_fields(include_hidden=True)
    leads = [one for one in found if one.auto_created and not one.concrete and one.related_model not in but]
    rows = [one.related_model._base_manager.filter(**{one.field.name: OuterRef("pk")}) for one in leads]
    return recipients.filter(*(~Exists(used) for used in rows))


LIMITS = [
    Limit(AccountMail, lambda: AccountMail.objects.filter(expires_at__lte=clock.now())),
    Limit(FormReceipt, lambda: FormReceipt.objects.filter(created_at__lte=clock.now() - RECEIPTS)),
    Limit(Session, lambda: Session.objects.filter(expire_date__lte=clock.now())),
    Limit(Delivery, lambda: Delivery.objects.filter(finished_at__lte=_sent())),
    Limit(Digest, lambda: Digest.objects.filter(created_at__lte=_sent(), parts=None)),
    Limit(InboxEntry, lambda: InboxEntry.objects.filter(created_at__lte=_told())),
    Limit(MailEvent, lambda: MailEvent.objects.filter(heard_at__lte=_sent())),
    Limit(Allowance, lambda: Allowance.objects.filter(ends_at__lt=clock.now())),
    Limit(CacheEntry, lambda: CacheEntry.objects.filter(ends_at__lt=clock.now())),
    Limit(User, _unproven),
    Limit(Invitation, _invitations),
    Limit(Recipient, _strangers),
]
