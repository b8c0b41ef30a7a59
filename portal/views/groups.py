"""Working groups: coordinators make them, people ask to join, those who run them answer."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from portal.forms.groups import AnswerForm, GroupForm, JoinForm
from portal.models import GroupMember, JoinRequest, WorkingGroup
from portal.operations import groups
from portal.permissions import can_convene, can_coordinate, require
from portal.views.records import Editor

editor = Editor(
    name="working-group",
    model=WorkingGroup,
    form=GroupForm,
    heads=(_("Draft a working group"), _("Edit the working group")),
    listing="working-groups",
    may_begin=can_coordinate,
)


def join(request, key):
    """Ask to join a group."""
    found = get_object_or_404(WorkingGroup.objects.visible_to(request.reader), key=key)
    require(found.takes_requests and request.reader.verified_ids)
    form = JoinForm(request.POST or None, request=request)
    if request.method != "POST" or not form.carry_out(groups.ask_to_join, found, by=request.user):
        context = {"working_group": found, "form": form}
        status = 200 if request.method != "POST" else 422
        return render(request, "portal/working_group_join.html", context, status=status)
    messages.success(request, _("Those who run the group are told. You are told their answer."))
    return redirect(form.result)


def answer(request, key):
    """Accept or decline somebody who asks to join."""
    rows = JoinRequest.objects.visible_to(request.reader).select_related("group", "user", "organization")
    found = get_object_or_404(rows, key=key)
    require(can_convene(request.user, found.group))
    form = AnswerForm(request.POST or None)
    if request.method != "POST" or not form.carry_out(groups.answer, found, by=request.user):
        context = {"asked": found, "working_group": found.group, "form": form}
        status = 200 if request.method != "POST" else 422
        return render(request, "portal/working_group_answer.html", context, status=status)
    messages.success(request, _("The person is told your answer."))
    return redirect(form.result)


@require_POST
def take_back(request, key):
    """Take back one's request to join."""
    found = get_object_or_404(JoinRequest.objects.visible_to(request.reader).select_related("group"), key=key)
    require(found.user_id == request.user.pk)
    groups.take_back(found, by=request.user)
    messages.success(request, _("Your request is taken back."))
    return redirect(found.group)


@require_POST
def leave(request, key):
    """Leave a group; those who run it can take somebody out."""
    found = member(request, key)
    require(found.user_id == request.user.pk or can_convene(request.user, found.group))
    group = groups.leave(found, by=request.user)
    is_self = found.user_id == request.user.pk
    messages.success(
        request, _("You have left the group.") if is_self else _("The person is no longer in the group.")
    )
    seen = WorkingGroup.objects.visible_to(request.reader).filter(pk=group.pk)
    return redirect(group if seen.exists() else "working-groups")


@require_POST
def appoint(request, key):
    """Make a member convenor, or a convenor member again."""
    found = member(request, key)
    require(can_coordinate(request.user, found.group))
    role = request.POST.get("role")
    if role in GroupMember.Role.values:
        groups.appoint(found, role=role, by=request.user)
        messages.success(request, _("The role is changed."))
    return redirect(found.group)


def member(request, key):
    rows = GroupMember.objects.visible_to(request.reader).select_related("group")
    return get_object_or_404(rows, key=key)
