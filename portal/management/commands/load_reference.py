"""Bring the facts of the Compact into the database, as often as one likes."""

from django.core.management import BaseCommand

from portal.operations import reference


class Command(BaseCommand):
    help = "Load the 23 objectives, 10 principles, 5 regions and 197 States from portal/reference/."

    def handle(self, **_options):
        for model, count in reference.load().items():
            words = ", ".join(f"{count[word]} {word}" for word in ("made", "changed", "same"))
            kept = f"; {count['kept']} values kept as people changed them" if count["kept"] else ""
            self.stdout.write(f"{model._meta.verbose_name_plural}: {words}{kept}")
