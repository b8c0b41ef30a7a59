"""Keeping files: only what was checked and cleaned, under a random name."""

from django.core.files.base import ContentFile
from django.db import transaction

from portal import files
from portal.errors import Refused
from portal.models import StoredFile


def store(upload, *, kinds=("pdf",), field=None, by):
    """Check and clean an upload and keep it; refused in words on the field it came by."""
    try:
        content = files.clean(upload, kinds=kinds)
    except Refused as refusal:
        raise Refused(refusal.message, field) from refusal
    return keep(content, by=by)


def keep(content, *, by):
    """Keep what is clean (`portal.files.Clean`): of an upload, or made here."""
    stored = StoredFile(
        name=content.name,
        media_type=content.media_type,
        size=len(content.content),
        pages=content.pages,
        checksum=content.checksum,
        created_by=by,
    )
    stored.blob.save(content.name, ContentFile(content.content), save=False)
    stored.save()
    return stored


def discard(stored):
    """Forget a file that nothing refers to any longer: its row now, its bytes after commit."""
    blob = stored.blob
    stored.delete()
    transaction.on_commit(lambda: blob.storage.delete(blob.name))
