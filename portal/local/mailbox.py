"""The local mailbox: every message that was sent, newest first, in its language. Never routed in production."""

from django import forms
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.utils.http import content_disposition_header
from django.utils.translation import gettext_lazy as _

from portal import languages
from portal.local import letters

PER_PAGE = 50
# A message is a stranger's page: it runs nothing, loads nothing, and is of no origin.
SANDBOX = (
    "sandbox allow-popups; default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
)


class Filters(forms.Form):
    """Narrows the mailbox to one language or to those whose address holds some letters."""

    language = forms.ChoiceField(
        label=_("Language"), required=False, choices=[("", _("All languages")), *languages.NAMES.items()]
    )
    recipient = forms.CharField(
        label=_("Recipient"), required=False, widget=forms.TextInput(attrs={"dir": "ltr", "type": "search"})
    )

    def lets_through(self, head):
        wanted = self.cleaned_data
        return wanted["language"] in ("", head.language) and any(
            wanted["recipient"].casefold() in address.casefold() for address in head.recipients or ("",)
        )


def folder():
    return settings.LOCAL_FOLDER / "mailbox"


def find(key):
    letter = letters.read(folder(), key)
    if letter is None:
        raise Http404
    return letter


@login_not_required
def mailbox(request):
    """The messages that the filters let through."""
    filters = Filters(request.GET or None)
    heads = letters.newest_first(folder())
    if filters.is_valid():
        heads = [head for head in heads if filters.lets_through(head)]
    page = Paginator(heads, PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "portal/mailbox.html", {"page": page, "filters": filters})


@login_not_required
def letter(request, key):
    """One message: headers, plain text, and the way to its HTML and to what hangs on it."""
    return render(request, "portal/mailbox_letter.html", {"letter": find(key)})


@login_not_required
def letter_html(request, key):
    """The HTML of a message, locked into a sandbox."""
    return HttpResponse(find(key).html, headers={"Content-Security-Policy": SANDBOX})


@login_not_required
def attachment(request, key, number):
    """What hangs on a message, as a file to keep."""
    for one in find(key).attachments:
        if one.number == number:
            kept = content_disposition_header(as_attachment=True, filename=one.name or f"attachment-{number}")
            headers = {"Content-Disposition": kept, "Content-Security-Policy": SANDBOX}
            return HttpResponse(one.content, content_type="application/octet-stream", headers=headers)
    raise Http404


urlpatterns = [
    path("", mailbox, name="mailbox"),
    path("<slug:key>/", letter, name="mailbox-letter"),
    path("<slug:key>/html/", letter_html, name="mailbox-html"),
    path("<slug:key>/attachments/<int:number>/", attachment, name="mailbox-attachment"),
]
