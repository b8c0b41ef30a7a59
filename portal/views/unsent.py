"""What somebody typed and could not send, for she had been signed out: it is shown again, to be sent or thrown away."""

from django.contrib import messages
from django.middleware.csrf import get_token
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _

from portal import unsent as sent


def unsent(request):
    """The form that was kept, one press away from where it belongs."""
    if request.method == "POST":
        sent.forget(request)
        messages.success(request, _("What you had typed is thrown away."))
        return redirect("home")
    found = sent.kept(request)
    if found is None:
        messages.info(request, _("Nothing of what you typed is kept any more."))
        return redirect("home")
    return render(request, "portal/unsent.html", {"sent": found, "token": get_token(request)})
