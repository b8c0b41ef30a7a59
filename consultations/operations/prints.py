"""Prints: files that a worker makes of what is published. Rows say what is owed, so that nothing is lost."""

from django.db import transaction

from consultations import printed
from consultations.models import Paper, PaperVersion, Postcard, Print
from portal import clock
from portal.operations import files as keeping
from portal.operations import log, owed
from resources.operations import documents

Form, Circle = Print.Form, Print.Circle
MOST = 100  # prints that are made in one turn


@transaction.atomic
def owe(version):
    """Write down every file that a published version should have and has not: a worker looks every ten seconds."""
    wanted = list(_wanted(version))
    now = clock.now()
    Print.objects.bulk_create(
        [Print(version=version, not_before=now, **one) for one in wanted], ignore_conflicts=True
    )


@transaction.atomic
def renew(version, *, by):
    """Who stands behind a version has changed: forget the files that name them, now, and owe new ones.

    Those of all versions of its paper: one that differs in wording alone names those who endorsed the other.
    """
    rows = Print.objects.filter(version__paper=version.paper_id, form=Form.PDF, replaced_at__isnull=True)
    named = list(PaperVersion.objects.filter(prints__in=rows).distinct().select_related("paper"))
    if not named:
        return
    _replace(rows)
    for one in named:
        owe(one)
    log.record("prints made anew", version.paper, by=by)


@transaction.atomic
def renew_of(organization, *, by):
    """An organization is named no more, or again: renew what names it."""
    papers = Paper.objects.filter(versions__endorsements__organization=organization).distinct()
    for version in (
        PaperVersion.objects.filter(paper__in=papers).order_by("paper", "-number").distinct("paper")
    ):
        renew(version, by=by)


@transaction.atomic
def renew_postcard(postcard):
    """The words of a postcard have changed: owe its files anew, if its paper is published."""
    discard_postcard(postcard)
    version = _published(postcard.paper)
    if version is not None:
        owe(version)


@transaction.atomic
def discard_postcard(postcard):
    """A postcard is taken away: so are its files."""
    _replace(postcard.prints.all())


@transaction.atomic
def forget(version):
    """Forget every file of a version; their addresses say that they are gone."""
    _replace(version.prints.all())


def make_due():
    """Make the files that are owed; coordinators see which one could not be."""
    return owed.take_turn(Print.objects, printed.content, _keep, most=MOST)


def _published(paper):
    if paper.status != Paper.Status.PUBLISHED:
        return None
    return paper.versions.final().shown().first()


def _wanted(version):
    """Each file of a version: its text in every language, and its cards in those in which they are approved."""
    codes = list(version.texts.values_list("language", flat=True))
    circles = [Circle.PUBLIC, *([Circle.MEMBERS] if printed.names_more_to_members(version) else [])]
    for code in codes:
        for circle in circles:
            yield {"language": code, "form": Form.PDF, "circle": circle}
    cards = Postcard.objects.filter(paper=version.paper_id).prefetch_related("texts")
    for card in cards:
        for code in (row.language for row in card.texts.all() if row.is_approved and row.language in codes):
            for form in (Form.POSTCARDS, Form.PICTURE):
                yield {"language": code, "form": form, "postcard": card}


def _replace(prints):
    """Take prints back: the rows stay, so that their addresses can say that they are gone; the bytes go."""
    rows = list(prints.filter(replaced_at__isnull=True).select_related("file", "version__paper__document"))
    prints.filter(pk__in=[row.pk for row in rows]).update(replaced_at=clock.now(), file=None)
    for row in rows:
        if row.file is not None:
            if _is_of_the_document(row):
                documents.take_print(row.version.paper.document, row.language, row.file)
            keeping.discard(row.file)


@transaction.atomic
def _keep(row, content):
    """Keep what was made, unless what it shows has changed meanwhile; the document gets the file for everybody."""
    row = (
        Print.objects.select_for_update(of=["self"]).select_related("version__paper__document").get(pk=row.pk)
    )
    if row.replaced_at is not None or row.made_at is not None:
        return
    row.file = keeping.keep(content, by=None)
    row.made_at = clock.now()
    row.save(update_fields=["file", "made_at"])
    newest = _published(row.version.paper)
    if _is_of_the_document(row) and newest is not None and newest.pk == row.version_id:
        documents.put_print(row.version.paper.document, row.language, row.file)


def _is_of_the_document(row):
    return row.form == Form.PDF and row.circle == Circle.PUBLIC and row.version.paper.document is not None
