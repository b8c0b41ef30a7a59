"""What coordinators must know of the telling: the mail server refuses us, or cannot be reached, or messages are late."""

import logging
from datetime import timedelta

from django.db import transaction
from django.db.models import Case, Min, When

from portal import clock
from portal.mail.answers import Meaning
from portal.models import Alarm, Delivery, Notice

PAUSE = timedelta(minutes=1)  # after the server refused all that is ours
LATE = timedelta(minutes=10)
TROUBLE = {Meaning.OURS: Alarm.Name.REFUSED, Meaning.LOST: Alarm.Name.UNREACHABLE}
logger = logging.getLogger(__name__)


@transaction.atomic
def sound(name, answer=""):
    """Note that something is wrong; it is one alarm from the first time until it is over."""
    now = clock.now()
    alarm, _made = Alarm.objects.select_for_update().get_or_create(
        name=name, defaults={"since": now, "seen_at": now}
    )
    if alarm.until is not None:
        alarm.since, alarm.until = now, None
    alarm.seen_at, alarm.answer = now, answer[:200]
    alarm.save()
    logger.error("%s (%s)", alarm.Name(name).name, answer)
    return alarm


def sound_trouble(answer):
    """Note why no message leaves."""
    return sound(TROUBLE[answer.meaning], str(answer))


def end_trouble():
    """Messages leave again."""
    Alarm.objects.active().filter(name__in=TROUBLE.values()).update(until=clock.now())


def is_paused():
    """Whether the server refused us so lately that asking again would only annoy it."""
    refused = Alarm.objects.active().filter(name=Alarm.Name.REFUSED)
    return refused.filter(seen_at__gt=clock.now() - PAUSE).exists()


def oldest_due():
    """Since when the message waits that could have left first, or the notice that nobody has expanded; None: none."""
    now = clock.now()
    due_at = Case(When(state=Delivery.State.LEASED, then="lease_until"), default="not_before")
    message = Delivery.objects.due(now).aggregate(oldest=Min(due_at))["oldest"]
    notice = Notice.objects.to_expand().aggregate(oldest=Min("created_at"))["oldest"]
    return min(filter(None, (message, notice)), default=None)


def watch():
    """Sound the alarm when what is due has waited for more than ten minutes, and end it when that is over."""
    oldest, now = oldest_due(), clock.now()
    if oldest is not None and now - oldest > LATE:
        sound(Alarm.Name.LATE, f"since {oldest:%Y-%m-%d %H:%M} UTC")
    else:
        Alarm.objects.active().filter(name=Alarm.Name.LATE).update(until=now)
