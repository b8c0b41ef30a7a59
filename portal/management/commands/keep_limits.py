"""Forget now what is past its time, all of it, and say how much of what it was; or only say it."""

from django.core.management.base import BaseCommand

from portal.data_map import kept
from portal.operations import keeping


class Command(BaseCommand):
    help = "Forget all that is past its time by the limits of the data map, and report it."

    def add_arguments(self, parser):
        parser.add_argument("--dry-run", action="store_true", help="only say what is past its time")

    def handle(self, *, dry_run, **_options):
        for limit in keeping.limits():
            number = limit.past().count() if dry_run else keeping.carry_out(limit)
            room = kept()[limit.model].room
            self.stdout.write(f"{number:8} {limit.model._meta.label:32} {room.end}")
