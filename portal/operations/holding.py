"""A telling is stopped, and goes on later or ends: nobody who was told is told again, nobody who was not is forgotten."""

from datetime import timedelta

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from portal import clock
from portal.errors import Refused
from portal.models import Delivery, Notice
from portal.models.notices import FOR_GOOD
from portal.notifications import ring
from portal.operations import digests, log

# A drainer writes from what it looked up a second ago at most: what was corrected meanwhile is in all that leaves then.
SETTLING = timedelta(seconds=2)


@transaction.atomic
def stop(notice, *, by):
    """Let nothing more of a notice leave, but for the few messages that are being handed over at this moment."""
    notice = _locked(notice)
    if notice.is_stopped:
        raise Refused(_("This is stopped already."))
    digests.take_out(notice)
    return _hold(notice, FOR_GOOD, "telling stopped", by=by)


@transaction.atomic
def resume(notice, *, by):
    """Let a notice that was stopped go on from where it stood; how long it was is counted against no message."""
    notice = _locked(notice)
    if not notice.is_stopped:
        raise Refused(_("This is not stopped any more."))
    tried = Delivery.objects.filter(notice=notice, state=Delivery.State.QUEUED, attempts__gt=0)
    tried.update(attempts=0, tried_at=None)
    transaction.on_commit(ring, robust=True)
    return _hold(notice, clock.now() + SETTLING, "telling resumed", by=by)


@transaction.atomic
def end(notice, *, by):
    """Let nothing of a notice leave any more that has not left yet."""
    notice, now = _locked(notice), clock.now()
    notice.expanded_at = notice.expanded_at or now
    notice.save(update_fields=["expanded_at"])
    waiting = Delivery.objects.filter(notice=notice, state=Delivery.State.QUEUED)
    waiting.update(state=Delivery.State.CANCELLED, finished_at=now, last_code="ended")
    log.record("telling ended", notice, by=by)
    return notice


def is_in_hand(notice):
    """Whether a message that tells of it is being handed over at this moment: by itself, or in a summary.

    What waits in a summary that nobody has in hand is taken out of it.
    """
    digests.take_out(notice)
    held = Delivery.objects.filter(notice=notice)
    alone = Q(state=Delivery.State.LEASED, lease_until__gt=clock.now())
    return held.filter(alone | Q(state=Delivery.State.QUEUED, digest__isnull=False)).exists()


def _locked(notice):
    return Notice.objects.select_for_update(of=["self"], no_key=True).get(pk=notice.pk)


def _hold(notice, until, act, *, by):
    notice.held_until = until
    notice.save(update_fields=["held_until"])
    log.record(act, notice, by=by)
    return notice
