#!/usr/bin/env python
"""Every command of the portal; without configuration it joins the local servers, or starts them and stops them again."""

import os
import sys


def main():
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")
    from portal.local import joining

    with joining.needed(sys.argv):
        from django.core.management import execute_from_command_line

        execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
