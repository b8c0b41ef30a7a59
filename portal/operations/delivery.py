"""Notices become deliveries, deliveries become messages: at least once, and twice only what a crash interrupted."""

import logging
import time
from collections import Counter, OrderedDict
from datetime import timedelta
from functools import partial
from uuid import uuid4

from django.db import InterfaceError, OperationalError, connection

from portal import progress
from portal.mail import post
from portal.mail.answers import Answer, Meaning
from portal.mail.smtp import OPENING
from portal.models import Alarm, Delivery
from portal.notifications import ring
from portal.operations import (
    alarms,
    cases,
    digests,
    expansion,
    installations,
    leases,
    suppression,
    tallies,
    writing,
)

LEASE = timedelta(seconds=60)  # at least three times what one exchange with the mail server may take
TURN = timedelta(seconds=50)  # then another worker may go on; below every time limit of Celery
TALLY = 1.0  # seconds between two additions to the tallies
LETTERS = 200  # rendered letters kept during one turn
PACE = (
    0.25  # seconds for which a batch is claimed, so that what is urgent never waits longer behind what is not
)
MOST = 250  # deliveries of one batch: as many as leave within PACE where all is quick
State = Delivery.State
logger = logging.getLogger(__name__)


def drain(*, lease=LEASE, turn=TURN, may_go_on=lambda: True):
    """Expand what was noticed and send what is due, the most urgent first; say how many messages left.

    Returns when nothing is due, the turn is over, or the mail server wants no more. No transaction is open while a
    message is being handed over. A database that was copied here, and that nobody confirmed, sends nothing.
    """
    if not installations.may_send():
        return 0
    ends, found = time.monotonic() + turn.total_seconds(), True
    drainer = Drainer(lease, lambda: may_go_on() and time.monotonic() < ends)
    expander = expansion.Expander()
    try:
        while found and drainer.may_go_on():
            expanded = expander.step()
            found = drainer.take_batch() or expanded
    finally:
        drainer.close()
    if found and may_go_on():
        ring()
    return drainer.ends[Meaning.SENT.value]


