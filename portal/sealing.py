"""Archives that only the holder of a key opens: tar, encrypted with age (https://age-encryption.org) on its way.

The lock is public, the key is not: who makes an archive cannot open it. Nothing ever lies on the disk unencrypted.
"""

import os
import tarfile
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from io import BytesIO

import pyrage

AT_ONCE = 1_000_000  # bytes
Broken = (OSError, EOFError, tarfile.TarError, pyrage.DecryptError)


def new_key():
    """A new key and the lock that it opens, as texts."""
    key = pyrage.x25519.Identity.generate()
    return str(key), str(key.to_public())


def lock(text):
    """The lock of a text; ValueError where it is none."""
    return _read(pyrage.x25519.Recipient, text, pyrage.RecipientError)


def key(text):
    """The key of a text, which may have lines of remarks as age writes them; ValueError where there is none."""
    lines = (line.strip() for line in text.splitlines())
    own = next((line for line in lines if line and not line.startswith("#")), "")
    return _read(pyrage.x25519.Identity, own, pyrage.IdentityError)


def _read(kind, text, trouble):
    try:
        return kind.from_str(text.strip())
    except trouble as error:
        raise ValueError(str(error)) from None


@contextmanager
def sealed(file, lock):
    """Give a tar archive to write to, of which `file` gets the encrypted bytes."""
    inner, outer = (os.fdopen(end, mode) for end, mode in zip(os.pipe(), ("rb", "wb"), strict=True))
    with ThreadPoolExecutor(1) as pool:
        work = pool.submit(_through, inner, lambda: pyrage.encrypt_io(inner, file, [lock]))
        try:
            with outer, tarfile.open(fileobj=outer, mode="w|") as archive:
                yield archive
        except BrokenPipeError:
            work.result()  # what kept the other end from going on says more
            raise
        work.result()


@contextmanager
def opened(file, key):
    """Give the tar archive inside `file`, to be read once, from its first member to its last."""
    inner, outer = (os.fdopen(end, mode) for end, mode in zip(os.pipe(), ("rb", "wb"), strict=True))
    with ThreadPoolExecutor(1) as pool:
        work = pool.submit(_through, outer, lambda: pyrage.decrypt_io(file, outer, [key]))
        try:
            with inner:
                with tarfile.open(fileobj=inner, mode="r|") as archive:
                    yield archive
                while inner.read(AT_ONCE):
                    pass  # only the last bytes tell that nothing is missing
        except tarfile.TarError:
            work.result()  # what was wrong with the key, or the file, says more
            raise
        work.result()


def _through(end, work):
    """Do the work and close this end of the pipe, so that the other end never waits for ever."""
    with end:
        work()


def put(archive, name, content):
    """Add bytes to an archive."""
    about = tarfile.TarInfo(name)
    about.size, about.mode = len(content), 0o600
    archive.addfile(about, BytesIO(content))
