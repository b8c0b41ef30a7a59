"""The fastest mail server that we could write, as a process of its own: it counts, and can answer late.

`python benchmarks/quick_sink.py [seconds of delay]` prints its port, then serves until it is ended.
"""

import socket
import sys
import threading
import time

DELAY = float(sys.argv[1]) if len(sys.argv) > 1 else 0.0


def serve(line):
    line.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    heard = line.makefile("rb", 65536)
    line.sendall(b"220 quick.example\r\n")
    for command in heard:
        word = command[:4].upper()
        if word == b"EHLO":
            line.sendall(b"250-quick.example\r\n250-PIPELINING\r\n250 8BITMIME\r\n")
        elif word == b"DATA":
            line.sendall(b"354 go on\r\n")
            for part in heard:
                if part == b".\r\n":
                    break
            time.sleep(DELAY)
            line.sendall(b"250 taken\r\n")
        elif word == b"QUIT":
            line.sendall(b"221 bye\r\n")
            return
        else:
            line.sendall(b"250 ok\r\n")


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
