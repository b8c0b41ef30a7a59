"""What a reader may keep on the own device: answers that the server gives to nobody in particular, and marks so.

The page asks for its copy without cookies, and keeps it only if it bears this mark: so nothing that somebody sees
because of who they are is ever kept.
"""

from functools import wraps

from django.conf import settings

MARK = "X-May-Be-Kept"


def may_be_kept(view):
    """A view whose answers to the signed-out may be kept for reading without a connection."""

    @wraps(view)
    def marked(request, *args, **kwargs):
        response = view(request, *args, **kwargs)
        if response.status_code == 200 and settings.SESSION_COOKIE_NAME not in request.COOKIES:
            response.headers[MARK] = "yes"
        return response

    return marked
