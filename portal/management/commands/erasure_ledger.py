"""Write who was erased, as digests that name nobody: kept apart from the backups, it goes into every restore."""

from django.core.management.base import BaseCommand

from portal.models import Erasure


class Command(BaseCommand):
    help = "Write the erasure ledger to standard output, for `replay_erasures`."

    def handle(self, **_options):
        for erasure in Erasure.objects.order_by("pk"):
            self.stdout.write(str(erasure))
