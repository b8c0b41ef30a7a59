"""Own servers: started by the first who comes, stopped by the last who leaves, whatever was left behind."""

import os
import shutil
import signal
import socket
import tempfile
from contextlib import suppress
from pathlib import Path

import psutil
import pytest

from portal.local import joining, places, servers
from tests.local import commands

pytestmark = pytest.mark.long

# Stands for any command: joins, says so, and stays until its input ends.
USER = """
import sys
from portal.local.joining import joined
with joined(sys.argv[1]):
    print("in", flush=True)
    sys.stdin.read()
"""


def made():
    """A folder with a short path, left without a process."""
    folder = Path(tempfile.mkdtemp(prefix="portal-local-"))
    yield folder
    servers.stop(folder)
    shutil.rmtree(folder)


empty_folder = pytest.fixture(made)
# Making the data costs more than all else, so the tests share one folder, each leaving nothing running in it.
folder = pytest.fixture(made, scope="module")


@pytest.fixture
def comes(folder):
    """Let somebody come and join; what is left of them ends with the test."""
    came = []

    def come():
        child = commands.begin(folder, "-c", USER, folder)
        came.append(child)
        assert child.stdout.readline() == "in\n"
        return child

    yield come
    for child in came:
        child.kill()
        child.communicate()


def leave(child):
    child.communicate(timeout=60)
    assert child.returncode == 0


def running(folder):
    return servers.Postgres(folder).is_running(), servers.Valkey(folder).is_running()


BOTH, NEITHER = (True, True), (False, False)


def test_servers_are_shared_and_the_last_one_stops_them(folder, comes):
    first = comes()
    assert running(folder) == BOTH
    second = comes()
    leave(first)
    assert running(folder) == BOTH
    leave(second)
    assert running(folder) == NEITHER


def test_one_that_was_killed_keeps_nobody_waiting_and_nothing_running(folder, comes):
    killed = comes()
    killed.send_signal(signal.SIGKILL)
    killed.wait()
    assert running(folder) == BOTH
    postgres = servers.Postgres(folder).process().pid
    last = comes()
    assert servers.Postgres(folder).process().pid == postgres, "joined what was running"
    leave(last)
    assert running(folder) == NEITHER


def test_the_servers_listen_on_nothing_but_their_sockets(folder, comes):
    child = comes()
    for server in (servers.Postgres(folder), servers.Valkey(folder)):
        process = server.process()
        for one in (process, *process.children()):
            with suppress(psutil.NoSuchProcess):  # PostgreSQL's own helpers come and go
                assert one.net_connections("inet") == []
    assert oct(places.sockets(folder).stat().st_mode & 0o777) == "0o700"
    leave(child)


def test_what_a_crash_left_behind_does_not_keep_the_servers_from_starting(folder, comes):
    leave(comes())
    # The number of a living process that is no PostgreSQL, a socket without a server, a half-made data folder.
    (folder / "postgres" / "postmaster.pid").write_text(
        f"{os.getpid()}\n{folder}/postgres\n1\n5432\n\n\n  1  1\n"
    )
    with socket.socket(socket.AF_UNIX) as left:
        left.bind(str(places.sockets(folder) / "valkey.sock"))
    (folder / "valkey" / "valkey.pid").write_text(f"{os.getpid()}\n")
    (folder / "postgres.new").mkdir()
    (folder / "postgres.new" / "half").write_text("")
    child = comes()
    assert running(folder) == BOTH
    leave(child)
    assert running(folder) == NEITHER


def test_data_of_another_version_and_folders_of_something_else_are_refused_in_one_sentence(empty_folder):
    data = empty_folder / "postgres"
    data.mkdir()
    (empty_folder / "logs").mkdir()
    (data / "family-photo.jpg").write_text("")
    with pytest.raises(servers.LocalError, match="holds no whole database: move it away"):
        servers.start(empty_folder)
    (data / "PG_VERSION").write_text("9\n")
    with pytest.raises(servers.LocalError, match="was written by PostgreSQL 9 and this is 18: move it away"):
        servers.start(empty_folder)


