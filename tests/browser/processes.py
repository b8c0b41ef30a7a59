"""The processes of `make run`, begun as it begins them, on the suite's own database."""

import os
import re
import shutil
import subprocess
import sys
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from django.db import connection
from django.test import override_settings

from portal.local import letters, places, ports, statics
from portal.settings import STORAGES
from tests.drainers import ROOT, until


@dataclass(frozen=True)
class Site:
    """Where the running portal is, and the mailbox into which its messages fall."""

    address: str
    folder: Path

    def window(self, browser, **device):
        """A window of a browser in which nothing was done yet."""
        return browser.new_context(base_url=self.address, **device)

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
    folder, port = Path(os.environ["PORTAL_TESTS"]) / "run", ports.any_free()
    folder.mkdir()
    collect(folder / "static")
    surroundings = {
        "DJANGO_SETTINGS_MODULE": "portal.settings",
        "PGDATABASE": connection.settings_dict["NAME"],
        "REDIS_URL": places.valkey_url(folder),
        "SITE_URL": f"http://localhost:{port}",
        "STATIC_ROOT": str(folder / "static"),
        "EMAIL_PORT": str(ports.any_free()),
        "WEB_CONCURRENCY": "1",
    }
    try:
        with keeper(folder, port, surroundings) as ready:
            assert ready == "ready\n", "the portal did not start: its keeper says why"
            yield Site(surroundings["SITE_URL"], folder)
    finally:
        shutil.rmtree(folder)


def collect(folder):
    folder.mkdir()
    with override_settings(STATIC_ROOT=str(folder), STORAGES=STORAGES):
        statics.collect()


@contextmanager
def keeper(folder, port, surroundings):
    """The process that keeps the others; its input ends with this block, and also where this process is killed."""
    command = [sys.executable, "-m", "tests.browser.keeper", str(folder), str(port)]
    with subprocess.Popen(
        command,
        cwd=ROOT,
        env=os.environ | surroundings,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as kept:
        yield kept.stdout.readline()
