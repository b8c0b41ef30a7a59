"""Known organizations are claimed by their people, and coordinators refuse what they cannot verify."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext_lazy as _

from portal.forms.claims import ClaimForm, RefusalForm
from portal.models import Claim, Organization
from portal.operations import claims, organizations
from portal.permissions import can_coordinate, require


def claim(request, key):
    """Say that one speaks for a known organization; a coordinator looks at it."""
    found = get_object_or_404(Organization.objects.visible_to(request.reader).known(), key=key)
    if request.method != "POST":
        context = {"organization": found, "form": ClaimForm(request=request)}
        return render(request, "portal/claim.html", context)
    form = ClaimForm(request.POST, request=request)
    if not form.carry_out(claims.make, found, by=request.user):
        return render(request, "portal/claim.html", {"organization": found, "form": form}, status=422)
    messages.success(request, _("A coordinator looks at what you said and writes to you."))
    return redirect("my-organization")


def refuse(request, key):
    """Refuse an organization that waits, and tell whoever asked why."""
    waiting = Organization.objects.visible_to(request.reader).waiting()
    found = get_object_or_404(waiting, key=key)
    require(can_coordinate(request.user))
    form = RefusalForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.carry_out(organizations.refuse, found, by=request.user):
        messages.success(request, _("The organization is refused, and whoever asked is told why."))
        return redirect("desk-organizations")
    context = {"organization": found, "form": form}
    context["claim"] = Claim.objects.visible_to(request.reader).open().filter(organization=found).first()
    return render(request, "portal/organization_refuse.html", context, status=422 if form.is_bound else 200)
