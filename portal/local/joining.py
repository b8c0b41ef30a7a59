"""A command without configuration joins the local servers, or starts them and stops them again."""

from contextlib import nullcontext


def needed(argv):
    return nullcontext()
