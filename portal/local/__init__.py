"""The local start: own servers from wheels, a mail sink and its mailbox, for one machine and no public."""
