"""`make run`: starts everything one after the other, says so in short lines, watches it, and stops it together."""

import fcntl
import io
import os
import signal
import sys
import tempfile
import time
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from urllib.error import URLError
from urllib.request import Request, urlopen

from django.conf import settings
from django.core.management import call_command

from portal.local import greeting, joining, ports, statics
from portal.local.family import SOON, Family
from portal.local.servers import LocalError, last_words

PATIENCE, LAST_PORT = 60, 65_535
ASKS_FOR_THE_END = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class Asked(BaseException):
    """Somebody asked for the end: Ctrl-C, or a polite signal."""


def say(text, end="\n"):
    with suppress(OSError):  # the terminal may be gone already
        sys.stdout.write(f"{text}{end}")
        sys.stdout.flush()


@contextmanager
def step(text):
    """Say what is being done where somebody watches, and how long it took once it is done."""
    began = time.monotonic()
    if sys.stdout.isatty():
        say(f"       …  {text}", end="\r")
    yield
    say(f"{time.monotonic() - began:6.1f} s  {text}")


def run(folder):
    """Start all, watch all until somebody asks for the end or one of them stops, end all."""
    end_when_asked()
    (folder / "logs").mkdir(mode=0o711, parents=True, exist_ok=True)
    port = wanted_port()
    family = Family(folder)
    try:
        with ExitStack() as stack:
            stack.enter_context(alone(folder, port))
            end_orphans(family)
            check(port)
            with step("PostgreSQL and Valkey"):
                stack.enter_context(joining.joined(folder))
            said = prepare()
            beats = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="portal-beat-")))
            stack.enter_context(family.at_work(before_the_end=be_deaf))
            with step("Mail sink, web server, worker and beat"):
                begin_all(family, folder, port, beats)
                wait_until_ready(family, port)
            say(greeting.text(settings.SITE_URL, folder, said))
            family.watch()
    except Asked:
        say("Everything has stopped.")


def end_when_asked():
    def ask(_number, _frame):
        be_deaf()
        say("\nStopping …")
        raise Asked

    for one in ASKS_FOR_THE_END:
        signal.signal(one, ask)


def be_deaf():
    """Ending in good order takes a moment, and must not be cut short by a second Ctrl-C."""
    for one in ASKS_FOR_THE_END:
        signal.signal(one, signal.SIG_IGN)


@contextmanager
def alone(folder, port):
    """Hold the folder for one start; a second one is told who holds it."""
    with (folder / "run.lock").open("a+") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            lock.seek(0)
            raise LocalError(f"The portal already runs here: {lock.read()}. Stop that one first.") from None
        lock.truncate(0)
        lock.write(f"http://localhost:{port}, process {os.getpid()}")
        lock.flush()
        yield


def end_orphans(family):
    orphans = family.end_orphans()
    if orphans:
        say(f"Ended what a killed start had left: {', '.join(orphans)}.")


def wanted_port():
    given = os.environ.get("PORT") or "8000"
    if not given.isdecimal() or not 0 < int(given) <= LAST_PORT:
        raise LocalError(f"PORT is {given!r}: give a number from 1 to {LAST_PORT}, or leave it out.")
    return int(given)


def check(port):
    if not ports.is_free(port):
        raise LocalError(
            f"Port {port} is taken by {ports.holder(port)}: stop it, or choose another: PORT={port + 1} make run"
        )


def prepare():
    """Bring tables, contents and static files up to date, of which a second start has little to do.

    Returns what was said of the samples.
    """
    said = io.StringIO()
    with step("Tables"):
        call_command("migrate", verbosity=0, interactive=False)
    with step("Reference data"):
        call_command("load_reference", stdout=io.StringIO())
    with step("Archive and fictitious samples"):
        call_command("seed_demo", stdout=said)
    with step("Static files"):
        statics.collect()
    return said.getvalue()


def begin_all(family, folder, port, beats):
    mail_port = settings.EMAIL_PORT
    if not ports.is_free(mail_port):
        mail_port = ports.any_free()
        say(
            f"          Port {settings.EMAIL_PORT} is taken by {ports.holder(settings.EMAIL_PORT)}: mail goes to {mail_port}"
        )
    ours = {"EMAIL_HOST": ports.HOST, "EMAIL_PORT": str(mail_port), "PORT": str(port), "BIND": ports.HOST}
    ours["WEB_CONCURRENCY"] = os.environ.get("WEB_CONCURRENCY", "2")
    python, celery = sys.executable, ("-m", "celery", "--app", "portal")
    quiet = ("--without-gossip", "--without-mingle", "--loglevel", "INFO")
    family.begin("mail sink", python, "-m", "portal.local.sink", mail_port, folder / "mailbox")
    family.begin(
        "web server", python, "-m", "gunicorn", "--config", "python:portal.gunicorn", "portal.wsgi", **ours
    )
    family.begin("worker", python, *celery, "worker", "--concurrency", 2, *quiet, **ours)
    family.begin("beat", python, *celery, "beat", "--schedule", beats / "beat", "--pidfile=", **ours)


def wait_until_ready(family, port):
    """Until the web server says that it is ready, or a minute has gone."""
    question = Request(f"http://{ports.HOST}:{port}/health/ready", headers={"Host": "localhost"})
    deadline = time.monotonic() + PATIENCE
    while True:
        family.check()
        try:
            with urlopen(question, timeout=5):  # noqa: S310 - our own web server
                return
        except (URLError, OSError) as error:
            if time.monotonic() > deadline:
                log = family.log("web server")
                raise LocalError(
                    f"The web server is not ready: {error}; {last_words(log)} (see {log})"
                ) from error
        time.sleep(SOON)
