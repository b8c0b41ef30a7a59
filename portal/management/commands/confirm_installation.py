"""Say that a database that was restored, copied or moved is at home here: messages leave it from now on."""

from django.core.management.base import BaseCommand, CommandError

from portal.errors import Refused
from portal.operations import installations


class Command(BaseCommand):
    help = "Let messages leave a database that was restored or moved here. Never do this to a copy for trying things out."

    def add_arguments(self, parser):
        parser.add_argument(
            "--waiting",
            choices=[installations.SEND, installations.CANCEL],
            required=True,
            help="what waits in it: cancel it after a restore, since it was most likely sent; send it after a move",
        )

    def handle(self, *, waiting, **_options):
        try:
            installations.confirm(waiting=waiting, by=None)
        except Refused as refusal:
            raise CommandError(str(refusal.message)) from None
        self.stdout.write("This installation is confirmed: messages leave it.")
