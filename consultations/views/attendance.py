"""Who came to a meeting: coordinators tick a list or show a code, delegates type the code."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from consultations import arrivals
from consultations.forms.attendance import AttendanceForm, DoorForm
from consultations.models import Attendance, DoorCode, Meeting
from consultations.operations import attendance as acts
from consultations.views.meetings import to_edit
from portal.models import Reader
from portal.operations import log

HELD = "arrival"  # the session's key for a token that was taken out of the address


def attendance(request, key):
    """The delegates of a meeting, to be ticked when they come."""
    found = to_edit(request, key)
    form = AttendanceForm(request.POST or None)
    if request.method == "POST" and form.carry_out(acts.take, found, by=request.user):
        messages.success(request, _("The attendance is saved."))
        return redirect("consultations:attendance", key=found.key)
    if found.consultation.is_closed_room and request.method != "POST":
        log.record("closed list seen", found.consultation, by=request.user)
    rows = Attendance.objects.visible_to(request.reader).filter(meeting=found)
    came = {row.delegate_id: row for row in rows}
    delegates = list(acts.expected_at(found))
    for delegate in delegates:
        delegate.came = came.get(delegate.pk)
    context = {
        "meeting": found,
        "consultation": found.consultation,
        "delegates": delegates,
        "came": len(came),
        "form": form,
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "consultations/attendance.html", context, status=status)


def door(request, key):
    """The code for the room to see, large enough for the last row; made anew by the button."""
    found = to_edit(request, key)
    if request.method == "POST":
        acts.show_code(found, by=request.user)
        return redirect("consultations:door", key=found.key)
    shown = DoorCode.objects.filter(meeting=found, ends_at__gt=timezone.now()).first()
    context = {"meeting": found, "consultation": found.consultation, "shown": shown}
    return render(request, "consultations/door.html", context)


@login_not_required
@require_safe
def letter(request, key, token):
    """Take the token out of the address, so that no later request or log carries it."""
    request.session[HELD] = token
    return redirect("consultations:arrive", key=key)


@login_not_required
def arrive(request, key):
    """Say that one is there: signed in, or by the link of one's message; into a closed room only signed in."""
    reader = request.reader
    if reader.is_anonymous:
        recipient = arrivals.held_by(request.session.get(HELD, ""))
        reader = Reader.of_recipient(recipient) if recipient else reader
    found = Meeting.objects.visible_to(reader).select_related("consultation").filter(key=key).first()
    delegates = list(arrivals.delegates_of(reader, found)) if found else []
    if request.reader.is_anonymous and (not delegates or found.consultation.is_closed_room):
        return redirect_to_login(request.get_full_path())
    if not delegates:
        raise Http404
    form = DoorForm(request.POST or None, person=f"delegate:{delegates[0].pk}")
    by = request.user if request.user.is_authenticated else None
    if request.method == "POST" and form.carry_out(acts.arrive, found, delegates=delegates, by=by):
        messages.success(request, _("Thank you: it is noted that you are here."))
        return redirect("consultations:arrive", key=found.key)
    context = {"meeting": found, "consultation": found.consultation, "form": form}
    context["is_there"] = delegates[0].attendances.filter(meeting=found).exists()
    status = 422 if request.method == "POST" else 200
    return render(request, "consultations/arrive.html", context, status=status)
