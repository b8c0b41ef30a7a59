"""Back up the database and all files: once, as often as something outside rings for it."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from portal.errors import Refused
from portal.operations import backups


class Command(BaseCommand):
    help = "Write the database and all files into a folder, as one new file that only the key to BACKUP_LOCK opens."

    def add_arguments(self, parser):
        parser.add_argument("folder", type=Path)

    def handle(self, *, folder, **_options):
        try:
            self.stdout.write(str(backups.make(folder, by=None)))
        except Refused as refusal:
            raise CommandError(str(refusal.message)) from None
        except OSError as trouble:
            raise CommandError(f"The backup was not made: {trouble}.") from None
