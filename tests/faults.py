"""What a mail server can do to us, and what becomes of the message then: the table of safety.md's G3."""

import time

from portal import clock
from portal.models import Alarm, Delivery, Recipient
from portal.notifications import notify
from portal.operations import delivery, expansion
from resources.notifications import DocumentPublished
from tests import factories
from tests.moods import DRIP, DROP, STALL

State, REFUSED, UNREACHABLE = Delivery.State, Alarm.Name.REFUSED, Alarm.Name.UNREACHABLE

# What the server does; then the state, the attempts counted, whether the address is suppressed, the alarm.
LATER, GONE = (State.QUEUED, 1, False, None), (State.QUEUED, 1, False, UNREACHABLE)
OURS, DEAD, BOUNCED = (
    (State.QUEUED, 0, False, REFUSED),
    (State.DEAD, 1, False, None),
    (State.BOUNCED, 1, True, None),
)
FAULTS = {
    "the banner stalls": ({"connect": STALL}, GONE),
    "the banner drips": ({"connect": DRIP}, GONE),
    "the banner is 421": ({"connect": "421 4.3.2 busy"}, GONE),
    "the banner is 554": ({"connect": "554 5.7.1 not you"}, OURS),
    "the greeting is dropped": ({"ehlo": DROP}, GONE),
    "MAIL is 421": ({"mail": "421 4.3.2 closing"}, LATER),
    "MAIL is 450": ({"mail": "450 4.2.0 busy"}, LATER),
    "MAIL is 451": ({"mail": "451 4.3.0 busy"}, LATER),
    "MAIL is 452": ({"mail": "452 4.3.1 full"}, LATER),
    "MAIL is 550": ({"mail": "550 5.1.0 sender refused"}, OURS),
    "MAIL is 554": ({"mail": "554 5.7.1 not you"}, OURS),
    "RCPT is 421": ({"rcpt": "421 4.3.2 closing"}, LATER),
    "RCPT is 450": ({"rcpt": "450 4.2.1 greylisted"}, LATER),
    "RCPT is 451": ({"rcpt": "451 4.7.1 greylisted"}, LATER),
    "RCPT is 452": ({"rcpt": "452 4.2.2 full"}, LATER),
    "RCPT is 550": ({"rcpt": "550 5.1.1 no such user"}, BOUNCED),
    "RCPT is 550 of old": ({"rcpt": "550 no such user"}, BOUNCED),
    "RCPT is 550 for want of trust": ({"rcpt": "550 5.7.1 relaying denied"}, OURS),
    "RCPT is 551": ({"rcpt": "551 5.1.6 moved"}, BOUNCED),
    "RCPT is 552": ({"rcpt": "552 5.2.2 mailbox full"}, LATER),
    "RCPT is 553": ({"rcpt": "553 5.1.3 bad syntax"}, BOUNCED),
    "RCPT is 554": ({"rcpt": "554 not this one"}, DEAD),
    "DATA is 451": ({"data": "451 4.3.0 busy"}, LATER),
    "DATA is 554": ({"data": "554 no"}, DEAD),
    "the line drops before the final dot": ({"end": "drop early"}, LATER),
    "the line drops after the final dot": ({"end": DROP}, LATER),
    "the last answer stalls": ({"end": STALL}, LATER),
    "the last answer drips": ({"end": DRIP}, LATER),
    "the message is 451": ({"end": "451 4.3.0 busy"}, LATER),
    "the message is 550": ({"end": "550 5.6.0 not this"}, DEAD),
    "the message is 552": ({"end": "552 5.3.4 too big"}, DEAD),
    "the message is 554": ({"end": "554 5.6.0 no"}, DEAD),
    "the message is 554 for want of trust": ({"end": "554 5.7.1 spam"}, OURS),
}


def owed_delivery():
    """One message that waits to be sent, to somebody who reads Arabic."""
    factories.lead(language="ar")
    notify(DocumentPublished, factories.document(), by=None)
    expansion.step()
    return Delivery.objects.get()


def fresh(row):
    """The delivery as it was before any attempt, and no trouble remembered."""
    Delivery.objects.filter(pk=row.pk).update(
        state="queued", attempts=0, tried_at=None, not_before=clock.now(), finished_at=None, last_code=""
    )
    Recipient.objects.update(suppressed_at=None, suppressed_because="")
    Alarm.objects.all().delete()


def outcome():
    row = Delivery.objects.get()
    alarm = Alarm.objects.active().values_list("name", flat=True).first()
    return row.state, row.attempts, row.recipient.suppressed_at is not None, alarm


def timed_drain(settings, port):
    settings.EMAIL_PORT = port
    began = time.monotonic()
    delivery.drain()
    return time.monotonic() - began
