"""Where the local start keeps what it makes: data, sockets, messages, logs."""

import hashlib
import os
from pathlib import Path

# What the address of a socket may hold, in bytes: 103 on macOS, 107 on Linux.
LONGEST_ADDRESS = 103
LONGEST_NAME = "/.s.PGSQL.5432"


def sockets(folder):
    """The folder of the sockets: inside the given one, or a short one of its own where that path is too long."""
    inside = Path(folder).absolute() / "sockets"
    if len(os.fsencode(inside)) + len(LONGEST_NAME) <= LONGEST_ADDRESS:
        return inside
    digest = hashlib.sha256(os.fsencode(inside)).hexdigest()[:12]
    return Path("/tmp") / f"portal-{os.getuid()}-{digest}"  # noqa: S108 - its owner is checked before each start


def valkey_url(folder):
    return f"unix://{sockets(folder) / 'valkey.sock'}"
