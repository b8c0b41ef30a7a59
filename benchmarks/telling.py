"""How fast notices become messages, beside a bare smtplib loop to the same mail server in the same run.

Wanted: one drainer at least 0.4 of the bare loop (aim 0.6); with a server that answers after 5 ms a second drainer
brings 1.5 times or more; 100,000 deliveries expanded in at most 20 s; 20 MB at most of growth over 100,000 messages.
A share of all that, with less time: `SHARE=0.5 python -m benchmarks telling.memory`.
"""

import os
import smtplib
import subprocess
import sys
import time
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from statistics import median

import psutil
from django.conf import settings
from django.db import connection

from portal.models import Delivery, Notice, Organization, User
from portal.operations import delivery, expansion
from tests import drainers

SHARE = float(os.environ.get("SHARE", 1))
MESSAGES, SLOW_MESSAGES, MANY, WARM = (int(count * SHARE) for count in (10_000, 1_000, 100_000, 5_000))
ROUND = timedelta(seconds=1.5)  # drainer and bare loop go by turns: what else the machine does meets both
SINK = Path(__file__).with_name("quick_sink.py")


def run():
    rates()
    second_drainer()
    expanding()
    memory()


def say(text):
    print(text, flush=True)


@contextmanager
def sink(delay=0.0):
    """The quick mail server; messages go there from now on."""
    process = subprocess.Popen([sys.executable, SINK, str(delay)], stdout=subprocess.PIPE, text=True)
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", int(process.stdout.readline())
    try:
        yield settings.EMAIL_PORT
    finally:
        process.kill()
        process.communicate()


def told(count):
    """A document told to so many members, expanded; the seconds that expanding took."""
    forget()
    with drainers.bells_unheard():
        drainers.tell(count)
    began = time.monotonic()
    while expansion.step():
        pass
    return time.monotonic() - began


def forget():
    """Empty tables, as each measure begins."""
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE portal_user, portal_organization, portal_notice, portal_recipient CASCADE")


def bare_loop(port, data):
    """Ready bytes through smtplib, one message after the other over one line: messages a second."""
    began, count = time.monotonic(), 0
    with smtplib.SMTP("127.0.0.1", port) as line:
        while time.monotonic() - began < ROUND.total_seconds():
            line.sendmail("portal@portal.example", ["reader@crowd.example"], data, ["BODY=8BITMIME"])
            count += 1
    return count / (time.monotonic() - began)


def one_of_them():
    """A message as the drainer writes it, for the bare loop to send."""
    from portal.mail.letters import Addressee  # noqa: PLC0415
    from portal.operations import writing  # noqa: PLC0415
    from portal.operations.cases import Told  # noqa: PLC0415

    letter = writing.letter(Told(Notice.objects.first()), "ar", named=True)
    return letter.written(Addressee("reader@crowd.example", "<x@portal.example>", "Reader"))


def drained():
    """One drainer's turn; messages a second."""
    began = time.monotonic()
    return delivery.drain(turn=ROUND) / (time.monotonic() - began)


def kept():
    """Plain updates of one row, each on disk before the next begins; as many a second, and no drainer does more."""
    began = time.monotonic()
    with connection.cursor() as cursor:
        for number in range(300):
            cursor.execute("UPDATE portal_notice SET priority = %s", [number % 10])
    return 300 / (time.monotonic() - began)


def rates():
    told(MESSAGES)
    rounds = []
    with sink() as port:
        data = one_of_them()
        while Delivery.objects.waiting().exists():
            rounds.append((drained(), bare_loop(port, data), kept()))
    rounds = rounds[:-1] or rounds  # the last one found little to do
    ours, bare, disk = (median(found) for found in zip(*rounds, strict=True))
    best = max(drainer for drainer, _bare, _disk in rounds) / max(loop for _drainer, loop, _disk in rounds)
    say(f"{MESSAGES:,} messages in four languages, {len(data)} bytes each: one drainer {ours:.0f}/s, bare smtplib loop "
        f"{bare:.0f}/s, in the middle of {len(rounds)} rounds: {ours / bare:.2f} (the best of each: {best:.2f}); "
        f"the disk keeps {disk:.0f} rows/s one by one")  # fmt: skip


def second_drainer():
    found = {}
    for count in (1, 2):
        told(SLOW_MESSAGES)
        with sink(delay=0.005) as port:
            began = time.monotonic()
            with drainers.Drainers(count, port, lease=60):
                assert drainers.until(lambda: Delivery.objects.filter(state="sent").exists(), seconds=60)
                began = time.monotonic()
                assert drainers.until(drainers.all_is_done, seconds=300)
            found[count] = SLOW_MESSAGES / (time.monotonic() - began)
    say(f"A server that answers after 5 ms: one drainer {found[1]:.0f}/s, two {found[2]:.0f}/s: "
        f"{found[2] / found[1]:.2f} times")  # fmt: skip


def expanding():
    say(f"{MANY:,} deliveries expanded in {told(MANY):.1f} s")


def memory():
    told(MANY)
    with sink() as port, drainers.Drainers(1, port, lease=60) as drainer:
        # A process of its own: this one has held a crowd in memory, and would hide what a drainer keeps.
        process = psutil.Process(drainer.pids[0])
        assert drainers.until(lambda: sent() >= WARM, seconds=600, step=0.1)
        before, already, began = process.memory_info().rss, sent(), time.monotonic()
        assert drainers.until(drainers.all_is_done, seconds=3_600, step=0.5)
        rate = (MANY - already) / (time.monotonic() - began)
        grown = (process.memory_info().rss - before) / 1e6
    say(f"{MANY:,} messages by one drainer: {rate:.0f}/s, from {before / 1e6:.0f} MB grown by {grown:.1f} MB "
        f"after the first {already:,}")  # fmt: skip
    assert User.objects.count() == Organization.objects.count() == MANY


def sent():
    return Delivery.objects.filter(state=Delivery.State.SENT).count()
