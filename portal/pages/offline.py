"""Reading without a connection: the page of what is kept on a device, the worker that shows it, the portal as an app."""

import hashlib
import json
from pathlib import Path

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import reverse
from django.utils import translation
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from portal import branding, languages, offline

WORKER = Path(__file__).resolve().parent.parent / "static" / "portal" / "js" / "worker.js"
ASSETS = ("css/portal.css", "js/own_clock.js", "js/kept.js", "img/icon.svg")
ICONS = (("icon-192.png", "192x192", "any"), ("icon-512.png", "512x512", "any"))
ICONS += (("icon-maskable.png", "512x512", "maskable"),)
ASKED_AGAIN = {"Cache-Control": "public, no-cache"}  # the same for everybody, and never an old one


@login_not_required
@require_safe
@offline.may_be_kept
def kept(request):
    """What is kept on this device, in words that script fills; shown too when a page cannot be reached."""
    return render(request, "portal/kept.html")


@login_not_required
@require_safe
def worker(request):
    """The worker with what it must have at hand: the page of what is kept, in each language, and what that needs."""
    body = f"const SHELL = {json.dumps(shell())};\n{WORKER.read_text(encoding='utf-8')}"
    return HttpResponse(body, content_type="text/javascript; charset=utf-8", headers=ASKED_AGAIN)


def shell():
    """The name of this state of things, the page in each language, the files that it shows itself with."""
    pages = {}
    for code in languages.CODES:
        with translation.override(code):
            pages[code] = reverse("kept")
    files = [static(f"portal/{name}") for name in ASSETS]
    files += [address for address in (branding.sheet_address(), branding.logo_address()) if address]
    state = hashlib.sha256(json.dumps([pages, files]).encode() + WORKER.read_bytes()).hexdigest()
    return {"name": f"shell-{state[:12]}", "pages": pages, "files": files}


@login_not_required
@require_safe
def manifest(request):
    """How the portal stands among the apps of a device, in the language of the address."""
    deep = branding.colour("brand-deep")
    told = {
        "id": "/",
        "name": branding.name(),
        "short_name": branding.name(),
        "lang": get_language(),
        "dir": languages.direction(get_language()),
        "start_url": reverse("home"),
        "scope": "/",
        "display": "minimal-ui",
        "theme_color": deep,
        "background_color": branding.colour("paper"),
        "icons": icons(),
    }
    return JsonResponse(told, content_type="application/manifest+json", headers=ASKED_AGAIN)


def icons():
    """The pictures that stand for the portal: its own, or the logo that is set."""
    if settings.SITE_LOGO:
        return [
            {"src": branding.logo_address(), "sizes": "any", "type": branding.logo(settings.SITE_LOGO)[1]}
        ]
    return [
        {"src": static(f"portal/img/{name}"), "sizes": sizes, "type": "image/png", "purpose": purpose}
        for name, sizes, purpose in ICONS
    ]
