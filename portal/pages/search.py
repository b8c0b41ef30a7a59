"""The search page: what was found, grouped by kind, with the words marked."""

import re
from dataclasses import dataclass, field

from django.contrib.auth.decorators import login_not_required
from django.shortcuts import render
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from portal import languages, names
from portal.operations import search as searching

# In the order of the page: the word of the index, its heading, the name of its address.
KINDS = {
    "consultation": (_("Consultations"), "consultations:consultation"),
    "call": (_("Calls"), "consultations:call"),
    "paper": (_("Papers"), "consultations:paper"),
    "document": (_("Documents"), "resources:document"),
    "process": (_("Processes"), "process"),
    "commitment": (_("Commitments"), "consultations:commitment"),
    "submission": (_("Submissions"), "consultations:submission"),
    "accreditation-track": (_("Accreditation"), "consultations:accreditation-track"),
    "working-group": (_("Working groups"), "working-group"),
    "practice": (_("Practices and plans"), "resources:practice"),
    "campaign": (_("Campaigns"), "resources:campaign"),
    "page": (_("Resource pages"), "resources:page"),
}
EXCERPT = 240
BEFORE = 80
WORD = re.compile(r"\w+")
LEAST_IN_COMMON = 4


@dataclass
class Result:
    """A row of the page: a title and an excerpt in the language they are in."""

    address: str
    title: str
    excerpt: str
    language: str
    kind: str

    @property
    def direction(self):
        return languages.direction(self.language)


@dataclass
class Group:
    """The results of one kind."""

    kind: str
    label: str
    results: list = field(default_factory=list)


@login_not_required
@require_safe
def search(request):
    """Find public things, and members' things for members, in four languages."""
    asked = request.GET.get("q", "")
    kind = request.GET.get("kind")
    kind = kind if kind in KINDS else None
    found = searching.find(asked, reader=request.reader, language=get_language(), kind=kind)
    terms = [names.fold(word) for word in WORD.findall(found.asked)]
    context = {
        "found": found,
        "kind": kind,
        "kind_label": KINDS[kind][0] if kind else "",
        "groups": groups([result(row, terms) for row in found.here]),
        "elsewhere": [result(row, terms) for row in found.elsewhere],
    }
    return render(request, "portal/search.html", context)


def groups(results):
    by_kind = {kind: Group(kind, label) for kind, (label, _name) in KINDS.items()}
    for row in results:
        by_kind[row.kind].results.append(row)
    return [group for group in by_kind.values() if group.results]


def result(entry, terms):
    _label, name = KINDS[entry.kind]
    return Result(
        address=reverse(name, args=[entry.address]),
        title=highlight(entry.title, terms),
        excerpt=highlight(excerpt(entry.excerpt, terms), terms),
        language=entry.language,
        kind=entry.kind,
    )


def excerpt(text, terms):
    """The part of a text around the first word that was asked for."""
    if len(text) <= EXCERPT:
        return text
    first = next((match.start() for match in WORD.finditer(text) if is_asked(match.group(), terms)), 0)
    start = text.rfind(" ", 0, max(first - BEFORE, 1)) + 1
    end = start + EXCERPT
    cut = text[start:end] if end >= len(text) else text[start:end].rsplit(" ", 1)[0] + "…"
    return f"…{cut}" if start else cut


def highlight(text, terms):
    """The text, escaped, with the words that were asked for marked."""
    pieces, end = [], 0
    for match in WORD.finditer(text):
        if is_asked(match.group(), terms):
            pieces += [(text[end : match.start()],), (format_html("<mark>{}</mark>", match.group()),)]
            end = match.end()
    return format_html_join("", "{}", [*pieces, (text[end:],)])


def is_asked(word, terms):
    """Whether a word of a text is one that was asked for, give or take its ending and its article."""
    folded = names.fold(word)
    bare = folded.removeprefix("و").removeprefix("ال")
    for term in terms:
        asked = term.removeprefix("ال")
        stem = asked[: max(LEAST_IN_COMMON, len(asked) - 3)]
        if folded == term or (
            len(asked) >= LEAST_IN_COMMON and (folded.startswith(stem) or bare.startswith(stem))
        ):
            return True
    return False
