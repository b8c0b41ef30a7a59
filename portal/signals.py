"""News that travels upward: sent by kernel operations inside their transaction, heard by the apps above."""

from django.dispatch import Signal

organization_suspended = Signal()  # organization, by
organization_verified = Signal()  # organization, by
organization_merged = Signal()  # organization (with what another one had), by
thing_changed = Signal()  # thing: what may be read of it is another now; sender: its model
person_erased = Signal()  # user, recipients, addresses: all by which she is known, before they go
