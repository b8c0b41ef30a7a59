"""What every page knows: its reader, its four languages, where one stands in the menu."""

from urllib.parse import urlencode

from django.conf import settings
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from portal import languages
from portal.models import Reader
from portal.operations import installations

MENU = [
    ("home", _("Open now")),
    ("processes", _("Processes")),
    ("consultations:consultations", _("Consultations")),
    ("consultations:papers", _("Papers")),
    ("resources:documents", _("Library")),
    ("resources:pages", _("Resources")),
    ("objectives", _("23 objectives")),
]


def shell(request):
    """The frame of a page. Nothing here asks the database before the template does."""
    # Asking whether the lazy reader is true would look it up: only its presence is asked.
    reader = request.reader if hasattr(request, "reader") else Reader.nobody()
    return {
        "reader": reader,
        "reader_zone": SimpleLazyObject(lambda: "" if reader.is_anonymous else reader.user.time_zone),
        "page_languages": page_languages(request),
        "direction": languages.direction(get_language()),
        "menu": menu(request),
        "sign_in": sign_in(request),
        "is_astray": SimpleLazyObject(lambda: reader.coordinates_something and installations.is_astray()),
        "previewed": getattr(request, "preview", None),
        "banner": not settings.SECOND_FACTOR_REQUIRED,
        "mailbox": reverse("mailbox") if settings.LOCAL_START else "",
    }


def sign_in(request):
    """The address where one signs in and comes back; from the pages of signing in it leads nowhere else."""
    address = reverse("account_login")
    entrance = address.removesuffix("login/")
    if request.path.startswith(entrance):
        return address
    return f"{address}?{urlencode({'next': request.get_full_path()})}"


def page_languages(request):
    """This page in each language: [(code, own name, address, whether it is this one)]."""
    current, rest = get_language(), request.get_full_path()
    first, _slash, behind = rest.lstrip("/").partition("/")
    if first not in languages.CODES:
        behind = ""
    return [(code, languages.name(code), f"/{code}/{behind}", code == current) for code in languages.CODES]


def menu(request):
    """The main menu: [(address, label, whether we stand in it)]; the home page only counts as itself."""
    home = reverse("home")
    rows = [(reverse(name), label) for name, label in MENU]
    above = [address for address, _label in rows if request.path.startswith(address) and address != home]
    # Resource pages stand below the library's address: the longest one says where we are.
    here = home if request.path == home else max(above, key=len, default="")
    return [(address, label, address == here) for address, label in rows]
