"""`make setup` makes the tables and the reference data, nothing else, and may be said twice."""

import re
import shlex
import shutil
import tempfile
from pathlib import Path

import pytest

from portal.local import servers
from tests.local import commands

pytestmark = pytest.mark.long

COUNTS = """
from consultations.models import Consultation
from portal.models import Country, Objective, Organization, Principle, Region, User
rows = Objective, Principle, Region, Country, User, Organization, Consultation
print(*(model.objects.count() for model in rows))
"""


@pytest.fixture
def folder():
    made = Path(tempfile.mkdtemp(prefix="portal-local-"))
    yield made
    servers.stop(made)
    shutil.rmtree(made)


def recipe(target):
    """What stands behind a target of the Makefile: the arguments of each Python command."""
    text = (commands.ROOT / "Makefile").read_text()
    (lines,) = re.findall(rf"^{target}:.*\n((?:\t.*\n)+)", text, re.M)
    return [shlex.split(line.partition("/python ")[2]) for line in lines.splitlines()]


def test_setup_makes_tables_and_reference_data_twice_in_a_row_and_leaves_nothing_running(folder):
    steps = recipe("setup")
    assert [step[:2] for step in steps] == [["manage.py", "migrate"], ["manage.py", "load_reference"]]
    for step in steps * 2:
        done = commands.python(folder, *step)
        assert done.returncode == 0, done.stderr
    done = commands.python(folder, "manage.py", "shell", "--no-imports", "-c", COUNTS)
    assert done.stdout.split() == ["23", "10", "5", "197", "0", "0", "0"], done.stderr
    assert (servers.Postgres(folder).is_running(), servers.Valkey(folder).is_running()) == (False, False)
