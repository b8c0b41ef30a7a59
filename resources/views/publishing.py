"""A document comes into the library in one action, and leaves it with a reason."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext_lazy as _

from portal.permissions import require
from resources import audience, editions
from resources.forms.publishing import PublishForm, TellForm, WithdrawForm
from resources.models import Document
from resources.operations import documents
from resources.permissions import can_publish


def publish(request, key):
    """Say plainly what publishing will do, and do it."""
    found = get_object_or_404(Document.objects.visible_to(request.reader).as_page(), key=key)
    require(can_publish(request.user, found))
    if request.method != "POST":
        if found.status == Document.Status.PUBLISHED:
            return redirect(found)
        form = PublishForm(document=found, request=request)
        return render(request, "resources/document_publish.html", what_happens(found, form))
    form = PublishForm(request.POST, document=found, request=request)
    if not form.carry_out(documents.publish, found, by=request.user):
        # Somebody may have changed it meanwhile: what is shown is as it stands now.
        found = get_object_or_404(Document.objects.visible_to(request.reader).as_page(), key=key)
        form.show(found)
        return render(request, "resources/document_publish.html", what_happens(found, form), status=422)
    messages.success(request, _("The document is published."))
    return onward(found)


def what_happens(document, form):
    """What publishing this document as it stands will do."""
    there = editions.of(document)
    return {
        "document": document,
        "form": form,
        "editions": there,
        "numbers": [row.number for row in document.objectives.all()],
        "missing": [edition.language for edition in there if edition.is_spoken and not edition.exists],
        "why_not": documents.why_not_ready(document),
        "audience": audience.of(document, there) if document.is_outcome else None,
    }


def onward(document):
    """To the progress of its telling, where it is told; else to the document."""
    document.refresh_from_db(fields=["slug", "version"])
    notice = audience.notice_of(document, version=document.version)
    return redirect("notice", key=notice.key) if notice else redirect(document)


def tell(request, key):
    """Tell members of a document that was published without telling them."""
    found = get_object_or_404(Document.objects.visible_to(request.reader).as_page(), key=key)
    require(can_publish(request.user, found))
    if request.method != "POST":
        if found.is_outcome or found.status != Document.Status.PUBLISHED:
            return redirect(found)
        return render(request, "resources/document_tell.html", whom(found, TellForm(request=request)))
    form = TellForm(request.POST, request=request)
    if not form.carry_out(documents.tell, found, by=request.user):
        return render(request, "resources/document_tell.html", whom(found, form), status=422)
    messages.success(request, _("Members are being told."))
    return onward(found)


def whom(document, form):
    told = audience.of(document, editions.of(document))
    return {"document": document, "form": form, "audience": told}


def withdraw(request, key):
    """Withdraw a published document, with the reason that its old addresses will show."""
    found = get_object_or_404(Document.objects.visible_to(request.reader).as_page(), key=key)
    require(can_publish(request.user, found))
    if request.method != "POST":
        return render(
            request, "resources/document_withdraw.html", {"document": found, "form": WithdrawForm()}
        )
    form = WithdrawForm(request.POST)
    if not form.carry_out(documents.withdraw, found, by=request.user):
        context = {"document": found, "form": form}
        return render(request, "resources/document_withdraw.html", context, status=422)
    messages.success(request, _("The document is withdrawn."))
    return redirect(form.result)
