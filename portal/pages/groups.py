"""Working groups: all of them, and one with its mandate, its members, its documents and its meetings."""

from django.contrib.auth.decorators import login_not_required
from django.db.models import F
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from consultations.models import Consultation
from portal import panels
from portal.converters import by_address
from portal.forms.groups import JoinForm
from portal.models import GroupMember, JoinRequest, Organization, WorkingGroup
from portal.operations import texts
from portal.permissions import can_convene, can_coordinate
from resources.models import Document

MOST = 200
FEW, BESIDE = 4, 8
NEWEST = (F("begins_on").desc(nulls_last=True), "-pk")


@login_not_required
@require_safe
def working_groups(request):
    """The groups that work between meetings."""
    rows = WorkingGroup.objects.visible_to(request.reader)
    context = {
        "working_groups": rows.published().as_rows().order_by(*NEWEST),
        "drafts": rows.filter(status=WorkingGroup.Status.DRAFT).order_by("-pk"),
    }
    return render(request, "portal/working_groups.html", context)


@login_not_required
@require_safe
def working_group(request, key):
    """One working group, as far as this reader may see into it."""
    rows = WorkingGroup.objects.visible_to(request.reader).as_rows().prefetch_related("moved_dates")
    found = get_object_or_404(rows, **by_address(key))
    if key != found.address_key:
        return redirect(found, permanent=True)
    reader = request.reader
    context = {
        "working_group": found,
        "now": timezone.now(),
        "body": texts.readable_body(found, get_language()),
        "can_edit": can_coordinate(request.user, found),
        "panels": panels.of(found, reader, get_language()),
    }
    context |= people(request, found) | work(reader, found) | beside(reader, found)
    return render(request, "portal/working_group.html", context)


def people(request, group):
    """Who works in it, as far as the reader may know; who asks to; whether the reader can ask."""
    reader, runs = request.reader, can_convene(request.user, group)
    members = GroupMember.objects.visible_to(reader).current().filter(group=group)
    requests = JoinRequest.objects.visible_to(reader).waiting().filter(group=group)
    own = list(GroupMember.objects.visible_to(reader).of(reader.user).filter(group=group))
    asked = [row for row in requests.select_related("user", "organization") if row.user_id == request.user.pk]
    can_ask = group.takes_requests and not own and not asked and bool(reader.verified_ids)
    return {
        "organizations": Organization.objects.visible_to(reader)
        .filter(working_groups=group)
        .order_by("folded_name", "pk")[:MOST],
        "members": members.select_related("user", "organization").order_by("role", "since", "pk")[:MOST],
        "membership": own[0] if own else None,
        "asked": asked[0] if asked else None,
        "runs": runs,
        "requests": [row for row in requests.select_related("user", "organization") if runs],
        "join_form": JoinForm(request=request) if can_ask else None,
    }


def work(reader, group):
    """Its documents and the consultations that it holds."""
    return {
        "documents": Document.objects.visible_to(reader)
        .published()
        .filter(group_links__group=group)
        .as_rows()
        .newest_first()[:MOST],
        "meetings": Consultation.objects.visible_to(reader)
        .filter(group_links__group=group)
        .as_rows()
        .newest_first()[:MOST],
    }


def beside(reader, group):
    """What else there is on the objectives that a group works on; nothing where it works on very many."""
    objectives = list(group.objectives.all())
    if not 0 < len(objectives) <= FEW:
        return {"other_consultations": [], "other_documents": []}

    def on(model):
        rows = model.objects.visible_to(reader).published().filter(objectives__in=objectives)
        rows = rows.exclude(group_links__group=group)
        return model.objects.visible_to(reader).filter(pk__in=rows.values("pk")).as_rows().newest_first()

    return {"other_consultations": on(Consultation)[:BESIDE], "other_documents": on(Document)[:BESIDE]}
