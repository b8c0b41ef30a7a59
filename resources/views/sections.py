"""Sections of resource pages: added, written, translated and moved by the coordinators of the page."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from portal import languages
from portal.permissions import require
from portal.views.records import shown_version
from resources.forms.sections import SectionForm
from resources.models import PageSection, PageSectionEdit, ResourcePage
from resources.operations import sections
from resources.permissions import can_edit

MOST = 50  # edits of a section that its history shows
MOVES = {
    "up": (sections.move_up, _("The section stands earlier now.")),
    "down": (sections.move_down, _("The section stands later now.")),
    "take-out": (sections.take_out, _("The section is off the page. You can put it back below.")),
    "put-back": (sections.put_back, _("The section stands at the end of the page again.")),
}


def new(request, key):
    """Add a section of the kind that was chosen, at the end of the page."""
    page = get_object_or_404(ResourcePage.objects.visible_to(request.reader), key=key)
    require(can_edit(request.user, page))
    asked = request.POST.get("kind") or request.GET.get("kind")
    kind = asked if asked in PageSection.Kind else PageSection.Kind.TEXT
    sent = (request.POST,) if request.method == "POST" else ()
    form = SectionForm(*sent, request=request, page=page, kind=kind)
    if not sent or not form.carry_out(sections.add, page, by=request.user):
        context = {"page": page, "form": form, "kind": PageSection.Kind(kind).label}
        return render(request, "resources/section_edit.html", context, status=422 if sent else 200)
    messages.success(request, _("The section stands at the end of the page."))
    return redirect(form.result)


def edit(request, key):
    """Change a section; what somebody saved meanwhile is not overwritten: both texts are shown."""
    found = one(request, key)
    require(can_edit(request.user, found.page))
    sent = (request.POST,) if request.method == "POST" else ()
    form = SectionForm(*sent, request=request, page=found.page, kind=found.kind, section=found)
    if sent and form.carry_out(sections.edit, found, by=request.user):
        messages.success(request, _("The section is saved."))
        return redirect(form.result)
    found, status = one(request, key), 422 if sent else 200
    context = {"page": found.page, "section": found, "form": form, "kind": found.get_kind_display()}
    if sent and form.cleaned_data.get("version") not in (None, found.version):
        context["differences"], status = form.differences(found), 409
    return render(request, "resources/section_edit.html", context, status=status)


@require_safe
def history(request, key):
    """What a section said before in one language, edit by edit, each beside the one before it."""
    found = one(request, key)
    require(can_edit(request.user, found.page))
    language = languages.supported(request.GET.get("language"), found.original_language)
    rows = PageSectionEdit.objects.visible_to(request.reader).filter(section=found, language=language)
    edits = list(rows.select_related("edited_by").order_by("-pk")[: MOST + 1])
    before = [*(edit.text for edit in edits[1:]), ""]
    context = {
        "page": found.page,
        "section": found,
        "language": language,
        "codes": languages.CODES,
        "edits": list(zip(edits, before, strict=False))[:MOST],
    }
    return render(request, "resources/section_history.html", context)


@require_POST
def take_back(request, key):
    """Let a section say again what this edit had left."""
    rows = PageSectionEdit.objects.visible_to(request.reader).select_related("section__page")
    found = get_object_or_404(rows, key=key)
    require(can_edit(request.user, found.section.page))
    sections.take_back(found, version=shown_version(request), by=request.user)
    messages.success(request, _("The section says again what it said then."))
    address = reverse("resources:section-history", args=[found.section.key])
    return redirect(f"{address}?language={found.language}")


@require_POST
def move(request, key, act):
    """Put a section one place earlier or later, take it off the page, or put it back."""
    found = one(request, key)
    require(can_edit(request.user, found.page))
    operation, said = MOVES[act]
    found = operation(found, by=request.user)
    messages.success(request, said)
    return redirect(found if found.removed_at is None else found.page)


def one(request, key):
    rows = PageSection.objects.visible_to(request.reader).as_shown().select_related("page", "changed_by")
    return get_object_or_404(rows, key=key)
