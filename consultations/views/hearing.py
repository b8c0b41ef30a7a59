"""Who has not been heard, with what invites those missing before the close; and who reads as a rapporteur."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from consultations.forms.hearing import HearingFilters, RapporteurForm
from consultations.hearing import Hearing
from consultations.models import Call
from consultations.operations import calls, rapporteurs
from consultations.permissions import can_answer, can_edit, can_read_for
from portal.models import Objective, Region
from portal.operations import log
from portal.permissions import require

PER_PAGE = 50


def heard(request, key):
    """Regions, languages and objectives against those who are asked; a coordinator invites those missing."""
    found = get_object_or_404(Call.objects.visible_to(request.reader).select_related("consultation"), key=key)
    require(can_read_for(request.user, found))
    filters = filters_of(request, found)
    wanted = filters.wanted()
    hearing = Hearing(found, objective=wanted.get("objective"))
    missing = hearing.missing(
        region=wanted.get("region"), language=wanted.get("language", ""), is_led=bool(wanted.get("led"))
    )
    # Many are in no directory: figures are enough for a rapporteur. Who is in a room, its own coordinators see alone.
    names_them = can_edit(request.user, found) and (
        found.answerers != Call.Answerers.PARTICIPANTS or can_answer(request.user, found.consultation)
    )
    if names_them and found.is_closed_room:
        log.record("closed list seen", found, by=request.user)
    may_invite = names_them and found.is_open(timezone.now())
    if request.method == "POST":
        require(may_invite)
        return invite(request, found, missing)
    context = {
        "call": found,
        "filters": filters,
        "hearing": hearing,
        "missing": missing,
        "names_them": names_them,
        "page": Paginator(missing, PER_PAGE).get_page(request.GET.get("page")),
        "may_invite": may_invite,
    }
    return render(request, "consultations/heard.html", context)


def filters_of(request, call):
    about = Objective.objects.filter(call=call) | Objective.objects.filter(questions__call=call)
    return HearingFilters(
        request.GET,
        objectives=about.distinct().order_by("number"),
        regions=Region.objects.order_by("code"),
        call=call,
    )


def invite(request, call, missing):
    """Ask those of the list; each is told in the own language."""
    made = calls.invite_missing(call, organizations=missing, by=request.user)
    number = made.organizations.count()
    said = ngettext("%(number)s organization is told.", "%(number)s organizations are told.", number)
    messages.success(request, said % {"number": number})
    return redirect(f"{request.path}?{request.GET.urlencode()}")


def readers(request, key):
    """Who reads for a call as a rapporteur: chosen by its coordinators, from those who have an account."""
    found = get_object_or_404(Call.objects.visible_to(request.reader), key=key)
    require(can_edit(request.user, found))
    form = RapporteurForm(request.POST or None)
    if request.method == "POST" and "remove" in request.POST:
        rapporteurs.dismiss(found, email=request.POST["remove"], by=request.user)
        messages.success(request, _("This person no longer reads for the call."))
        return redirect("consultations:rapporteurs", key=found.key)
    if request.method == "POST" and form.carry_out(rapporteurs.choose, found, by=request.user):
        messages.success(request, _("This person reads for the call from now on."))
        return redirect("consultations:rapporteurs", key=found.key)
    context = {"call": found, "form": form, "people": rapporteurs.of(found)}
    return render(request, "consultations/rapporteurs.html", context, status=422 if form.is_bound else 200)
