"""Make the key that opens backups, to be kept away from the server, and say the lock that makes them."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from portal import sealing


class Command(BaseCommand):
    help = "Write a new key into a file, and print its lock: the value of BACKUP_LOCK."
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path)

    def handle(self, *, file, **_options):
        key, lock = sealing.new_key()
        try:
            file.touch(mode=0o600, exist_ok=False)
        except OSError as trouble:
            raise CommandError(f"{file}: {trouble.strerror}.") from None
        file.write_text(f"{key}\n", encoding="ascii")
        self.stdout.write(f"BACKUP_LOCK={lock}")
        self.stderr.write(f"Keep {file} off this server, twice: without it no backup can ever be opened.")
