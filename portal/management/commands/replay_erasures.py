"""After a restore: erase again whoever was erased since the backup was made, or had been before."""

from datetime import datetime
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from portal.operations import erasure


class Command(BaseCommand):
    help = "Erase again whoever was erased and came back with a restored copy."

    def add_arguments(self, parser):
        parser.add_argument(
            "ledger", type=Path, nargs="?", help="what `erasure_ledger` wrote later than the backup was made"
        )

    def handle(self, *, ledger, **_options):
        if ledger:
            erasure.learn(read(ledger))
        self.stdout.write(f"{erasure.replay()} erased again")


def read(ledger):
    """The rows of a ledger: (digest, moment)."""
    try:
        rows = [line.split() for line in ledger.read_text(encoding="ascii").splitlines() if line.strip()]
        return [(digest, datetime.fromisoformat(moment)) for digest, moment in rows]
    except (OSError, ValueError) as trouble:
        raise CommandError(f"{ledger} is no erasure ledger: {trouble}.") from None
