"""Practices that worked and plans that seek partners, each shared by an organization."""

from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.db.models import Prefetch
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from portal import panels
from portal.converters import by_address
from portal.models import Country, Objective, Organization, Region
from portal.operations import texts
from resources.forms.library import PracticeFilters
from resources.models import Practice, Proposal
from resources.permissions import can_edit, can_share, can_withdraw, can_write

PER_PAGE = 20


def seen(reader):
    """Practices with the organization behind each, as far as this reader may see it."""
    organizations = Prefetch("organization", Organization.objects.visible_to(reader))
    rows = Practice.objects.visible_to(reader).as_rows()
    return rows.prefetch_related(organizations, "countries", "regions")


@login_not_required
@require_safe
def practices(request):
    """All that this reader may see, the newest first, narrowed by what the address asks."""
    shown = Practice.objects.visible_to(request.reader).published()
    filters = PracticeFilters(
        request.GET,
        objectives=Objective.objects.order_by("number"),
        regions=Region.objects.order_by("code"),
        countries=Country.objects.filter(pk__in=shown.values("countries")),
    )
    rows = seen(request.reader).published().matching(**filters.wanted()).newest_first()
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "filters": filters, "can_share": can_share(request.user)}
    return render(request, "resources/practices.html", context)


@login_not_required
@require_safe
def practice(request, key):
    """One practice or plan: what was done, by whom, on which objectives."""
    found = get_object_or_404(seen(request.reader), **by_address(key))
    if key != found.address_key:
        return redirect(found, permanent=True)
    context = {
        "practice": found,
        "body": texts.readable_body(found, get_language()),
        "panels": panels.of(found, request.reader, get_language()),
        "can_edit": can_edit(request.user, found),
        "is_own": can_write(request.user, found),
        "can_withdraw": can_withdraw(request.user, found) and found.status in found.SHOWN,
        "begun": Proposal.objects.visible_to(request.reader).begun().filter(practice=found).first(),
    }
    return render(request, "resources/practice.html", context)
