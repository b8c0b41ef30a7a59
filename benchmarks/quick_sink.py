"""The fastest mail server that we could write, as a process of its own: it counts, and can answer late.

`python benchmarks/quick_sink.py [seconds of delay]` prints its port, then serves until it is ended.
"""

import socket
import sys
import threading
import time
from contextlib import suppress

DELAY = float(sys.argv[1]) if len(sys.argv) > 1 else 0.0


class Line:
    """One client: commands that came in one flight are answered in one flight, as RFC 2920 wants it."""

    def __init__(self, line):
        line.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.line, self.heard, self.said = line, b"", [b"220 quick.example"]

    def next(self, end):
        """What comes before this end; what was to be said is said before waiting for more."""
        while end not in self.heard:
            if self.said:
                self.line.sendall(b"".join(answer + b"\r\n" for answer in self.said))
                self.said.clear()
            piece = self.line.recv(65536)
            if not piece:
                raise ConnectionError
            self.heard += piece
        before, _end, self.heard = self.heard.partition(end)
        return before

    def serve(self):
        while True:
            word = self.next(b"\r\n")[:4].upper()
            if word == b"EHLO":
                self.said += [b"250-quick.example", b"250-PIPELINING", b"250 8BITMIME"]
            elif word == b"DATA":
                self.said.append(b"354 go on")
                self.next(b"\r\n.\r\n")
                time.sleep(DELAY)
                self.said.append(b"250 taken")
            elif word == b"QUIT":
                self.line.sendall(b"221 bye\r\n")
                return
            else:
                self.said.append(b"250 ok")


def serve(line):
    with line, suppress(ConnectionError):
        Line(line).serve()


def main():
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        door.listen(16)
        sys.stdout.write(f"{door.getsockname()[1]}\n")
        sys.stdout.flush()
        while True:
            line, _address = door.accept()
            threading.Thread(target=serve, args=(line,), daemon=True).start()


main()
