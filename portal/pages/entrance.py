"""The bare address: send the reader to the best language."""

from django.contrib.auth.decorators import login_not_required
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import translation
from django.views.decorators.http import require_safe


@login_not_required
@require_safe
def entrance(request):
    """Redirect to the home page in one's own language, else in the browser's."""
    reader = getattr(request, "reader", None)
    language = (
        reader.user.language if reader and reader.user else translation.get_language_from_request(request)
    )
    with translation.override(language):
        response = redirect(reverse("home"))
    response["Cache-Control"] = "no-store"
    return response
