"""Organizations without account sign open letters: by a form, a link in a message and a coordinator's word."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from consultations import resuming
from consultations.forms.outside_signers import AnswerSignatureForm, SignForm
from consultations.models import OutsideSigner, Paper, PaperVersion
from consultations.operations import outside_signers as acts
from consultations.permissions import can_run_sign_on
from portal.operations import limits
from portal.permissions import require

HELD = "signature"  # the session's key for a token that was taken out of the address
# What may be signed from one place: behind one address of the network stands a whole office, or a flood.
SIGNED = (limits.Rate(20, limits.HOUR), limits.Rate(60, limits.DAY))


@login_not_required
def sign(request, key):
    """Sign an open letter for an organization without account; whatever was typed, the answer is the same."""
    version = of(request, key)
    form = SignForm(request.POST or None, request=request)
    if request.method == "POST":
        if form.is_valid() and not limits.take("signature", resuming.sender(request), SIGNED):
            form.add_error(None, _("Many signatures came from this connection. Please go on tomorrow."))
        elif form.carry_out(acts.sign, version, by=None):
            return redirect(form.result)
    context = {"version": version, "paper": version.paper, "form": form, "now": timezone.now()}
    return render(request, "consultations/signature_new.html", context, status=422 if form.is_bound else 200)


@login_not_required
@require_safe
def sent(request, key):
    """What comes next: the link in the message, then a coordinator."""
    version = of(request, key)
    return render(request, "consultations/signature_sent.html", {"version": version, "paper": version.paper})


def of(request, key):
    """A version of an open letter that organizations without account may sign, for whoever sees it."""
    rows = PaperVersion.objects.visible_to(request.reader).final().shown()
    public = {"paper__takes_outsiders": True, "paper__access": Paper.Access.PUBLIC}
    return get_object_or_404(rows.select_related("paper").filter(**public), key=key)


@login_not_required
@require_safe
def letter(request, token):
    """Take the token out of the address, so that no later request or log carries it."""
    request.session[HELD] = token
    return redirect("consultations:signature")


@login_not_required
@require_safe
def signature(request):
    """Show what was entered and how it stands; only its buttons confirm it or take it back."""
    found = held(request)
    paper = found.paper_version.paper
    context = {"signature": found, "paper": paper, "version": found.paper_version}
    context["is_open"] = paper.takes_signatures(timezone.now())
    return render(request, "consultations/signature.html", context)


@login_not_required
@require_POST
def answer(request):
    """Confirm a signature or take it back, by the link of its message."""
    found = held(request)
    if request.POST.get("answer") == "confirm":
        acts.confirm(found, by=None)
        messages.success(request, _("Thank you. A coordinator looks at the signature, and we write to you."))
    elif request.POST.get("answer") == "withdraw":
        acts.withdraw(found, by=None)
        messages.success(request, _("The signature is taken back."))
    return redirect("consultations:signature")


@require_POST
def accept(request, key):
    """Let a signature count."""
    found = run(request, key)
    acts.accept(found, by=request.user)
    messages.success(request, _("The signature counts. Whoever signed is told."))
    return redirect("consultations:sign-on", key=found.paper_version.paper.key)


def decline(request, key):
    """Do not let a signature count, with a word to whoever signed."""
    found = run(request, key)
    form = AnswerSignatureForm(request.POST or None)
    if request.method == "POST" and form.carry_out(acts.decline, found, by=request.user):
        messages.success(request, _("The signature does not count. Whoever signed is told."))
        return redirect("consultations:sign-on", key=found.paper_version.paper.key)
    context = {"signature": found, "paper": found.paper_version.paper, "form": form}
    status = 422 if request.method == "POST" else 200
    return render(request, "consultations/signature_decline.html", context, status=status)


def held(request):
    """The signature whose token this browser brought, or 404."""
    found = OutsideSigner.held_by(request.session.get(HELD, ""))
    if found is None:
        raise Http404
    return found


def run(request, key):
    """A signature, for those who run the sign-on of its paper."""
    rows = OutsideSigner.objects.visible_to(request.reader).coordinated_by(request.reader)
    found = get_object_or_404(rows.select_related("paper_version__paper", "country"), key=key)
    require(can_run_sign_on(request.user, found.paper_version.paper))
    return found
