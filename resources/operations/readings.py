"""Readings: the cover and the words of the files of documents. Rows say what is owed, so that nothing is lost."""

import logging

from django.db import transaction

from portal import clock
from portal import files as reading
from portal.errors import Refused
from portal.operations import files as keeping
from portal.operations import owed, publication
from resources.models import Document, FileReading

logger = logging.getLogger(__name__)

MOST = 50  # files that are read at one go


@transaction.atomic
def owe(stored, language):
    """Write down that a file of a document is to be read: a worker looks every ten seconds."""
    row = FileReading(file=stored, language=language, not_before=clock.now())
    FileReading.objects.bulk_create([row], ignore_conflicts=True)


def make_due():
    """Read what is owed, one file after the other; what fails is tried again later, some times."""
    _forget_left()
    for done in range(MOST):
        row = owed.claim(FileReading.objects.due(clock.now()).select_related("file"))
        if row is None:
            return done
        try:
            with row.file.blob.open("rb") as blob:
                content = blob.read()
        except OSError:
            logger.exception("a file could not be read")
        else:
            _keep(row, _cover(row, content), _words(content))
    return MOST


def _cover(row, content):
    try:
        return reading.cover_of(content, row.file.name)
    except Refused:
        return None


def _words(content):
    try:
        return reading.words_of(content)
    except Refused:
        return ""


@transaction.atomic
def _forget_left():
    """Forget what was read in files that are gone."""
    rows = FileReading.objects.filter(file__isnull=True).select_for_update(skip_locked=True, of=["self"])
    for row in rows.select_related("cover")[:MOST]:
        row.delete()
        if row.cover is not None:
            keeping.discard(row.cover)


@transaction.atomic
def _keep(row, cover, words):
    """Keep what was read, unless the file is gone meanwhile; the search finds the document by its words."""
    row = FileReading.objects.select_for_update(of=["self"]).get(pk=row.pk)
    if row.file_id is None or row.made_at is not None:
        return
    row.transcript, row.made_at = words, clock.now()
    if cover is not None:
        content, (row.width, row.height) = cover
        row.cover = keeping.keep(content, by=None)
    row.save()
    # Locked, so that one which is withdrawn meanwhile does not come back into the search.
    for document in Document.objects.filter(files__file=row.file_id).select_for_update(
        of=["self"], no_key=True
    ):
        publication.changed(document)
