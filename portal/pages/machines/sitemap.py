"""The map of the site for search engines: every public page in each language it exists in, and nothing else.

An index leads to parts, each of so many things of one kind that it stays far below what a part may hold. Organizations
that public sources merely name stay out; so do pages that say the same as another, such as the versions of a paper.
"""

from datetime import UTC
from xml.etree import ElementTree

from django.conf import settings
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils import translation

from consultations.models import (
    AccreditationTrack,
    Announcement,
    Call,
    Commitment,
    Consultation,
    Paper,
    Submission,
)
from portal import languages
from portal.models import Objective, Organization, Principle, Process, WorkingGroup
from portal.pages.machines import public
from portal.pages.machines.answers import for_everybody
from resources.models import Campaign, Document, Practice, ResourcePage

PART = 2000
SITEMAP, XHTML = "http://www.sitemaps.org/schemas/sitemap/0.9", "http://www.w3.org/1999/xhtml"
LISTS = (
    "home",
    "privacy",
    "accessibility",
    "contact",
    "interface",
    "objectives",
    "principles",
    "glossary",
    "processes",
    "organizations",
    "organizations-coverage",
    "working-groups",
)
LISTS += ("resources:documents", "resources:pages", "resources:campaigns", "resources:practices")
LISTS += ("consultations:consultations", "consultations:calls", "consultations:papers")
LISTS += ("consultations:commitments", "consultations:commitments-compared", "consultations:submissions")
LISTS += ("consultations:accreditation-tracks", "consultations:accreditation-guide")
LISTS += ("consultations:announcements",)
RECORDS = (Process, WorkingGroup, Document, ResourcePage, Campaign, Practice)
RECORDS += (Consultation, Call, Paper, Commitment, Submission, AccreditationTrack, Announcement)
KINDS = {model._meta.model_name: model for model in RECORDS}
READ = ("key", "slug", "original_language", "languages", "changed_at")


def things(kind):
    """The public things of a kind, with no more of them than their addresses need."""
    if kind == "organization":
        return public.rows(Organization).directory().only(*READ).order_by("pk")
    return public.rows(KINDS[kind]).only(*READ, "access").order_by("pk")


@for_everybody
def index(request):
    """Which parts there are."""
    root = ElementTree.Element("sitemapindex", xmlns=SITEMAP)
    for kind, number in parts():
        entry = ElementTree.SubElement(root, "sitemap")
        address = settings.SITE_URL + reverse("sitemap-part", args=[kind, number])
        ElementTree.SubElement(entry, "loc").text = address
    return answer(root)


def parts():
    """Every part: (kind, number from 1)."""
    yield "lists", 1
    for kind in (*KINDS, "organization"):
        for number in range(1, -(-things(kind).count() // PART) + 1):
            yield kind, number


@for_everybody
def part(request, kind, number):
    """The pages of one part, each in its languages, which name one another."""
    if kind not in {"lists", "organization", *KINDS} or not 1 <= number <= 1_000_000:
        raise Http404
    root = ElementTree.Element("urlset", {"xmlns": SITEMAP, "xmlns:xhtml": XHTML})
    found = list(lists() if kind == "lists" and number == 1 else pages(kind, number))
    if not found:
        raise Http404
    for addresses, changed_at in found:
        add(root, addresses, changed_at)
    return answer(root)


def lists():
    """Pages that are always there, the 23 objectives among them: (their addresses by language, no moment)."""
    with translation.override(public.FIRST):
        paths = [reverse(name) for name in LISTS]
        paths += [row.get_absolute_url() for row in (*Objective.objects.all(), *Principle.objects.all())]
    for path in paths:
        yield {code: public.in_language(path, code) for code in languages.CODES}, None


def pages(kind, number):
    """The pages of the things of a part: (their addresses by language, when they changed)."""
    if kind == "lists":
        return
    for thing in things(kind)[(number - 1) * PART : number * PART]:
        yield public.addresses(thing), thing.changed_at


def add(root, addresses, changed_at):
    for address in addresses.values():
        entry = ElementTree.SubElement(root, "url")
        ElementTree.SubElement(entry, "loc").text = address
        if changed_at:
            moment = changed_at.astimezone(UTC).isoformat(timespec="seconds")
            ElementTree.SubElement(entry, "lastmod").text = moment
        for code, other in addresses.items():
            alternate = {"rel": "alternate", "hreflang": code, "href": other}
            ElementTree.SubElement(entry, "xhtml:link", alternate)


def answer(root):
    content = ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)
    return HttpResponse(content, content_type="application/xml; charset=utf-8")
