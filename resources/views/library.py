"""The library: its list, the page of a document, its files."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from portal import facets, files, languages, panels
from portal.converters import by_address
from portal.models import Process
from portal.offline import may_be_kept
from portal.operations import search
from portal.windows import window
from resources import audience, editions
from resources.models import Document
from resources.models.documents import SORTS
from resources.permissions import can_draft, can_edit

PER_PAGE = 20
MOST = 5
NEWEST = "newest"
SORT_LABELS = [
    (NEWEST, _("Newest first")),
    ("title", _("By title")),
    ("changed", _("Recently changed first")),
]


@login_not_required
@require_safe
def documents(request):
    """Everything published that this reader may see, narrowed, sorted and leafed through as the address asks."""
    narrowed = facets_of(request)
    sort = sort_of(narrowed)
    page = window(
        narrowed.rows().as_list(),
        SORTS[sort](get_language()),
        request.GET,
        size=PER_PAGE,
        count=narrowed.amount,
    )
    context = {
        "facets": narrowed,
        "sorts": SORT_LABELS,
        "sort": sort,
        "page": page,
        "can_draft": can_draft(request.user),
    }
    return render(request, "resources/documents.html", context)


def sort_of(narrowed):
    return narrowed.kept["sort"] or NEWEST


def listed(request):
    """All that the address leaves of the library, in the order that it asks for."""
    narrowed = facets_of(request)
    order = SORTS[sort_of(narrowed)](get_language())
    return narrowed.rows().as_rows().order_by(*order.columns())


def facets_of(request):
    """What the address chooses of the documents that this reader may see."""
    rows = Document.objects.visible_to(request.reader).published()
    if asked := search.plain(request.GET.get("q", "")):
        rows = rows.filter(pk__in=search.things(asked, reader=request.reader, kind=Document.search_kind))
    sort = request.GET.get("sort")
    sort = sort if sort in SORTS and sort != NEWEST else ""
    return facets.of(rows, request.GET, request.reader, get_language(), q=asked, sort=sort)


@login_not_required
@require_safe
@may_be_kept
def document(request, key, language=None):
    """One document, with the light text of the page's language or of the one that was asked for."""
    rows = Document.objects.visible_to(request.reader, even_withdrawn=True).as_page()
    found = get_object_or_404(rows, **by_address(key))
    may_edit = can_edit(request.user, found)
    if found.status == Document.Status.WITHDRAWN and not may_edit:
        return gone(request, found)
    if key != found.address_key:
        return redirect(found, permanent=True)
    there = editions.of(found)
    if language is not None and not any(row.language == language and row.light_size for row in there):
        raise Http404
    body = editions.body(found, there, language or get_language())
    context = {
        "document": found,
        "site": settings.SITE_URL,
        "address": settings.SITE_URL + found.get_absolute_url(),
        "short_address": settings.SITE_URL + found.get_short_url(),
        "cited": [code for code in languages.CODES if code in found.languages and code != get_language()],
        "editions": there,
        "has_editions": any(row.exists for row in there),
        "body": body,
        "is_other_language": language is not None,
        "reading": next((row for row in there if body and row.language == body.language), None),
        "cover": found.cover_for(get_language()),
        "panels": panels.of(found, request.reader, get_language()),
        "can_edit": may_edit,
        "notice": audience.notice_of(found) if may_edit else None,
    }
    return render(request, "resources/document.html", context | beside(request.reader, found))


def beside(reader, document):
    """What stands beside a document: its process, what it follows up on, what follows it up, what is related."""
    seen = Document.objects.visible_to(reader).published()
    follow_ups = list(seen.filter(about=document).as_rows().newest_first()[:MOST])
    shown = [row.pk for row in follow_ups] + [document.about_id]
    related = seen.related_to(document).exclude(pk__in=[pk for pk in shown if pk])
    return {
        "process": Process.objects.visible_to(reader).filter(pk=document.process_id).first(),
        "about": seen.filter(pk=document.about_id).first() if document.about_id else None,
        "follow_ups": follow_ups,
        "related": related.as_rows()[:MOST],
    }


def gone(request, document):
    """Say that a document was withdrawn, and why, to who could read it before."""
    return render(request, "resources/document_gone.html", {"document": document}, status=410)


@login_not_required
@require_safe
@may_be_kept
def file(request, key, language):
    """The file of a document in one language, at an address that stays when the file is replaced."""
    found = get_object_or_404(Document.objects.visible_to(request.reader, even_withdrawn=True), key=key)
    if found.status == Document.Status.WITHDRAWN and not can_edit(request.user, found):
        return gone(request, found)
    part = get_object_or_404(found.files.select_related("file"), language=language)
    return files.answer(request, part.file)


@login_not_required
@require_safe
def cover(request, key, language):
    """The cover of a document's file in one language, to whoever may read the file."""
    found = get_object_or_404(Document.objects.visible_to(request.reader), key=key)
    rows = found.files.select_related("file__reading__cover").filter(file__reading__cover__isnull=False)
    stored = get_object_or_404(rows, language=language).file.reading.cover
    return files.answer(request, stored, is_public=found.is_for_everybody)
