"""Campaigns: public work for one message over some time."""

from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.db.models import F
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from portal import panels
from portal.converters import by_address
from portal.models import Process
from portal.operations import texts
from resources.models import Campaign
from resources.permissions import can_edit

PER_PAGE = 20


@login_not_required
@require_safe
def campaigns(request):
    """All of them, the newest first."""
    rows = Campaign.objects.visible_to(request.reader).published().as_rows()
    rows = rows.order_by(F("begins_on").desc(nulls_last=True), "-pk")
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "resources/campaigns.html", {"page": page})


@login_not_required
@require_safe
def campaign(request, key):
    """One campaign: its message, its dates, its hashtag."""
    rows = Campaign.objects.visible_to(request.reader).as_rows()
    found = get_object_or_404(rows, **by_address(key))
    if key != found.address_key:
        return redirect(found, permanent=True)
    context = {
        "campaign": found,
        "process": Process.objects.visible_to(request.reader).filter(pk=found.process_id).first(),
        "body": texts.readable_body(found, get_language()),
        "panels": panels.of(found, request.reader, get_language()),
        "can_edit": can_edit(request.user, found),
    }
    return render(request, "resources/campaign.html", context)
