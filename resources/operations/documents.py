"""Documents of the library: drafted language by language, published in one action, withdrawn with a reason."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from portal import clock, languages
from portal.errors import Refused
from portal.models import TextState
from portal.notifications import notify
from portal.operations import files, log, publication, texts, translations, wording
from resources.models import Document, DocumentFile
from resources.notifications import DocumentPublished, DocumentTranslated
from resources.operations import readings

FACTS = ("kind", "process", "access", "begins_on", "begins_precision", "is_outcome")


@transaction.atomic
def create(
    *,
    original_language="en",
    titles,
    twins=None,
    uploads=None,
    approved=None,
    approved_twins=None,
    objectives=(),
    principles=None,
    regions=None,
    by,
    **facts,
):
    """Make a draft from its facts, its texts per language, its light texts and its files.

    `titles` is {language: {"title", "summary"}}, `twins` {language: Markdown}, `uploads` {language: upload};
    `approved` and `approved_twins` are the languages whose translations readers may see (None: all); the facts
    are those of FACTS.
    """
    document = Document(original_language=original_language, created_by=by, changed_by=by)
    _set_facts(document, facts, titles)
    wording.save_titles(document, titles, approved, by=by)
    _set_ties(document, objectives=objectives, principles=principles, regions=regions)
    wording.save_bodies(document, twins or {}, approved_twins, by=by)
    _save_files(document, uploads or {}, (), by=by)
    refresh_languages(document)
    log.record("document drafted", document, by=by)
    return document


@transaction.atomic
def edit(
    document,
    *,
    version,
    titles,
    twins=None,
    uploads=None,
    removed=(),
    approved=None,
    approved_twins=None,
    objectives=(),
    principles=None,
    regions=None,
    changes_meaning=True,
    by,
    **facts,
):
    """Change a document from the version that was shown; a version saved meanwhile is not overwritten.

    `removed` are the languages whose files are taken out; the rest is as in `create`.
    """
    document = _locked(document)
    if version != document.version:
        raise Refused(
            _("Somebody else saved this document while you were writing. Compare both texts below.")
        )
    _refuse_withdrawn(document)
    before = document.document_languages
    _set_facts(document, facts, titles)
    document.version += 1
    document.changed_by = by
    wording.save_titles(document, titles, approved, changes_meaning=changes_meaning, by=by)
    _set_ties(document, objectives=objectives, principles=principles, regions=regions)
    wording.save_bodies(document, twins or {}, approved_twins, changes_meaning=changes_meaning, by=by)
    _save_files(document, uploads or {}, removed, by=by)
    refresh_languages(document)
    _refuse_nothing_left(document, before)
    log.record("document changed", document, by=by)
    _tell_new_languages(document, before, by=by)
    return document


@transaction.atomic
def put_file(document, language, upload, *, field=None, by):
    """Keep the file of a language in place of an earlier one, and tell its readers if it is their first."""
    document = _locked(document)
    before = document.document_languages
    stored = _put_file(document, language, upload, field=field, by=by)
    refresh_languages(document)
    log.record("document file put", document, by=by)
    _tell_new_languages(document, before, by=by)
    return stored


@transaction.atomic
def remove_file(document, language, *, by):
    """Take the file of a language out of a draft."""
    document = _locked(document)
    _remove_file(document, language)
    refresh_languages(document)
    log.record("document file removed", document, by=by)
    return document


@transaction.atomic
def put_twin(document, language, markdown, *, approve=True, changes_meaning=True, by):
    """Save the light text of a language, readable at once unless it still waits for approval."""
    document = _locked(document)
    before = document.document_languages
    body = texts.save_body(
        document, language, markdown, approve=approve, changes_meaning=changes_meaning, by=by
    )
    refresh_languages(document)
    log.record("light text saved", document, by=by)
    _tell_new_languages(document, before, by=by)
    return body


@transaction.atomic
def translate(document, language, *, seen, passages, approve=False, by):
    """Save passages of a translation; if readers of the language could read nothing before, they are told."""
    document = _locked(document)
    _refuse_withdrawn(document)
    before = document.document_languages
    document = translations.save(document, language, seen=seen, passages=passages, approve=approve, by=by)
    refresh_languages(document)
    _refuse_nothing_left(document, before)
    _tell_new_languages(document, before, by=by)
    return document


@transaction.atomic
def put_title(document, language, *, title, summary="", by):
    """Save the title and summary of a language, readable at once: its text was approved elsewhere."""
    document = _locked(document)
    texts.save_texts(document, {language: {"title": title, "summary": summary}}, approve=True, by=by)
    log.record("document title saved", document, by=by)
    return document


@transaction.atomic
def put_print(document, language, stored):
    """Offer a file that was made here as the document's file of a language, in place of the one before."""
    document = _locked(document)
    DocumentFile.objects.update_or_create(document=document, language=language, defaults={"file": stored})
    readings.owe(stored, language)
    refresh_languages(document)


@transaction.atomic
def take_print(document, language, stored):
    """Offer a file that was made here no more, if it is still the one of its language."""
    document = _locked(document)
    document.files.filter(language=language, file=stored).delete()
    refresh_languages(document)


@transaction.atomic
def approve(document, language, *, by):
    """Approve the title and the light text of a language; if readers had neither before, they are told."""
    document = _locked(document)
    before = document.document_languages
    for group in (texts.CARD, texts.BODY):
        if document.text_states.filter(group=group, language=language).exists():
            texts.approve(document, language, group=group, by=by)
    refresh_languages(document)
    _tell_new_languages(document, before, by=by)
    return document


