"""Taking servers away from under the portal: PostgreSQL without warning, Valkey stopped, frozen or emptied."""

import signal
from contextlib import contextmanager
from pathlib import Path

import redis
from django.db import connection

from portal.local import places, servers


def own_postgres():
    """The server of this test's database, to be restarted."""
    with connection.cursor() as cursor:
        cursor.execute("SHOW data_directory")
        folder = Path(cursor.fetchone()[0]).parent
        cursor.execute("SELECT current_database()")
        # What a drainer has marked must outlive the server's sudden end, as it does in production.
        cursor.execute(f'ALTER DATABASE "{cursor.fetchone()[0]}" SET synchronous_commit = on')
    return servers.Postgres(folder, durable=False)


def restart_at_once(postgres):
    """End every session in the middle of what it does, and come back through recovery."""
    postgres.run("pg_ctl", "stop", "-D", postgres.data, "-m", "immediate", "-w")
    postgres.start()


@contextmanager
def durable():
    """The server of this test's database as in production: what was committed is on disk before anything is answered."""
    postgres = own_postgres()
    try:
        began_anew(postgres, durable=True)
        yield
    finally:
        began_anew(postgres, durable=False)


def began_anew(postgres, *, durable):
    connection.close()
    postgres.stop()
    postgres.durable = durable
    postgres.start()


class Valkey:
    """A broker of the drill's own."""

    def __init__(self, folder):
        folder = Path(folder)
        servers.own(places.sockets(folder), None)
        (folder / "logs").mkdir(exist_ok=True)
        self.server, self.url = servers.Valkey(folder), places.valkey_url(folder)

    def __enter__(self):
        self.server.start()
        return self

    def __exit__(self, *_error):
        process = self.server.process()
        if process is not None:
            process.send_signal(signal.SIGCONT)
        self.server.stop()

    def empty(self):
        with redis.Redis.from_url(self.url) as line:
            line.flushall()

    def freeze(self):
        self.server.process().send_signal(signal.SIGSTOP)

    def thaw(self):
        self.server.process().send_signal(signal.SIGCONT)
