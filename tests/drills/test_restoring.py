"""Fifty thousand registrations with files, put back into an empty cluster, from which nothing is sent (G30).

DRILL_REGISTRATIONS says how many, where there is less time.
"""

import hashlib
import os
import time
from contextlib import contextmanager

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.db import connection

from consultations.models import Delegate, Registration
from portal import clock
from portal.local import places, servers
from portal.models import Organization
from tests import drainers, factories, restoring
from tests.drills import figures
from tests.sink import Sink

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.timeout(1_800)]

COUNT = int(os.environ.get("DRILL_REGISTRATIONS", "50000"))
FILES, SIZE, LETTERS = COUNT // 10, 40_000, 50


@pytest.fixture
def filled(tmp_path, settings):
    """So many registrations of as many organizations, files of every tenth, and some letters that wait."""
    settings.MEDIA_ROOT = tmp_path / "own"
    drainers.crowd(COUNT)
    consultation = factories.open_consultation("Services", places=COUNT)
    now = clock.now()
    registrations = drainers.made(
        Registration(
            consultation=consultation,
            organization=organization,
            status="confirmed",
            seq=number,
            delegates_count=1,
            confirmed_at=now,
        )
        for number, organization in enumerate(Organization.objects.order_by("pk"), 1)
    )
    drainers.made(
        Delegate(
            registration=row, name=f"Delegate {row.seq}", email=f"d{row.seq}@sent.example", other_needs="ramp"
        )
        for row in registrations
    )
    for number in range(FILES):
        storages["default"].save(f"files/{number % 256:02x}/{number}", ContentFile(os.urandom(SIZE)))
    drainers.waiting(LETTERS)
    return tmp_path


@contextmanager
def empty_cluster(folder):
    """A PostgreSQL that never held anything: gives what names it, and a place for files, to a process."""
    servers.start(folder, durable=False)
    try:
        servers.make_database(folder, "portal")
        where = {"PGHOST": str(places.sockets(folder)), "PGUSER": "postgres", "PGDATABASE": "portal"}
        yield where | {"MEDIA_ROOT": str(folder / "media")}
    finally:
        servers.stop(folder)


def counted(ask):
    """What a database holds of what this is about, and one sum over all delegates."""
    tables = ("portal_organization", "portal_user", "consultations_registration", "consultations_delegate")
    found = {name: ask(f"SELECT count(*) FROM {name}")[0][0] for name in tables}
    return found | {
        "sum": ask("SELECT sum(hashtext(name || email || other_needs)) FROM consultations_delegate")
    }


def asked_here(question):
    with connection.cursor() as cursor:
        cursor.execute(question)
        return cursor.fetchall()


def files_of(folder):
    found = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder): hashlib.sha256(path.read_bytes()).hexdigest() for path in found}


def drained(place, sink):
    """Have a drainer look at that database until nothing is due; how many messages came."""
    mail = {"EMAIL_HOST": "127.0.0.1", "EMAIL_PORT": str(sink.port), "EMAIL_BACKEND": ""}
    code, said = restoring.manage(place | mail, "drain", "--once")
    assert code == 0, said
    return len(sink.received)


def test_g30_all_comes_back_into_an_empty_cluster_and_nothing_is_sent(filled, settings):
    key = restoring.new_lock(filled, settings)
    began = time.monotonic()
    path = restoring.back_up(filled)
    backed_up = time.monotonic() - began
    with empty_cluster(filled / "cluster") as place, Sink() as sink:
        began = time.monotonic()
        code, said = restoring.manage(place, "restore", path, "--key", key)
        restored = time.monotonic() - began
        assert code == 0, said
        same = counted(asked_here) == counted(lambda question: restoring.ask(place, question))
        same_files = files_of(settings.MEDIA_ROOT) == files_of(filled / "cluster" / "media")
        sent = drained(place, sink)
        figures.add(
            "G30",
            f"{COUNT} registrations and {FILES} files of 40 kB into an empty cluster",
            backed_up_in=f"{backed_up:.0f} s",
            restored_in=f"{restored:.0f} s",
            megabytes=path.stat().st_size // 1_000_000,
            rows_equal=same,
            files_equal=same_files,
            messages=sent,
        )
        assert (same, same_files, sent) == (True, True, 0)
        assert restored < 600
        # The control: once it is confirmed, the very same letters leave.
        restoring.ask(place, "UPDATE portal_notice SET expanded_at = now() RETURNING 1")
        assert restoring.manage(place, "confirm_installation", "--waiting", "send")[0] == 0
        sent = drained(place, sink)
        figures.add("G30", "control: confirmed", messages=sent)
        assert sent == LETTERS
