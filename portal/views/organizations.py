"""Organizations come in, describe themselves, stand in the directory, invite their people."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from portal import panels, proofs, tokens
from portal.converters import by_address
from portal.forms.directory import DirectoryFilters
from portal.forms.organizations import (
    EditOrganizationForm,
    InvitationForm,
    LeadForm,
    ListingForm,
    OrganizationForm,
)
from portal.forms.suspensions import SuspensionForm
from portal.models import Invitation, Organization
from portal.operations import organizations
from portal.permissions import can_coordinate, can_list, can_speak_for, require

PER_PAGE = 50
MOST_KNOWN = 10
HELD = "invitation"  # the session's key for a token that was taken out of the address


@login_not_required
@require_safe
def directory(request):
    """Organizations that chose to be listed, by name, narrowed by what the address asks."""
    filters, found = narrowed(request)
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "portal/organizations.html", {"page": page, "filters": filters})


def narrowed(request):
    """The filters, and what they let through."""
    rows = Organization.objects.visible_to(request.reader)
    filters = DirectoryFilters(request.GET, rows)
    return filters, rows.matching(filters.wanted()).as_rows().by_name(get_language())


@login_not_required
@require_safe
def known(request):
    """Organizations that public sources name in these processes: not a list of members of anything."""
    named = Organization.objects.visible_to(request.reader).known().as_rows()
    page = Paginator(named.order_by("folded_name", "pk"), PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "portal/organizations_known.html", {"page": page})


@login_not_required
@require_safe
def organization(request, key):
    """One organization: the sourced facts of a known one, or what a verified one chose to show."""
    rows = Organization.objects.visible_to(request.reader).as_rows()
    found = rows.filter(**by_address(key)).first()
    if found is None:
        return redirect(_merged(rows, key))
    if found.is_sourced:
        context = {"organization": found, "panels": panels.of(found, request.reader, get_language())}
        return render(request, "portal/organization_known.html", context)
    return render(request, "portal/organization.html", {"organization": found})


def _merged(rows, key):
    """The organization into which the one of this address was merged, or 404."""
    return get_object_or_404(rows, **{f"mergers__{name}": value for name, value in by_address(key).items()})


def register(request):
    """Register one's organization, unless it is known already and only claimed; it waits for a coordinator."""
    if request.method != "POST":
        words = request.GET.get("words", "").strip()[:200]
        sourced = Organization.objects.visible_to(request.reader).known()
        known = sourced.named(words, request.reader).order_by("folded_name", "pk")
        context = {"words": words, "known": known[:MOST_KNOWN] if words else []}
        context["form"] = OrganizationForm(request=request)
        return render(request, "portal/organization_register.html", context)
    form = OrganizationForm(request.POST, request=request)
    if not form.carry_out(organizations.register, by=request.user):
        context = {"words": form.data.get("name", ""), "known": form.namesakes, "form": form}
        return render(request, "portal/organization_register.html", context, status=422)
    messages.success(request, _("Your organization is registered. A coordinator will look at it."))
    return redirect("my-organization")


def edit(request, key):
    """Change what one's organization says of itself."""
    found = get_object_or_404(Organization.objects.visible_to(request.reader), key=key)
    require(can_speak_for(request.user, found))
    if request.method != "POST":
        form = EditOrganizationForm(organization=found)
        return render(request, "portal/organization_edit.html", {"organization": found, "form": form})
    form = EditOrganizationForm(request.POST, organization=found)
    if not form.carry_out(organizations.edit, found, by=request.user):
        context = {"organization": found, "form": form}
        return render(request, "portal/organization_edit.html", context, status=422)
    messages.success(request, _("The changes to your organization are saved."))
    return redirect("my-organization", key=found.key)


