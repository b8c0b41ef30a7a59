"""Files on resource pages: handed out to whoever sees the page, put there and taken away by its coordinators."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from portal import files
from portal.permissions import require
from resources.forms.attachments import AttachmentForm
from resources.models import Attachment, ResourcePage
from resources.operations import attachments
from resources.permissions import can_edit
from resources.views.pages import gone


def new(request, key):
    """Put a file on a page."""
    page = get_object_or_404(ResourcePage.objects.visible_to(request.reader), key=key)
    require(can_edit(request.user, page))
    sent = (request.POST, request.FILES) if request.method == "POST" else ()
    form = AttachmentForm(*sent, request=request)
    if not sent or not form.carry_out(attachments.attach, page, by=request.user):
        context = {"page": page, "form": form}
        return render(request, "resources/attachment_new.html", context, status=422 if sent else 200)
    messages.success(request, _("The file stands on the page."))
    return redirect(page)


@login_not_required
@require_safe
def attachment(request, key):
    """Hand out a file of a page to whoever sees the page."""
    rows = Attachment.objects.visible_to(request.reader, even_withdrawn=True)
    found = get_object_or_404(rows.select_related("page", "file"), key=key)
    if found.page.status == ResourcePage.Status.WITHDRAWN and not can_edit(request.user, found.page):
        return gone(request, found.page)
    return files.answer(request, found.file)


@require_POST
def remove(request, key):
    """Take a file off its page."""
    rows = Attachment.objects.visible_to(request.reader).select_related("page", "file")
    found = get_object_or_404(rows, key=key)
    require(can_edit(request.user, found.page))
    page = attachments.detach(found, by=request.user)
    messages.success(request, _("It is taken away."))
    return redirect(page)
