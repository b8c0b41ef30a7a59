"""Who stands behind a version: all names that a reader may know, page by page and as a file."""

from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, render
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from consultations import signatures as sorting
from consultations import signing
from consultations.models import PaperVersion
from portal import sheets, workbooks
from portal.taking import within_limit

PER_PAGE = 200
ORDERS = ("country", "name")
COLUMNS = (
    _("Organization"),
    _("Country"),
    pgettext_lazy("endorsement", "Answer"),
    _("The section of the reservation"),
    _("The reservation"),
)


@login_not_required
@require_safe
def signatures(request, key):
    """The names, by country or by name in the order of the page's language."""
    version, language = of(request, key), get_language()
    order = request.GET.get("order") if request.GET.get("order") in ORDERS else ORDERS[0]
    named = signing.names(version, request.reader, language)
    page = Paginator(in_order(named, order, language), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "version": version,
        "paper": version.paper,
        "tally": signing.tally(version, request.reader),
        "page": page,
        "order": order,
        "countries": sorting.by_country(page, language) if order == "country" else [],
        "reservations": signing.reservations(version, request.reader, language, page, most=None),
        "params": request.GET,
    }
    return render(request, "consultations/signatures.html", context)


def in_order(named, order, language):
    if order == "name":
        return sorting.by_name(named, language)
    return [one for country in sorting.by_country(named, language) for one in country.signatures]


@login_not_required
@require_safe
@within_limit
def export(request, key):
    """The names as a file for a spreadsheet."""
    return sheets.answer("signatures.csv", *sheet(request, key))


@login_not_required
@require_safe
@within_limit
def workbook(request, key):
    """The same as a workbook, which opens right in every spreadsheet and runs from right to left in Arabic."""
    return workbooks.answer("signatures.xlsx", *sheet(request, key))


def sheet(request, key):
    """(columns, rows) of what is taken away: names that this reader may know, and no others."""
    version, language = of(request, key), get_language()
    named = signing.names(version, request.reader, language)
    said = signing.reservations(version, request.reader, language, named, most=None)
    reserved = {row.name.pk: row for row in said}
    return COLUMNS, [line(one, reserved.get(one.pk)) for one in in_order(named, "country", language)]


def line(one, reservation):
    if reservation is None:
        return [one.name, one.country, pgettext_lazy("endorsement", "Yes"), "", ""]
    answer = pgettext_lazy("endorsement", "Yes, with a reservation")
    return [one.name, one.country, answer, reservation.section, reservation.words]


def of(request, key):
    """A final version that readers have."""
    rows = PaperVersion.objects.visible_to(request.reader).final().shown()
    return get_object_or_404(rows.select_related("paper").with_texts(), key=key)
