"""Who may do what with what is published."""

from portal.models import Process, Reader
from portal.permissions import can_coordinate


def can_draft(user):
    """Whoever coordinates everything or a process drafts documents."""
    reader = Reader.of(user)
    return reader.coordinates_everything or bool(reader.scope_ids(Process))


def can_edit(user, document):
    """Whoever coordinates the document, its process or everything."""
    return can_coordinate(user, document)


def can_publish(user, document):
    """As for editing; one person decides, the log says who."""
    return can_edit(user, document)
