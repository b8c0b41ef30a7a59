"""The calendar of one's own, at a private address that a calendar program fetches; made, renewed, given up."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from consultations import calendars
from consultations.models import CalendarFeed
from consultations.operations import feeds
from portal import dates, tokens
from portal.models import Reader


@require_safe
def own(request):
    """The address of one's own calendar, and what to do with it."""
    made = CalendarFeed.objects.filter(user=request.user).first()
    lives = made is not None and bool(made.token) and made.lives_for(request.reader)
    address = settings.SITE_URL + reverse("calendar-feed", args=[made.token]) if lives else ""
    context = {
        "feed": made,
        "address": address,
        "program_address": f"webcal://{address.partition('://')[2]}" if address else "",
    }
    return render(request, "consultations/calendar_feed.html", context)


@require_POST
def make(request):
    """A new address; an earlier one is dead from now on."""
    feeds.make(by=request.user)
    messages.success(request, _("The address of your calendar is made."))
    return redirect("consultations:own-calendar")


@require_POST
def revoke(request):
    """No address any more."""
    feeds.revoke(by=request.user)
    messages.success(request, _("The address of your calendar is dead now."))
    return redirect("consultations:own-calendar")


@login_not_required
@require_safe
def feed(request, token):
    """The meetings of the person to whom the address belongs; without cookie, in that person's language."""
    rows = CalendarFeed.objects.select_related("user").filter(token_hash=tokens.digest(token))
    found = rows.first()
    reader = Reader.of(found.user) if found is not None else None
    if found is None or not found.lives_for(reader):
        raise Http404
    zone = dates.zone_of(found.user.time_zone)
    with translation.override(found.user.language), timezone.override(zone):
        content = calendars.of_reader(reader)
    return HttpResponse(content, content_type="text/calendar; charset=utf-8")
