"""Sections of resource pages: added, written and translated, moved, taken out and put back.

The page's row is locked first, so that of two people who move its sections the second sees what the first did.
"""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from portal import clock, languages
from portal.errors import Refused
from portal.operations import log, places, publication, records, translations, wording
from resources.models import PageSection, PageSectionEdit

MOST = 40  # sections of a page
MOST_LISTS = 8  # of them lists that fill themselves, each of which asks the database


@transaction.atomic
def add(page, *, kind, by, **values):
    """Add a section at the end of a page, in the page's language, with its translations."""
    page = records.lock(page)
    standing = _standing(page)
    _refuse_too_many(standing, kind)
    section = PageSection(
        page=page, kind=kind, position=len(standing), original_language=page.original_language
    )
    _write(section, by=by, **values)
    log.record("section added", page, by=by)
    return section


@transaction.atomic
def edit(section, *, version, by, **values):
    """Change a section from the version that was shown."""
    section = _locked(section)
    if version != section.version:
        raise Refused(_("Somebody else saved this while you were writing. Compare both texts below."))
    section.version += 1
    _write(section, by=by, **values)
    log.record("section changed", section.page, by=by)
    return section


@transaction.atomic
def translate(section, language, *, seen, passages, approve=False, by):
    """Save passages of a translation of a section, and keep in its history what it then says."""
    section = _locked(section)
    before = _said(section)
    section = translations.save(section, language, seen=seen, passages=passages, approve=approve, by=by)
    _keep_edits(section, before, by=by)
    publication.changed(section.page)
    return section


@transaction.atomic
def take_back(edit, *, version, by):
    """Let a section say again in one language what an edit had left; a translation then waits for approval."""
    section = _locked(edit.section)
    if version != section.version:
        raise Refused(_("Somebody else saved this section meanwhile. Look at its history again."))
    section.version += 1
    title, markdown = _said(section)[edit.language]
    titles = {section.original_language: {"title": _said(section)[section.original_language][0]}}
    if title != edit.title:
        titles[edit.language] = {"title": edit.title}
    bodies = {edit.language: edit.markdown} if markdown != edit.markdown else {}
    same = {"objectives": list(section.objectives.all()), "approved": (), "approved_bodies": ()}
    _write(section, titles=titles, bodies=bodies, by=by, **same)
    log.record("section restored", section.page, by=by)
    return section


@transaction.atomic
def move_up(section, *, by):
    """Put a section before the one that stands before it."""
    return _step(section, -1, _("This section already stands first."), by=by)


@transaction.atomic
def move_down(section, *, by):
    """Put a section after the one that stands after it."""
    return _step(section, 1, _("This section already stands last."), by=by)


@transaction.atomic
def take_out(section, *, by):
    """Take a section off its page; its coordinators may put it back with all that it says."""
    section = _locked(section)
    section.removed_at = clock.now()
    return _stand_otherwise(section, "section removed", by=by)


@transaction.atomic
def put_back(section, *, by):
    """Let a section that was taken out stand at the end of its page again."""
    page = records.lock(section.page)
    section = page.sections.get(pk=section.pk)
    if section.removed_at is None:
        raise Refused(_("This section stands on its page already."))
    standing = _standing(page)
    _refuse_too_many(standing, section.kind)
    section.removed_at, section.position = None, 1 + max((row.position for row in standing), default=-1)
    return _stand_otherwise(section, "section put back", by=by)


def _locked(section):
    """A section of a locked page, as it stands now."""
    page = records.lock(section.page)
    section = page.sections.get(pk=section.pk)
    if section.removed_at is not None:
        raise Refused(_("Somebody has taken this section off the page. Put it back first."))
    return section


def _standing(page):
    return list(page.sections.standing().order_by("position", "pk"))


def _refuse_too_many(standing, kind):
    lists = [row for row in standing if row.kind != PageSection.Kind.TEXT]
    if len(standing) >= MOST or (kind != PageSection.Kind.TEXT and len(lists) >= MOST_LISTS):
        raise Refused(_("This page is full. Put what you want to add on a page below it."))


def _write(
    section, *, titles, bodies, approved, approved_bodies, objectives=(), changes_meaning=True, by, **facts
):
    """Say what a section lists and what it says in each language, and let the search find it."""
    before = _said(section) if section.pk else {}
    for name, value in facts.items():
        setattr(section, name, value)
    section.changed_by = by
    wording.save_titles(section, titles, approved, changes_meaning=changes_meaning, by=by)
    section.objectives.set(objectives)
    wording.save_bodies(section, bodies, approved_bodies, changes_meaning=changes_meaning, by=by)
    _keep_edits(section, before, by=by)
    publication.changed(section.page)


def _keep_edits(section, before, *, by):
    """Keep in the history what a section says otherwise than before."""
    PageSectionEdit.objects.bulk_create(
        PageSectionEdit(section=section, language=code, title=said[0], markdown=said[1], edited_by=by)
        for code, said in _said(section).items()
        if said != before.get(code, ("", ""))
    )


def _said(section):
    """What a section says now in each language, read or not: {language: (heading, Markdown)}."""
    bodies = dict(section.bodies.values_list("language", "markdown"))
    return {code: (getattr(section, f"title_{code}") or "", bodies.get(code, "")) for code in languages.CODES}


def _step(section, by_one, why_not, *, by):
    section = _locked(section)
    places.step(section, _standing(section.page), by_one, why_not)
    log.record("section moved", section.page, by=by)
    return section


def _stand_otherwise(section, what, *, by):
    section.changed_by = by
    section.save(update_fields=["removed_at", "position", "changed_by", "changed_at"])
    publication.changed(section.page)
    log.record(what, section.page, by=by)
    return section
