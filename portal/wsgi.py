"""The portal as a WSGI application, with all that the first request would otherwise have to read.

The web server loads it once, before it forks: no visitor waits while a new worker reads the views, and none of a crowd
that is there when registration opens.
"""

import os
import re

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.urls import reverse
from django.utils import translation

READABLE = re.compile(
    r"""[\w.+-]+/[\w.+-]+(?:\s*;\s*(?:charset="?utf-?8"?|boundary="?[\w'()+,./:=?-]+"?))*\s*;?\s*""",
    re.A | re.I,
)

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")

django = get_wsgi_application()
for code, _name in settings.LANGUAGES:
    with translation.override(code):
        reverse("home")  # reads the addresses with their views, and the words of a language


def readable(content_type):
    """The sort of a body, if one may be read as that; Django falls over parameters and charsets that no form names."""
    return content_type if READABLE.fullmatch(content_type) else ""


def application(environ, start_response):
    return django(environ | {"CONTENT_TYPE": readable(environ.get("CONTENT_TYPE", ""))}, start_response)
