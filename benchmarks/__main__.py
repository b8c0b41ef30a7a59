"""Start servers in a folder of their own, make the tables, run the benchmarks that were named, or all.

A part of a benchmark is named with it: `python -m benchmarks telling.rates`.
"""

import os
import shutil
import sys
import tempfile
from importlib import import_module
from pathlib import Path

from portal.local import places, servers

ALL = ("telling", "registration", "search", "public_pages")


def surroundings(folder):
    """As in production: what was committed is on disk; and nothing of the portal that may be running here."""
    servers.start(folder, durable=True)
    servers.make_database(folder, "benchmarks")
    for name in [name for name in os.environ if name.startswith("PG") or name == "DATABASE_URL"]:
        del os.environ[name]
    os.environ |= {
        "PGHOST": str(places.sockets(folder)),
        "PGUSER": "postgres",
        "PGDATABASE": "benchmarks",
        "REDIS_URL": places.valkey_url(folder),
        "SECRET_KEY": "only for benchmarks, and for nothing else: 0123456789-abcdefghij",
        "SITE_URL": "http://testserver",
        "MAIL_FROM": "portal@portal.example",
        "MEDIA_ROOT": str(folder / "media"),
        "STATIC_ROOT": str(folder / "static"),
        "LOG_LEVEL": "ERROR",
        "DJANGO_SETTINGS_MODULE": "portal.settings",
    }


def main(names):
    folder = Path(tempfile.mkdtemp(prefix="portal-benchmarks-"))
    try:
        surroundings(folder)
        import django  # noqa: PLC0415 - settings are read from what was just set
        from django.core.management import call_command  # noqa: PLC0415

        django.setup()
        call_command("migrate", verbosity=0)
        for name in names or ALL:
            module, _dot, part = name.partition(".")
            getattr(import_module(f"benchmarks.{module}"), part or "run")()
    finally:
        servers.stop(folder)
        shutil.rmtree(folder, ignore_errors=True)


main(sys.argv[1:])
