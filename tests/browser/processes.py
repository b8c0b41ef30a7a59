"""The processes of `make run`, begun as it begins them, on the suite's own database."""

import os
import re
import shutil
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.db import connection
from django.test import override_settings

from portal.local import letters, ports, statics, supervisor
from portal.local.family import Family
from portal.settings import STORAGES
from tests.drainers import until
from tests.drills.restarts import Valkey


@dataclass(frozen=True)
class Site:
    """Where the running portal is, and the mailbox into which its messages fall."""

    address: str
    folder: Path

    @property
    def letters(self):
        """The heads of all messages, the newest first."""
        return letters.newest_first(self.folder / "mailbox")

    def read(self, head):
        return letters.read(self.folder / "mailbox", head.key)

    def link_in(self, letter):
        """What the button of a message opens."""
        return re.search(rf"{re.escape(self.address)}\S+", letter.text)[0]

    def letter(self, address, subject):
        return self.letter_to(address, lambda head: head.subject == subject)

    def letter_to(self, address, is_meant=lambda head: True):
        """Wait for a message to somebody; return the newest that is meant."""
        found = []

        def came():
            found[:] = [head for head in self.letters if head.recipients == (address,) and is_meant(head)]
            return found

        assert until(came), f"no such message to {address}; there are {self.letters}"
        return self.read(found[0])


@contextmanager
def running():
    """Web server, worker, beat and mail sink, each a process of its own, until the block ends."""
    # Below the suite's folder, so that a later run finds what a killed one has left (tests/servers.py).
    folder = Path(os.environ["PORTAL_TESTS"]) / "run"
    port = ports.any_free()
    surroundings = {
        "PGDATABASE": connection.settings_dict["NAME"],
        "SITE_URL": f"http://localhost:{port}",
        "STATIC_ROOT": str(folder / "static"),
        "WEB_CONCURRENCY": "1",
    }
    family = Family(folder)
    folder.mkdir()
    collect(folder / "static")
    try:
        with (
            Valkey(folder) as broker,
            pytest.MonkeyPatch.context() as shell,
            override_settings(EMAIL_PORT=ports.any_free()),
            family.at_work(before_the_end=lambda: None),
        ):
            for name, value in (surroundings | {"REDIS_URL": broker.url}).items():
                shell.setenv(name, value)
            supervisor.begin_all(family, folder, port, folder)
            supervisor.wait_until_ready(family, port)
            yield Site(surroundings["SITE_URL"], folder)
    finally:
        shutil.rmtree(folder)


def collect(folder):
    folder.mkdir()
    with override_settings(STATIC_ROOT=str(folder), STORAGES=STORAGES):
        statics.collect()
