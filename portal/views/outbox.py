"""The outbox, for coordinators: message by message what waits, what failed and why; addresses that refused us."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from portal import progress
from portal.models import Alarm, Delivery, Recipient
from portal.operations import outbox as box
from portal.operations import suppression
from portal.permissions import require
from portal.views.notices import with_refresh

PER_PAGE = 50


@require_safe
def outbox(request):
    """Messages by their state, those in trouble first."""
    require(request.reader.coordinates_something)
    name = request.GET.get("state")
    name = name if name in progress.SHELVES else "trouble"
    rows = Delivery.objects.visible_to(request.reader).filter(progress.SHELVES[name][1])
    rows = rows.select_related("recipient", "notice").order_by("not_before", "pk")
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "rows": progress.of_deliveries(page),
        "shelves": [(key, label) for key, (label, _condition) in progress.SHELVES.items()],
        "shelf": name,
        "names_people": request.reader.coordinates_everything,
        "is_live": name in {"trouble", "waiting"},
        "alarms": Alarm.objects.active().order_by("since"),
        "suppressed": Recipient.objects.visible_to(request.reader)
        .suppressed()
        .order_by("-suppressed_at")[:PER_PAGE],
    }
    return with_refresh(request, "portal/outbox.html", "portal/_outbox.html", context)


@require_POST
def retry(request, key):
    """Try one message again now."""
    found = get_object_or_404(Delivery.objects.visible_to(request.reader), key=key)
    box.retry(found, by=request.user)
    messages.success(request, _("The message is tried again."))
    return redirect("outbox")


@require_POST
def cancel(request, key):
    """Do not send one message."""
    found = get_object_or_404(Delivery.objects.visible_to(request.reader), key=key)
    box.cancel(found, by=request.user)
    messages.success(request, _("The message is cancelled."))
    return redirect("outbox")


@require_POST
def lift(request, key):
    """Write again to an address that refused us."""
    found = get_object_or_404(Recipient.objects.visible_to(request.reader), key=key)
    require(request.reader.coordinates_everything)
    suppression.lift(found, by=request.user)
    messages.success(request, _("We write to this address again."))
    return redirect("outbox")
