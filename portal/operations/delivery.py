"""Notices become deliveries, deliveries become messages."""


def drain():
    """Expand what was noticed and send what is due."""


def recent(reader):
    """The newest notices with how far their telling has come."""
    return []
