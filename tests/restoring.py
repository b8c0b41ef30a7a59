"""Backups put back into another database of the same server, by the command itself."""

import os
import subprocess
import sys
from contextlib import contextmanager
from io import StringIO
from pathlib import Path

import psycopg
from django.core.management import call_command
from django.db import connection
from psycopg import sql

from portal import postgres, sealing

ROOT = Path(__file__).resolve().parent.parent


def new_lock(folder, settings):
    """Set a new lock, and give the file of its key."""
    key, settings.BACKUP_LOCK = sealing.new_key()
    path = folder / "key"
    path.write_text(f"# made for a test\n{key}\n")
    return path


def back_up(folder):
    """Make a backup by the command; give its file."""
    said = StringIO()
    call_command("back_up", folder, stdout=said)
    return Path(said.getvalue().strip())


@contextmanager
def empty_place(folder, name="restored"):
    """Another database of this server, with a place for files: gives what names them to a process."""
    there = postgres.surroundings() | {"PGDATABASE": "postgres"}
    where = {"host": there["PGHOST"], "user": there["PGUSER"], "dbname": "postgres", "autocommit": True}
    name = f"{connection.settings_dict['NAME']}_{name}"
    with psycopg.connect(**where) as line:
        drop = sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name))
        line.execute(drop)
        line.execute(sql.SQL("CREATE DATABASE {} TEMPLATE template0").format(sql.Identifier(name)))
        try:
            yield there | {"PGDATABASE": name, "MEDIA_ROOT": str(folder / "media")}
        finally:
            line.execute(drop)


def manage(place, *words):
    """Run a command there; give its exit and all that it said."""
    done = subprocess.run(
        [sys.executable, ROOT / "manage.py", *map(str, words)],
        env=os.environ | place,
        cwd=ROOT,
        capture_output=True,
        text=True,
    )
    return done.returncode, done.stdout + done.stderr


def ask(place, question):
    """The rows that a statement finds there."""
    where = {"host": place["PGHOST"], "user": place["PGUSER"], "dbname": place["PGDATABASE"]}
    with psycopg.connect(**where) as line:
        return line.execute(question).fetchall()
