"""`make run` as a newcomer meets it: real processes, started, watched, killed and stopped."""

import json
import os
import re
import shutil
import signal
import smtplib
import socket
import subprocess
import sys
import tempfile
from contextlib import contextmanager
from pathlib import Path
from urllib.request import urlopen

import psutil
import pytest
from django.db import connection

from portal.local import environment, joining, places, ports, processes, servers, supervisor
from portal.local.family import Family
from portal.local.servers import LocalError
from tests.local import commands

pytestmark = pytest.mark.long


@pytest.fixture(scope="module")
def folder():
    folder = Path(tempfile.mkdtemp(prefix="portal-run-"))
    yield folder
    Family(folder).end_orphans()
    servers.stop(folder)
    shutil.rmtree(folder)


@pytest.fixture(scope="module")
def doors():
    return {"PORT": ports.any_free(), "EMAIL_PORT": ports.any_free(), "WEB_CONCURRENCY": 1}


@pytest.fixture(scope="module")
def tables(django_db_setup, folder):
    """The suite's own tables, copied: making them anew takes longer than all that is tried here."""
    name = connection.settings_dict["NAME"]
    programs = servers.Postgres(folder).programs
    with joining.joined(folder):
        dump = [programs / "pg_dump", "--no-owner", "--dbname", name]
        fill = [
            programs / "psql",
            "--quiet",
            "--host",
            places.sockets(folder),
            "--username",
            "postgres",
            "portal",
        ]
        with subprocess.Popen(dump, stdout=subprocess.PIPE) as dumped:
            subprocess.run(fill, stdin=dumped.stdout, stdout=subprocess.DEVNULL, check=True)
    assert dumped.returncode == 0


@contextmanager
def started(folder, doors):
    """A start, brought to where it says how to stop it; yields it with the lines that it said."""
    child = commands.begin(folder, "manage.py", "run", **doors)
    lines = []
    try:
        for line in child.stdout:
            lines.append(line.rstrip())
            if line.startswith("Stop with"):
                break
        yield child, lines
    finally:
        child.kill()
        child.wait()
        child.stdin.close()
        child.stdout.close()


def relatives(folder):
    """Every process that works in this folder, by its command or by its environment."""
    found = []
    for process in psutil.process_iter(["cmdline", "environ"]):
        command, environ = process.info["cmdline"] or [], process.info["environ"] or {}
        if str(folder) in " ".join(command) or environ.get("LOCAL_FOLDER") == str(folder):
            found.append(command[:4])
    return found


@pytest.mark.django_db
def test_the_whole_portal_starts_survives_being_killed_and_stops_leaving_no_process(tables, folder, doors):
    site = f"http://localhost:{doors['PORT']}"
    with started(folder, doors) as (first, lines):
        assert f"  Pages     {site}/" in lines, lines
        assert [line for line in lines if line.startswith("  coordinator@")], "sample accounts are named"
        assert urlopen(f"{site}/health/ready").read().startswith(b"ready\n")

        with smtplib.SMTP(ports.HOST, doors["EMAIL_PORT"]) as line:
            line.sendmail("a@one.example", ["b@two.example"], "Subject: Welcome\r\n\r\nGood day\r\n")
        page = urlopen(f"{site}/mailbox/").read().decode()
        assert "Welcome" in page
        assert "b@two.example" in page

        second = commands.python(folder, "manage.py", "run", **doors)
        assert second.returncode == 1
        assert f"The portal already runs here: {site}, process {first.pid}." in second.stderr

        first.send_signal(signal.SIGKILL)
        first.wait()

    with started(folder, doors) as (again, lines):
        assert lines[0] == "Ended what a killed start had left: mail sink, web server, worker, beat."
        assert "Welcome" in urlopen(f"{site}/mailbox/").read().decode(), "a second start keeps what was there"
        again.send_signal(signal.SIGINT)
        rest = again.communicate(timeout=60)[0]
        assert again.returncode == 0
        assert rest.splitlines()[-2:] == ["Stopping …", "Everything has stopped."]
    assert relatives(folder) == []
    assert not (folder / "run.json").exists()


