"""Beginning a contribution: as an organization, for a member of one's network, or without an account."""

from django.contrib.auth.decorators import login_not_required
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from consultations import resuming
from consultations.forms.contributions import MemberBeginForm, OwnBeginForm, StrangerBeginForm
from consultations.models import Call, Contribution
from consultations.operations import contributions
from consultations.views.contributions import show_code
from portal.models import Organization
from portal.permissions import require

HEADINGS = {
    "own": _("Answer the call"),
    "member": _("Answer for a member of your network"),
    "stranger": _("Answer without an account"),
}


@login_not_required
def begin(request, key):
    """Begin to answer a call for one's own organization; whoever cannot reads why, and what to do about it."""
    found = get_object_or_404(Call.objects.visible_to(request.reader).select_related("consultation"), key=key)
    if request.reader.is_anonymous and found.takes_strangers:
        return redirect("consultations:contribution-stranger", key=key)
    mine = Contribution.objects.visible_to(request.reader).own(request.reader).filter(call=found)
    # One that has begun stays while its form is repeated, after a broken line.
    taken = {row.organization_id for row in mine} if request.method != "POST" else set()
    free = [row for pk, row in request.reader.organizations.items() if found.admits(row) and pk not in taken]
    if request.method == "POST":
        require(free)
    elif not free or not found.is_open(timezone.now()):
        return cannot(request, found, mine)
    form = OwnBeginForm(request.POST or None, request=request, call=found, organizations=free)
    if request.method == "POST" and form.carry_out(contributions.begin, found, by=request.user):
        return on_to(form.result)
    return page(request, found, form, way="own", networks=networks(request, found))


def page(request, call, form, *, way, networks=()):
    """The form of each of the three ways to begin, beside what the call is about."""
    context = {"call": call, "form": form, "way": way, "heading": HEADINGS[way], "networks": networks}
    context["now"] = timezone.now()
    return render(
        request, "consultations/contribution_begin.html", context, status=422 if form.is_bound else 200
    )


def on_to(begun):
    """To the questions; the same form sent again leads there too."""
    if isinstance(begun, Contribution):
        return redirect("consultations:contribution-edit", key=begun.key)
    return redirect(begun)


def cannot(request, call, mine):
    """Say why one cannot begin here, and lead on to what was begun already."""
    context = {
        "call": call,
        "mine": mine.as_rows().order_by("pk"),
        "is_open": call.is_open(timezone.now()),
        "organizations": list(request.reader.organizations.values()),
        "networks": networks(request, call),
        "now": timezone.now(),
    }
    return render(request, "consultations/contribution_not_yet.html", context)


def networks(request, call):
    """The networks of the reader's that may answer for their members."""
    if not call.takes_networks:
        return []
    mine = request.reader.organizations.values()
    leads = request.reader.led_ids
    return [
        row for row in mine if row.pk in leads and row.sort == Organization.Sort.NETWORK and call.admits(row)
    ]


def member(request, key):
    """Begin to answer for a member of one's network."""
    found = get_object_or_404(Call.objects.visible_to(request.reader).select_related("consultation"), key=key)
    mine = networks(request, found)
    if request.method == "POST":
        require(mine)
    elif not mine or not found.is_open(timezone.now()):
        return cannot(request, found, Contribution.objects.visible_to(request.reader).none())
    members = (
        Organization.objects.visible_to(request.reader).members().exclude(pk__in=[row.pk for row in mine])
    )
    asked = {"call": found, "networks": mine, "members": members.order_by("folded_name", "pk")}
    form = MemberBeginForm(request.POST or None, request=request, **asked)
    if request.method == "POST" and form.carry_out(contributions.begin, found, by=request.user):
        return on_to(form.result)
    return page(request, found, form, way="member")


@login_not_required
def stranger(request, key):
    """Begin to answer without an account; the code to come back with is shown this once."""
    found = get_object_or_404(Call.objects.visible_to(request.reader).select_related("consultation"), key=key)
    if request.method == "POST":
        require(found.takes_strangers)
    elif not found.takes_strangers or not found.is_open(timezone.now()):
        return cannot(request, found, Contribution.objects.visible_to(request.reader).none())
    form = StrangerBeginForm(request.POST or None, request=request, call=found)
    if request.method == "POST":
        if form.is_valid() and not resuming.may_begin(request):
            form.add_error(None, _("Several contributions were begun from here. Please go on tomorrow."))
        elif form.carry_out(contributions.begin, found, by=None):
            return show_code(request, form.result) if hasattr(form.result, "code") else redirect(form.result)
    return page(request, found, form, way="stranger")
