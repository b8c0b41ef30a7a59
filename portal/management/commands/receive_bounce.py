"""Take in one report of a mail server from standard input: what a mail alias pipes into this command."""

import sys

from django.core.management.base import BaseCommand

from portal.mail.reports import LARGEST
from portal.operations import bounces


class Command(BaseCommand):
    help = "Read a bounce or a complaint, as mail servers send them, from standard input."

    def handle(self, **_options):
        is_heard = bounces.hear_report(sys.stdin.buffer.read(LARGEST + 1))
        # Never an error: the mail server would send a report about its report.
        self.stdout.write("taken in" if is_heard else "no final failure of a message of ours")
