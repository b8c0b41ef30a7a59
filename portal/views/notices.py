"""How far the telling has come, for coordinators: of each notice, and of one, organization by organization."""

from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, render
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_safe

from portal import progress
from portal.models import Alarm, Notice, Organization, Region
from portal.permissions import require

PER_PAGE = 50


@require_safe
def notices(request):
    """What was told, the newest first."""
    require(request.reader.coordinates_something)
    rows = Notice.objects.visible_to(request.reader).filter(kind__in=progress.listed()).order_by("-pk")
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    alarms = Alarm.objects.active().order_by("since")
    rows = progress.of_notices(page)
    context = {"page": page, "rows": rows, "is_live": any(row.is_under_way for row in rows), "alarms": alarms}
    return with_refresh(request, "portal/notices.html", "portal/_notices.html", context)


@require_safe
def notice(request, key):
    """One notice: which organizations were reached, are being told, could not be reached; by region."""
    found = get_object_or_404(Notice.objects.visible_to(request.reader), key=key)
    ledger = progress.ledger(found)
    state = request.GET.get("state", "") if request.GET.get("state") in progress.STATES else ""
    regions = list(Region.objects.order_by("pk"))
    region = next((row for row in regions if row.code == request.GET.get("region")), None)
    ids = ledger.ids(state, region and region.pk) if ledger else []
    chosen = Organization.objects.visible_to(request.reader).filter(pk__in=ids)
    chosen = chosen.order_by(*progress.neediest_first(ledger), "folded_name", "pk")
    page = Paginator(chosen, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "progress": progress.of_notices([found])[0],
        "ledger": ledger,
        "page": page,
        "rows": [(row, *progress.STATES[ledger.states[row.pk]]) for row in page],
        "state": state,
        "region": region,
        "regions": regions,
    }
    return with_refresh(request, "portal/notice.html", "portal/_notice.html", context)


def with_refresh(request, page, piece, context):
    """The page, or only the piece of it that changes where the page's script asks for that."""
    context |= {"here": request.get_full_path(), "params": request.GET}
    response = render(request, piece if request.htmx else page, context)
    patch_vary_headers(response, ["HX-Request"])
    return response