def test_a_command_says_a_refusal_in_one_sentence(empty_folder):
    (empty_folder / "postgres").mkdir()
    (empty_folder / "postgres" / "family-photo.jpg").write_text("")
    done = commands.python(empty_folder, "manage.py", "showmigrations")
    assert (done.returncode, len(done.stderr.splitlines())) == (1, 1)
    assert "holds no whole database" in done.stderr


def test_a_folder_too_deep_or_too_odd_for_sockets_gets_another(empty_folder):
    deep = empty_folder / ("Ma thèse, l'étude " + "long-" * 20)
    assert places.sockets(deep).parent == Path("/tmp")
    assert places.sockets(empty_folder / "a,b").parent == Path("/tmp")
    assert places.sockets(empty_folder) == empty_folder / "sockets"
    child = commands.begin(deep, "-c", USER, deep)
    assert child.stdout.readline() == "in\n"
    assert running(deep) == BOTH
    leave(child)
    assert running(deep) == NEITHER
    assert not places.sockets(deep).exists()


def test_a_command_without_configuration_works_and_leaves_nothing_running(folder):
    done = commands.python(
        folder, "manage.py", "dbshell", "--", "-Atc", "SELECT current_database(), lower('É')"
    )
    assert (done.stdout, done.returncode) == ("portal|é\n", 0), done.stderr
    assert running(folder) == NEITHER


# A command that says it is there, and stays until its input ends.
STAYS = "import sys; print('in', flush=True); sys.stdin.read()"


def test_two_commands_at_once_share_the_servers_and_the_last_one_stops_them(folder):
    first = commands.begin(folder, "manage.py", "shell", "--no-imports", "-c", STAYS)
    assert first.stdout.readline() == "in\n"
    postgres = servers.Postgres(folder).process().pid
    second = commands.begin(folder, "manage.py", "shell", "--no-imports", "-c", STAYS)
    assert second.stdout.readline() == "in\n"
    assert servers.Postgres(folder).process().pid == postgres, "joined what was running"
    leave(first)
    assert running(folder) == BOTH
    leave(second)
    assert running(folder) == NEITHER


def test_a_command_asked_to_end_stops_what_it_started(folder):
    child = commands.begin(folder, "manage.py", "shell", "--no-imports", "-c", STAYS)
    assert child.stdout.readline() == "in\n"
    child.send_signal(signal.SIGTERM)
    child.communicate(timeout=60)
    assert child.returncode == 128 + signal.SIGTERM
    assert running(folder) == NEITHER


@pytest.mark.parametrize(
    ("command", "asks"),
    [
        ("help", False),
        ("version", False),
        ("makemessages -l ar", False),
        ("collectstatic --no-input", False),
        ("check", False),
        ("check --database default", True),
        ("migrate --help", False),
        ("migrate", True),
        ("shell", True),
        ("drain", True),
    ],
)
def test_only_commands_that_ask_a_server_something_start_one(command, asks, monkeypatch):
    from portal import settings

    asked = []
    monkeypatch.setattr(settings, "LOCAL_START", True)
    monkeypatch.setattr(joining, "politely", asked.append)
    joining.needed(["manage.py", *command.split()])
    assert bool(asked) is asks


def test_servers_that_are_named_are_taken_and_none_is_started(monkeypatch):
    from portal import settings

    monkeypatch.setattr(joining, "politely", lambda folder: pytest.fail("started its own"))
    monkeypatch.setattr(settings, "LOCAL_START", False)
    joining.needed(["manage.py", "migrate"])


def test_a_process_is_known_by_its_moment_of_birth_as_well(tmp_path):
    from portal.local import processes

    processes.note(tmp_path / "noted.json", {"suite": psutil.Process()})
    assert processes.noted(tmp_path / "noted.json") == {"suite": psutil.Process()}
    born = str(psutil.Process().create_time())
    before = (tmp_path / "noted.json").read_text().replace(born, "1.5")
    (tmp_path / "noted.json").write_text(before)
    assert processes.noted(tmp_path / "noted.json") == {}
    (tmp_path / "noted.json").write_text("{half")
    assert processes.noted(tmp_path / "noted.json") == {}
