"""The one way in which files of strangers are parsed: in a process of its own, small, short of time, thrown away.

Whatever a file does there, nothing else feels it (safety.md, D14). The parent asks (`ask`); the same file, run as a
script, sets the limits and then runs the child, which therefore takes neither Django nor anything else of ours.
"""

import resource
import runpy
import subprocess
import sys
from pathlib import Path

SECONDS = 5  # of the processor
PATIENCE = 60  # seconds of the clock: a machine that serves others meanwhile must refuse nobody's honest file
MEMORY = 200 * 1024 * 1024  # bytes of address space, all of it: the program too
MOST = 24 * 1024 * 1024  # bytes of an answer


class Overrun(Exception):
    """The child needed more time, memory or room for its answer than there is."""


class Broken(Exception):
    """The child fell over what it read."""


def ask(child, content, *words):
    """What the script `child` answers, in bytes, about some content that it reads from its standard input."""
    command = [sys.executable, "-I", str(Path(__file__).resolve()), str(child), *words]
    try:
        # Nothing of our environment: its secrets are no business of a stranger's file.
        done = subprocess.run(
            command, input=content, capture_output=True, timeout=PATIENCE, env={"LC_ALL": "C.UTF-8"}
        )
    except subprocess.TimeoutExpired as error:
        raise Overrun from error
    if done.returncode < 0 or len(done.stdout) > MOST:
        raise Overrun
    if done.returncode:
        raise Broken
    return done.stdout


def main():
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    sys.argv = sys.argv[1:]
    runpy.run_path(sys.argv[0], run_name="__main__")


if __name__ == "__main__":
    main()
