"""The ten guiding principles: all of them, and what is written and promised on one."""

from django.contrib.auth.decorators import login_not_required
from django.db.models import Count, Q
from django.shortcuts import get_object_or_404, render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from consultations.models import Commitment
from portal.models import Principle
from portal.pages.objectives import MOST, NEWEST
from resources.models import Document


@login_not_required
@require_safe
def principles(request):
    """All ten, with how many documents there are on each."""
    seen = Document.objects.visible_to(request.reader).published()
    counted = Count("document", filter=Q(document__in=seen), distinct=True)
    rows = Principle.objects.annotate(amount=counted).order_by("number")
    return render(request, "portal/principles.html", {"principles": rows})


@login_not_required
@require_safe
def principle(request, number):
    """One principle: the documents and the commitments that name it, as far as this reader may see them."""
    found = get_object_or_404(Principle, number=number)
    title = found.text("title", get_language())
    documents = Document.objects.visible_to(request.reader).published().filter(principles=found)
    commitments = Commitment.objects.visible_to(request.reader).published().filter(principles=found)
    commitments = commitments.select_related("process", "country").prefetch_related("updates")
    context = {
        "number": str(number),
        "title": title,
        "is_verified": found.is_verified(title.language),
        "source_page": found.source_page(title.language),
        "documents": documents.as_rows().newest_first()[:MOST],
        "commitments": commitments.order_by(*NEWEST)[:MOST],
    }
    return render(request, "portal/principle.html", context)
