"""A command without configuration joins the local servers, or starts them and stops them again.

Who uses them holds a shared lock for as long as it lives, so that the kernel, not a list of numbers, knows who is
left: also after `kill -9`. The first who comes starts the servers, the last who leaves stops them.
"""

import fcntl
import os
import signal
import sys
from contextlib import contextmanager, nullcontext
from pathlib import Path

# They ask no server anything; `run` starts the servers itself, to say what it is doing.
SERVERLESS = {
    "help", "version", "--version", "--help", "-h", "run", "check", "collectstatic", "compilemessages", "diffsettings",
    "findstatic", "makemessages", "startapp", "startproject",
}  # fmt: skip


def needed(arguments):
    """What a command runs in: the local servers where it needs them and no others are named, else nothing."""
    from portal import settings  # noqa: PLC0415 - a command's first act, before Django reads them

    command = arguments[1] if len(arguments) > 1 else "help"
    asks_nothing = command in SERVERLESS and "--database" not in arguments
    if not settings.LOCAL_START or asks_nothing or {"--help", "-h"} & set(arguments[2:]):
        return nullcontext()
    return politely(settings.LOCAL_FOLDER)


@contextmanager
def politely(folder):
    """Join for a command: a refusal is one sentence, and being asked to end still leaves in good order."""
    from portal.local.servers import LocalError  # noqa: PLC0415 - needs the group `local`

    signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))
    try:
        with joined(folder):
            yield
    except LocalError as refusal:
        sys.exit(str(refusal))


@contextmanager
def joined(folder):
    """Hold the local servers for the length of a block."""
    folder = Path(folder)
    folder.mkdir(mode=0o711, parents=True, exist_ok=True)
    with (folder / "users.lock").open("a") as use:
        try:
            come(folder, use)
            yield
        finally:
            leave(folder, use)


@contextmanager
def turn(folder):
    """Starting and stopping are done by one at a time."""
    with (folder / "turn.lock").open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def come(folder, use):
    from portal.local import servers  # noqa: PLC0415 - needs the group `local`

    with turn(folder):
        fcntl.flock(use, fcntl.LOCK_SH)
        servers.start(folder)
        servers.make_database(folder, "portal")
    # `dbshell` finds its psql.
    os.environ["PATH"] = f"{servers.Postgres(folder).programs}{os.pathsep}{os.environ.get('PATH', '')}"


def leave(folder, use):
    from portal.local import servers  # noqa: PLC0415 - needs the group `local`

    with turn(folder):
        fcntl.flock(use, fcntl.LOCK_UN)
        try:
            fcntl.flock(use, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return  # somebody else is still at work
        servers.stop(folder)
