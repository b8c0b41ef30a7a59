"""Write the search index anew: after an upgrade that adds to its rows, or after a doubt."""

from django.core.management import BaseCommand

from portal.operations import publication


class Command(BaseCommand):
    help = "Write the search rows of everything anew, as often as one likes, while the portal is open."

    def handle(self, **_options):
        for model, count in publication.rebuild():
            self.stdout.write(f"{model._meta.verbose_name_plural}: {count}")
