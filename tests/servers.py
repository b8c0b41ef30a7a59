"""The suite's own servers, apart from those of `make run`; a plugin, since settings are read before any conftest."""

import os
import shutil
import tempfile
from pathlib import Path

import pytest

FOLDER = Path(os.environ.get("PORTAL_TESTS") or tempfile.mkdtemp(prefix="portal-tests-"))
STARTED = []


def start():
    """Start what no variable names; a worker of xdist finds them named by its controller."""
    from portal.local import servers

    FOLDER.chmod(0o755)
    if not any(name.startswith("PG") for name in os.environ) and "DATABASE_URL" not in os.environ:
        STARTED.append(servers.postgres(FOLDER / "postgres", durable=False).cleanup)
        os.environ |= {"PGHOST": str(FOLDER / "postgres"), "PGUSER": "postgres", "PGDATABASE": "postgres"}
    if "REDIS_URL" not in os.environ:
        server, os.environ["REDIS_URL"] = servers.valkey(FOLDER / "valkey")
        STARTED.append(server.stop)


def configure():
    os.environ |= {
        "PORTAL_TESTS": str(FOLDER),
        "SECRET_KEY": "only for tests, and for nothing else: 0123456789-abcdefghij-klmnop",
        "SITE_URL": "http://testserver",
        "MAIL_FROM": "portal@portal.example",
        "MEDIA_ROOT": str(FOLDER / "media"),
        "STATIC_ROOT": str(FOLDER / "static"),
    }


@pytest.hookimpl(trylast=True)
def pytest_unconfigure():
    for stop in reversed(STARTED):
        stop()
    if STARTED:
        shutil.rmtree(FOLDER, ignore_errors=True)


start()
configure()
