"""Load an archive file, and say what became of each record that did not simply load."""

from pathlib import Path

from django.core.management import BaseCommand, CommandError

from consultations.operations import archive
from portal.errors import Refused

NOTHING_LOADED, SOME_REFUSED = 2, 1


class Command(BaseCommand):
    help = "Load an archive of real, sourced records; as often as you like, and newer files over older ones."

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path, help='a file of the form {"records": […]}')
        parser.add_argument(
            "--texts",
            type=Path,
            action="append",
            default=[],
            help="a file of translations; may be given again",
        )
        parser.add_argument(
            "--dry-run", action="store_true", help="say what would happen, and change nothing"
        )

    def handle(self, *, file, texts, dry_run, **_options):
        contents = [_read(path) for path in (file, *texts)]
        try:
            report = archive.load_files(contents[0], contents[1:], dry_run=dry_run)
        except Refused as refusal:
            raise CommandError(str(refusal), returncode=NOTHING_LOADED) from None
        self._say(report, dry_run)
        if report.refused:
            raise CommandError(f"{len(report.refused)} records were refused.", returncode=SOME_REFUSED)

    def _say(self, report, dry_run):
        for sort, rows in (("refused", report.refused), ("note", report.remarks)):
            for key, name, words in rows:
                self.stdout.write(f"{sort}: {key}, {name}: {words}")
        counts = ", ".join(
            f"{len(getattr(report, name))} {name}" for name in ("made", "changed", "same", "refused")
        )
        self.stdout.write(f"{counts}{' (dry run: nothing was changed)' if dry_run else ''}")
        if not (report.made or report.changed):
            self.stdout.write("Nothing changed.")


def _read(path):
    try:
        return path.read_bytes()
    except OSError as error:
        reason = error.strerror or "it cannot be opened"
        raise CommandError(f"{path} cannot be read: {reason}.", returncode=NOTHING_LOADED) from None
