"""Endorsing: from the link of a message or the page of a paper in one step; changed and taken back at any time."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from consultations import endorsing, signing
from consultations.forms.endorsements import ChangeForm, EndorseForm
from consultations.models import Endorsement, Paper, PaperVersion, SignOnLink
from consultations.operations import endorsements as acts
from consultations.permissions import can_change_endorsement, can_endorse_for
from portal.permissions import require

HELD = "sign-on"  # the session's key for a token that was taken out of the address
MOST = 200


@login_not_required
@require_safe
def letter(request, token):
    """Take the token out of the address, so that no later request or log carries it."""
    request.session[HELD] = token
    return redirect("consultations:endorse-open")


@require_safe
def letter_open(request):
    """Lead whoever has signed in to the form of the version that the message was about."""
    link = SignOnLink.held_by(request.session.get(HELD, ""))
    if link is None:
        raise Http404
    return redirect("consultations:endorse", key=link.version.key)


@require_safe
def of_paper(request, key):
    """Lead on to the version of a paper that can be endorsed."""
    paper = get_object_or_404(Paper.objects.visible_to(request.reader), key=key)
    version = signing.current(paper)
    if version is None:
        raise Http404
    return redirect("consultations:endorse", key=version.key)


def endorse(request, key):
    """Endorse a version for an organization that one leads; whoever cannot reads why, and what to do about it."""
    version = versions_of(request, key)
    newest = signing.current(version.paper)
    if newest != version and request.method != "POST":
        return redirect("consultations:endorse", key=newest.key)
    led = [row for row in request.reader.organizations.values() if can_endorse_for(request.user, row)]
    rows = endorsing.mine(version, request.reader, may_answer=version.paper.takes_signatures(timezone.now()))
    free = [row for row, endorsement in rows if endorsement is None]
    if request.method == "POST":
        require(led)
    elif not free:
        return cannot(request, version, led, rows)
    # One that has endorsed stays while its form is repeated, after a broken line.
    offered = led if request.method == "POST" else free
    form = EndorseForm(request.POST or None, request=request, version=version, organizations=offered)
    if request.method == "POST" and form.carry_out(acts.give, version, by=request.user):
        messages.success(request, _("Thank you. Your organization stands behind this version."))
        return redirect(form.result)
    context = {"version": version, "paper": version.paper, "form": form, "now": timezone.now()}
    context |= {"text": version.text_in(get_language()), "is_again": is_again(version, led)}
    return render(request, "consultations/endorse.html", context, status=422 if form.is_bound else 200)


def versions_of(request, key):
    """A final version that readers have, with its texts."""
    rows = PaperVersion.objects.visible_to(request.reader).final().shown()
    return get_object_or_404(rows.select_related("paper").with_texts(), key=key)


def is_again(version, led):
    return any(acts.is_asked_again(version, row) for row in led)


def cannot(request, version, led, rows):
    """Say why one cannot endorse here, and lead on to what was answered already."""
    paper, now = version.paper, timezone.now()
    context = {
        "version": version,
        "paper": paper,
        "now": now,
        "is_open": paper.takes_signatures(now),
        "is_ahead": paper.status == Paper.Status.SIGN_ON and paper.sign_on_opens_at > now,
        "given": [row for row in rows if row[1] is not None],
        "led": led,
        "organizations": list(request.reader.organizations.values()),
    }
    return render(request, "consultations/endorse_not_yet.html", context)


@require_safe
def endorsements(request):
    """What one's organizations are asked to endorse, and what they have endorsed."""
    rows = Endorsement.objects.visible_to(request.reader).own(request.reader)
    rows = rows.select_related("version__paper", "organization").order_by("-given_at", "-pk")[:MOST]
    now = timezone.now()
    context = {"asked": endorsing.asked(request.reader, now), "endorsements": rows, "now": now}
    context["has_many"] = len(request.reader.organizations) > 1
    return render(request, "consultations/endorsements.html", context)


@require_safe
def endorsement(request, key):
    """One endorsement, for the people of the organization that gave it."""
    found = own(request, key)
    sees = Paper.objects.visible_to(request.reader).filter(pk=found.version.paper_id).exists()
    titles = signing.headings(found.version, get_language())
    context = {
        "endorsement": found,
        "paper": found.version.paper,
        "sees_paper": sees,
        "section": titles.get(str(found.reserved_on.key), "") if found.reserved_on else "",
        "can_change": can_change_endorsement(request.user, found),
    }
    return render(request, "consultations/endorsement.html", context)


def change(request, key):
    """Say otherwise how one's organization stands behind a version."""
    found = own(request, key)
    require(can_change_endorsement(request.user, found))
    is_open = found.version.paper.takes_signatures(timezone.now())
    form = ChangeForm(request.POST or None, endorsement=found, is_open=is_open)
    if request.method == "POST" and form.carry_out(acts.change, found, by=request.user):
        messages.success(request, _("It is saved."))
        return redirect(found)
    context = {"endorsement": found, "paper": found.version.paper, "form": form, "is_open": is_open}
    return render(
        request, "consultations/endorsement_edit.html", context, status=422 if form.is_bound else 200
    )


def withdraw(request, key):
    """Ask once more, then take an endorsement back."""
    found = own(request, key)
    require(can_change_endorsement(request.user, found))
    if request.method == "POST":
        acts.withdraw(found, by=request.user)
        messages.success(
            request, _("The endorsement is taken back. From now on your organization does not count.")
        )
        return redirect(found)
    context = {"endorsement": found, "paper": found.version.paper}
    return render(request, "consultations/endorsement_withdraw.html", context)


def own(request, key):
    """An endorsement of one of one's own organizations; nobody else has a page of it."""
    rows = Endorsement.objects.visible_to(request.reader).own(request.reader)
    rows = rows.select_related("version__paper", "organization", "reserved_on")
    return get_object_or_404(rows, key=key)