def test_a_taken_port_is_named_with_its_holder_before_anything_is_started(folder):
    with socket.socket() as taken:
        taken.bind((ports.HOST, 0))
        taken.listen()
        port = taken.getsockname()[1]
        done = commands.python(folder, "manage.py", "run", PORT=port)
    assert (done.returncode, done.stdout) == (1, "")
    name = psutil.Process().name()
    assert done.stderr.strip() == (
        f"CommandError: Port {port} is taken by {name}, process {os.getpid()}: "
        f"stop it, or choose another: PORT={port + 1} make run"
    )


@pytest.mark.parametrize("port", ["eight thousand", "0", "70000"])
def test_a_port_that_is_none_is_named(folder, port):
    done = commands.python(folder, "manage.py", "run", PORT=port)
    assert (done.returncode, done.stdout) == (1, "")
    said = f"CommandError: PORT is {port!r}: give a number from 1 to 65535, or leave it out."
    assert done.stderr.strip() == said


def test_a_process_that_ends_by_itself_is_named_with_its_last_words(tmp_path):
    (tmp_path / "logs").mkdir()
    family = Family(tmp_path)
    with family.at_work(before_the_end=lambda: None):
        family.begin("web server", sys.executable, "-c", "import time; time.sleep(600)")
        family.begin("worker", sys.executable, "-c", "print('the queue is upside down'); raise SystemExit(3)")
        family.children["worker"].wait()
        with pytest.raises(
            LocalError, match=r"The worker stopped by itself \(exit 3\).*the queue is upside down"
        ):
            family.watch()
    assert all(child.poll() is not None for child in family.children.values())


def test_one_that_does_not_listen_is_ended_all_the_same():
    deaf = "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print(1, flush=True); time.sleep(600)"
    with subprocess.Popen([sys.executable, "-c", deaf], stdout=subprocess.PIPE, text=True) as child:
        assert child.stdout.readline() == "1\n"
        process = psutil.Process(child.pid)
        processes.end(process, patience=0.2)
        assert not processes.lives(process)


def test_a_start_with_a_named_database_says_why_it_does_not_run():
    done = subprocess.run(
        [sys.executable, "manage.py", "run"],
        cwd=commands.ROOT,
        env=os.environ.copy(),
        capture_output=True,
        text=True,
    )
    assert done.returncode == 1
    assert "neither DATABASE_URL nor PG… is set" in done.stderr


# The environment


def test_an_environment_is_made_anew_only_when_its_lock_has_changed(tmp_path, monkeypatch):
    monkeypatch.setattr(environment, "LOCKS", tmp_path)
    monkeypatch.setattr(environment, "STAMP", tmp_path / "installed.txt")
    for name in ("local", "test"):
        (tmp_path / f"{name}.txt").write_text(f"{name}==1")
    assert not environment.is_installed("local")
    environment.STAMP.write_text("\n".join(environment.digests(environment.HOLDS["test"])))
    assert environment.is_installed("test")
    assert environment.is_installed("local"), "what serves the tests serves the local start"
    (tmp_path / "local.txt").write_text("local==2")
    assert not environment.is_installed("local")


def test_the_environment_is_made_with_nothing_but_python():
    imported = re.findall(r"^(?:import|from) (\w+)", Path(environment.__file__).read_text(), re.M)
    assert set(imported) <= sys.stdlib_module_names


def test_an_old_python_is_told_what_is_needed(monkeypatch):
    monkeypatch.setattr(sys, "version_info", (3, 10, 4))
    with pytest.raises(SystemExit, match=r"The portal needs Python 3\.11 or newer"):
        environment.main("local")


def test_steps_tell_how_long_they_took(capsys):
    with supervisor.step("Tables"):
        pass
    assert re.fullmatch(r" +0\.\d s  Tables\n", capsys.readouterr().out)


def test_processes_are_noted_for_a_later_start(tmp_path):
    (tmp_path / "logs").mkdir()
    family = Family(tmp_path)
    with family.at_work(before_the_end=lambda: None):
        family.begin("beat", "sleep", "600")
        noted = json.loads((tmp_path / "run.json").read_text())
        assert noted["beat"][0] == family.children["beat"].pid
        assert Family(tmp_path).end_orphans() == ["beat"]
        assert family.children["beat"].poll() is not None
