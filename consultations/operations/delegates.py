"""The delegates of a registration: named, named anew, told apart by their address, written to as they wish."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from consultations.models import Delegate, RegistrationLink
from consultations.notifications import DelegateNamed
from consultations.operations import lines
from portal import clock, instances
from portal.errors import Refused
from portal.models import Recipient
from portal.notifications import notify
from portal.operations import limits, log

# Of those who share an address the last one counts. An organization's own people need not be asked before they are
# written to. How many addresses there are is hidden from the planner, which would plan anew for each number.
KNOWN = """
SELECT *, lower(address) AS lower, EXISTS (
    SELECT FROM portal_membership AS own WHERE own.user_id = recipient.user_id AND own.organization_id = %(organization)s
) AS is_own
FROM portal_recipient AS recipient
WHERE lower(address) = ANY(ARRAY(SELECT unnest(%(addresses)s::text[]))) AND (organization_id = %(organization)s OR organization_id IS NULL)
ORDER BY user_id NULLS FIRST, organization_id NULLS FIRST
"""


@transaction.atomic
def open_link(registration, *, by):
    """Make the link by which delegates name themselves; one that was made before leads nowhere any more."""
    registration = lines.locked(registration)
    refuse_over(registration, clock.now())
    link = RegistrationLink.make(registration, RegistrationLink.Purpose.DELEGATES, by=by)
    log.record("link for delegates made", registration, by=by)
    return link


@transaction.atomic
def close_link(registration, *, by):
    """Close the link by which delegates name themselves."""
    registration = lines.locked(registration)
    registration.links.filter(purpose=RegistrationLink.Purpose.DELEGATES).delete()
    log.record("link for delegates closed", registration, by=by)
    return registration


@transaction.atomic
def name_oneself(link, *, by, **values):
    """Take one of the places of a delegation that nobody is named for, by the lead's link."""
    registration = lines.locked(link.registration)
    # It may have been closed while this waited.
    if not registration.links.filter(token_hash=link.token_hash).exists():
        raise Refused(_("This link is closed. Please ask your organization for a new one."))
    refuse_over(registration, clock.now())
    named = list(registration.delegate_set.values_list("email", flat=True))
    if values["email"].lower() in named:
        raise Refused(_("Another delegate has this address already."), "email")
    if len(named) >= registration.delegates_count:
        raise Refused(_("Every place of this delegation has its name."))
    recipients = recipients_of(registration.organization, [values], by=link.made_by)
    (delegate,) = name_all(registration, [values], recipients, at=clock.now())
    _count_in(registration, len(named) + 1)
    log.record("delegate named", registration, by=by)
    if registration.status == registration.Status.CONFIRMED:
        notify(DelegateNamed, delegate, by=by)
    return delegate


def refuse_over(registration, at):
    """Nobody is named any more for what does not count or is over."""
    if not registration.is_held or lines.is_over(registration.consultation, at):
        raise Refused(_("The delegates of this registration can no longer be changed."))


def _count_in(registration, named):
    """Whoever is named is among those with whom it comes at least."""
    if registration.least is not None and registration.least < named:
        registration.least = named if named < registration.delegates_count else None
    registration.version += 1
    registration.save(update_fields=["least", "version"])


def rename_all(registration, before, delegates, *, by):
    """Bring the delegates in step with what was sent; return those who are new, who have not been told yet."""
    before = {row.key: row for row in before}
    same = {}
    for values in delegates:
        row = before.get(values.get("key"))
        # Another address is another person.
        if row is not None and row.email == values["email"].lower():
            same[row.key] = values
    registration.delegate_set.exclude(key__in=same).delete()
    for key, values in same.items():
        _describe(before[key], values)
        before[key].save()
    new = [values for values in delegates if values.get("key") not in same]
    recipients = recipients_of(registration.organization, new, by=by)
    return name_all(registration, new, recipients, at=clock.now())


def name_all(registration, delegates, recipients, *, at):
    """Add these delegates to a registration; return them."""
    return instances.add_all(described(registration, delegates, recipients, at=at))


def described(registration, delegates, recipients, *, at):
    """The same, not added yet."""
    rows = []
    for values in delegates:
        delegate = Delegate(registration=registration, email=values["email"].lower(), named_at=at)
        _describe(delegate, values)
        delegate.recipient = recipients[delegate.email]
        rows.append(delegate)
    return rows


def _describe(delegate, values):
    for field in ("name", "language", "interpretation", "needs", "other_needs"):
        if field in values:
            setattr(delegate, field, values[field])


def recipients_of(organization, delegates, *, by):
    """Where each delegate is written to, by address: as a person with an account, as the shared mailbox, or anew.

    Takes from the ledger what it costs to have others than the organization's own people written to (D16).
    """
    languages = {values["email"].lower(): values["language"] for values in delegates}
    found = _known(organization, languages)
    own = {address for address, recipient in found.items() if recipient.is_own}
    for address in sorted(languages.keys() - own - {organization.mailbox.lower()}):
        limits.require_to_write("delegate", address, by=by)
    strangers = sorted(languages.keys() - found.keys())
    if strangers:
        made = Recipient.objects.keep_strangers({address: languages[address] for address in strangers})
        found |= {row.address: row for row in made}
    if languages.keys() - found.keys():
        # Somebody else has just named them.
        found |= _known(organization, languages.keys() - found.keys())
    for address, recipient in sorted(found.items()):
        is_stranger = recipient.user_id is None and recipient.organization_id is None
        if is_stranger and recipient.language != languages[address]:
            recipient.language = languages[address]
            recipient.save(update_fields=["language"])
    return found


def _known(organization, addresses):
    """The Recipients of these addresses: of a person before a shared mailbox, of that before a stranger's."""
    rows = instances.of(Recipient, KNOWN, {"organization": organization.pk, "addresses": [*addresses]})
    return {row.lower: row for row in rows}
