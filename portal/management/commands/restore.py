"""Put a backup back, into an empty database and an empty place for files; nothing leaves until it is confirmed."""

from pathlib import Path

from django.core.management import call_command, get_commands
from django.core.management.base import BaseCommand, CommandError

from portal import sealing
from portal.errors import Refused
from portal.operations import backups

REPLAY = "replay_erasures"


class Command(BaseCommand):
    help = "Restore a backup into an empty database; with --check only say whether it is whole."
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path)
        parser.add_argument("--key", type=Path, required=True, help="the file of the key to BACKUP_LOCK")
        parser.add_argument("--check", action="store_true", help="read it to its end and change nothing")
        parser.add_argument("--ledger", type=Path, help="who was erased, if known from later than the backup")

    def handle(self, *, file, key, check, ledger, **_options):
        try:
            own = sealing.key(key.read_text(encoding="utf-8"))
            told = backups.check(file, own) if check else backups.restore(file, own)
        except Refused as refusal:
            raise CommandError(str(refusal.message)) from None
        except (OSError, ValueError) as trouble:
            raise CommandError(f"{trouble}.") from None
        rows = sum(count for count, _sum in told["tables"].values())
        self.stdout.write(
            f"{rows} rows and {len(told['files'])} files of {told['made_at']}, all of them whole."
        )
        if not check:
            self.go_on(ledger)

    def go_on(self, ledger):
        """Bring the tables up to date, and forget again whoever was forgotten since."""
        call_command("migrate", verbosity=0, interactive=False)
        if REPLAY in get_commands():
            call_command(REPLAY, *([str(ledger)] if ledger else []))
        self.stdout.write(
            "Nothing is sent until `manage.py confirm_installation` says that this is the portal."
        )
