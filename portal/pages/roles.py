"""One's roles, and who gives and takes them: administrators, with a fresh proof."""

from django.contrib import messages
from django.contrib.auth import logout
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from consultations.models import Call, Consultation, Paper
from portal import proofs
from portal.forms.roles import RoleEndForm, RoleForm
from portal.models import Process, Role, WorkingGroup
from portal.operations import roles
from portal.permissions import can_administer, require

PLACES = (
    (Process, _("One process")),
    (WorkingGroup, _("One working group")),
    (Consultation, _("One consultation")),
    (Call, _("One call")),
    (Paper, _("One paper")),
)
MOST = 100  # of each sort, those that were touched last


def new(request):
    """Give somebody a role."""
    require(can_administer(request.user))
    proofs.require(request)
    sent = request.POST if request.method == "POST" else None
    form = RoleForm(sent, request=request, places=places(request.reader))
    if form.is_bound and form.carry_out(roles.give_by_address, by=request.user):
        _leave_if_own(request, form.result)
        messages.success(request, _("The role is given. It counts from the person's next sign-in."))
        return redirect(form.result)
    return render(request, "portal/role_new.html", {"form": form}, status=422 if sent is not None else 200)


def role(request, key):
    """A role: whose, for what, until when; an administrator sets its end."""
    found = get_object_or_404(seen_by(request.reader), key=key)
    may_change = can_administer(request.user)
    if may_change:
        proofs.require(request)
    sent = request.POST if request.method == "POST" else None
    require(may_change or sent is None)
    initial = {"until": found.until, "version": found.version}
    form = RoleEndForm(sent, initial=initial)
    if form.is_bound and form.carry_out(roles.set_end, found, by=request.user):
        messages.success(request, _("The end of the role is set."))
        return redirect(form.result)
    context = {"role": found, "form": form, "may_change": may_change}
    return render(request, "portal/role.html", context, status=422 if sent is not None else 200)


@require_POST
def take(request, key):
    """Take a role back."""
    found = get_object_or_404(seen_by(request.reader), key=key)
    require(can_administer(request.user))
    proofs.require(request, back_to=reverse("role", args=[found.key]))
    roles.take(found, by=request.user)
    _leave_if_own(request, found)
    messages.success(request, _("The role is taken back, and the person is signed out everywhere."))
    return redirect("hand-over")


def _leave_if_own(request, role):
    """Whose own role has changed is signed out here as everywhere, and reads what became of it at the door."""
    if getattr(role, "user_id", None) == request.user.pk:
        logout(request)


def seen_by(reader):
    """Roles that a reader may look at, with what each is for."""
    rows = Role.objects.visible_to(reader).select_related("user", "given_by", "content_type")
    return rows.prefetch_related("scope")


def places(reader):
    """[(sort, [(value, title, thing)])]: what a role can be for, besides everything and a language."""
    found = []
    for model, label in PLACES:
        rows = model.objects.visible_to(reader).order_by("-changed_at", "pk")[:MOST]
        named = [(f"{model._meta.model_name}-{row.key}", titled(row), row) for row in rows]
        found.append((label, named))
    return found


def titled(thing):
    """What a choice says of a thing."""
    return thing.text("title", get_language()).text or _("Title not known")
