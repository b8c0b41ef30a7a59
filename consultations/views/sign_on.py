"""Sign-on, for coordinators: opened, extended, closed; how far it has come, and which signatures wait."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from consultations import signing
from consultations.forms.sign_on import ExtendForm, OpenSignOnForm
from consultations.models import OutsideSigner, Paper
from consultations.operations import sign_on as acts
from consultations.permissions import can_run_sign_on
from portal.permissions import require

MOST = 300


def sign_on(request, key):
    """How a paper's sign-on stands; a frozen one is opened here."""
    found = run(request, key)
    form = opening(request, found, request.POST or None)
    if request.method == "POST" and form.carry_out(acts.open, found, by=request.user):
        messages.success(
            request, _("The paper can be endorsed. The leads of all members are told when it opens.")
        )
        return redirect("consultations:sign-on", key=found.key)
    return page(request, found, opens=form)


@require_POST
def extend(request, key):
    """Let organizations endorse until another moment."""
    found = run(request, key)
    form = ExtendForm(request.POST, paper=found)
    if not form.carry_out(acts.extend, found, by=request.user):
        return page(request, found, extends=form)
    messages.success(request, _("The deadline is moved. The earlier one stays visible beside it."))
    return redirect("consultations:sign-on", key=found.key)


@require_POST
def close(request, key):
    """Take no more endorsements."""
    found = run(request, key)
    acts.close(found, by=request.user)
    messages.success(
        request, _("Endorsement is closed. What was endorsed can still be read, and taken back.")
    )
    return redirect("consultations:sign-on", key=found.key)


def run(request, key):
    """The paper, for those who run its sign-on."""
    rows = Paper.objects.visible_to(request.reader).prefetch_related("moved_dates")
    found = get_object_or_404(rows, key=key)
    require(can_run_sign_on(request.user, found))
    return found


def opening(request, paper, data):
    zone = paper.time_zone if paper.sign_on_closes_at else request.user.time_zone or "UTC"
    return OpenSignOnForm(data, request=request, paper=paper, zone=zone)


def page(request, paper, *, opens=None, extends=None):
    """The page with the form that stands for the paper's state; a refused one comes back as it was typed."""
    version = signing.current(paper)
    signers = OutsideSigner.objects.visible_to(request.reader).filter(paper_version__paper=paper)
    signers = signers.select_related("country", "recipient").order_by("confirmed_at", "pk")
    Status = OutsideSigner.Status
    context = {
        "paper": paper,
        "version": version,
        "tally": signing.tally(version, request.reader) if version else None,
        "now": timezone.now(),
        "moves": [row for row in paper.moved_dates.all() if row.field == "sign_on_closes_at"],
        "opens": opens or opening(request, paper, None),
        "extends": extends or (ExtendForm(paper=paper) if paper.status == Paper.Status.SIGN_ON else None),
        "why_not": acts.why_not_open(paper) if paper.status == Paper.Status.FROZEN else None,
        "waiting": signers.filter(status=Status.WAITING)[:MOST],
        "answered": signers.filter(status__in=[Status.ACCEPTED, Status.DECLINED])[:MOST],
    }
    is_refused = any(form is not None and form.is_bound for form in (opens, extends))
    return render(request, "consultations/sign_on.html", context, status=422 if is_refused else 200)