def listing(request, key):
    """Choose, fact by fact, what of one's organization everybody sees; beside it stands what they see now."""
    found = get_object_or_404(Organization.objects.visible_to(request.reader).as_rows(), key=key)
    require(can_list(request.user, found))
    form = ListingForm(request.POST if request.method == "POST" else None, organization=found)
    if request.method != "POST":
        return render(request, "portal/organization_listing.html", {"organization": found, "form": form})
    if not form.carry_out(organizations.show, found, by=request.user):
        form.go_on_from(found)
        context = {"organization": found, "form": form}
        return render(request, "portal/organization_listing.html", context, status=422)
    messages.success(request, _("From now on everybody sees of your organization what stands here."))
    return redirect("organization-listing", key=found.key)


def invite(request, key):
    """Invite a colleague to one's organization."""
    found = get_object_or_404(Organization.objects.visible_to(request.reader), key=key)
    require(can_speak_for(request.user, found))
    if request.method != "POST":
        form = InvitationForm(request=request)
        return render(request, "portal/invite.html", {"organization": found, "form": form})
    form = InvitationForm(request.POST, request=request)
    if not form.carry_out(organizations.invite, found, by=request.user):
        context = {"organization": found, "form": form}
        return render(request, "portal/invite.html", context, status=422)
    messages.success(request, _("The invitation is on its way. It can be used once, within two weeks."))
    return redirect("my-organization", key=found.key)


@login_not_required
@require_safe
def invitation(request, token):
    """Take the token out of the address, so that no later request or log carries it."""
    request.session[HELD] = token
    return redirect("invitation-open")


@login_not_required
@require_safe
def invitation_open(request):
    """Show whose invitation this is, and a button; only the button joins."""
    letter = _letter(request)
    is_suspended = letter.organization.status == Organization.Status.SUSPENDED
    is_over = is_suspended or letter.accepted_at is not None or letter.expires_at <= timezone.now()
    context = {"invitation": letter, "is_over": is_over, "here": reverse("invitation-open")}
    return render(request, "portal/invitation.html", context, status=410 if is_over else 200)


@require_POST
def invitation_accept(request):
    """Join the organization that the invitation is from."""
    joined = organizations.accept(_letter(request), by=request.user)
    del request.session[HELD]
    messages.success(request, _("You have joined the organization."))
    return redirect("my-organization", key=joined.key)


def _letter(request):
    """The invitation whose token this browser brought, or 404."""
    digest = tokens.digest(request.session.get(HELD, ""))
    found = Invitation.objects.select_related("organization").filter(token_hash=digest).first()
    if found is None:
        raise Http404
    return found


@require_POST
def verify(request, key):
    """Verify an organization that waits."""
    found = get_object_or_404(Organization.objects.visible_to(request.reader), key=key)
    require(can_coordinate(request.user))
    organizations.verify(found, by=request.user)
    messages.success(request, _("The organization is verified, and its people are told."))
    return redirect("desk-organizations")


def lead(request, key):
    """Say who leads an organization whose lead has left; whoever says it proves first to be that person."""
    found = get_object_or_404(Organization.objects.visible_to(request.reader), key=key)
    require(can_coordinate(request.user))
    form = LeadForm(request.POST if request.method == "POST" else None, organization=found)
    if form.is_valid():
        proofs.require(request)
        if form.carry_out(organizations.name_lead, found, by=request.user):
            messages.success(request, _("The organization has a lead again."))
            return redirect("desk")
    context = {"organization": found, "form": form}
    return render(request, "portal/organization_lead.html", context, status=422 if form.is_bound else 200)


def suspend(request, key):
    """Suspend an organization, and tell its people why."""
    found = get_object_or_404(Organization.objects.visible_to(request.reader), key=key)
    require(can_coordinate(request.user))
    form = SuspensionForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.carry_out(organizations.suspend, found, by=request.user):
        messages.success(request, _("The organization is suspended, and its people are told why."))
        return redirect("desk-organization", key=found.key)
    context = {"organization": found, "form": form}
    return render(request, "portal/organization_suspend.html", context, status=422 if form.is_bound else 200)
