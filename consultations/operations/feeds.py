"""The private address of a person's calendar: made anew, or given up."""

from django.db import transaction

from consultations.models import CalendarFeed
from portal import clock, tokens
from portal.models import Reader
from portal.operations import log


@transaction.atomic
def make(*, by):
    """Give a person a new private address; the earlier one, if any, is dead."""
    nonce = tokens.nonce()
    values = {
        "nonce": nonce,
        "token_hash": tokens.digest(tokens.make(CalendarFeed.PURPOSE, nonce)),
        "organizations": sorted(Reader.of(by).organizations),
        "made_at": clock.now(),
    }
    feed, _made = CalendarFeed.objects.update_or_create(user=by, defaults=values)
    log.record("calendar address made", feed, by=by)
    return feed


@transaction.atomic
def revoke(*, by):
    """Make a person's private address dead."""
    feed = CalendarFeed.objects.filter(user=by).first()
    if feed is not None:
        log.record("calendar address given up", feed, by=by)
        feed.delete()
