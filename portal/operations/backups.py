"""Backups: the database and all files in one sealed file, and back again into an empty place (safety.md, D18).

In the archive stand the parts of what pg_dump writes, then the files, then a list of all that: how many rows each table
has and what they add up to, as of the very moment that the dump shows, and the checksum of each file.
"""

import hashlib
import json
import os
import subprocess
import tarfile
import tempfile
from contextlib import contextmanager, suppress
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.core.cache import caches
from django.core.files import File
from django.core.files.storage import storages
from django.db import connection, transaction
from redis.exceptions import RedisError

from portal import clock, postgres, sealing
from portal.errors import Refused
from portal.models import Backup
from portal.operations import installations, log

DATABASE, FILES, LIST = "database/", "files/", "list.json"
NAME, PATTERN = "portal-{:%Y%m%dT%H%M%SZ}.backup", "portal-*Z.*"
# Whoever is signed in, and what is counted for a day: nobody is signed in by an old file.
LEFT_OUT = ("portal_session", "portal_cacheentry")
PART = 8_000_000  # bytes
UNLIMITED = "SET LOCAL statement_timeout = 0; SET LOCAL idle_in_transaction_session_timeout = 0"
# The sum does not depend on the order of rows, and tells whether any of them differs.
SUM = """SELECT count(*), coalesce(sum(('x' || left(md5(row::text), 16))::bit(64)::bigint::numeric), 0)::text
FROM {} AS row"""


def make(folder, *, by):
    """Write the database and all files, sealed, as one new file of a folder; let go of those past their time."""
    lock, now = _lock(), clock.now()
    path = Path(folder) / NAME.format(now)
    begun = path.with_suffix(".part")
    begun.touch(mode=0o600, exist_ok=False)
    try:
        with begun.open("wb") as file:
            writer = Summed(file)
            with sealing.sealed(writer, lock) as archive:
                packed = _pack(archive, now)
            file.flush()
            os.fsync(file.fileno())
        begun.rename(path)
    finally:
        begun.unlink(missing_ok=True)
    with transaction.atomic():
        made = Backup.objects.create(
            made_at=now, size=writer.size, files=len(packed["files"]), checksum=writer.checksum
        )
        log.record("backup made", made, by=by)
    _forget(path.parent, now)
    return path


def check(path, key):
    """Read a backup to its end, changing nothing: give its list, or refuse what is not whole."""
    dump, files, told = hashlib.sha256(), {}, None
    try:
        for name, content in _members(path, key):
            if name.startswith(DATABASE):
                dump.update(content.read())
            elif name.startswith(FILES):
                files[name.removeprefix(FILES)] = hashlib.file_digest(content, "sha256").hexdigest()
            else:
                told = json.load(content)
    except sealing.Broken as trouble:
        raise Refused(f"This backup cannot be opened: {trouble}.") from None
    if told is None or told["dump"] != dump.hexdigest() or told["files"] != files:
        raise Refused("This backup is not whole: something in it is not what its list says.")
    return told


def restore(path, key):
    """Put a backup into an empty database and an empty place for files, whole or not at all; give its list."""
    told = check(path, key)
    _refuse_full()
    kept = []
    try:
        with _restoring() as database:
            for name, content in _members(path, key):
                if name.startswith(DATABASE):
                    database.write(content.read())
                elif name.startswith(FILES):
                    kept.append(storages["default"].save(name.removeprefix(FILES), File(content)))
    except BaseException:
        for name in kept:
            storages["default"].delete(name)
        raise
    try:
        _compare(told)
    finally:  # what differs was somewhere else all the same
        installations.note_restored(datetime.fromisoformat(told["made_at"]))
    with suppress(RedisError):
        caches["pages"].clear()  # pages of what was there before
    return told


class Summed:
    """A file that is written or read, with how much and the checksum of it."""

    def __init__(self, file):
        self.file, self.size, self.sum = file, 0, hashlib.sha256()

    def write(self, some):
        self._count(some)
        return self.file.write(some)

    def read(self, size=-1):
        some = self.file.read(size)
        self._count(some)
        return some

    def flush(self):
        self.file.flush()

    def _count(self, some):
        self.size += len(some)
        self.sum.update(some)

    @property
    def checksum(self):
        return self.sum.hexdigest()


def _lock():
    if not settings.BACKUP_LOCK:
        raise Refused("Set BACKUP_LOCK: `manage.py make_backup_key FILE` makes a key and says its lock.")
    try:
        return sealing.lock(settings.BACKUP_LOCK)
    except ValueError as trouble:
        raise Refused(f"BACKUP_LOCK is not a lock of age: {trouble}.") from None


