"""Uploads: many PDFs at once, each a draft of its own, whose guessed title and language people then put right."""

from django.db import connection, transaction
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from portal import files
from portal.errors import Refused
from portal.models import Reader
from portal.operations import log, texts
from resources import guesses
from resources.models import Document, FileReading
from resources.operations import documents

LOCK = "SELECT pg_advisory_xact_lock(hashtextextended('file ' || %s::text, 0))"
BEGINNING = 5_000  # characters from which the language is guessed


@transaction.atomic
def draft(*, file, by, **facts):
    """Draft a document from its PDF alone, under a guessed title and language, unless the library has that file.

    What the library has counts as far as `by` may see it: a file of a hidden document is drafted like a new one. The
    facts are those of `documents.FACTS`.
    """
    content = files.clean(file)
    with connection.cursor() as cursor:
        cursor.execute(LOCK, [content.checksum])
    if Document.objects.visible_to(Reader.of(by)).with_file(content.checksum).exists():
        raise Refused(_("The library has this file already."), "file")
    title = guesses.title(content)
    language = guesses.language(f"{title} {_beginning(content)}", get_language())
    titles = {language: {"title": title, "summary": ""}}
    return documents.create(
        original_language=language, titles=titles, uploads={language: file}, by=by, **facts
    )


@transaction.atomic
def put_right(document, *, version, title, language, by):
    """Give a draft in one language its right title and its right language, from the version that was shown."""
    document = Document.objects.select_for_update(of=["self"], no_key=True).get(pk=document.pk)
    if version != document.version:
        raise Refused(_("Somebody else saved this document while you were writing."))
    if not Document.objects.filter(pk=document.pk).in_one_language().exists():
        raise Refused(_("This document is no longer a draft in one language. Please open it to change it."))
    summary = getattr(document, f"summary_{document.original_language}") or ""
    if language != document.original_language:
        _move(document, language)
    document.version += 1
    document.changed_by = by
    texts.save_texts(document, {language: {"title": title, "summary": summary}}, by=by)
    documents.refresh_languages(document)
    log.record("document draft put right", document, by=by)
    return document


def _beginning(content):
    try:
        return files.words_of(content.content)[:BEGINNING]
    except Refused:
        return ""


def _move(document, language):
    """Everything that a draft has in its one language, to another one."""
    before = document.original_language
    for field in texts.fields_of(document):
        setattr(document, f"{field}_{before}", None)
    document.original_language = language
    document.bodies.filter(language=before).update(language=language)
    FileReading.objects.filter(file__documentfile__document=document).update(language=language)
    document.files.filter(language=before).update(language=language)
