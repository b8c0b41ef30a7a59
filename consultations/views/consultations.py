"""The list of consultations, the page of one, its calendar."""

from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.db.models import Count, F, Func, Q
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from consultations import calendars, sittings
from consultations.forms.filters import ConsultationFilters, in_our_order
from consultations.models import Call, Commitment, Consultation, Meeting, Registration, Theme
from consultations.operations import consultations as acts
from consultations.permissions import can_draft, can_edit
from consultations.views import guests
from portal import panels
from portal.converters import by_address
from portal.models import Objective, Process
from portal.offline import may_be_kept
from portal.operations import texts
from resources.models import Document

PER_PAGE = 30
MOST = 100


@login_not_required
@require_safe
def consultations(request):
    """What is open, what is ahead, what is behind us, narrowed by what the address asks."""
    now = timezone.now()
    filters, rows = narrowed(request, now)
    found = rows.prefetch_related("moved_dates")
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    context = {"filters": filters, "page": page, "now": now, "can_draft": can_draft(request.user)}
    return render(request, "consultations/consultations.html", context)


def narrowed(request, now):
    """The filters, and what they let through, as it stands now."""
    rows = Consultation.objects.visible_to(request.reader).published()
    filters = filters_of(request, rows)
    return filters, rows.matching(**filters.wanted()).by_stage(now).as_rows()


def filters_of(request, rows):
    """The filters, each offering only what leads to something."""
    processes = Process.objects.visible_to(request.reader).filter(consultations__in=rows).distinct()
    spoken = rows.annotate(code=Func(F("interpretation"), function="unnest")).order_by()
    return ConsultationFilters(
        request.GET,
        objectives=Objective.objects.filter(consultation__in=rows).distinct().order_by("number"),
        processes=processes.order_by(F("begins_on").desc(nulls_last=True), "-pk"),
        kinds=rows.order_by().values_list("kind", flat=True).distinct(),
        years=[day.year for day in rows.dates("begins_on", "year", order="DESC")],
        codes=in_our_order(spoken.values_list("code", flat=True).distinct()),
    )


@login_not_required
@require_safe
@may_be_kept
def consultation(request, key):
    """One consultation: when, where, for whom, by which rules, how one takes part, what came of it."""
    found = Consultation.objects.visible_to(request.reader).as_page().filter(**by_address(key)).first()
    if found is None:
        return guests.page(request, key)
    if key != found.address_key:
        return redirect(found, permanent=True)
    now = timezone.now()
    context = {
        "consultation": found,
        "now": now,
        "body": texts.readable_body(found, get_language()),
        "sittings": sittings.of(found, request.reader, now),
        "people": sittings.named(found.people),
        "panels": panels.of(found, request.reader, get_language()),
        "can_edit": can_edit(request.user, found),
        "invitations": guests.invitations(request, found),
    }
    context |= standing(request.reader, found, now) | parts(request.reader, found)
    if context["can_edit"]:
        context |= {"why_not_open": acts.why_not_open(found, now)}
    return render(request, "consultations/consultation.html", context)


def standing(reader, consultation, now):
    """Where registration stands, and how this reader stands in it."""
    mine = Registration.objects.visible_to(reader).filter(consultation=consultation).concerning(reader)
    mine = list(mine.held().with_place_in_line().select_related("organization").order_by("seq"))
    taken = {row.organization_id for row in mine}
    free = [
        row
        for pk, row in reader.organizations.items()
        if pk in reader.led_ids and pk not in taken and consultation.admits(row)
    ]
    return {
        "is_open": consultation.is_open(now),
        "opens_later": consultation.status == Consultation.Status.OPEN
        and not consultation.is_open(now)
        and consultation.opens_at is not None
        and consultation.opens_at > now,
        "mine": mine,
        "can_register": bool(free) or not mine,
        "leads_one_free": bool(free),
        "is_confirmed": any(row.status == Registration.Status.CONFIRMED for row in mine),
        "quotas": list(consultation.quotas.order_by("pk")) if consultation.takes_registrations else [],
        "counts": None if consultation.is_closed_room else counts(consultation),
    }


def counts(consultation):
    """How many wait, where places are limited; of a closed room nobody learns how many there are."""
    if consultation.places is None or not consultation.takes_registrations:
        return None
    waiting = Count("pk", filter=Q(status=Registration.Status.WAITLISTED))
    return consultation.registrations.aggregate(waiting=waiting)


def parts(reader, consultation):
    """What belongs to a consultation and this reader may see."""

    def of(model, **link):
        return model.objects.visible_to(reader).published().filter(**(link or {"consultation": consultation}))

    commitments = of(Commitment).prefetch_related("updates", "objectives")
    whole = Consultation.objects.visible_to(reader).published().filter(parts=consultation)
    return {
        "process": Process.objects.visible_to(reader).filter(pk=consultation.process_id).first(),
        "whole": whole.first() if consultation.part_of_id else None,
        "parts": of(Consultation, part_of=consultation).as_rows().order_by("begins_on", "pk")[:MOST],
        "documents": of(Document, origins__consultation=consultation).as_rows().newest_first()[:MOST],
        "themes": of(Theme)
        .prefetch_related("objectives")
        .order_by(F("number").asc(nulls_last=True), "pk")[:MOST],
        "commitments": commitments.order_by("kind", "begins_on", "pk")[:MOST],
        "calls": of(Call).order_by(F("ends_on").desc(nulls_last=True), "-pk")[:MOST],
    }


@login_not_required
@require_safe
def calendar(request, key):
    """The meetings of a consultation as a calendar file; with the join address for whoever is confirmed."""
    meetings = Meeting.objects.visible_to(request.reader).select_related("consultation")
    address = {f"consultation__{name}": value for name, value in by_address(key).items()}
    meeting = meetings.filter(**address).first()
    if meeting is None:
        raise Http404
    return calendar_file(calendars.of_consultation(meeting.consultation, request.reader))


def calendar_file(content):
    """A calendar as a file to keep; one without meetings is not there."""
    if b"BEGIN:VEVENT" not in content:
        raise Http404
    headers = {"Content-Disposition": f'attachment; filename="{calendars.NAME}"'}
    return HttpResponse(content, content_type="text/calendar; charset=utf-8", headers=headers)
