"""Mailing lists that a secretariat brings along become organizations that are known, and nobody is written to."""

from collections import Counter, defaultdict

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal import names
from portal.errors import Refused
from portal.list_rows import Standing
from portal.models import Country, ListedAddress, Organization, Recipient
from portal.operations import log


class Taken:
    """What became of the rows of a list: how many of each standing were taken in."""

    def __init__(self, amounts):
        self.amounts = amounts

    def get_absolute_url(self):
        return f"{reverse('desk-organizations')}?status=listed"


def compare(rows):
    """Say of each row whether its organization is known here or in an earlier row, and what is doubtful about it."""
    known, by_address, by_look = _known(rows)
    here, here_by_look = {}, {}
    for row in rows:
        if row.errors:
            continue
        folded, looks = names.fold(row.name), names.looks(row.name)
        row.organization = _same(row.name, *known.get(folded, (None, "")))
        row.same_as = _same(row.name, *here.get(folded, (None, "")))
        if row.organization is None and row.same_as is None:
            row.doubts = [
                *_doubts(row, by_address, [by_look[look] for look in looks if look in by_look]),
                *sorted({here_by_look[look] for look in looks if look in here_by_look}),
            ]
            here[folded] = row.number, row.name
            said = _("It could be taken for row %(number)s.") % {"number": row.number}
            here_by_look |= dict.fromkeys(looks, said)
    return rows


@transaction.atomic
def take(*, rows, taken, by):
    """Take in what is new in a list, and of what is doubtful the rows that were chosen; nothing is sent to anybody."""
    chosen = [
        row
        for row in rows
        if row.standing == Standing.NEW or (row.standing == Standing.DOUBTFUL and row.number in taken)
    ]
    made = {row.number: _organization(row) for row in chosen}
    if not any(row.standing in (Standing.NEW, Standing.DOUBTFUL, Standing.KNOWN) for row in rows):
        raise Refused(gettext_lazy("No row of this list can be taken in."))
    Organization.objects.bulk_create(made.values())
    _keep_regions(made.values())
    _keep_addresses(rows, made)
    log.record_all("organization taken from a list", list(made.values()), by=by)
    return Taken(Counter(row.standing for row in chosen))


def hand_over(organization):
    """Of a verified organization: write where its mailing list did, if that was agreed to, and forget the list."""
    rows = ListedAddress.objects.filter(organization=organization).order_by("pk")
    agreed = rows.filter(consent=ListedAddress.Consent.GIVEN).first()
    if agreed is not None and not organization.mailbox:
        organization.mailbox, organization.mailbox_language = agreed.address, agreed.language
        organization.save(update_fields=["mailbox", "mailbox_language"])
        Recipient.objects.keep_for_mailbox(organization)
    rows.delete()


def _same(name, found, found_name):
    """What was found under a name, unless letters of another script make it look the same."""
    return found if found and "scripts" not in (names.likeness(name, found_name) or ()) else None


def _known(rows):
    """What is known here: {folded name: (organization, name)}, {address: organization}, {look: organization}."""
    looks = sorted({look for row in rows for look in names.looks(row.name)})
    by_name, by_look = {}, {}
    for organization in Organization.objects.filter(looks__overlap=looks).order_by("pk"):
        by_name |= {names.fold(name): (organization, name) for name in organization.called}
        by_look |= dict.fromkeys(organization.looks, organization)
    addresses = {row.address for row in rows if row.address and not row.errors}
    by_address = {
        organization.mailbox.lower(): organization
        for organization in Organization.objects.filter(mailbox__in=addresses)
    }
    listed = ListedAddress.objects.filter(address__in=addresses).select_related("organization")
    by_address |= {row.address: row.organization for row in listed}
    return by_name, by_address, by_look


def _doubts(row, by_address, alike):
    """What speaks for a closer look at a row, in sentences."""
    if row.address in by_address:
        yield _("Its address is known here as one of %(name)s.") % {"name": by_address[row.address]}
    for name in sorted({str(organization) for organization in alike}):
        yield _("It could be taken for %(name)s.") % {"name": name}
    for word in names.mixed_words(row.name):
        yield _("The word “%(word)s” mixes letters of several scripts.") % {"word": word}


def _organization(row):
    made = Organization(
        status=Organization.Status.KNOWN,
        is_from_list=True,
        original_language=row.language,
        languages=[row.language],
        acronym=row.acronym,
        website=row.website,
        country_id=row.country,
    )
    setattr(made, f"name_{row.language}", row.name)
    made.keep_looks()
    return made


def _keep_regions(organizations):
    """Each organization works in the regions of its country."""
    regions = defaultdict(list)
    for country, region in Country.regions.through.objects.values_list("country_id", "region_id"):
        regions[country].append(region)
    through = Organization.regions.through
    through.objects.bulk_create(
        through(organization_id=organization.pk, region_id=region)
        for organization in organizations
        for region in regions[organization.country_id]
    )


def _keep_addresses(rows, made):
    """The addresses of what was made, and of what was known and nobody speaks for; none that refused messages."""
    kept, refused = {}, set()
    for row in rows:
        found = made.get(row.number) or made.get(row.same_as) or row.organization
        if row.address and row.consent == ListedAddress.Consent.REFUSED:
            refused.add(row.address)  # a no is heard, whatever else is wrong with the row
        elif row.errors or not row.address:
            continue
        elif found is not None and found.status == Organization.Status.KNOWN:
            values = {"address": row.address, "language": row.language, "consent": row.consent}
            kept[found.pk, row.address] = ListedAddress(organization=found, **values)
    # What a later list says of the same address holds; whoever says no in any row is forgotten.
    ListedAddress.objects.bulk_create(
        kept.values(),
        update_conflicts=True,
        unique_fields=["organization", "address"],
        update_fields=["language", "consent"],
    )
    ListedAddress.objects.filter(address__in=refused).delete()
