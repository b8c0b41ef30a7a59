"""Announcements: the archive for everybody, and for coordinators the way from a draft to the last message."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from consultations import reach
from consultations.forms.announcements import AnnouncementForm, CorrectForm, ScheduleForm, SendForm, TrialForm
from consultations.models import Announcement, AnnouncementCorrection
from consultations.notifications import AnnouncementSent
from consultations.operations import announcements as acts
from portal import languages
from portal import progress as telling
from portal.converters import by_address
from portal.models import Organization
from portal.operations import writing
from portal.permissions import can_coordinate, require
from portal.views.notices import with_refresh
from portal.views.records import Editor, shown_version

PER_PAGE = 20
PER_LIST = 50

editor = Editor(
    name="announcement",
    model=Announcement,
    form=AnnouncementForm,
    heads=(_("Write an announcement"), _("Edit the announcement")),
    listing="consultations:announcements",
    may_begin=can_coordinate,
    operations=acts,
    lede=_("Only coordinators see a draft. You try it out, preview it and send it on its own page."),
)
STEPS = {
    "ask": (acts.ask_approval, _("It waits for a second person to approve it.")),
    "approve": (acts.approve, _("It is approved and can be sent.")),
    "back": (acts.hand_back, _("It is a draft again.")),
    "unschedule": (acts.unschedule, _("It is not sent by itself any more.")),
    "withdraw": (acts.withdraw, _("It is withdrawn. Only coordinators see it.")),
}
CORRECTIONS = {
    "approve": (acts.approve_correction, _("It is corrected. Who was told before keeps the earlier words.")),
    "drop": (acts.drop_correction, _("The correction is dropped. The words stay as they are.")),
}
HALTS = {
    "stop": (acts.stop, _("Stopped. Nobody else is told until you resume.")),
    "resume": (acts.resume, _("Resumed. Those who were told already are not told again.")),
}


@login_not_required
@require_safe
def announcements(request):
    """The archive, the newest first; for coordinators also what is being prepared."""
    rows = Announcement.objects.visible_to(request.reader)
    page = Paginator(rows.published().newest_sent_first(), PER_PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "can_draft": can_coordinate(request.user)}
    if context["can_draft"]:
        unsent = rows.filter(status__in=Announcement.UNSENT)
        context["unsent"] = unsent.order_by("-changed_at", "-pk")[:PER_LIST]
    return render(request, "consultations/announcements.html", context)


@login_not_required
@require_safe
def announcement(request, key):
    """One announcement as its readers see it; for coordinators with what can be done with it."""
    rows = Announcement.objects.visible_to(request.reader).as_rows()
    found = get_object_or_404(rows.prefetch_related("bodies", "text_states"), **by_address(key))
    if key != found.address_key:
        return redirect(found, permanent=True)
    context = {"announcement": found, "words": found.words(get_language())}
    context["can_edit"] = can_coordinate(request.user, found)
    if context["can_edit"]:
        context |= coordination(request, found)
    return render(request, "consultations/announcement.html", context)


def coordination(request, announcement):
    """What coordinators read beside an announcement."""
    return {
        "reach": reach.of(announcement) if announcement.is_unsent else None,
        "missing": announcement.missing(),
        "trial": TrialForm(request=request),
        "needs_approval": acts.needs_approval(),
        "may_approve": announcement.status == "waiting" and acts.may_approve(announcement, request.user),
    }


def one(request, key):
    """An announcement that the person coordinates."""
    rows = Announcement.objects.visible_to(request.reader).prefetch_related("bodies", "text_states")
    found = get_object_or_404(rows, key=key)
    require(can_coordinate(request.user, found))
    return found


def edit(request, key):
    """Change one; what was sent is corrected instead."""
    found = one(request, key)
    return editor.edit(request, key) if found.is_unsent else redirect(found)


@require_safe
def preview(request, key):
    """How it arrives as a message, and what its page says, in one language."""
    found = one(request, key)
    language = languages.supported(request.GET.get("in"), get_language())
    words = found.words(language)
    context = {
        "announcement": found,
        "language": language,
        "words": words,
        "codes": [(code, found.words(code)) for code in languages.CODES],
    }
    if words:
        context["subject"], context["message"] = writing.sample(AnnouncementSent, found, language)
    return render(request, "consultations/announcement_preview.html", context)


@require_POST
def try_out(request, key):
    """Send it to oneself alone."""
    found = one(request, key)
    form = TrialForm(request.POST, request=request)
    if form.carry_out(acts.try_out, found, by=request.user):
        messages.success(request, _("It is on its way to you alone, in the language of your messages."))
    for error in form.non_field_errors():
        messages.warning(request, error)
    return redirect(found)


@require_POST
def step(request, key, act):
    """A step that takes no more than a button, from the version that its page showed."""
    operation, said = STEPS[act]
    found = operation(one(request, key), version=shown_version(request), by=request.user)
    messages.success(request, said)
    return redirect(found)


def schedule(request, key):
    """Choose the moment at which it is sent."""
    found = one(request, key)
    sent = (request.POST,) if request.method == "POST" else ()
    zone = found.time_zone if found.publish_at else request.user.time_zone or "UTC"
    form = ScheduleForm(*sent, zone=zone, initial={"version": found.version})
    if not sent or not form.carry_out(acts.schedule, found, by=request.user):
        context = {"announcement": found, "form": form}
        return render(
            request, "consultations/announcement_schedule.html", context, status=422 if sent else 200
        )
    messages.success(request, _("It will be sent at that moment."))
    return redirect(form.result)


def send(request, key):
    """Say what sending does, and send."""
    found = one(request, key)
    if not found.is_unsent:
        return redirect("consultations:announcement-progress", key=found.key)
    sent = (request.POST,) if request.method == "POST" else ()
    form = SendForm(*sent, initial={"version": found.version})
    if not sent or not form.carry_out(acts.send, found, by=request.user):
        context = {"announcement": found, "form": form, "reach": reach.of(found), "missing": found.missing()}
        return render(request, "consultations/announcement_send.html", context, status=422 if sent else 200)
    messages.success(request, _("It is on its way."))
    return redirect("consultations:announcement-progress", key=found.key)


@require_safe
def progress(request, key):
    """How far the sending has come, and what was corrected meanwhile."""
    found = one(request, key)
    if found.is_unsent:
        return redirect(found)
    corrections = AnnouncementCorrection.objects.visible_to(request.reader).filter(announcement=found)
    corrections = list(corrections.select_related("corrected_by").order_by("-corrected_at", "-pk"))
    context = {
        "announcement": found,
        "progress": telling.of_notices([found.notice])[0],
        "corrections": corrections,
        "a_correction_waits": any(row.waits for row in corrections),
        "codes": [(code, found.words(code)) for code in languages.CODES],
    }
    page, piece = "consultations/announcement_progress.html", "consultations/_announcement_progress.html"
    return with_refresh(request, page, piece, context)


@require_POST
def halt(request, key, act):
    """Stop the sending, or let it go on."""
    operation, said = HALTS[act]
    found = operation(one(request, key), by=request.user)
    messages.success(request, said)
    return redirect("consultations:announcement-progress", key=found.key)


def correct(request, key, language):
    """Write it anew in one language, for those who have not been told yet."""
    found = one(request, key)
    if language not in languages.CODES:
        raise Http404
    if found.is_unsent:
        return redirect(found)
    sent = (request.POST,) if request.method == "POST" else ()
    form = CorrectForm(*sent, announcement=found, language=language)
    if sent and form.carry_out(acts.correct, found, language=language, by=request.user):
        waits = _("The correction waits for a second person. Until then nobody reads the new words.")
        done = _("It is corrected. Who was told before keeps the earlier words.")
        messages.success(request, waits if form.result.waits else done)
        return redirect(form.result)
    context = {
        "announcement": one(request, key),
        "form": form,
        "language": language,
        "needs_approval": acts.needs_approval(),
    }
    status = 422 if sent else 200
    if sent and form.cleaned_data.get("version") not in (None, context["announcement"].version):
        context["differences"], status = form.differences(context["announcement"]), 409
    return render(request, "consultations/announcement_correct.html", context, status=status)


@require_safe
def correction(request, key):
    """What is corrected, or shall be, and which organizations had been told before."""
    found = one_correction(request, key)
    told = Organization.objects.visible_to(request.reader).filter(pk__in=found.organizations.values("pk"))
    page = Paginator(told.order_by("folded_name", "pk"), PER_LIST).get_page(request.GET.get("page"))
    context = {
        "correction": found,
        "announcement": found.announcement,
        "page": page,
        "may_approve": found.waits and found.corrected_by != request.user,
    }
    return render(request, "consultations/announcement_correction.html", context)


def one_correction(request, key):
    """A correction of an announcement that the person coordinates."""
    rows = AnnouncementCorrection.objects.visible_to(request.reader)
    return get_object_or_404(rows.select_related("announcement", "corrected_by", "approved_by"), key=key)


@require_POST
def answer_correction(request, key, act):
    """Let a correction that waits stand, or drop it."""
    operation, said = CORRECTIONS[act]
    found = one_correction(request, key)
    require(can_coordinate(request.user, found.announcement))
    operation(found, by=request.user)
    messages.success(request, said)
    return redirect("consultations:announcement-progress", key=found.announcement.key)
