"""Sources of sections: inputs, voices within their consent, documents and consultations are named and taken away."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from consultations.models import Contribution, Input, Paper, Section, Source, VoiceConsent
from portal import clock
from portal.errors import Refused
from portal.operations import log, publication

Purpose = VoiceConsent.Purpose


@transaction.atomic
def add_inputs(section, *, inputs, by):
    """Say that a section draws on inputs; whoever gave them sees it. What was withdrawn meanwhile is left out."""
    section = _locked(section)
    rows = Input.objects.select_for_update(of=["self"], no_key=True).order_by("pk")
    rows = list(
        rows.filter(
            pk__in=[row.pk for row in inputs], contribution__status=Contribution.Status.SENT
        ).select_related("contribution__call")
    )
    if not rows:
        raise Refused(_("Choose at least one input. What was withdrawn meanwhile is not here any more."))
    return _add(section, [{"input": row} for row in rows], then=lambda: _mark_used(rows), by=by)


@transaction.atomic
def add_voice(section, *, voice, purpose, by):
    """Say that a section draws on a voice, for a purpose that the person agreed to and that this paper serves."""
    section = _locked(section)
    if not voice.consents.standing().filter(purpose=purpose).exists():
        raise Refused(_("The person has not agreed to this purpose."), "purpose")
    if purpose not in purposes_of(section.paper):
        raise Refused(_("The person agreed to something else than this paper is."), "purpose")
    return _add(section, [{"voice": voice, "purpose": purpose}], by=by)


@transaction.atomic
def add_document(section, *, document, by):
    """Say that a section draws on a document of the library."""
    return _add(_locked(section), [{"document": document}], by=by)


@transaction.atomic
def add_consultation(section, *, consultation, by):
    """Say that a section draws on what was said in a consultation."""
    return _add(_locked(section), [{"consultation": consultation}], by=by)


@transaction.atomic
def remove(source, *, by):
    """Take a source away from its section."""
    section = _locked(source.section)
    Source.objects.filter(pk=source.pk).delete()
    log.record("source of a section removed", section, by=by)
    publication.changed(section.paper)
    return section


def purposes_of(paper):
    """The purposes of voices that a paper serves: one that is no briefing note is none, and no paper is a campaign."""
    found = [Purpose.QUOTATION, Purpose.PUBLICATION]
    return [Purpose.BRIEFING, *found] if paper.kind == Paper.Kind.BRIEFING_NOTE else found


def _add(section, things, *, then=None, by):
    """Name the things as sources of the section, each once."""
    Source.objects.bulk_create(
        [Source(section=section, added_by=by, **thing) for thing in things], ignore_conflicts=True
    )
    if then:
        then()
    log.record("sources of a section added", section, by=by)
    publication.changed(section.paper)
    return section


def _mark_used(rows):
    """What is drawn on has been read, and whoever set it aside thinks better of it."""
    now = clock.now()
    for row in rows:
        row.read_at, row.not_used_because, row.decided_at = row.read_at or now, "", now
    Input.objects.bulk_update(rows, ["read_at", "not_used_because", "decided_at"])


def _locked(section):
    section = (
        Section.objects.select_for_update(of=["self"], no_key=True).select_related("paper").get(pk=section.pk)
    )
    if section.removed_at is not None:
        raise Refused(_("This section was taken out of the paper."))
    return section