@transaction.atomic
def publish(document, *, version=None, tells=True, by):
    """Publish a document: it stands in the library and on its objectives, and an outcome is told to every member.

    `version` is the one that was shown before; an outcome that `tells` nobody is one that comes back unchanged.
    """
    document = _locked(document)
    if version is not None and version != document.version and document.status != Document.Status.PUBLISHED:
        raise Refused(_("Somebody changed this document meanwhile. Look at it again, then publish it."))
    if why_not_ready(document):
        raise Refused(why_not_ready(document))
    document.move_to(Document.Status.PUBLISHED)
    now = clock.now()
    document.published_at = document.published_at or now
    document.begins_on = document.begins_on or now.date()
    document.withdrawn_at, document.withdrawal_reason = None, ""
    document.changed_by = by
    document.make_slug()
    document.save()
    refresh_languages(document)
    _note_told(document)
    log.record("document published", document, by=by)
    if document.is_outcome and tells:
        notify(DocumentPublished, document, by=by)
    return document


@transaction.atomic
def tell(document, *, by):
    """Tell every member organization of a document that was published without telling anybody: it is an outcome."""
    document = _locked(document)
    if document.status != Document.Status.PUBLISHED or document.is_outcome:
        raise Refused(_("Members are told once, of a document that is published."))
    document.is_outcome, document.changed_by = True, by
    document.save()
    log.record("members told of document", document, by=by)
    notify(DocumentPublished, document, by=by)
    return document


def why_not_ready(document):
    """What a document lacks before it can be published, in words; nothing if it lacks nothing."""
    if not document.text("title", document.original_language):
        return _("Give the document a title in its original language before you publish it.")
    if not document.files.exists() and not readable_twins(document):
        return _("Add a file or a light text in at least one language before you publish it.")
    return ""


@transaction.atomic
def withdraw(document, *, reason, by):
    """Withdraw a published document: its addresses say that it is gone, and why."""
    document = _locked(document)
    document.move_to(Document.Status.WITHDRAWN)
    document.withdrawn_at, document.withdrawal_reason, document.changed_by = clock.now(), reason, by
    document.save()
    publication.changed(document)
    log.record("document withdrawn", document, by=by)
    return document


def refresh_languages(document):
    """Keep in step `document_languages`, in which there is a file or a readable light text, and what the search finds."""
    codes = {*document.files.values_list("language", flat=True)} | readable_twins(document)
    if document.archive_id:
        # What the archive knows of editions elsewhere stays known.
        codes |= {*document.document_languages}
    document.document_languages = sorted(codes)
    Document.objects.filter(pk=document.pk).update(document_languages=document.document_languages)
    publication.changed(document)


def readable_twins(document):
    """Languages in which the light text may be read: the original, and approved translations."""
    approved = document.text_states.filter(group=texts.BODY, state__in=TextState.READABLE)
    readable = {document.original_language, *approved.values_list("language", flat=True)}
    return readable & set(document.bodies.exclude(html="").values_list("language", flat=True))


def _locked(document):
    return Document.objects.select_for_update(of=["self"], no_key=True).get(pk=document.pk)


def _refuse_withdrawn(document):
    if document.status == Document.Status.WITHDRAWN:
        raise Refused(_("A withdrawn document cannot be changed."))


def _refuse_nothing_left(document, before):
    if before and not document.document_languages and document.status == Document.Status.PUBLISHED:
        raise Refused(_("Readers may rely on this text: put another in its place, or withdraw the document."))


def _set_facts(document, facts, titles):
    original = document.original_language
    if not titles.get(original, {}).get("title") and not document.other_titles.get(original):
        raise Refused(_("A document needs a title in its original language."), f"title_{original}")
    for name in FACTS:
        if name in facts:
            setattr(document, name, facts[name])


def _set_ties(document, **rows):
    """Set what a document is about; None leaves it as it is."""
    for name, chosen in rows.items():
        if chosen is not None:
            getattr(document, name).set(chosen)


def _save_files(document, uploads, removed, *, by):
    """Take files out and put files in; a language in both keeps the new one."""
    for code in {*removed} - uploads.keys():
        _remove_file(document, code)
    for code, upload in uploads.items():
        _put_file(document, code, upload, field=f"file_{code}", by=by)


def _put_file(document, language, upload, *, field=None, by):
    stored = files.store(upload, kinds=("pdf",), field=field, by=by)
    before = document.files.filter(language=language).select_related("file").first()
    DocumentFile.objects.update_or_create(document=document, language=language, defaults={"file": stored})
    readings.owe(stored, language)
    if before:
        files.discard(before.file)
    return stored


def _remove_file(document, language):
    row = document.files.filter(language=language).select_related("file").first()
    if row is None:
        return
    if document.status != Document.Status.DRAFT:
        raise Refused(_("Readers may rely on this file: put another in its place instead."))
    row.delete()
    files.discard(row.file)


def _tell_new_languages(document, before, *, by):
    """Tell the readers of each language in which a published outcome can be read only now, each once."""
    if document.status != Document.Status.PUBLISHED:
        return
    known = {*before, *document.told_languages}
    new = [code for code in document.document_languages if code not in known]
    _note_told(document)
    for code in new:
        if document.is_outcome and code in languages.CODES:
            notify(DocumentTranslated, document, language=code, by=by)


def _note_told(document):
    """Remember in which languages the document could be read: nobody is told of one of them twice."""
    document.told_languages = sorted({*document.told_languages, *document.document_languages})
    Document.objects.filter(pk=document.pk).update(told_languages=document.told_languages)
