"""A person is erased: what is about her goes from everywhere, what she did stays without her (safety.md, D18)."""

import json
import re

from django.db import transaction
from django.db.models import Q
from django.db.models.functions import Lower

from portal.models import (
    Claim,
    Erasure,
    FormReceipt,
    Invitation,
    Organization,
    Recipient,
    Session,
    User,
)
from portal.operations import log, roles
from portal.signals import person_erased


@transaction.atomic
def erase(user, *, by):
    """Erase a person; the last administrator gives the role to somebody else first."""
    user = User.objects.select_for_update().get(pk=user.pk)
    roles.keep_an_administrator(without=list(user.role_set.all()))
    log.record("account erased", user, by=by)
    _forget(user)


@transaction.atomic
def replay(*, by=None):
    """Erase again whoever was erased and came back with a restored copy, whatever role she had; return how many."""
    erased = set(Erasure.objects.values_list("digest", flat=True))
    back = [user for user in User.objects.order_by("pk").iterator() if Erasure.digest_of(user) in erased]
    for user in back:
        log.record("account erased again", user, by=by)
        _forget(user)
    return len(back)


def learn(rows):
    """Take over from a newer ledger who was erased: (digest, moment) of each."""
    Erasure.objects.bulk_create(
        [Erasure(digest=digest, erased_at=moment) for digest, moment in rows], ignore_conflicts=True
    )


def _forget(user):
    """The order is that of the walls between tables: what leads to a Recipient goes before it, the person last."""
    Erasure.objects.get_or_create(digest=Erasure.digest_of(user))
    addresses = addresses_of(user)
    strangers = Recipient.objects.at_any(addresses).filter(user=None, organization=None)
    recipients = list(Recipient.objects.filter(Q(user=user) | Q(pk__in=strangers.values("pk"))))
    person_erased.send(User, user=user, recipients=recipients, addresses=addresses)
    Claim.objects.filter(user=user).update(words="")
    Invitation.objects.filter(Q(email__in=addresses) | Q(recipient__in=recipients)).delete()
    _empty_mailboxes(addresses)
    _forget_browsers(user, addresses)
    Recipient.objects.filter(pk__in=[row.pk for row in recipients]).delete()
    user.delete()


def addresses_of(user):
    """Every address that the person proved to be hers, in small letters."""
    proven = user.emailaddress_set.filter(verified=True).values_list("email", flat=True)
    return {address.lower() for address in (user.email, *proven)}


def _empty_mailboxes(addresses):
    """An organization that had a person's own address as its mailbox has none until it says another."""
    rows = Organization.objects.select_for_update(of=["self"], no_key=True).order_by("pk")
    for organization in rows.annotate(folded=Lower("mailbox")).filter(folded__in=addresses):
        organization.mailbox = ""
        organization.save(update_fields=["mailbox"])
        Recipient.objects.keep_for_mailbox(organization)


def _forget_browsers(user, addresses):
    """End the person's sessions, and those of nobody that are on the way to them; and what forms had led to."""
    Session.objects.filter(user=user).delete()
    said = "|".join(map(re.escape, sorted(addresses)))
    hers = re.compile(rf"(?<![\w.%+'-])(?:{said})(?![\w-]|\.\w)")
    for session in Session.objects.filter(user=None).iterator():
        if hers.search(json.dumps(session.get_decoded(), ensure_ascii=False).lower()):
            session.delete()
    FormReceipt.objects.filter(sender=f"user:{user.pk}").delete()
