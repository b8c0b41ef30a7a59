"""Voices: an organization writes one down and withdraws it; coordinators use it for what the person agreed to."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from consultations.forms.voices import (
    VoiceConsentForm,
    VoiceEditForm,
    VoiceForm,
    VoiceUseForm,
    VoiceWithdrawForm,
)
from consultations.models import Source, Voice, VoiceUse
from consultations.operations import voices as acts
from consultations.permissions import can_use, can_withdraw_voice, can_write_down
from portal.operations import log
from portal.permissions import require

MOST = 100


@require_safe
def voices(request):
    """Those of one's own organizations, and those that one may use."""
    rows = Voice.objects.visible_to(request.reader).select_related("organization", "country")
    own = rows.own(request.reader)
    context = {
        "own": own.newest_first()[:MOST],
        "usable": rows.usable_by(request.reader).exclude(pk__in=own.values("pk")).newest_first()[:MOST],
        "coordinates": request.reader.coordinates_something,
        "can_give": bool(request.reader.verified_ids),
    }
    return render(request, "consultations/voices.html", context)


def new(request):
    """Write down what a person tells, with what she agreed to."""
    require(request.reader.verified_ids)
    form = VoiceForm(request.POST or None, request=request)
    if request.method != "POST" or not form.carry_out(give, by=request.user):
        status = 200 if request.method != "POST" else 422
        return render(request, "consultations/voice_new.html", {"form": form}, status=status)
    messages.success(request, _("The voice is kept. It is shown only for what the person agreed to."))
    return redirect(form.result)


def give(*, organization, **values):
    """Hand the form to the operation: the organization is the thing that acts."""
    return acts.give(organization, **values)


@require_safe
def voice(request, key):
    """One voice, its consents, and every place where it is used; that a coordinator reads it is noted."""
    found = one(request, key)
    is_own = can_write_down(request.user, found)
    if not is_own:
        log.record("voice read", found, by=request.user)
    uses = VoiceUse.objects.visible_to(request.reader).filter(voice=found)
    context = {
        "voice": found,
        "is_own": is_own,
        "can_withdraw": can_withdraw_voice(request.user, found),
        "can_use": can_use(request.user, found),
        "today": timezone.localdate(),
        "consents": found.consents.order_by("purpose", "pk"),
        "uses": uses.select_related("document", "campaign", "voice").order_by("used_at", "pk"),
        "sources": sources_of(request.reader, found),
    }
    return render(request, "consultations/voice.html", context)


def sources_of(reader, voice):
    """The sections of papers that draw on a voice."""
    rows = Source.objects.visible_to(reader).filter(voice=voice).standing()
    return rows.with_place_for(reader).order_by("pk")


def one(request, key):
    rows = Voice.objects.visible_to(request.reader).select_related("organization", "country", "process")
    return get_object_or_404(rows, key=key)


def edit(request, key):
    """Change what was written down; what somebody saved meanwhile is shown beside it."""
    found = one(request, key)
    require(can_write_down(request.user, found))
    form = VoiceEditForm(request.POST or None, voice=found)
    if request.method == "POST" and form.carry_out(acts.edit, found, by=request.user):
        messages.success(request, _("The changes are saved."))
        return redirect(form.result)
    context = {"voice": found, "form": form}
    status = 422 if form.is_bound else 200
    if form.is_bound and form.cleaned_data.get("version") not in (None, found.version):
        context["saved"], status = found, 409
        form.data = form.data.copy()
        form.data["version"] = found.version
    return render(request, "consultations/voice_edit.html", context, status=status)


def consent(request, key):
    """Record that the person agrees anew, or to further purposes."""
    found = one(request, key)
    require(can_write_down(request.user, found))
    form = VoiceConsentForm(request.POST or None)
    if request.method != "POST" or not form.carry_out(acts.consent, found, by=request.user):
        context, status = {"voice": found, "form": form}, 200 if request.method != "POST" else 422
        return render(request, "consultations/voice_consent.html", context, status=status)
    messages.success(request, _("What the person agreed to is kept."))
    return redirect(form.result)


def withdraw(request, key):
    """Ask what the person takes back, then empty every place of use."""
    found = one(request, key)
    require(can_withdraw_voice(request.user, found))
    standing = found.consents.filter(withdrawn_at__isnull=True).values_list("purpose", flat=True)
    form = VoiceWithdrawForm(request.POST or None, purposes=set(standing))
    if request.method != "POST" or not form.carry_out(acts.withdraw, found, by=request.user):
        uses = VoiceUse.objects.visible_to(request.reader).filter(voice=found)
        context = {"voice": found, "form": form, "uses": uses.select_related("document", "campaign")}
        status = 200 if request.method != "POST" else 422
        return render(request, "consultations/voice_withdraw.html", context, status=status)
    messages.success(request, _("It is withdrawn. Every place that showed it is empty."))
    return redirect(form.result)


def use(request, key):
    """Show it in a document or a campaign."""
    found = one(request, key)
    require(can_use(request.user, found))
    standing = found.consents.standing().values_list("purpose", flat=True)
    form = VoiceUseForm(request.POST or None, request=request, purposes=set(standing))
    if request.method != "POST" or not form.carry_out(acts.use, found, by=request.user):
        context, status = {"voice": found, "form": form}, 200 if request.method != "POST" else 422
        return render(request, "consultations/voice_use.html", context, status=status)
    messages.success(request, _("The voice stands there now, as long as the person agrees."))
    return redirect(form.result)


@require_POST
def use_remove(request, key):
    """Take it away from a place: for its own people, and for whoever may use it."""
    rows = VoiceUse.objects.visible_to(request.reader).filter(
        voice__in=Voice.objects.visible_to(request.reader)
    )
    found = get_object_or_404(rows.select_related("voice__organization", "document", "campaign"), key=key)
    require(can_write_down(request.user, found.voice) or can_use(request.user, found.voice))
    voice = acts.remove_use(found, by=request.user)
    messages.success(request, _("It is no longer shown there."))
    return redirect(voice)
