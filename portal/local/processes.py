"""Processes found again after the one that started them is gone: by number and moment of birth, since numbers return."""

import json
from contextlib import suppress

import psutil

PATIENCE = 15


def note(path, processes):
    """Write down processes so that a later start can find them: {name: process}."""
    rows = {}
    for name, process in processes.items():
        with suppress(psutil.Error):
            rows[name] = [process.pid, psutil.Process(process.pid).create_time()]
    path.write_text(json.dumps(rows), encoding="ascii")


def noted(path):
    """Those of the processes written down that still live: {name: process}."""
    try:
        rows = json.loads(path.read_text(encoding="ascii"))
    except (OSError, ValueError):
        return {}
    found = {}
    for name, (pid, born) in rows.items():
        with suppress(psutil.Error):
            process = psutil.Process(pid)
            if abs(process.create_time() - born) < 1 and lives(process):
                found[name] = process
    return found


def lives(process):
    try:
        return process.is_running() and process.status() != psutil.STATUS_ZOMBIE
    except psutil.Error:
        return False


def ask(process):
    """Ask a process to end, also one that was stopped in its tracks."""
    with suppress(psutil.Error):
        process.terminate()
        process.resume()


def end(process, patience=PATIENCE, *, was_asked=False):
    """See a process end; after the patience is over, end it and all that it started."""
    with suppress(psutil.Error):
        family = [process, *process.children(recursive=True)]
        if not was_asked:
            ask(process)
        _gone, left = psutil.wait_procs(family, timeout=patience)
        for one in left:
            with suppress(psutil.Error):
                one.kill()
        psutil.wait_procs(left, timeout=5)
