"""A mail server that misbehaves on purpose, at one stage, in one way: for each of the faults that the world has."""

import socketserver
import ssl
import threading
import time

STALL, DROP, DRIP = "stall", "drop", "drip"
READY = {
    "connect": "220 moody.example",
    "mail": "250 2.1.0 ok",
    "rcpt": "250 2.1.5 ok",
    "data": "354 go on",
    "end": "250 2.0.0 taken",
    "rset": "250 2.0.0 ok",
    "quit": "221 2.0.0 bye",
    "starttls": "220 2.0.0 go on",
    "auth": "235 2.7.0 welcome",
}


class Mood:
    """Used as a context. `answers` replaces the answer at a stage; `offers` are the extensions of EHLO."""

    def __init__(self, answers=None, *, offers=("8BITMIME",), certificate=None):
        self.answers, self.offers, self.certificate = READY | (answers or {}), offers, certificate
        self.received, self.lines = [], []
        self.ended = threading.Event()

    def __enter__(self):
        mood = self

        class Handler(socketserver.BaseRequestHandler):
            def handle(self):
                try:
                    Talk(mood, self.request).go()
                except (OSError, EOFError):
                    return

        class Server(socketserver.ThreadingTCPServer):
            daemon_threads = allow_reuse_address = True

        self.server = Server(("127.0.0.1", 0), Handler)
        self.port = self.server.server_address[1]
        threading.Thread(target=self.server.serve_forever, args=(0.02,), daemon=True).start()
        return self

    def __exit__(self, *_error):
        self.ended.set()
        self.server.shutdown()
        self.server.server_close()


class Talk:
    """One connection."""

    def __init__(self, mood, line):
        self.mood, self.line, self.rest = mood, line, b""

    def go(self):
        self.say("connect")
        while True:
            command = self.read()
            self.mood.lines.append(command)
            word = command.split(b":")[0].split(b" ")[0].decode().lower()
            if word in {"ehlo", "helo"}:
                self.greet()
            elif word == "data":
                if self.say("data").startswith("354"):
                    self.take()
            else:
                self.say(word)
            if word == "starttls":
                self.secure()
            if word == "quit":
                return

    def greet(self):
        if "ehlo" in self.mood.answers:
            self.say("ehlo")
        lines = ["moody.example", *self.mood.offers]
        marks = ["-"] * (len(lines) - 1) + [" "]
        self.line.sendall(
            "".join(f"250{mark}{line}\r\n" for mark, line in zip(marks, lines, strict=True)).encode()
        )

    def secure(self):
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(*self.mood.certificate)
        self.line = context.wrap_socket(self.line, server_side=True)

    def take(self):
        if self.mood.answers["end"] == "drop early":
            self.line.recv(100)
            raise EOFError
        data = b""
        while not data.endswith(b"\r\n.\r\n") and data != b".\r\n":
            data += self.read() + b"\r\n"
        self.mood.received.append(data)
        self.say("end")

    def say(self, stage):
        answer = self.mood.answers.get(stage, "502 5.5.1 not known")
        if answer == DROP:
            raise EOFError
        if answer == STALL:
            self.mood.ended.wait(30)
            raise EOFError
        if answer == DRIP:
            for letter in "250-" + "slow " * 100:
                self.line.sendall(letter.encode())
                time.sleep(0.1)
            raise EOFError
        self.line.sendall(f"{answer}\r\n".encode())
        if answer.startswith("421"):
            raise EOFError
        return answer

    def read(self):
        while b"\r\n" not in self.rest:
            piece = self.line.recv(65536)
            if not piece:
                raise EOFError
            self.rest += piece
        command, _end, self.rest = self.rest.partition(b"\r\n")
        return command
