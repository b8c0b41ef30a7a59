"""Calls for input, feedback, practices or endorsement: what is asked, of whom, until when."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.db.models import F, Q
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from consultations import packs
from consultations.forms.calls import CallForm
from consultations.models import Call, Consultation, Contribution, Question, Theme
from consultations.operations import calls as acts
from consultations.permissions import can_draft, can_edit, can_read_for
from portal import languages, panels
from portal.converters import by_address
from portal.models import Process
from portal.operations import texts
from portal.permissions import require
from portal.views.records import Editor
from resources.models import Document

PER_PAGE = 50
MOST = 100

editor = Editor(
    name="call",
    model=Call,
    form=CallForm,
    heads=(_("Draft a call"), _("Edit the call")),
    listing="consultations:calls",
    may_begin=can_draft,
    operations=acts,
)
MOVES = {
    "open": (acts.open_for_answers, _("The call is open.")),
    "close": (acts.close, _("The call is closed.")),
}


@login_not_required
@require_safe
def calls(request):
    """Open ones by what closes first, then those behind us, newest first."""
    now = timezone.now()
    rows = Call.objects.visible_to(request.reader).published().select_related("process")
    elsewhere = Q(closes_at__gt=now) | Q(closes_at__isnull=True, ends_on__gte=now.date())
    is_open = Q(pk__in=Call.objects.visible_to(request.reader).taking(now).values("pk")) | (
        Q(status=Call.Status.PUBLISHED) & elsewhere
    )
    page = Paginator(
        rows.exclude(is_open).order_by(
            F("ends_on").desc(nulls_last=True), F("begins_on").desc(nulls_last=True), "-pk"
        ),
        PER_PAGE,
    ).get_page(request.GET.get("page"))
    context = {
        "open": rows.filter(is_open).order_by("ends_on", "pk"),
        "page": page,
        "now": now,
        "can_draft": can_draft(request.user),
    }
    return render(request, "consultations/calls.html", context)


@login_not_required
@require_safe
def call(request, key):
    """One call: what is asked, what one's own organization answered, and what was given, as far as it is shown."""
    rows = Call.objects.visible_to(request.reader).as_rows().select_related("consultation", "process")
    found = get_object_or_404(
        rows.prefetch_related("moved_dates", "bodies", "text_states"), **by_address(key)
    )
    if key != found.address_key:
        return redirect(found, permanent=True)
    reader, now = request.reader, timezone.now()
    context = {
        "call": found,
        "now": now,
        "body": texts.readable_body(found, get_language()),
        "is_open": found.asks_still(now),
        "questions": Question.objects.visible_to(reader)
        .of(found)
        .asked()
        .as_form()
        .select_related("objective"),
        "process": Process.objects.visible_to(reader).filter(pk=found.process_id).first(),
        "consultation": Consultation.objects.visible_to(reader).filter(pk=found.consultation_id).first(),
        "document": Document.objects.visible_to(reader).published().filter(pk=found.document_id).first(),
        "can_edit": can_edit(request.user, found),
        "reads": can_read_for(request.user, found),
        "panels": panels.of(found, request.reader, get_language()),
        "themes": Theme.objects.visible_to(reader)
        .published()
        .filter(call=found)
        .prefetch_related("objectives")
        .order_by("number", "pk"),
        "packs": packs_of(found, reader) if found.is_open(now) else [],
        "asks_urgent": found.asks_what_is_urgent(now) and leads_one_asked(reader, found),
    }
    context |= given(reader, found)
    if context["can_edit"]:
        context |= {"why_not_open": acts.why_not_open(found, now)}
    return render(request, "consultations/call.html", context)


def leads_one_asked(reader, call):
    """Whether this person speaks for an organization that may answer."""
    return any(call.admits(row) for pk, row in reader.organizations.items() if pk in reader.led_ids)


def packs_of(call, reader):
    """[(language, bytes)]: the round packs in which one can answer offline."""
    rows = asked(call, reader)
    codes = [code for code in languages.CODES if not call.answer_languages or code in call.answer_languages]
    return [(code, len(packs.write(call, rows, code))) for code in codes] if rows else []


def asked(call, reader):
    rows = Question.objects.visible_to(reader).of(call).asked().as_form()
    return list(rows.select_related("objective", "shown_if"))


def given(reader, call):
    """What one's own organizations gave, and what is shown of the others."""
    rows = Contribution.objects.visible_to(reader).filter(call=call).as_rows()
    own = rows.own(reader)
    return {
        "own": own.order_by("pk"),
        "shown": rows.shown_to(reader).exclude(pk__in=own.values("pk")).order_by("sent_at", "pk")[:MOST],
    }


@require_POST
def move(request, key, act):
    """Open or close a call."""
    found = get_object_or_404(Call.objects.visible_to(request.reader), key=key)
    require(can_edit(request.user, found))
    operation, said = MOVES[act]
    found = operation(found, by=request.user)
    messages.success(request, said)
    return redirect(found)
