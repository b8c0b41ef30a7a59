"""Files made of papers, and their short addresses."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from consultations.models import Print
from portal import files


@login_not_required
@require_safe
def print_(request, key):
    """A file at its own address; once another took its place, the address says that it is gone."""
    found = get_object_or_404(
        Print.objects.visible_to(request.reader).select_related("file", "version__paper"), key=key
    )
    if found.replaced_at is not None:
        return render(request, "consultations/print_gone.html", {"paper": found.version.paper}, status=410)
    if found.file is None:
        raise Http404
    return files.answer(request, found.file)
