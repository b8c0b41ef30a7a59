"""Where the local start keeps what it makes: data, sockets, messages, logs."""

import hashlib
import os
import re
from pathlib import Path

# What the address of a socket may hold, in bytes: 103 on macOS, 107 on Linux.
LONGEST_ADDRESS = 103
LONGEST_NAME = "/.s.PGSQL.5432"
# A comma parts hosts for PostgreSQL, and an address of Valkey is a URL.
PLAIN = re.compile(r"[\w./+-]+", re.ASCII)


def sockets(folder):
    """The folder of the sockets: inside the given one, or a short and plain one where that path is neither."""
    inside = Path(folder).absolute() / "sockets"
    fits = len(os.fsencode(inside)) + len(LONGEST_NAME) <= LONGEST_ADDRESS
    if fits and PLAIN.fullmatch(str(inside)):
        return inside
    digest = hashlib.sha256(os.fsencode(inside)).hexdigest()[:12]
    return Path("/tmp") / f"portal-{os.getuid()}-{digest}"  # noqa: S108 - its owner is checked before each start


def valkey_url(folder):
    return f"unix://{sockets(folder) / 'valkey.sock'}"
