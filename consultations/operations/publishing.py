"""Papers come before their readers: frozen, published at once or at a moment, corrected, withdrawn.

Publishing makes a document of the library, which has the light text, the files and the address that stays; the
document tells the members. A correction is a new version; the earlier one can still be read.
"""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from consultations.models import Paper, PaperVersion
from consultations.notifications import PaperCorrected
from consultations.operations import prints, sign_on, versions
from portal import clock
from portal.errors import Refused
from portal.notifications import notify
from portal.operations import log, moments, publication, records
from resources.operations import documents

Status, Purpose = Paper.Status, PaperVersion.Purpose


@transaction.atomic
def freeze(paper, *, change_note=None, changes_meaning=True, by):
    """Let the text of a draft stand still as a version that can be endorsed and published."""
    paper = records.lock(paper)
    paper.move_to(Status.FROZEN)
    versions.make(
        paper, purpose=Purpose.FINAL, changes_meaning=changes_meaning, change_note=change_note, by=by
    )
    return _moved_on(paper, "paper frozen", by=by)


@transaction.atomic
def reopen(paper, *, by):
    """Take a frozen paper back to drafting; the version that was made of it stays."""
    paper = records.lock(paper)
    if paper.status != Status.FROZEN:
        raise Refused(_("Only a frozen paper goes back to drafting."))
    paper.move_to(Status.DRAFT)
    moments.set_none(paper)
    return _moved_on(paper, "paper taken back to drafting", by=by)


@transaction.atomic
def publish(paper, *, by):
    """Publish the newest final version: it stands in the library in each language that is ready, and members are told."""
    paper = records.lock(paper)
    version = final(paper)
    if version is None:
        raise Refused(_("Freeze a version first: what is published does not change any more."))
    paper.move_to(Status.PUBLISHED)
    now = clock.now()
    paper.published_at = paper.published_at or now
    moments.set_none(paper)
    paper.begins_on = paper.begins_on or now.date()
    paper.withdrawn_at, paper.withdrawal_reason = None, ""
    paper.make_slug()
    versions.show(version, by=by)
    paper.sign_on_reminders.owed().delete()
    paper.document = paper.document or _document(paper, version, by=by)
    paper = _moved_on(paper, "paper published", by=by)
    paper.document = documents.publish(paper.document, by=by)
    prints.owe(version)
    return paper


@transaction.atomic
def schedule(paper, *, at, time_zone, by):
    """Have a frozen paper publish itself at a moment; until then nobody else sees that."""
    paper = records.lock(paper)
    if paper.status not in (Status.FROZEN, Status.SIGN_ON):
        raise Refused(_("Freeze a version first: what is published does not change any more."))
    moments.set_moment(paper, at=at, time_zone=time_zone, by=by)
    return _moved_on(paper, "publication of a paper set for a moment", by=by)


@transaction.atomic
def unschedule(paper, *, by):
    """Publish it at no moment by itself."""
    paper = records.lock(paper)
    moments.set_none(paper)
    return _moved_on(paper, "publication of a paper set for no moment", by=by)


def publish_due():
    """Publish the papers whose moment has come; return how many."""
    return moments.publish_due(Paper, publish)


@transaction.atomic
def correct(paper, *, change_note, changes_meaning, by):
    """Publish the working text of a published paper as a new version with a note; the one before stays readable.

    `change_note` is {language: what changed}. Where the meaning changed, members are told and endorsers asked again.
    """
    paper = records.lock(paper)
    if paper.status != Status.PUBLISHED:
        raise Refused(_("Only what is published is corrected."))
    before = final(paper)
    if not change_note.get(paper.original_language):
        field = f"note_{paper.original_language}"
        raise Refused(_("Say in the language of the paper what changed."), field)
    version = versions.make(
        paper,
        purpose=Purpose.CORRECTION,
        changes_meaning=changes_meaning,
        change_note=change_note,
        by=by,
    )
    if _checksums(version).items() <= _checksums(before).items():
        raise Refused(_("Nothing differs from what is published."))
    versions.show(version, by=by)
    _correct_document(paper, version, changes_meaning=changes_meaning, by=by)
    paper = _moved_on(paper, "paper corrected", by=by)
    prints.owe(version)
    if changes_meaning:
        notify(PaperCorrected, version, by=by)
        sign_on.ask_again(version, by=by)
    return version


@transaction.atomic
def add_language(paper, language, *, by):
    """Publish a translation that was approved later: it joins the version, and only its readers are told."""
    paper = records.lock(paper)
    version = final(paper)
    if paper.status != Status.PUBLISHED or version is None:
        raise Refused(_("This paper is not published."))
    text = versions.add_language(version, language, by=by)
    document = paper.document
    documents.put_title(document, language, title=text.title, summary=text.summary, by=by)
    documents.put_twin(document, language, text.markdown, by=by)
    publication.changed(paper)
    prints.owe(version)
    return paper


@transaction.atomic
def withdraw(paper, *, reason, by):
    """Withdraw a published paper: its addresses say that it is gone, and why; its files are forgotten."""
    paper = records.lock(paper)
    paper.move_to(Status.WITHDRAWN)
    paper.withdrawn_at, paper.withdrawal_reason = clock.now(), reason
    paper = _moved_on(paper, "paper withdrawn", by=by)
    paper.document = documents.withdraw(paper.document, reason=reason, by=by)
    for version in paper.versions.all():
        prints.forget(version)
    return paper


@transaction.atomic
def restore(paper, *, by):
    """Publish again what was withdrawn; nobody is told a second time."""
    paper = records.lock(paper)
    paper.move_to(Status.PUBLISHED)
    paper.withdrawn_at, paper.withdrawal_reason = None, ""
    paper = _moved_on(paper, "paper published again", by=by)
    paper.document = documents.publish(paper.document, tells=False, by=by)
    prints.owe(final(paper))
    return paper


def final(paper):
    """The newest version that is endorsed, published, or waits for it; or None."""
    version = paper.versions.final().first()
    if version is not None:
        version.paper = paper
    return version


def late_languages(paper):
    """Languages that are ready now and that the published version lacks."""
    version = final(paper)
    if paper.status != Status.PUBLISHED or version is None:
        return []
    there = set(version.texts.values_list("language", flat=True))
    return [code for code in versions.ready_languages(paper, version.purpose) if code not in there]


def _document(paper, version, *, by):
    """The document of the library that a paper becomes."""
    rows = list(version.texts.all())
    return documents.create(
        original_language=paper.original_language,
        titles={row.language: {"title": row.title, "summary": row.summary} for row in rows},
        twins={row.language: row.markdown for row in rows},
        objectives=list(paper.objectives.all()),
        kind=paper.kind,
        process=paper.process,
        access=paper.access,
        begins_on=paper.begins_on,
        is_outcome=True,
        by=by,
    )


def _correct_document(paper, version, *, changes_meaning, by):
    rows = list(version.texts.all())
    paper.document.refresh_from_db()
    documents.edit(
        paper.document,
        version=paper.document.version,
        titles={row.language: {"title": row.title, "summary": row.summary} for row in rows},
        twins={row.language: row.markdown for row in rows},
        objectives=list(paper.objectives.all()),
        changes_meaning=changes_meaning,
        by=by,
    )


def _checksums(version):
    return dict(version.texts.values_list("language", "checksum"))


def _moved_on(paper, what, *, by):
    paper.changed_by = by
    paper.save()
    publication.changed(paper)
    log.record(what, paper, by=by)
    return paper
