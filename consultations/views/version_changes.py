"""What changed between two versions of a paper, and because of whom."""

import uuid

from django.contrib.auth.decorators import login_not_required
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from consultations import version_changes
from consultations.models import PaperVersion


@login_not_required
@require_safe
def changes(request, key):
    """A version beside the one before it, or beside the one that the address names, as far as this reader sees both."""
    rows = PaperVersion.objects.visible_to(request.reader).select_related("paper").with_texts()
    found = get_object_or_404(rows, key=key)
    earlier = rows.filter(paper=found.paper_id, number__lt=found.number).order_by("-number")
    if "from" in request.GET:
        earlier = earlier.filter(key=asked(request))
    before = earlier.first()
    context = {
        "version": found,
        "paper": found.paper,
        "before": before,
        "comparison": before and version_changes.between(before, found, request.reader, get_language()),
        "earlier": PaperVersion.objects.visible_to(request.reader)
        .filter(paper=found.paper_id, number__lt=found.number)
        .order_by("-number"),
    }
    return render(request, "consultations/version_changes.html", context)


def asked(request):
    """The key of the version that the address asks to compare with."""
    try:
        return uuid.UUID(request.GET["from"])
    except ValueError as no_key:
        raise Http404 from no_key
