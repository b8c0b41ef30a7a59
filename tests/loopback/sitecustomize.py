"""The suite talks to this machine alone (safety.md, G19).

Python imports a module of this name at its start: with this folder first in PYTHONPATH, every Python process that a
test starts is guarded too. What was tried is also written down, because code may swallow the error.
"""

import ipaddress
import os
import socket
import sys
from contextlib import suppress
from pathlib import Path

HERE = {"", "localhost", "testserver", None}
ATTEMPTS = []


class ReachedOutError(AssertionError):
    """Something tried to talk to a machine that is not this one."""


def is_here(host):
    """Whether a host is this machine: loopback, a socket in a folder, the unspecified address to listen on."""
    host = host.decode() if isinstance(host, bytes) else host
    if host in HERE or host == socket.gethostname():
        return True
    with suppress(ValueError):
        address = ipaddress.ip_address(host.partition("%")[0])
        return address.is_loopback or address.is_unspecified
    return False


def check(host):
    if not is_here(host):
        ATTEMPTS.append(host)
        if folder := os.environ.get("PORTAL_TESTS"):
            with suppress(OSError), (Path(folder) / "reached-out.txt").open("a", encoding="utf-8") as notes:
                notes.write(f"{os.getpid()} {host}\n")
        raise ReachedOutError(f"a test reached for {host}")


def guard(name):
    """Have a method of sockets look at the address first, which is its last argument."""
    plain = getattr(socket.socket, name)

    def guarded(self, *arguments):
        if self.family in (socket.AF_INET, socket.AF_INET6) and isinstance(arguments[-1], tuple):
            check(arguments[-1][0])
        return plain(self, *arguments)

    setattr(socket.socket, name, guarded)


def install():
    """Guard connecting, sending without a connection, and asking for the address of a name."""
    if getattr(socket, "is_guarded", False):
        return
    socket.is_guarded = True
    # One module under both names: a process of the suite that was started guarded looks at the same list.
    sys.modules["tests.loopback.sitecustomize"] = sys.modules[__name__]
    for name in ("connect", "connect_ex", "sendto"):
        guard(name)
    plain = socket.getaddrinfo

    def getaddrinfo(host, *arguments, **named):
        check(host)
        return plain(host, *arguments, **named)

    socket.getaddrinfo = getaddrinfo


install()
