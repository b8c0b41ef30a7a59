"""The shipped archive and the fictitious samples, for trying the portal."""

from django.core.management import BaseCommand

from consultations.operations import archive, samples
from portal.operations import reference

TEXTS = ("ar", "fr", "es")


class Command(BaseCommand):
    help = "Load the archive that ships with the portal and fictitious samples around today; as often as you like."

    def handle(self, **_options):
        shipped = [(reference.FOLDER / f"archive_texts.{code}.json").read_bytes() for code in TEXTS]
        report = archive.load_files((reference.FOLDER / "archive.json").read_bytes(), shipped)
        changed = samples.load()
        self.stdout.write(
            f"archive: {len(report.made)} made, {len(report.changed)} changed, {len(report.same)} same"
        )
        self.stdout.write(f"samples: {len(changed)} made or moved along")
        if not (report.made or report.changed or changed):
            self.stdout.write("Nothing changed.")
        self.stdout.write("\nSign in with one of these addresses; the code comes by e-mail:\n\n")
        for account in samples.ACCOUNTS:
            self.stdout.write(f"  {account.address:30} {account.role} ({account.language}): {account.can}")
