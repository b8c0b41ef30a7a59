"""What a person was told, marked as read."""

from portal import clock
from portal.models import InboxEntry


def mark_read(entries, *, by):
    """Mark these entries of a person as read, those that are not."""
    return entries.filter(recipient__user=by).unread().update(read_at=clock.now())


def entries(reader):
    """All that this reader was told within the year, the newest first."""
    return InboxEntry.objects.visible_to(reader).select_related("notice").order_by("-pk")
