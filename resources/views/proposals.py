"""What organizations want to share: they write and send it, those who moderate answer, both talk it over."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from portal.permissions import require
from portal.views.records import shown_version
from resources import sharing
from resources.forms.proposals import AnswerProposalForm, ProposalForm, SayForm
from resources.models import Practice, Proposal, ProposalMessage
from resources.operations import proposals as acts
from resources.permissions import can_moderate, can_share, can_withdraw, can_write

PER_PAGE = 20


@require_safe
def proposals(request):
    """To who moderates those that wait, the longest waiting first; to others their own."""
    rows = Proposal.objects.visible_to(request.reader).as_rows()
    moderates = can_moderate(request.user)
    rows = rows.waiting().order_by("sent_at", "pk") if moderates else rows.order_by("-changed_at", "-pk")
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "can_moderate": moderates, "can_share": can_share(request.user)}
    return render(request, "resources/proposals.html", context)


def new(request):
    """Begin to write down what one's organization wants to share."""
    require(can_share(request.user))
    form = ProposalForm(request.POST or None, request=request, original=request.GET.get("original"))
    if request.method != "POST" or not form.carry_out(begin, by=request.user):
        status = 200 if request.method != "POST" else 422
        return render(request, "resources/proposal_edit.html", {"form": form}, status=status)
    messages.success(request, _("The draft is saved. Only the people of your organization see it."))
    return redirect(form.result)


def begin(*, organization, **values):
    """Hand the form to the operation: the organization is the thing that acts."""
    return acts.begin(organization, **values)


def one(request, key):
    return get_object_or_404(Proposal.objects.visible_to(request.reader).as_rows(), key=key)


@require_safe
def proposal(request, key):
    """What it says in each language, how it stands, and what was said of it."""
    return page(request, one(request, key))


def page(request, found, *, status=200, **forms):
    """The page of a proposal, with the forms of who looks at it, or those that were refused."""
    said = ProposalMessage.objects.visible_to(request.reader).filter(proposal=found)
    is_own, moderates = can_write(request.user, found), can_moderate(request.user)
    context = {
        "proposal": found,
        "parts": sharing.parts(found),
        "said": said.select_related("by").order_by("at", "pk"),
        "is_own": is_own,
        "can_moderate": moderates and found.status == Proposal.Status.WAITING,
        "say_form": SayForm(request=request) if is_own or moderates else None,
        "answer_form": AnswerProposalForm(initial={"version": found.version}, auto_id="answer_%s"),
    }
    return render(request, "resources/proposal.html", context | forms, status=status)


def edit(request, key):
    """Change what one has begun; what a colleague saved meanwhile is shown beside it."""
    found = one(request, key)
    require(can_write(request.user, found))
    form = ProposalForm(request.POST or None, request=request, record=found)
    if request.method == "POST" and form.carry_out(acts.edit, found, by=request.user):
        messages.success(request, _("The changes are saved."))
        return redirect(form.result)
    context, status = {"proposal": found, "form": form}, 200 if request.method != "POST" else 422
    if form.is_bound and form.cleaned_data.get("version") not in (None, found.version):
        context["differences"], status = form.differences(found), 409
    return render(request, "resources/proposal_edit.html", context, status=status)


@require_POST
def send(request, key):
    """Send it to those who moderate."""
    found = one(request, key)
    require(can_write(request.user, found))
    found = acts.send(found, version=shown_version(request), by=request.user)
    messages.success(request, _("It is sent. You are told as soon as it is answered."))
    return redirect(found)


@require_POST
def take_back(request, key):
    """Take back what was sent, to write on in it."""
    found = one(request, key)
    require(can_write(request.user, found))
    found = acts.take_back(found, by=request.user)
    messages.success(request, _("You can write on in it."))
    return redirect(found)


@require_POST
def discard(request, key):
    """Throw away what was begun."""
    found = one(request, key)
    require(can_write(request.user, found))
    acts.discard(found, version=shown_version(request), by=request.user)
    messages.success(request, _("The draft is thrown away."))
    return redirect("resources:proposals")


@require_POST
def say(request, key):
    """Say a word to the other side of the conversation."""
    found = one(request, key)
    is_own = can_write(request.user, found)
    require(is_own or can_moderate(request.user))
    form = SayForm(request.POST, request=request)
    if not form.carry_out(acts.say, found, from_moderators=not is_own, by=request.user):
        return page(request, found, say_form=form, status=422)
    messages.success(request, _("Your message is there for the other side to read."))
    return redirect(form.result)


@require_POST
def answer(request, key):
    """Accept it, send it back or decline it."""
    found = one(request, key)
    require(can_moderate(request.user))
    form = AnswerProposalForm(request.POST, auto_id="answer_%s")
    if not form.carry_out(acts.answer, found, by=request.user):
        found = one(request, key)
        form.data = form.data.copy()
        form.data["version"] = found.version
        return page(request, found, answer_form=form, status=422)
    messages.success(request, _("The organization is told your answer."))
    return redirect(form.result)


@require_POST
def change(request, key):
    """Begin a change of what one's organization shares."""
    found = get_object_or_404(Practice.objects.visible_to(request.reader), key=key)
    require(can_write(request.user, found))
    return redirect("resources:proposal-edit", acts.begin_change(found, by=request.user).key)


@require_POST
def withdraw(request, key):
    """Withdraw what one's organization shares: it is gone from everywhere at once."""
    found = get_object_or_404(Practice.objects.visible_to(request.reader), key=key)
    require(can_withdraw(request.user, found))
    acts.withdraw(found, by=request.user)
    messages.success(request, _("It is withdrawn. Nobody reads it here any more."))
    return redirect("resources:practices")
