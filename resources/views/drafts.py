"""Coordinators write documents: drafted, looked at as readers will see them, changed."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext_lazy as _

from portal.permissions import require
from resources.forms.documents import DocumentForm
from resources.models import Document
from resources.operations import documents
from resources.permissions import can_draft, can_edit


def new(request):
    """Draft a document."""
    require(can_draft(request.user))
    sent = (request.POST, request.FILES) if request.method == "POST" else ()
    form = DocumentForm(*sent, request=request, original=request.GET.get("original"))
    if not sent or not form.carry_out(documents.create, by=request.user):
        status = 422 if sent else 200
        return render(request, "resources/document_new.html", {"form": form}, status=status)
    messages.success(request, _("The draft is saved. Only coordinators see it."))
    return redirect(form.result)


def edit(request, key):
    """Change a document; who saved it meanwhile is not overwritten: both texts are shown, side by side."""
    found = get_object_or_404(Document.objects.visible_to(request.reader).as_page(), key=key)
    require(can_edit(request.user, found))
    if request.method != "POST":
        form = DocumentForm(request=request, record=found)
        return render(request, "resources/document_edit.html", {"document": found, "form": form})
    form = DocumentForm(request.POST, request.FILES, request=request, record=found)
    if not form.carry_out(documents.edit, found, by=request.user):
        return refused(request, key, form)
    messages.success(request, _("The changes to the document are saved."))
    return redirect(form.result)


def refused(request, key, form):
    """Show what was typed; if the document is not the one that was edited, beside what is saved now."""
    found = get_object_or_404(Document.objects.visible_to(request.reader).as_page(), key=key)
    context = {"document": found, "form": form}
    if form.cleaned_data.get("version", found.version) == found.version:
        return render(request, "resources/document_edit.html", context, status=422)
    context["differences"] = form.differences(found)
    return render(request, "resources/document_edit.html", context, status=409)
