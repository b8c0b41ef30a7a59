"""The guard on sockets really guards: the control of G19."""

import os
import smtplib
import socket
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import pytest
from django.core.mail import EmailMessage, get_connection

from tests.loopback import sitecustomize
from tests.loopback.sitecustomize import ReachedOutError, is_here

ELSEWHERE = "192.0.2.1"  # an address for documentation, which nobody has
SMTP = "django.core.mail.backends.smtp.EmailBackend"
LETTER = EmailMessage("x", "x", "a@here.example", ["b@there.example"])
NOTES = Path(os.environ["PORTAL_TESTS"]) / "reached-out.txt"


@pytest.fixture
def tried():
    """What the guard wrote down; taken away afterwards, since here it was meant."""
    yield sitecustomize.ATTEMPTS
    sitecustomize.ATTEMPTS.clear()
    NOTES.unlink(missing_ok=True)


def reach_by(method, *, family=socket.AF_INET, kind=socket.SOCK_STREAM, host=ELSEWHERE):
    with socket.socket(family, kind) as plain:
        return getattr(plain, method)(*([b"x"] if method == "sendto" else []), (host, 80))


@pytest.mark.parametrize(
    "reach",
    [
        lambda: socket.create_connection((ELSEWHERE, 80), timeout=1),
        lambda: reach_by("connect"),
        lambda: reach_by("connect_ex"),
        lambda: reach_by("sendto", kind=socket.SOCK_DGRAM),
        lambda: reach_by("connect", family=socket.AF_INET6, host="2001:db8::1"),
        lambda: socket.getaddrinfo("portal.example", 443),
        lambda: smtplib.SMTP("mail.example", 25, timeout=1),
        lambda: get_connection(SMTP, host="mail.example").send_messages([LETTER]),
    ],
)
def test_reaching_for_another_machine_fails(reach, tried):
    with pytest.raises(ReachedOutError):
        reach()
    assert len(tried) == 1


def test_an_attempt_whose_error_is_swallowed_is_still_known(tried):
    with suppress(Exception):
        socket.create_connection((ELSEWHERE, 80), timeout=1)
    assert tried == [ELSEWHERE]
    assert NOTES.read_text().endswith(f" {ELSEWHERE}\n")


def test_a_python_that_a_test_starts_is_guarded_too(tried):
    code = "import socket; socket.create_connection(('192.0.2.1', 80), timeout=1)"
    ended = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=30)
    assert "ReachedOutError: a test reached for 192.0.2.1" in ended.stderr
    assert ended.returncode == 1
    assert ELSEWHERE in NOTES.read_text()


def test_this_machine_is_reached():
    with (
        socket.create_server(("127.0.0.1", 0)) as server,
        socket.create_connection(server.getsockname()) as client,
    ):
        assert client.getpeername() == server.getsockname()
    here = [
        "127.0.0.1",
        "127.8.8.8",
        "::1",
        "localhost",
        "0.0.0.0",
        "",
        None,
        b"localhost",
        socket.gethostname(),
    ]
    assert [host for host in here if not is_here(host)] == []
    there = [
        ELSEWHERE,
        "10.0.0.1",
        "::ffff:192.0.2.1",
        "localhost.evil.example",
        "portal.example",
        "169.254.169.254",
    ]
    assert [host for host in there if is_here(host)] == []
