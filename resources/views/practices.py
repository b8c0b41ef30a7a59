"""Practices that worked and plans that seek partners, each shared by an organization."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.db.models import Prefetch
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from portal import panels
from portal.converters import by_address
from portal.models import Country, Objective, Organization, Region
from portal.operations import texts
from portal.permissions import can_coordinate, require
from portal.views.records import Editor
from resources.forms.library import PracticeFilters
from resources.forms.proposals import PlanAnswerForm, PracticeForm
from resources.models import PlanAnswer, Practice, Proposal
from resources.operations import plan_answers
from resources.operations import practices as acts
from resources.permissions import can_answer_plan, can_edit, can_share, can_withdraw, can_write

PER_PAGE = 20
MOST = 20

# Practices come from organizations; coordinators change them, above all their translations.
editor = Editor(
    name="practice",
    model=Practice,
    form=PracticeForm,
    heads=(_("Draft a practice"), _("Edit what is shared")),
    listing="resources:practices",
    may_begin=can_coordinate,
    operations=acts,
)


def seen(reader):
    """Practices with the organization behind each, as far as this reader may see it."""
    organizations = Prefetch("organization", Organization.objects.visible_to(reader))
    rows = Practice.objects.visible_to(reader).as_rows()
    return rows.prefetch_related(organizations, "countries", "regions")


@login_not_required
@require_safe
def practices(request):
    """All that this reader may see, the newest first, narrowed by what the address asks."""
    filters, rows = narrowed(request)
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "filters": filters, "can_share": can_share(request.user)}
    return render(request, "resources/practices.html", context)


def narrowed(request):
    """The filters, and what they let through."""
    shown = Practice.objects.visible_to(request.reader).published()
    filters = PracticeFilters(
        request.GET,
        objectives=Objective.objects.order_by("number"),
        regions=Region.objects.order_by("code"),
        countries=Country.objects.filter(pk__in=shown.values("countries")),
    )
    return filters, seen(request.reader).published().matching(**filters.wanted()).newest_first()


@login_not_required
@require_safe
def practice(request, key):
    """One practice or plan: what was done, by whom, on which objectives."""
    found = get_object_or_404(seen(request.reader), **by_address(key))
    if key != found.address_key:
        return redirect(found, permanent=True)
    context = {
        "practice": found,
        "body": texts.readable_body(found, get_language()),
        "panels": panels.of(found, request.reader, get_language()),
        "can_edit": can_edit(request.user, found),
        "is_own": can_write(request.user, found),
        "can_withdraw": can_withdraw(request.user, found) and found.status in found.SHOWN,
        "can_answer": request.user.is_authenticated and can_answer_plan(request.user, found),
        "answers": answers(request.reader, found),
        "begun": Proposal.objects.visible_to(request.reader).begun().filter(practice=found).first(),
    }
    return render(request, "resources/practice.html", context)


def answers(reader, practice):
    """Who would be a partner in the plan of an organization that this reader leads, the latest first."""
    if practice.organization_id not in reader.led_ids:
        return []
    rows = PlanAnswer.objects.visible_to(reader).filter(practice=practice)
    return list(rows.select_related("organization", "by").newest_first()[:MOST])


def plan_answer_new(request, key):
    """Write to the organization that looks for partners."""
    found = get_object_or_404(seen(request.reader), key=key)
    require(can_answer_plan(request.user, found))
    others = request.reader.verified_ids - {found.organization_id}
    form = PlanAnswerForm(request.POST or None, request=request, organizations=others)
    if request.method != "POST" or not form.carry_out(plan_answers.send, found, by=request.user):
        context, status = {"practice": found, "form": form}, 200 if request.method != "POST" else 422
        return render(request, "resources/plan_answer_new.html", context, status=status)
    messages.success(request, _("Your message is on its way to the organization."))
    return redirect(found)


@require_safe
def plan_answer(request, key):
    """What somebody wrote about a plan, for the leads of its organization and for who wrote it."""
    rows = PlanAnswer.objects.visible_to(request.reader)
    rows = rows.filter(practice__in=Practice.objects.visible_to(request.reader))
    found = get_object_or_404(rows.select_related("organization", "practice", "by"), key=key)
    return render(request, "resources/plan_answer.html", {"answer": found, "practice": found.practice})
