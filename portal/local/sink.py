"""The local mail sink: takes every message over SMTP on loopback and keeps it as a file; sends nothing on.

`python -m portal.local.sink PORT FOLDER`
"""

import signal
import sys
import time
import uuid
from pathlib import Path

from aiosmtpd.controller import Controller

KEPT = 2_000


class Keeper:
    """Writes each message whole before it takes responsibility for it, as a mail server must."""

    def __init__(self, folder):
        self.folder = Path(folder)
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)

    async def handle_DATA(self, server, session, envelope):
        name = f"{time.time_ns()}-{uuid.uuid4().hex[:8]}"
        delivered = "".join(f"Delivered-To: {address}\r\n" for address in envelope.rcpt_tos)
        new = self.folder / f"{name}.new"
        new.write_bytes(delivered.encode() + envelope.original_content)
        new.rename(self.folder / f"{name}.eml")
        self.forget_oldest()
        return "250 Kept"

    def forget_oldest(self):
        for path in sorted(self.folder.glob("*.eml"))[:-KEPT]:
            path.unlink(missing_ok=True)


def main(port, folder):
    sink = Controller(Keeper(folder), hostname="127.0.0.1", port=int(port), server_hostname="localhost")
    sink.start()
    signal.sigwait({signal.SIGTERM, signal.SIGINT})
    sink.stop()


if __name__ == "__main__":
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGTERM, signal.SIGINT})
    main(*sys.argv[1:])
