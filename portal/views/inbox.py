"""The inbox: what one was told, in the portal itself, whatever became of the messages."""

from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from portal import items
from portal.models import InboxEntry
from portal.notifications import registry
from portal.operations import inbox as told

PER_PAGE = 50


@require_safe
def inbox(request):
    """What one was told, the newest first; what one may no longer see is left out."""
    page = Paginator(told.entries(request.reader), PER_PAGE).get_page(request.GET.get("page"))
    seen = {
        item.notice.pk: item for item in items.of(registry, [entry.notice for entry in page], request.reader)
    }
    rows = [(entry, seen[entry.notice_id]) for entry in page if entry.notice_id in seen]
    return render(request, "portal/inbox.html", {"page": page, "rows": rows})


@require_POST
def read(request, key):
    """Open what an entry tells of, which marks it as read."""
    entry = get_object_or_404(InboxEntry.objects.visible_to(request.reader).select_related("notice"), key=key)
    told.mark_read(InboxEntry.objects.visible_to(request.reader).filter(pk=entry.pk), by=request.user)
    found = items.of(registry, [entry.notice], request.reader)
    return redirect(found[0].address if found else "inbox")


@require_POST
def read_all(request):
    """Mark everything as read."""
    told.mark_read(InboxEntry.objects.visible_to(request.reader), by=request.user)
    return redirect("inbox")
