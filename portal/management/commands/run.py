"""`make run`: the whole portal on one machine, from its own servers to the mailbox."""

from django.conf import settings
from django.core.management import BaseCommand, CommandError


class Command(BaseCommand):
    help = "Start the whole portal on this machine: own servers, mail sink, web server, worker and beat."
    requires_system_checks = []

    def handle(self, **_options):
        if not settings.LOCAL_START:
            raise CommandError(
                "Own servers start only where the group “local” is installed and neither DATABASE_URL nor PG… is set."
            )
        from portal.local import supervisor  # noqa: PLC0415 - needs the group `local`
        from portal.local.servers import LocalError  # noqa: PLC0415

        try:
            supervisor.run(settings.LOCAL_FOLDER)
        except LocalError as refusal:
            raise CommandError(str(refusal)) from None
