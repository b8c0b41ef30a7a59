"""Consultations and resource pages, previewed by their coordinators as each kind of reader, in each language.

Beside that, all their languages at once: what is missing in one of them is seen next to what stands in the others.
"""

from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from consultations.models import Consultation, Guest, Meeting
from consultations.views import consultations
from portal import all_languages, previews, tokens
from portal.permissions import can_coordinate, require
from resources.models import PageSection, ResourcePage
from resources.views import pages


def invite(consultation, organization):
    """Make an organization a guest of all widened meetings."""
    token_hash = tokens.digest(tokens.nonce())
    Guest(consultation=consultation, organization=organization, is_for_all=True, token_hash=token_hash).save()


OF_CONSULTATION = previews.Previewed(
    consultations.consultation,
    Consultation.Status.ANNOUNCED,
    "consultation-languages",
    (previews.NOBODY, previews.MEMBER, previews.GUEST),
    invite,
)
OF_PAGE = previews.Previewed(pages.page, ResourcePage.Status.PUBLISHED, "page-languages")


@require_safe
def consultation(request, key):
    return OF_CONSULTATION.answer(request, coordinated(request, Consultation, key))


@require_safe
def page(request, key):
    return OF_PAGE.answer(request, coordinated(request, ResourcePage, key))


@require_safe
def consultation_languages(request, key):
    """A consultation and its meetings in all their languages."""
    found = coordinated(request, Consultation, key)
    rows = Meeting.objects.visible_to(request.reader).filter(consultation=found, cancelled_at=None)
    meetings = rows.as_agenda().in_order()
    parts = [part(found, "consultations:consultation-edit")]
    parts += [part(row, "consultations:meeting-edit") for row in meetings]
    return beside(request, found, parts, preview="preview-consultation")


@require_safe
def page_languages(request, key):
    """A resource page and its sections in all their languages."""
    found = coordinated(request, ResourcePage, key)
    sections = PageSection.objects.visible_to(request.reader).standing().filter(page=found).as_shown()
    parts = [part(found, "resources:page-edit")]
    parts += [part(row, "resources:section-edit") for row in sections]
    return beside(request, found, parts, preview="preview-page")


def coordinated(request, model, key):
    found = get_object_or_404(model.objects.visible_to(request.reader), key=key)
    require(can_coordinate(request.user, found))
    return found


def part(thing, edit):
    """A thing in all its languages, with the address where it is edited."""
    return {"thing": thing, "editions": all_languages.of(thing), "edit": reverse(edit, args=[thing.key])}


def beside(request, thing, parts, *, preview):
    context = {"thing": thing, "parts": parts, "preview": reverse(preview, args=[thing.key])}
    return render(request, "portal/all_languages.html", context)
