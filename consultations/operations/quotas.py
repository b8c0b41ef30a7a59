"""Quotas of a consultation: made, changed, removed; whoever has a turn by that is promoted at once."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from consultations.models import Quota
from consultations.operations import lines
from portal.errors import Refused
from portal.languages import CODES
from portal.models import Organization
from portal.operations import log


@transaction.atomic
def add(consultation, *, titles, places, regions=(), constituency="", is_migrant_led=False, by):
    """Give at most so many places to some organizations; those registered count in it as they are now.

    `titles` is {language: title}.
    """
    quota = Quota(consultation=lines.lock(consultation))
    _save(quota, titles, places, regions, constituency, is_migrant_led)
    log.record("quota made", quota.consultation, by=by)
    lines.promote(quota.consultation, by=by)
    return quota


@transaction.atomic
def change(quota, *, version, titles, places, regions=(), constituency="", is_migrant_led=False, by):
    """Change a quota from the version that was shown; if it concerns others now, all are counted anew."""
    quota = _locked(quota)
    if version != quota.version:
        raise Refused(_("Somebody has just changed this. Please look at it again and retry."))
    quota.version += 1
    _save(quota, titles, places, regions, constituency, is_migrant_led)
    log.record("quota changed", quota.consultation, by=by)
    lines.promote(quota.consultation, by=by)
    return quota


@transaction.atomic
def remove(quota, *, by):
    """Do without a quota; whom it made wait has a turn as everybody, as far as there are places."""
    quota = _locked(quota)
    quota.delete()
    log.record("quota removed", quota.consultation, by=by)
    lines.promote(quota.consultation, by=by)
    return quota.consultation


def _locked(quota):
    """The quota as it is under its consultation's lock."""
    consultation = lines.lock(quota.consultation)
    quota = Quota.objects.get(pk=quota.pk)
    quota.consultation = consultation
    return quota


def _save(quota, titles, places, regions, constituency, is_migrant_led):
    """Save what a quota says; nobody whom it concerns loses a place that was given."""
    regions = frozenset(regions)
    if not regions and not constituency and not is_migrant_led:
        raise Refused(
            _("Say whom the quota concerns: a region, a constituency or organizations led by migrants.")
        )
    whom = (regions, constituency, is_migrant_led)
    concerns_others = quota.pk is None or whom != _whom(quota)
    for code in CODES:
        setattr(quota, f"title_{code}", titles.get(code) or None)
    quota.constituency, quota.is_migrant_led = constituency, is_migrant_led
    rows = _concerned(quota, regions) if concerns_others else ()
    if concerns_others:
        quota.held_count = sum(row.delegates_count for row in rows if row.is_seated)
    lines.refuse_fewer_places(places, quota.held_count)
    quota.places = places
    quota.save()
    if concerns_others:
        quota.regions.set(regions)
        quota.registrations.set(rows)


def _whom(quota):
    return frozenset(quota.regions.all()), quota.constituency, quota.is_migrant_led


def _concerned(quota, regions):
    """The registrations that count and whose organizations, as they are now, fall into the quota."""
    organizations = Organization.objects.all()
    if regions:
        organizations = organizations.filter(regions__in=regions)
    if quota.constituency:
        organizations = organizations.filter(constituency=quota.constituency)
    if quota.is_migrant_led:
        organizations = organizations.filter(is_migrant_led=True)
    return list(quota.consultation.registrations.held().filter(organization__in=organizations.values("pk")))
