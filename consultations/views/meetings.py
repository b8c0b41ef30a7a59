"""Coordinators set the meetings of a consultation, repeat them, form groups, move them, call them off."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from consultations.forms.meetings import GroupsForm, MaterialForm, MeetingForm
from consultations.models import Consultation, Material, Meeting
from consultations.operations import materials as material_acts
from consultations.operations import meetings
from consultations.permissions import can_edit
from portal import files
from portal.permissions import require
from resources.models import Document

MOST = 200


def new(request, key):
    """Set a meeting of a consultation."""
    found = get_object_or_404(Consultation.objects.visible_to(request.reader), key=key)
    require(can_edit(request.user, found))
    form = MeetingForm(request.POST or None, request=request, consultation=found)
    if request.method != "POST" or not form.carry_out(add, found, by=request.user):
        return _form(request, found, form)
    messages.success(request, _("The meeting is set."))
    return redirect(form.result)


def edit(request, key):
    """Change a meeting; whoever holds a place is told of a new time."""
    found = to_edit(request, key)
    form = MeetingForm(request.POST or None, request=request, consultation=found.consultation, meeting=found)
    if request.method != "POST" or not form.carry_out(change, found, by=request.user):
        form.follow(Meeting.objects.visible_to(request.reader).get(pk=found.pk))
        return _form(request, found.consultation, form, meeting=found)
    messages.success(request, _("The meeting is changed."))
    return redirect(found.consultation)


def repeat(request, key):
    """Hold a meeting again at another hour, for other time zones."""
    found = to_edit(request, key)
    asked = {"request": request, "consultation": found.consultation, "repeats": found}
    form = MeetingForm(request.POST or None, **asked)
    if request.method != "POST" or not form.carry_out(again, found, by=request.user):
        return _form(request, found.consultation, form, repeats=found.told_by)
    messages.success(request, _("The meeting is held again."))
    return redirect(form.result)


def groups(request, key):
    """Have groups break out of a meeting, one for each objective that is chosen."""
    found = to_edit(request, key)
    form = GroupsForm(request.POST or None, request=request)
    if request.method != "POST" or not form.carry_out(break_out, found, by=request.user):
        context = {"consultation": found.consultation, "meeting": found, "form": form}
        status = 422 if request.method == "POST" else 200
        return render(request, "consultations/meeting_groups.html", context, status=status)
    messages.success(request, _("The groups are set. Give each its people and the address where it meets."))
    return redirect(form.result)


def materials(request, key):
    """What belongs to a meeting: put a file or a document beside it."""
    found = to_edit(request, key)
    asked = {"request": request, "documents": _documents(request, found.consultation)}
    sent = (request.POST, request.FILES) if request.method == "POST" else ()
    form = MaterialForm(*sent, **asked)
    if request.method == "POST" and form.carry_out(attach, found, by=request.user):
        messages.success(request, _("It stands beside the meeting now."))
        return redirect("consultations:meeting-materials", key=found.key)
    told = found.told_by
    rows = Material.objects.visible_to(request.reader).filter(meeting=told).in_order()
    context = {
        "consultation": found.consultation,
        "meeting": told,
        "materials": rows.select_related("file", "document"),
        "form": form,
    }
    return render(
        request,
        "consultations/meeting_materials.html",
        context,
        status=422 if request.method == "POST" else 200,
    )


@login_not_required
@require_safe
def material(request, key):
    """Hand out a file of a meeting to whoever sees the meeting; a document leads to its page."""
    rows = Material.objects.visible_to(request.reader).select_related("file", "document")
    found = get_object_or_404(rows, key=key)
    if found.file is None:
        return redirect(found.document)
    return files.answer(request, found.file)


@require_POST
def material_remove(request, key):
    """Take a material away from its meeting."""
    rows = Material.objects.visible_to(request.reader).select_related("meeting__consultation", "file")
    found = get_object_or_404(rows, key=key)
    require(can_edit(request.user, found.meeting.consultation))
    material_acts.detach(found, by=request.user)
    messages.success(request, _("It is taken away."))
    return redirect("consultations:meeting-materials", key=found.meeting.key)


@require_POST
def cancel(request, key):
    """Call a meeting off."""
    found = to_edit(request, key)
    meetings.cancel(found, by=request.user)
    messages.success(request, _("The meeting is called off. Whoever holds a place is told."))
    return redirect(found.consultation)


@require_POST
def remove(request, key):
    """Take a meeting out of a draft."""
    found = to_edit(request, key)
    meetings.remove(found, by=request.user)
    messages.success(request, _("The meeting is taken out of the draft."))
    return redirect(found.consultation)


def to_edit(request, key):
    """The meeting, for who coordinates its consultation; a guest sees the meeting and not more."""
    rows = Meeting.objects.visible_to(request.reader).select_related("consultation", "repeats")
    found = get_object_or_404(rows, key=key)
    if not Consultation.objects.visible_to(request.reader).filter(pk=found.consultation_id).exists():
        raise Http404
    require(can_edit(request.user, found.consultation))
    return found


def _form(request, consultation, form, *, meeting=None, repeats=None):
    context = {"consultation": consultation, "meeting": meeting, "repeats": repeats, "form": form}
    status = 422 if request.method == "POST" else 200
    return render(request, "consultations/meeting_edit.html", context, status=status)


def _documents(request, consultation):
    """What can be put beside a meeting: of the same process, newest first; without one, of any."""
    rows = Document.objects.visible_to(request.reader).published()
    if consultation.process_id:
        rows = rows.filter(process=consultation.process_id)
    newest = rows.newest_first().values_list("pk", flat=True)[:MOST]
    return Document.objects.visible_to(request.reader).filter(pk__in=list(newest)).newest_first()


def add(consultation, **values):
    """Set the meeting; the form leads back to its consultation."""
    return meetings.add(consultation, **values).consultation


def change(meeting, **values):
    """Change the meeting; the form leads back to its consultation."""
    return meetings.edit(meeting, **values).consultation


def again(meeting, **values):
    """Repeat the meeting; the form leads back to its consultation."""
    return meetings.repeat(meeting, **values).consultation


def break_out(meeting, **values):
    """Form the groups; the form leads back to their consultation."""
    return meetings.break_out(meeting, **values)[0].consultation


def attach(meeting, **values):
    """Put it beside the meeting; the form leads back to its consultation."""
    return material_acts.attach(meeting, **values).meeting.consultation
