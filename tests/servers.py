"""The suite's own servers, apart from those of `make run`; a plugin, since settings are read before any conftest."""

import atexit
import fcntl
import os
import shutil
import tempfile
import time
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest
from django.db import connections
from django.test.utils import setup_databases, teardown_databases
from pytest_django.plugin import blocking_manager_key

from portal.local import places, servers

FOLDER = Path(os.environ.get("PORTAL_TESTS") or tempfile.mkdtemp(prefix="portal-tests-"))
STARTED, MADE, OURS = [], [], os.getpid()
JUST_NOW = 60


def start():
    """Start both, unless others are named; a worker of xdist finds them named by its controller."""
    if "DATABASE_URL" in os.environ or any(name.startswith("PG") for name in os.environ):
        return
    sweep()
    use = (FOLDER / "users.lock").open("a")
    fcntl.flock(use, fcntl.LOCK_SH)
    servers.start(FOLDER, durable=False)
    STARTED.append(use)
    os.environ |= {"PGHOST": str(places.sockets(FOLDER)), "PGUSER": "postgres", "PGDATABASE": "postgres"}
    os.environ.setdefault("REDIS_URL", places.valkey_url(FOLDER))


def sweep():
    """End what runs that were killed have left: nobody holds their lock any more."""
    for lock in FOLDER.parent.glob("portal-tests-*/users.lock"):
        if lock.stat().st_uid != os.geteuid() or time.time() - lock.stat().st_mtime < JUST_NOW:
            continue
        with lock.open("a") as use, suppress(BlockingIOError):
            fcntl.flock(use, fcntl.LOCK_EX | fcntl.LOCK_NB)
            servers.stop(lock.parent)
            shutil.rmtree(lock.parent, ignore_errors=True)


def share():
    """Return the folder of this process: beside its database, each worker of xdist has its own, and its own keys."""
    worker = os.environ.get("PYTEST_XDIST_WORKER")
    if worker is None or FOLDER.name == worker:
        return FOLDER
    number = int(worker.removeprefix("gw")) + 1
    os.environ["REDIS_URL"] = f"{os.environ['REDIS_URL'].partition('?')[0]}?db={number}"
    (FOLDER / worker).mkdir()
    return FOLDER / worker


def configure():
    folder = share()
    (folder / "static").mkdir(exist_ok=True)  # whitenoise warns where there is none
    os.environ |= {
        "PORTAL_TESTS": str(folder),
        "KEEP_PAGES": "0",  # a page shows at once what a test did; only tests of the cache turn it on
        "SECRET_KEY": "only for tests, and for nothing else: 0123456789-abcdefghij-klmnop",
        "SITE_URL": "http://testserver",
        "MAIL_FROM": "portal@portal.example",
        "MEDIA_ROOT": str(folder / "media"),
        "STATIC_ROOT": str(folder / "static"),
    }


@atexit.register
def stop():
    """Once, and not by a process that a test has forked off."""
    while STARTED and os.getpid() == OURS:
        servers.stop(FOLDER)
        STARTED.pop().close()
        shutil.rmtree(FOLDER, ignore_errors=True)


@pytest.hookimpl(trylast=True)
def pytest_unconfigure():
    stop()


@pytest.hookimpl(wrapper=True)
def pytest_sessionstart(session):
    """The controller of xdist makes the tables while its workers collect; each of them waits, and copies them."""
    if not session.config.pluginmanager.hasplugin("dsession"):
        return (yield)
    with locked_tables(fcntl.LOCK_EX), session.config.stash[blocking_manager_key].unblock():
        outcome = yield
        MADE.extend(setup_databases(verbosity=0, interactive=False, serialized_aliases=()))
        connections.close_all()
    return outcome


@contextmanager
def locked_tables(how=fcntl.LOCK_SH):
    with (FOLDER / "tables.lock").open("a") as lock:
        fcntl.flock(lock, how)
        yield


def pytest_sessionfinish(session):
    if MADE:
        with session.config.stash[blocking_manager_key].unblock():
            teardown_databases(MADE, verbosity=0)


start()
configure()
