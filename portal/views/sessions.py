"""Where one is signed in, and signing out there."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from portal import clock
from portal.models import Session
from portal.operations import sessions as operations


@require_safe
def sessions(request):
    """One's own sessions, this one first, then the last used."""
    now = clock.now()
    rows = Session.objects.visible_to(request.reader).lasting(now).defer("session_data").order_by("-seen_at")
    own = request.session.row.pk
    rows = sorted(rows, key=lambda row: row.pk != own)
    return render(request, "portal/sessions.html", {"rows": rows, "own": own, "now": now})


@require_POST
def end(request, key):
    """Sign out in one other place."""
    session = get_object_or_404(Session.objects.visible_to(request.reader), pk=key)
    operations.end(session, by=request.user)
    messages.success(request, _("You are signed out there."))
    return redirect("sessions")


@require_POST
def end_others(request):
    """Sign out everywhere else."""
    operations.end_others(request.user, kept=request.session.row, by=request.user)
    messages.success(request, _("You are signed out everywhere else."))
    return redirect("sessions")
