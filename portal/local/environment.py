"""The environment, made from a hashed lock and left alone while that lock is unchanged.

Run by the Makefile before anything is installed, so it takes the standard library alone:
`python3 -I portal/local/environment.py local`.
"""

import fcntl
import hashlib
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
VENV = ROOT / ".venv"
LOCKS = ROOT / "requirements"
STAMP = VENV / "installed.txt"
# What is installed for the tests holds what the local start needs; a test keeps it so.
HOLDS = {"test": ("test", "local"), "local": ("local",)}


def say(text):
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


def digests(names):
    """One line for each lock: its name and the digest of its content."""
    return [f"{name} {hashlib.sha256((LOCKS / f'{name}.txt').read_bytes()).hexdigest()}" for name in names]


def is_installed(name):
    return STAMP.exists() and digests([name])[0] in STAMP.read_text().splitlines() and is_whole()


def is_whole():
    """The environment's Python starts: it does not once the Python that it was made from is gone."""
    try:
        return subprocess.run([VENV / "bin" / "python", "-c", ""], capture_output=True).returncode == 0
    except OSError:
        return False


def make():
    if is_whole():
        return
    say(f"Making the environment in .venv with Python {sys.version.split()[0]} …")
    shutil.rmtree(VENV, ignore_errors=True)
    if subprocess.run([sys.executable, "-m", "venv", VENV]).returncode:
        shutil.rmtree(VENV, ignore_errors=True)
        sys.exit("Python could not make an environment. On Debian and its kin: apt-get install python3-venv")


def pip(*arguments):
    command = [VENV / "bin" / "python", "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    return run([*command, "--require-hashes", *arguments])


def run(command):
    """Run it; return what it said where it failed, else nothing."""
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    return (done.stdout.strip() or "it said nothing") if done.returncode else ""


def install(name):
    say(f"Installing what requirements/{name}.txt lists, each file checked against its hash …")
    STAMP.unlink(missing_ok=True)
    lock = LOCKS / f"{name}.txt"
    failure = sync(lock)
    if failure:
        say(f"uv could not ({failure.splitlines()[0]}): going on with pip, which takes a minute …")
        failure = pip("--no-deps", "-r", lock)
    if failure:
        sys.exit(
            f"{failure}\nNot everything in requirements/{name}.txt could be installed: the lines above say why."
        )
    STAMP.write_text("\n".join(digests(HOLDS[name])) + "\n")


def sync(lock):
    """Install with uv, ten times as fast as pip; return what it said where it cannot be had or fails."""
    # As pip does, trust whom this machine trusts.
    uv = [VENV / "bin" / "uv", "pip", "sync", "--quiet", "--system-certs", "--require-hashes"]
    return pip("-r", LOCKS / "uv.txt") or run([*uv, "--python", VENV / "bin" / "python", lock])


def main(name):
    if sys.version_info < (3, 11):  # noqa: UP036 - here is where an older one is told
        sys.exit(
            f"The portal needs Python 3.11 or newer, this is {sys.version.split()[0]}: make PYTHON=python3.13 …"
        )
    (ROOT / ".local").mkdir(mode=0o711, exist_ok=True)
    with (ROOT / ".local" / "environment.lock").open("w") as one_at_a_time:
        fcntl.flock(one_at_a_time, fcntl.LOCK_EX)
        if not is_installed(name):
            make()
            install(name)


if __name__ == "__main__":
    main(sys.argv[1])
