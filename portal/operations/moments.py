"""What publishes itself at a moment that was set for it (portal/models/moments.py), in the name of who set it."""

import logging

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from portal import clock
from portal.errors import Refused
from portal.models import Reader
from portal.operations import records

NONE = {"publish_at": None, "scheduled_by": None, "missed_at": None, "missed_because": ""}
logger = logging.getLogger(__name__)


def set_moment(thing, *, at, time_zone, by):
    """Set the moment of a locked row, which is not saved yet; refuse one that has gone by."""
    if at <= clock.now():
        raise Refused(_("Choose a moment that lies ahead."), "at")
    set_none(thing)
    thing.publish_at, thing.time_zone, thing.scheduled_by = at, time_zone, by


def set_none(thing):
    """Let a locked row, which is not saved yet, wait for no moment, nor say that it missed one."""
    for name, value in NONE.items():
        setattr(thing, name, value)


def publish_due(model, publish):
    """Publish what was to be published by now, each in a transaction of its own; return how many were.

    One that may not be published misses its moment; neither that nor a fault keeps the others waiting.
    """
    done = 0
    for thing in model.objects.filter(publish_at__lte=clock.now()).order_by("publish_at"):
        try:
            done += _publish_one(thing, publish)
        except Refused as refusal:
            logger.warning("%s %s did not publish itself: %s", model.__name__, thing.pk, refusal.message)
            _miss(thing, refusal)
        except Exception:
            logger.exception("%s %s could not be published", model.__name__, thing.pk)
    return done


@transaction.atomic
def _publish_one(thing, publish):
    """Whether it was still to be published, and is now."""
    thing = records.lock(thing)
    is_due = thing.publish_at is not None and thing.publish_at <= clock.now()
    if is_due:
        if not Reader.of(thing.scheduled_by).coordinates(thing):
            raise Refused(_("Who set the moment does not coordinate this any more."))
        publish(thing, by=thing.scheduled_by)
    return is_due


def _miss(thing, refusal):
    """Keep for its coordinators why it did not publish itself, unless somebody chose otherwise meanwhile."""
    with translation.override("en"):
        missed = {"missed_at": clock.now(), "missed_because": str(refusal.message)[:300]}
    type(thing).objects.filter(pk=thing.pk, publish_at=thing.publish_at).update(**(NONE | missed))
