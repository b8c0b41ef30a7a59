"""Files on resource pages: put there, taken away."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from portal.errors import Refused
from portal.operations import files, log, records
from resources.models import Attachment

KINDS = ("pdf", "png", "jpeg")
MOST = 20  # files of a page


@transaction.atomic
def attach(page, *, upload, title="", language="", by):
    """Put a file on a page, for whoever sees the page."""
    page = records.lock(page)
    if page.attachments.count() >= MOST:
        raise Refused(_("This page holds as many files as it can. Take one away first."), "upload")
    stored = files.store(upload, kinds=KINDS, field="upload", by=by)
    made = Attachment.objects.create(page=page, file=stored, title=title or stored.name, language=language)
    log.record("attachment added", page, by=by)
    return made


@transaction.atomic
def detach(attachment, *, by):
    """Take a file off its page; it is forgotten."""
    page, stored = records.lock(attachment.page), attachment.file
    records.remove(Attachment.objects.filter(pk=attachment.pk))
    files.discard(stored)
    log.record("attachment removed", page, by=by)
    return page
