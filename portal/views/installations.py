"""Where this database is at home and when it was last backed up, for administrators."""

from django.conf import settings
from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from portal import clock, proofs, security
from portal.forms.installations import ConfirmForm
from portal.models import Backup, Installation
from portal.operations import installations
from portal.permissions import can_administer, require

SHOWN = 10


def installation(request):
    """Whether messages may leave, and the last backups; an administrator confirms what was restored or moved."""
    require(can_administer(request.user))
    form = ConfirmForm(request.POST if request.method == "POST" else None)
    if request.method == "POST":
        proofs.require(request)
        if form.carry_out(installations.confirm, by=request.user):
            messages.success(request, _("This installation is confirmed. Messages leave it from now on."))
            return redirect("installation")
    now, backups = clock.now(), list(Backup.objects.order_by("-made_at")[:SHOWN])
    context = {
        "form": form,
        "is_astray": installations.is_astray(),
        "known": Installation.objects.first(),
        "now": now,
        "backups": backups,
        "is_old": not backups or now - backups[0].made_at > security.OLD_BACKUP,
        "days": settings.KEEP_BACKUPS_DAYS,
    }
    return render(request, "portal/installation.html", context, status=422 if form.is_bound else 200)


@require_safe
def protection(request):
    """What protects the portal where it runs, what is missing, and what to do about it."""
    require(can_administer(request.user))
    found = security.checks(request)
    missing = sum(not check.is_good for check in found)
    return render(request, "portal/security.html", {"checks": found, "missing": missing})
