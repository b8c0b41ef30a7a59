"""Campaigns: public work for one message over some time; who took part says so here."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from portal import files, panels, proofs, sheets
from portal.converters import by_address
from portal.models import Process
from portal.operations import log, texts
from portal.permissions import can_coordinate, require
from portal.views.records import Editor
from resources import handing_on, taking_part
from resources.forms.campaigns import CampaignForm, ChangePartForm, MaterialForm, TakePartForm
from resources.models import Campaign, CampaignMaterial, CampaignPicture, Participation
from resources.operations import campaigns as acts
from resources.permissions import can_change_part, can_edit, can_take_part

PER_PAGE = 20

editor = Editor(
    name="campaign",
    model=Campaign,
    form=CampaignForm,
    heads=(_("Draft a campaign"), _("Edit the campaign")),
    listing="resources:campaigns",
    may_begin=can_coordinate,
    operations=acts,
)


@login_not_required
@require_safe
def campaigns(request):
    """All of them, the newest first."""
    page = Paginator(listed(request.reader), PER_PAGE).get_page(request.GET.get("page"))
    today = timezone.localdate()
    for row in page:
        stage = row.stage(today)
        row.stage_now = stage.label if stage else ""
    context = {"page": page, "can_draft": can_coordinate(request.user)}
    return render(request, "resources/campaigns.html", context)


def listed(reader):
    return Campaign.objects.visible_to(reader).published().as_rows().newest_first()


@login_not_required
@require_safe
def campaign(request, key):
    """One campaign: its message, its dates, its hashtag, what there is to hand on, and who took part."""
    rows = Campaign.objects.visible_to(request.reader).as_rows()
    found = get_object_or_404(rows, **by_address(key))
    if key != found.address_key:
        return redirect(found, permanent=True)
    language, today = get_language(), timezone.localdate()
    context = {
        "campaign": found,
        "stage": found.stage(today),
        "address": settings.SITE_URL + found.get_absolute_url(),
        "hand_on": handing_on.on_page(found, request.reader, language),
        "part": taking_part.on_page(found, request.reader, language, on=today),
        "process": Process.objects.visible_to(request.reader).filter(pk=found.process_id).first(),
        "body": texts.readable_body(found, get_language()),
        "panels": panels.of(found, request.reader, get_language()),
        "can_edit": can_edit(request.user, found),
    }
    return render(request, "resources/campaign.html", context)


def one(request, key):
    return get_object_or_404(Campaign.objects.visible_to(request.reader), key=key)


def materials(request, key):
    """What there is to hand on: its coordinators put files beside a campaign and take them away."""
    found = one(request, key)
    require(can_edit(request.user, found))
    sent = (request.POST, request.FILES) if request.method == "POST" else ()
    form = MaterialForm(*sent, request=request)
    if sent and form.carry_out(attach, found, by=request.user):
        messages.success(request, _("It stands beside the campaign now."))
        return redirect("resources:campaign-materials", found.key)
    rows = CampaignMaterial.objects.visible_to(request.reader).filter(campaign=found).in_order()
    context = {
        "campaign": found,
        "materials": rows.select_related("file"),
        "drawn": handing_on.drawn_of(found, request.reader),
        "form": form,
    }
    return render(request, "resources/campaign_materials.html", context, status=422 if sent else 200)


def attach(campaign, **values):
    """Put the file there; the form leads back to its campaign."""
    return acts.attach(campaign, **values).campaign


@login_not_required
@require_safe
def material(request, key):
    """Hand out a file of a campaign to whoever sees the campaign."""
    rows = CampaignMaterial.objects.visible_to(request.reader).select_related("campaign", "file")
    found = get_object_or_404(rows, key=key)
    return files.answer(request, found.file, is_public=found.campaign.is_for_everybody)


@login_not_required
@require_safe
def drawn(request, key, language):
    """Hand out the picture that the portal draws of a campaign to whoever sees the campaign."""
    rows = CampaignPicture.objects.visible_to(request.reader).made()
    found = get_object_or_404(rows, campaign__key=key, language=language)
    return files.answer(request, found.file, is_public=found.campaign.is_for_everybody)


@require_POST
def material_remove(request, key):
    """Take a file away from its campaign."""
    rows = CampaignMaterial.objects.visible_to(request.reader).select_related("campaign", "file")
    found = get_object_or_404(rows, key=key)
    require(can_edit(request.user, found.campaign))
    acts.detach(found, by=request.user)
    messages.success(request, _("It is taken away."))
    return redirect("resources:campaign-materials", found.campaign.key)


def take_part(request, key):
    """Say in one step that one's organization took part."""
    found = one(request, key)
    require(can_take_part(request.user))
    leads = request.reader.led_ids & request.reader.verified_ids
    form = TakePartForm(request.POST or None, request=request, organizations=leads)
    if request.method != "POST" or not form.carry_out(acts.take_part, found, by=request.user):
        context, status = {"campaign": found, "form": form}, 200 if request.method != "POST" else 422
        return render(request, "resources/campaign_part.html", context, status=status)
    messages.success(request, _("Thank you. Your organization counts among those who took part."))
    return redirect(form.result)


def part_of(request, key):
    rows = Participation.objects.visible_to(request.reader).select_related("campaign", "organization")
    found = get_object_or_404(rows, key=key)
    require(can_change_part(request.user, found))
    return found


def part(request, key):
    """Change what one's organization says of its part, or who sees its name."""
    found = part_of(request, key)
    form = ChangePartForm(request.POST or None, participation=found)
    if request.method != "POST" or not form.carry_out(acts.change_part, found, by=request.user):
        context = {"campaign": found.campaign, "participation": found, "form": form}
        status = 200 if request.method != "POST" else 422
        return render(request, "resources/campaign_part.html", context, status=status)
    messages.success(request, _("The changes are saved. They count at once."))
    return redirect(form.result)


@require_POST
def part_withdraw(request, key):
    """Take back that one's organization took part."""
    found = acts.withdraw_part(part_of(request, key), by=request.user)
    messages.success(request, _("It is taken back. Your organization is neither named nor counted there."))
    return redirect(found.campaign)


@require_safe
def file(request, key):
    """Those who took part, as far as their coordinator may know, as a table to keep."""
    found = one(request, key)
    require(can_edit(request.user, found))
    proofs.require(request, back_to=found.get_absolute_url())
    log.record("participants exported", found, by=request.user)
    rows = Participation.objects.visible_to(request.reader).standing().filter(campaign=found)
    columns = [gettext("Organization"), gettext("Country"), gettext("What it did"), gettext("Link")]
    columns += [gettext("Who sees the name"), gettext("Since")]
    language = get_language()
    told = [
        (
            row.name.text,
            row.participation.organization.country.text("name", language).text
            if row.participation.organization.country
            else "",
            row.participation.line,
            row.participation.link,
            row.participation.get_shown_display(),
            timezone.localtime(row.participation.given_at).date().isoformat(),
        )
        for row in taking_part.listed(rows, language)
    ]
    return sheets.answer(f"{found.slug or found.key}.csv", columns, told)