def _pack(archive, now):
    """Put everything into the archive; give the list of it, which is its last member."""
    with _snapshot() as (cursor, snapshot):
        told = {"made_at": now.isoformat(), "tables": _sums(cursor), "dump": _pack_dump(archive, snapshot)}
    told["files"] = dict(_pack_files(archive))
    sealing.put(archive, LIST, json.dumps(told).encode())
    return told


@contextmanager
def _snapshot():
    """A line of its own that sees one moment, and the name by which pg_dump sees the same."""
    line = connection.copy()
    try:
        with line.cursor() as cursor:
            cursor.execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
            cursor.execute(UNLIMITED)
            cursor.execute("SELECT pg_export_snapshot()")
            yield cursor, cursor.fetchone()[0]
    finally:
        line.close()


def _sums(cursor):
    """Of each table how many rows it has, and what they add up to."""
    names = sorted({*connection.introspection.table_names(cursor)} - {*LEFT_OUT})
    found = {}
    for name in names:
        cursor.execute(SUM.format(connection.ops.quote_name(name)))
        found[name] = list(cursor.fetchone())
    return found


def _pack_dump(archive, snapshot):
    """Put what pg_dump writes into the archive, part by part; give its checksum."""
    left_out = [f"--exclude-table-data={name}" for name in LEFT_OUT]
    said = hashlib.sha256()
    with _running(
        "pg_dump", "--format=custom", f"--snapshot={snapshot}", *left_out, stdout=subprocess.PIPE
    ) as run:
        number = 0
        while part := run.stdout.read(PART):
            said.update(part)
            number += 1
            sealing.put(archive, f"{DATABASE}{number:06}", part)
    return said.hexdigest()


def _pack_files(archive):
    """Put every file into the archive; give the checksum of each. One that was just discarded is left out."""
    for name in _stored():
        with suppress(FileNotFoundError), storages["default"].open(name) as content:
            about = tarfile.TarInfo(f"{FILES}{name}")
            about.size, about.mode = content.size, 0o600
            reader = Summed(content)
            archive.addfile(about, reader)
            yield name, reader.checksum


def _stored(folder=""):
    """The names of all files that are kept."""
    try:
        folders, names = storages["default"].listdir(folder)
    except FileNotFoundError:
        return
    yield from sorted(f"{folder}{name}" for name in names)
    for inner in sorted(folders):
        yield from _stored(f"{folder}{inner}/")


@contextmanager
def _restoring():
    """Take in what pg_dump wrote, as one transaction; refuse what PostgreSQL refused."""
    how = ("--single-transaction", "--exit-on-error", "--no-owner", "--no-privileges", "--no-comments")
    where = f"--dbname={connection.settings_dict['NAME']}"
    with _running("pg_restore", *how, where, stdin=subprocess.PIPE) as run:
        yield run.stdin


@contextmanager
def _running(name, *arguments, **pipes):
    """One of PostgreSQL's programs at work; a refusal with its own last words where it fails."""
    with tempfile.TemporaryFile() as words:
        command = [postgres.program(name), *arguments]
        work = subprocess.Popen(command, env=postgres.surroundings(), stderr=words, **pipes)
        # Where it stops listening, its exit says why.
        with suppress(BrokenPipeError), work as run:
            try:
                yield run
            except BrokenPipeError:
                raise
            except BaseException:
                run.kill()
                raise
        if work.returncode:
            words.seek(0)
            last = words.read().decode(errors="replace").strip().splitlines()[-1:]
            raise Refused(f"{name} failed: {''.join(last) or work.returncode}")


def _members(path, key):
    with Path(path).open("rb") as file, sealing.opened(file, key) as archive:
        for member in archive:
            yield member.name, archive.extractfile(member)


def _refuse_full():
    with connection.cursor() as cursor:
        if connection.introspection.table_names(cursor):
            raise Refused("This database is not empty. A backup is restored into an empty one alone.")
    if next(_stored(), None) is not None:
        raise Refused("There are files already. A backup is restored where there are none.")


def _compare(told):
    """Refuse to call restored what is not what was there."""
    with _snapshot() as (cursor, _name):
        tables = _sums(cursor)
    differing = sorted(
        name for name in {*tables, *told["tables"]} if tables.get(name) != told["tables"].get(name)
    )
    files = {name: _checksum(name) for name in _stored()}
    if differing or files != told["files"]:
        raise Refused(f"What was restored differs from the backup: {', '.join(differing) or 'files'}.")


def _checksum(name):
    with storages["default"].open(name) as content:
        return hashlib.file_digest(content, "sha256").hexdigest()


def _forget(folder, now):
    """Delete backups of ours past their time, and what a killed run left: who was erased since stands in them."""
    ended = NAME.format(now - timedelta(days=settings.KEEP_BACKUPS_DAYS))
    for path in folder.glob(PATTERN):
        if path.suffix in {".backup", ".part"} and path.name < ended:
            path.unlink()