class Drainer:
    """One worker's turn: its name on the leases, its line to the server, the letters it has rendered."""

    def __init__(self, lease, may_go_on):
        self.me = uuid4()
        self.lease = lease
        self.may_go_on = may_go_on
        self.post = post.post()
        self.cases = cases.Cases()
        self.letters = OrderedDict()
        self.size = leases.BATCH
        self.announces = True
        self.is_stopped = alarms.is_paused()
        self.has_trouble = Alarm.objects.active().exists()
        self.lost_in_a_row = 0
        self.ends, self.tallied, self.tallied_at = Counter(), Counter(), time.monotonic()
        if self.post.is_line and connection.in_atomic_block:
            raise RuntimeError("no transaction may be open while messages are handed to a mail server")

    @property
    def goes_on(self):
        return not self.is_stopped and self.may_go_on()

    def take_batch(self):
        """Claim a batch and deal with each delivery in turn; say whether there was one."""
        began = time.monotonic()
        batch = leases.claim(self.me, self.lease, self.size) if self.goes_on else []
        known, mark = self.cases.of(batch), None
        # All that takes time is done before a lease is renewed: between renewing and marking stands only the sending.
        letters = {lease.id: self._letter(lease, known[lease.id]) for lease in batch}
        for lease in batch:
            if not self.goes_on:
                break
            mark = self._step(mark, lease, known[lease.id], letters[lease.id])
        if mark:
            self._mark_and_renew(mark)
        self.size = min(MOST, 1 + int(len(batch) * PACE / (time.monotonic() - began)))
        if time.monotonic() - self.tallied_at > TALLY:
            self._tally()
        return bool(batch)

    def _step(self, mark, lease, case, letter):
        """Mark what went before, renew this one or lose it, deal with it; return its mark."""
        refusal = self.post.open()
        ready = self.announces and letter is not None and refusal is None and lease.holder.is_welcome
        announce = partial(self._announce, lease, case, letter, lease.holder) if ready else None
        holder = self._mark_and_renew(mark, lease, case, meanwhile=announce)
        if holder is not None and holder.is_stopped:
            self._withdraw()
            digests.leave_out_stopped(case.told.thing)
            return lease.marked(State.QUEUED, "stopped", forgiven=True)
        reason = "" if holder is None or case.is_broken else case.why_not(holder)
        if holder is None or reason:
            self._withdraw()
            return lease.marked(State.CANCELLED, reason) if reason else None
        if letter is None:
            answer, provider = Answer("writing", 451, "cannot be written"), ""
        elif refusal is not None:
            answer, provider = refusal, ""
        else:
            if not ready or holder != lease.holder:
                self._announce(lease, case, letter, holder)
            answer, provider = self.post.send()
        return self._judge(lease, holder, answer, provider)

    def _announce(self, lease, case, letter, holder):
        """Write the copy and say its envelope: while the database writes, for the reader whom the claim found.

        Once more, when it may leave, for a reader who has changed since.
        """
        self.post.announce(letter, writing.addressee(case.kind, lease, holder))

    def _withdraw(self):
        """Take back what was announced too early; where that costs the line, nothing more is in this turn."""
        if self.post.withdraw():
            self.announces = False

    def _mark_and_renew(self, mark, lease=None, case=None, meanwhile=None):
        was_ours, holder = leases.mark_and_renew(
            self.me,
            self.lease,
            last=mark,
            following=lease,
            question=case.question if case else leases.NOTHING,
            meanwhile=meanwhile,
        )
        if not was_ours:
            logger.warning("fenced: delivery %s was taken over by another drainer", mark.id)
        return holder

    def _letter(self, lease, case):
        """What this delivery says; None where it says nothing or cannot be written, which concerns it alone."""
        try:
            if case.mail is not None:
                return writing.account_letter(case.mail)
            if case.kind is None or case.told.thing is None or case.is_broken:
                return None
            return self._shared(lease, case)
        except (OperationalError, InterfaceError):
            raise
        except Exception:
            logger.exception("delivery %s cannot be written", lease.id)
            return None

    def _shared(self, lease, case):
        """The letter that this reader shares with others of the same language, rendered once while it holds true."""
        told, is_named = case.told, bool(lease.holder.name)
        if told.kind.is_personal:
            return writing.letter(told, lease.language, named=is_named, recipient=case.recipient)
        key = (lease.notice, lease.language, is_named, told.state)
        if key not in self.letters:
            self.letters[key] = writing.letter(told, lease.language, named=is_named)
            if len(self.letters) > LETTERS:
                self.letters.popitem(last=False)
        return self.letters[key]

    def _judge(self, lease, holder, answer, provider):
        """What the server's answer makes of the delivery, of its address and of this turn."""
        meaning = answer.meaning
        self._note(meaning, answer)
        if meaning is Meaning.SENT:
            return lease.marked(State.SENT, str(answer), provider=provider)
        if meaning is Meaning.BOUNCED:
            suppression.suppress(holder.address, because=str(answer))
            return lease.marked(State.BOUNCED, str(answer))
        if meaning is Meaning.UNWANTED:
            return lease.marked(State.DEAD, str(answer))
        if meaning is Meaning.OURS:
            return lease.marked(State.QUEUED, str(answer), forgiven=True)
        return lease.marked(State.QUEUED, str(answer), wait=leases.wait_after(lease.attempts))

    def _note(self, meaning, answer):
        """Go on, or stop this turn: a server that cannot be reached, or wants nothing of ours, is left alone."""
        self.ends[meaning.value] += 1
        if meaning is Meaning.SENT and self.has_trouble:
            alarms.end_trouble()
            self.has_trouble = False
        self.lost_in_a_row = self.lost_in_a_row + 1 if meaning is Meaning.LOST else 0
        gone = self.lost_in_a_row > 1 or (self.lost_in_a_row and answer.stage in OPENING)
        if gone or meaning is Meaning.OURS:
            self.is_stopped = True
            alarms.sound_trouble(answer)

    def _tally(self):
        """Add up what ended since the last time, so that a drainer which is killed leaves little uncounted."""
        tallies.add(self.ends - self.tallied)
        self.tallied, self.tallied_at = self.ends.copy(), time.monotonic()

    def close(self):
        """Give back what was not tried, and hang up."""
        if not connection.needs_rollback:
            leases.release(self.me)
            self._tally()
        self.post.close()


def recent(reader):
    """The newest notices that this reader coordinates, with how far their telling has come."""
    return progress.recent(reader)
