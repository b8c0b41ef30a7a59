"""Round packs: taken away as a small file, and sent again once they are filled in."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from consultations import packs
from consultations.forms.contributions import PackForm
from consultations.models import Call
from consultations.operations import contributions
from consultations.permissions import can_write
from consultations.views.calls import asked
from consultations.views.contributions import answerable, holds, writer
from portal import languages
from portal.permissions import require


@login_not_required
@require_safe
def pack(request, key, language):
    """The questions of a call in one language, as a text file."""
    found = get_object_or_404(Call.objects.visible_to(request.reader), key=key)
    rows = asked(found, request.reader)
    if language not in languages.CODES or not rows:
        raise Http404
    content = packs.write(found, rows, language)
    headers = {"Content-Disposition": f'attachment; filename="{packs.name_of(found, language)}"'}
    return HttpResponse(content, content_type="text/plain; charset=utf-8", headers=headers)


@login_not_required
def upload(request, key):
    """Send a filled pack: its answers are saved in the draft, and what found no place is shown."""
    found = answerable(request, key)
    require(can_write(request.user, found) or holds(request, found))
    sent = (request.POST, request.FILES) if request.method == "POST" else ()
    form = PackForm(*sent)
    context = {"contribution": found, "call": found.call, "form": form, "now": timezone.now()}
    if sent and form.carry_out(fill, found, by=writer(request), reader=request.reader):
        filled, strays = form.result
        if not strays and not filled.joined:
            messages.success(
                request, _("The answers of the round pack are saved. Look at them before you send them.")
            )
            return redirect("consultations:contribution-edit", key=found.key)
        return render(
            request, "consultations/contribution_filled.html", context | {"filled": filled, "strays": strays}
        )
    status = 422 if sent else 200
    return render(request, "consultations/contribution_upload.html", context, status=status)


def fill(contribution, *, file, by, reader):
    """Read the file and hand its answers to the operation; words without a place come back."""
    found = packs.read(file, contribution.call, asked(contribution.call, reader))
    return contributions.fill(contribution, answers=found.answers, by=by), found.strays
