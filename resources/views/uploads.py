"""Coordinators send many PDFs at once, and put right what was guessed of them."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import redirect, render
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from portal.permissions import require
from resources.forms.uploads import TitleForm, UploadForm
from resources.models import Document
from resources.operations import uploads
from resources.permissions import can_draft

PER_PAGE = 50


def new(request):
    """Draft a document from each PDF that is sent; one that is refused keeps none of the others back.

    A script that sends them one by one is answered with the outcomes alone.
    """
    require(can_draft(request.user))
    if request.method != "POST":
        return render(request, "resources/uploads.html", {"form": UploadForm(request=request)})
    sent = UploadForm.of_each(request)
    done = [form.carry_out(uploads.draft, by=request.user) for form in sent]
    if all(done) and not request.htmx:
        said = ngettext("%(number)d draft is made.", "%(number)d drafts are made.", len(done))
        messages.success(request, said % {"number": len(done)})
        return redirect("resources:upload-titles")
    return answer(request, sent, status=200 if all(done) else 422)


def answer(request, sent, *, status):
    """What became of each file; and, but for a script, the form to send more."""
    if "file" in request.FILES:
        context = {"sent": sent, "form": UploadForm.for_more(request)}
    else:
        context = {"form": sent[0]}
    piece = "resources/_uploads_sent.html" if request.htmx and "sent" in context else "resources/uploads.html"
    response = render(request, piece, context, status=status)
    patch_vary_headers(response, ["HX-Request"])
    return response


def titles(request):
    """The drafts of this coordinator that are in one language: their titles and languages, to be put right."""
    require(can_draft(request.user))
    rows = Document.objects.visible_to(request.reader).in_one_language().filter(created_by=request.user)
    rows = rows.prefetch_related("files__file").order_by("-pk")
    if request.method == "POST":
        return save(request, rows)
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "forms": [TitleForm(record=row) for row in page]}
    return render(request, "resources/upload_titles.html", context)


def save(request, rows):
    """Save what was changed, each draft for itself; who saved one meanwhile is not overwritten."""
    sent = [form for row in rows if (form := TitleForm(request.POST, record=row)).is_sent]
    changed = [form for form in sent if form.is_changed]
    refused = [
        form for form in changed if not form.carry_out(uploads.put_right, form.record, by=request.user)
    ]
    if refused:
        outdated = [form for form in refused if form.catch_up()]
        status = 409 if outdated else 422
        return render(request, "resources/upload_titles.html", {"forms": sent}, status=status)
    messages.success(request, _("The titles and languages are saved."))
    return redirect(request.get_full_path())
