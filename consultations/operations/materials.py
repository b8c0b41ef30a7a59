"""What belongs to a meeting: files and documents of the library, before it or afterwards."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from consultations.models import Material
from portal.errors import Refused
from portal.operations import files, log

KINDS = ("pdf", "png", "jpeg")


@transaction.atomic
def attach(meeting, *, document=None, upload=None, title="", language="", is_afterwards=False, by):
    """Put a file or a document of the library beside a meeting, for whoever sees the meeting."""
    if (document is None) == (upload is None):
        raise Refused(_("Choose a file, or a document of the library: one of the two."), "upload")
    meeting = meeting.told_by
    if document is not None and meeting.materials.filter(document=document).exists():
        raise Refused(_("This document already belongs to the meeting."), "document")
    stored = files.store(upload, kinds=KINDS, field="upload", by=by) if upload is not None else None
    material = Material.objects.create(
        meeting=meeting,
        document=document,
        file=stored,
        title=title or (stored.name if stored else ""),
        language=language,
        is_afterwards=is_afterwards,
    )
    log.record("material added", meeting.consultation, by=by)
    return material


@transaction.atomic
def detach(material, *, by):
    """Take a material away from its meeting; a file is forgotten, a document stays in the library."""
    stored, consultation = material.file, material.meeting.consultation
    material.delete()
    if stored is not None:
        files.discard(stored)
    log.record("material removed", consultation, by=by)
    return consultation
