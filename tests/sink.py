"""A mail server on loopback that keeps what it is sent, and can be slow or in a bad mood."""

import asyncio
import email
import email.policy
import hashlib
import random
import threading
from collections import Counter
from dataclasses import dataclass

from aiosmtpd.controller import UnthreadedController


@dataclass(frozen=True)
class Received:
    """One message as it arrived."""

    recipient: str
    raw: bytes

    @property
    def message(self):
        return email.message_from_bytes(self.raw, policy=email.policy.default)

    @property
    def message_id(self):
        return self._header(b"Message-ID")

    @property
    def language(self):
        return self._header(b"Content-Language")

    @property
    def body_hash(self):
        return hashlib.sha256(self.raw.partition(b"\r\n\r\n")[2]).hexdigest()

    def _header(self, name):
        head = self.raw.partition(b"\r\n\r\n")[0]
        lines = [line for line in head.split(b"\r\n") if line.lower().startswith(name.lower() + b":")]
        return lines[0].partition(b":")[2].strip().decode()


class Sink:
    """Used as a context: `with Sink(delay=0.02) as sink`; then `sink.port`, `sink.received`."""

    def __init__(self, *, delay=0.0, moody=0.0, seed=1):
        self.delay, self.moody = delay, moody
        self.dice = random.Random(seed)
        self.received = []

    async def handle_EHLO(self, server, session, _envelope, hostname, responses):
        session.host_name = hostname
        return [*responses[:-1], "250-PIPELINING", responses[-1]]

    async def handle_DATA(self, _server, _session, envelope):
        if self.delay:
            await asyncio.sleep(self.delay)
        if self.dice.random() < self.moody:
            return "451 4.7.1 try again later"
        self.received.append(Received(envelope.rcpt_tos[0], envelope.original_content))
        return "250 2.0.0 taken"

    def __enter__(self):
        self.loop = asyncio.new_event_loop()
        self.controller = UnthreadedController(
            self,
            hostname="127.0.0.1",
            port=0,
            loop=self.loop,
            enable_SMTPUTF8=True,
            data_size_limit=10_000_000,
        )
        self.server = self.loop.run_until_complete(self.controller._create_server())
        self.port = self.server.sockets[0].getsockname()[1]
        self.thread = threading.Thread(target=self.loop.run_forever, daemon=True)
        self.thread.start()
        return self

    def __exit__(self, *_error):
        self.loop.call_soon_threadsafe(self.server.close)
        self.loop.call_soon_threadsafe(self.loop.stop)
        self.thread.join(10)
        for task in asyncio.all_tasks(self.loop):
            task.cancel()
        self.loop.run_until_complete(asyncio.sleep(0.05))
        self.loop.run_until_complete(self.loop.shutdown_asyncgens())
        self.loop.close()

    def copies(self):
        """How often each message came: {message_id: times}."""
        return Counter(one.message_id for one in self.received)
