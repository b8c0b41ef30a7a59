"""Consultations and resource pages, previewed by their coordinators as each kind of reader, in each language."""

from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from consultations.models import Consultation, Guest
from consultations.views import consultations
from portal import previews, tokens
from portal.permissions import can_coordinate, require
from resources.models import ResourcePage
from resources.views import pages


def invite(consultation, organization):
    """Make an organization a guest of all widened meetings."""
    token_hash = tokens.digest(tokens.nonce())
    Guest(consultation=consultation, organization=organization, is_for_all=True, token_hash=token_hash).save()


OF_CONSULTATION = previews.Previewed(
    consultations.consultation,
    Consultation.Status.ANNOUNCED,
    (previews.NOBODY, previews.MEMBER, previews.GUEST),
    invite,
)
OF_PAGE = previews.Previewed(pages.page, ResourcePage.Status.PUBLISHED)


@require_safe
def consultation(request, key):
    return _preview(request, Consultation, key, OF_CONSULTATION)


@require_safe
def page(request, key):
    return _preview(request, ResourcePage, key, OF_PAGE)


def _preview(request, model, key, previewed):
    found = get_object_or_404(model.objects.visible_to(request.reader), key=key)
    require(can_coordinate(request.user, found))
    return previewed.answer(request, found)
