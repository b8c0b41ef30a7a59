"""The processes of one start: begun in order, watched, ended together; found again when their supervisor was killed."""

import os
import subprocess
import time
from contextlib import contextmanager

import psutil

from portal.local import processes
from portal.local.servers import LocalError, last_words

SOON = 0.25


class Family:
    def __init__(self, folder):
        self.folder, self.noted, self.children = folder, folder / "run.json", {}

    def end_orphans(self):
        """End what a start that was killed has left behind; return their names."""
        orphans = processes.noted(self.noted)
        for process in reversed(orphans.values()):
            processes.end(process)
        self.noted.unlink(missing_ok=True)
        return list(orphans)

    def begin(self, name, *command, **surroundings):
        """Start one in a session of its own: Ctrl-C reaches the supervisor alone, which ends them in order."""
        with self.log(name).open("wb") as log:
            self.children[name] = subprocess.Popen(
                [str(part) for part in command], stdin=subprocess.DEVNULL, stdout=log, stderr=subprocess.STDOUT,
                env={**os.environ, "PYTHONUNBUFFERED": "1", **surroundings}, start_new_session=True,
            )  # fmt: skip
        processes.note(self.noted, self.children)

    def log(self, name):
        return self.folder / "logs" / f"{name.replace(' ', '-')}.log"

    def check(self):
        """Refuse to go on with one missing: half a portal looks like a whole one."""
        for name, child in self.children.items():
            if child.poll() is not None:
                raise LocalError(
                    f"The {name} stopped by itself (exit {child.returncode}), so everything else was stopped too. "
                    f"Its last words: {last_words(self.log(name))} (all of them: {self.log(name)})"
                )

    def watch(self):
        while True:
            self.check()
            time.sleep(SOON)

    @contextmanager
    def at_work(self, before_the_end):
        """End all that was begun when the block ends; the first, which the others lean on, only after them."""
        try:
            yield
        finally:
            before_the_end()
            living = [psutil.Process(child.pid) for child in self.children.values() if child.poll() is None]
            for process in living[1:]:
                processes.ask(process)
            for process in living[1:]:
                processes.end(process, was_asked=True)
            for process in living[:1]:
                processes.end(process)
            for child in self.children.values():
                child.wait()
            self.noted.unlink(missing_ok=True)
