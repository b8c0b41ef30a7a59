"""What coordinators must know of the telling: the mail server refuses us, or cannot be reached, or messages are late."""

import logging
from datetime import timedelta

from django.db import transaction

from portal import clock
from portal.mail.answers import Meaning
from portal.models import Alarm

PAUSE = timedelta(minutes=1)  # after the server refused all that is ours
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
