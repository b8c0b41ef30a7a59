"""Send what is due, without any broker: once, or on and on until told to stop."""

import logging
import signal
import time
from datetime import timedelta

from django.core.management.base import BaseCommand
from django.db import Error, connection

from portal.operations import delivery

PAUSE = 1.0  # seconds between two looks at an empty table
AFTER_TROUBLE = 0.5
logger = logging.getLogger(__name__)


class Command(BaseCommand):
    help = "Expand notices and send messages that are due; goes on until stopped, or until nothing is due."

    def add_arguments(self, parser):
        parser.add_argument("--once", action="store_true", help="end when nothing is due")
        parser.add_argument("--lease", type=float, help="seconds that a message stays in hand (default 60)")

    def handle(self, *, once, lease, **_options):
        self.goes_on = True
        for name in (signal.SIGTERM, signal.SIGINT):
            signal.signal(name, self.stop)
        kept = timedelta(seconds=lease) if lease else delivery.LEASE
        while self.goes_on:
            sent = self.turn(kept)
            if once and sent == 0:
                break
            if not sent:
                time.sleep(PAUSE)

    def stop(self, *_signal):
        """Finish the message in hand, give back the others, leave."""
        self.goes_on = False

    def turn(self, lease):
        """One turn; a database that restarts ends it, and the next one goes on where it was."""
        try:
            return delivery.drain(lease=lease, may_go_on=lambda: self.goes_on)
        except Error as trouble:
            logger.warning("the database is away: %s", type(trouble).__name__)
            connection.close()
            time.sleep(AFTER_TROUBLE)
            return None
