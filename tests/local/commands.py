"""Commands of the local start as a newcomer runs them: without this suite's servers and settings."""

import os
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent


def surroundings(folder, **more):
    """What a newcomer's shell holds, with the local folder in the place of the project's own."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG", "TZ", "TMPDIR") if name in os.environ}
    return kept | {"LOCAL_FOLDER": str(folder)} | {name: str(value) for name, value in more.items()}


def python(folder, *arguments, **more):
    """Run a command to its end."""
    return subprocess.run(
        [sys.executable, *arguments], cwd=ROOT, env=surroundings(folder, **more), capture_output=True, text=True,
        stdin=subprocess.DEVNULL, timeout=120,
    )  # fmt: skip


def begin(folder, *arguments, **more):
    return subprocess.Popen(
        [sys.executable, *arguments], cwd=ROOT, env=surroundings(folder, **more), text=True,
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
    )  # fmt: skip


def wait_for(question, seconds=60):
    deadline = time.monotonic() + seconds
    while not question():
        assert time.monotonic() < deadline, f"not true after {seconds} s"
        time.sleep(0.05)
