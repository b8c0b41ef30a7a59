"""Practices that worked and plans that seek partners, each shared by an organization."""

from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.db.models import F, Prefetch
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from portal import panels
from portal.converters import by_address
from portal.models import Organization
from portal.operations import texts
from resources.models import Practice
from resources.permissions import can_edit

PER_PAGE = 20


def seen(reader):
    """Practices with the organization behind each, as far as this reader may see it."""
    organizations = Prefetch("organization", Organization.objects.visible_to(reader))
    return Practice.objects.visible_to(reader).as_rows().prefetch_related(organizations)


@login_not_required
@require_safe
def practices(request):
    """All of them, or only practices, or only plans; the newest first."""
    kind = request.GET.get("kind")
    kind = kind if kind in Practice.Kind.values else ""
    rows = seen(request.reader).published().order_by(F("begins_on").desc(nulls_last=True), "-pk")
    if kind:
        rows = rows.filter(kind=kind)
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    return render(
        request, "resources/practices.html", {"page": page, "kind": kind, "kinds": Practice.Kind.choices}
    )


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
    }
    return render(request, "resources/practice.html", context)
