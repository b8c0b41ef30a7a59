"""The way of docs/operations.md back to a chosen second: a base backup and the archived log, nothing sent (G30)."""

import shutil
import time

import psycopg
import pytest

from portal.local import places, servers
from tests import restoring
from tests.drills import figures
from tests.drills.test_restoring import drained
from tests.sink import Sink

pytestmark = pytest.mark.timeout(600)

PERIOD = 2  # seconds after which the server archives a log that is not full; 300 in docs/operations.md
LETTERS = 20
FILL = f"""
from portal.models import Notice
from portal.operations import installations
from tests import drainers
drainers.crowd({LETTERS})
drainers.waiting({LETTERS})
Notice.objects.update(expanded_at="2026-01-01T00:00Z")
assert installations.may_send()  # as its workers ask before anything leaves
"""


class Cluster:
    """A PostgreSQL of the drill's own, and what names it to a process of the portal."""

    def __init__(self, folder):
        self.folder = folder
        folder.mkdir(mode=0o711)
        (folder / "logs").mkdir(mode=0o711)
        servers.own(places.sockets(folder), servers.account())
        self.postgres = servers.Postgres(folder)
        self.sockets = str(places.sockets(folder))
        where = {"PGHOST": self.sockets, "PGUSER": "postgres", "PGDATABASE": "portal"}
        self.place = where | {"MEDIA_ROOT": str(folder / "media")}

    def said(self, statement, database="portal"):
        with psycopg.connect(host=self.sockets, user="postgres", dbname=database, autocommit=True) as line:
            rows = line.execute(statement)
            return rows.fetchall() if rows.description else []


@pytest.fixture
def cluster(tmp_path):
    """A portal at home here, whose server archives its log as the manual says, with letters that wait."""
    servers.let_through(tmp_path)
    archive = tmp_path / "archive"
    servers.own(archive, servers.account())
    here = Cluster(tmp_path / "here")
    here.postgres.start()
    try:
        here.said("ALTER SYSTEM SET archive_mode = on", database="postgres")
        here.said(f"ALTER SYSTEM SET archive_command = 'cp %p {archive}/%f'", database="postgres")
        here.said(f"ALTER SYSTEM SET archive_timeout = {PERIOD}", database="postgres")
        here.postgres.stop()
        here.postgres.start()
        servers.make_database(here.folder, "portal")
        for words in (["migrate", "--verbosity", "0"], ["shell", "-c", FILL]):
            code, said = restoring.manage(here.place, *words)
            assert code == 0, said
        here.said("CREATE TABLE moment (at timestamptz PRIMARY KEY DEFAULT clock_timestamp())")
        yield here, archive
    finally:
        here.postgres.stop()


def at_another_place(folder, base, archive, until=None):
    """The base backup started elsewhere, which reads the archived log up to a second, or to its end."""
    there = Cluster(folder)
    shutil.move(base, there.postgres.data)
    with (there.postgres.data / "postgresql.auto.conf").open("a") as settings:
        settings.write(f"archive_mode = off\nrestore_command = 'cp {archive}/%f %p'\n")
        settings.write(
            f"recovery_target_time = '{until}'\nrecovery_target_action = promote\n" if until else ""
        )
    (there.postgres.data / "recovery.signal").touch()
    there.postgres.start()
    deadline = time.monotonic() + 60
    while there.said("SELECT pg_is_in_recovery()")[0][0]:
        assert time.monotonic() < deadline
        time.sleep(0.1)
    return there


def copied(here, path):
    """A base backup, as the manual makes it."""
    servers.own(path, here.postgres.account)
    here.postgres.run("pg_basebackup", "-h", here.sockets, "-U", "postgres", "-D", path, "-c", "fast")
    return path


def moments(here, seconds):
    """Rows written one after the other: when each was."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        yield here.said("INSERT INTO moment DEFAULT VALUES RETURNING at")[0][0]
        time.sleep(0.1)


def test_g30_a_database_comes_back_to_a_chosen_second_and_loses_no_more_than_a_period(cluster, tmp_path):
    here, archive = cluster
    bases = [copied(here, tmp_path / name) for name in ("first", "second")]
    written = list(moments(here, 5 * PERIOD))
    here.postgres.run("pg_ctl", "stop", "-D", here.postgres.data, "-m", "immediate", "-w")
    # Of the server that died nothing is left but what it had archived.
    shutil.rmtree(here.postgres.data)
    middle = len(written) // 2
    # Between two rows: a row is there once its commit is, which comes a little after the moment that it bears.
    chosen = written[middle] + (written[middle + 1] - written[middle]) / 2
    there = at_another_place(tmp_path / "there", bases[0], archive, until=chosen)
    last = at_another_place(tmp_path / "last", bases[1], archive)
    try:
        found = [at for (at,) in there.said("SELECT at FROM moment ORDER BY at")]
        kept = [at for (at,) in last.said("SELECT at FROM moment ORDER BY at")]
        lost = (written[-1] - kept[-1]).total_seconds()
        # As docs/operations.md says, before anything of the portal starts.
        there.said("UPDATE portal_installation SET mark = ''")
        with Sink() as sink:
            sent = drained(there.place, sink)
            found_all = found == [at for at in written if at <= chosen]
            what = f"point in time: {len(written)} rows, archived each {PERIOD} s"
            figures.add("G30", what, second_exact=found_all, lost=f"{lost:.1f} s", messages=sent)
            assert (found_all, sent) == (True, 0)
            assert lost <= PERIOD + 1
            # The control: who leaves that step out sends what waited.
            sent = drained(last.place, sink)
            figures.add("G30", "control: point in time without the manual's step", messages=sent)
            assert sent == LETTERS
    finally:
        there.postgres.stop()
        last.postgres.stop()
