"""What publishes itself at a moment that was set for it: rows with `publish_at`, and who changed them last."""

import logging

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from portal import clock
from portal.errors import Refused
from portal.operations import records

logger = logging.getLogger(__name__)


def set_moment(thing, *, at, time_zone):
    """Set the moment of a locked row, which is not saved yet; refuse one that has gone by."""
    if at <= clock.now():
        raise Refused(_("Choose a moment that lies ahead."), "at")
    thing.publish_at, thing.time_zone = at, time_zone


def publish_due(model, publish):
    """Publish what was to be published by now, each in a transaction of its own; return how many were.

    One that may not be published does not keep the others waiting.
    """
    done = 0
    for thing in model.objects.filter(publish_at__lte=clock.now()).order_by("publish_at"):
        try:
            done += _publish_one(thing, publish)
        except Refused as refusal:
            logger.warning("%s %s did not publish itself: %s", model.__name__, thing.pk, refusal.message)
    return done


@transaction.atomic
def _publish_one(thing, publish):
    """Whether it was still to be published, and is now."""
    thing = records.lock(thing)
    is_due = thing.publish_at is not None and thing.publish_at <= clock.now()
    if is_due:
        publish(thing, by=thing.changed_by)
    return is_due
