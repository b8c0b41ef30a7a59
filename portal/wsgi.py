"""The portal as a WSGI application, with all that the first request would otherwise have to read.

The web server loads it once, before it forks: no visitor waits while a new worker reads the views, and none of a crowd
that is there when registration opens.
"""

import os

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.urls import reverse
from django.utils import translation

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")

application = get_wsgi_application()
for code, _name in settings.LANGUAGES:
    with translation.override(code):
        reverse("home")  # reads the addresses with their views, and the words of a language
