"""Drainers as processes of their own, to be killed; and crowds of people for them to write to."""

import os
import signal
import subprocess
import sys
import time
from contextlib import contextmanager, suppress
from pathlib import Path
from uuid import uuid4

from django.db import Error, connection

from portal import clock
from portal.celery import app
from portal.models import Delivery, Membership, Notice, Organization, Recipient, User
from portal.notifications import notify
from resources.notifications import DocumentPublished
from tests import factories

ROOT = Path(__file__).resolve().parent.parent
LANGUAGES = ("ar", "en", "es", "fr")
# Each takes one wall out of the protocol: a drill that does not notice proves nothing.
BROKEN = {
    "no takeover of expired leases": "leases.CLAIM = leases.CLAIM.replace(leases.EXPIRED, 'false')",
    # Not a wound: hours of retries in seconds, so that a drill sees their end.
    "retries within seconds": "leases.RETRIES[:] = [leases.timedelta(seconds=2)] * 6",
    "no renewal before each message": (
        "leases.RENEW = leases.RENEW.replace(leases.HELD, 'true')"
        ".replace('clock_timestamp() + %(lease)s::interval', 'lease_until')"
    ),
}
# A process that has read all code once, and forks a drainer for each line it is given: to be killed by the dozen.
NURSERY = """
import os, signal, sys, django
django.setup()
from django.core.management import call_command
from django.urls import reverse
from portal.operations import leases, writing
reverse("home")
{wound}
signal.signal(signal.SIGCHLD, signal.SIG_IGN)
for line in sys.stdin:
    child = os.fork()
    if child == 0:
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        call_command("drain", *sys.argv[1:])
        os._exit(0)
    print(child, flush=True)
"""


def crowd(count, *, per_organization=1):
    """So many members, evenly in four languages, each a lead of an organization: {address: language}."""
    addresses = {f"reader{number}@crowd.example": LANGUAGES[number % 4] for number in range(count)}
    people = made(
        User(email=address, name=f"Reader {number}", language=language, password="!")
        for number, (address, language) in enumerate(addresses.items())
    )
    organizations = made(
        Organization(status="verified", name_en=f"Crowd {number}", slug=f"crowd-{number}")
        for number in range(0, count, per_organization)
    )
    made(
        Membership(user=person, organization=organizations[number // per_organization], role="lead")
        for number, person in enumerate(people)
    )
    made(Recipient(user=person, address=person.email, language=person.language) for person in people)
    settle()
    return addresses


def made(rows):
    """Keep these rows of one model, a thousand with each statement."""
    rows = list(rows)
    return type(rows[0]).objects.bulk_create(rows, batch_size=1_000)


def waiting(count):
    """So many messages about one document that wait to be sent, to the first that can be written to; their notice."""
    now = clock.now()
    with bells_unheard():
        notice = notify(DocumentPublished, factories.document("A guide"), by=None)
    keys = (uuid4() for _recipient in range(count))
    made(
        Delivery(
            key=key,
            message_id=f"<{key}@drill>",
            notice=notice,
            recipient=recipient,
            not_before=now,
            created_at=now,
        )
        for key, recipient in zip(keys, Recipient.objects.order_by("pk"), strict=False)
    )
    return notice


def tell(count, **crowded):
    """A document told to so many members: {address: language}."""
    wanted = crowd(count, **crowded)
    document = factories.document(
        title_ar="العودة بكرامة",
        title_en="Return with dignity",
        title_es="Un retorno digno",
        title_fr="Le retour dans la dignité",
    )
    notify(DocumentPublished, document, by=None)
    return wanted


def all_is_done():
    """Nothing waits to be expanded or sent; a database that is just restarting has not said so yet."""
    try:
        waiting = Delivery.objects.filter(state__in=["queued", "leased"]).exists()
        return not waiting and not Notice.objects.filter(expanded_at__isnull=True).exists()
    except Error:
        connection.close()
        return False


def settle():
    """Fresh statistics, as any database that has run for a minute has."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


@contextmanager
def bells_unheard():
    """The bell goes to the broker, where nobody answers: the drainers of a drill look for themselves."""
    eager, app.conf.task_always_eager = app.conf.task_always_eager, False
    yield
    app.conf.task_always_eager = eager


def environment(port):
    """What a process of its own needs to find this test's database and mail server."""
    values = connection.settings_dict
    return os.environ | {
        "DJANGO_SETTINGS_MODULE": "portal.settings",
        "PYTHONPATH": str(ROOT),
        "PGHOST": str(values["HOST"] or os.environ.get("PGHOST", "")),
        "PGDATABASE": values["NAME"],
        "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "EMAIL_HOST": "127.0.0.1",
        "EMAIL_PORT": str(port),
        "EMAIL_HOST_USER": "",
        "LOG_LEVEL": "WARNING",
    }


class Drainers:
    """Some drainers at work; used as a context."""

    def __init__(self, count, port, *, lease=2.0, wound=""):
        self.count, self.pids = count, []
        script = NURSERY.format(wound=BROKEN.get(wound, wound))
        self.nursery = subprocess.Popen(
            [sys.executable, "-c", script, "--lease", str(lease)],
            env=environment(port),
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def __enter__(self):
        for _ in range(self.count):
            self.start()
        return self

    def __exit__(self, *_error):
        for pid in self.pids:
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGTERM)
        gone = all(until(lambda pid=pid: not is_alive(pid), seconds=20) for pid in self.pids)
        self.nursery.communicate()
        assert gone, "a drainer did not stop when asked"

    def start(self):
        """Start one more."""
        self.nursery.stdin.write("\n")
        self.nursery.stdin.flush()
        self.pids.append(int(self.nursery.stdout.readline()))

    def kill_one(self):
        """Kill the oldest, as the kernel does it when memory is short: no word, no cleaning up."""
        pid = self.pids.pop(0)
        os.kill(pid, signal.SIGKILL)
        assert until(lambda: not is_alive(pid), seconds=10)

    def kill_on_the_way(self, sink, *, count, kills, seconds=60):
        """Kill one each time another share of the messages has arrived, and start a fresh one in its stead."""
        for number in range(1, kills + 1):
            share = count * number // (kills + 1)
            assert until(lambda share=share: len(sink.received) >= share, seconds=seconds)
            self.kill_one()
            self.start()


def is_alive(pid):
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def until(condition, *, seconds=60, step=0.02):
    """Wait for something; say whether it came in time."""
    ends = time.monotonic() + seconds
    while time.monotonic() < ends:
        if condition():
            return True
        time.sleep(step)
    return False
