"""Begins the processes of `make run`, says that they are ready, and ends them when its own input ends.

`python -m tests.browser.keeper FOLDER PORT`: so that nothing is left behind whatever becomes of the suite.
"""

import sys
from pathlib import Path

from portal.local import supervisor
from portal.local.family import Family
from tests.drills.restarts import Valkey


def keep(folder, port):
    family = Family(folder)
    with Valkey(folder), family.at_work(before_the_end=lambda: None):
        supervisor.begin_all(family, folder, port, folder)
        supervisor.wait_until_ready(family, port)
        sys.stdout.write("ready\n")
        sys.stdout.flush()
        sys.stdin.read()


if __name__ == "__main__":
    keep(Path(sys.argv[1]), int(sys.argv[2]))
