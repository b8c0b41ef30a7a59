"""How the portal is called and how it looks: its own way, or as whoever runs it set it (README, "Configuration")."""

import hashlib
import mimetypes
from functools import cache
from pathlib import Path

from django.conf import settings
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from portal import colours

LOGOS = {"image/svg+xml", "image/png", "image/webp", "image/jpeg"}


def name():
    """The portal's name in the language that is spoken."""
    return settings.SITE_NAMES.get(get_language()) or _("Civil Society Portal")


def colour(token):
    """One colour by day, for what knows no stylesheet, such as a message."""
    return (colours.tokens() | settings.SITE_COLOURS)[token][0]


@cache
def logo(path):
    """The file of a logo: (its bytes, its kind)."""
    kind = mimetypes.guess_type(path)[0]
    if kind not in LOGOS:
        raise RuntimeError(f"SITE_LOGO is a picture (SVG, PNG, WebP or JPEG), and not “{path}”.")
    return Path(path).read_bytes(), kind


def sheet_address():
    """Where the stylesheet with the colours of one's own is found; "" where there are none."""
    return (
        _address("brand-sheet", colours.sheet(settings.SITE_COLOURS).encode())
        if settings.SITE_COLOURS
        else ""
    )


def logo_address():
    """Where the logo of one's own is found; "" where there is none."""
    return _address("brand-logo", logo(settings.SITE_LOGO)[0]) if settings.SITE_LOGO else ""


def _address(view, content):
    """An address that changes with its content, so that a copy may be kept for good."""
    return reverse(view, args=[digest(content)])


def digest(content):
    return hashlib.sha256(content).hexdigest()[:12]
