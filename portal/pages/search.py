"""The search page: what was found, grouped by kind, with the words marked."""

import re
from dataclasses import dataclass, field
from http import HTTPStatus

from allauth.account.adapter import get_adapter
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from portal import asking, languages, synonyms
from portal.facets import Choice, Facet, Facets
from portal.operations import limits
from portal.operations import search as searching
from resources.facets import Languages, Years, objectives, processes

# In the order of the page: the word of the index, its heading, the name of its address.
KINDS = {
    "objective": (_("Objectives"), "objective"),
    "consultation": (_("Consultations"), "consultations:consultation"),
    "meeting": (_("Meetings"), "consultations:consultation"),
    "call": (_("Calls"), "consultations:call"),
    "paper": (_("Papers"), "consultations:paper"),
    "document": (_("Documents"), "resources:document"),
    "process": (_("Processes"), "process"),
    "commitment": (_("Commitments"), "consultations:commitment"),
    "submission": (_("Submissions"), "consultations:submission"),
    "accreditation-track": (_("Accreditation"), "consultations:accreditation-track"),
    "announcement": (_("Announcements"), "consultations:announcement"),
    "working-group": (_("Working groups"), "working-group"),
    "practice": (_("Practices and plans"), "resources:practice"),
    "campaign": (_("Campaigns"), "resources:campaign"),
    "page": (_("Resource pages"), "resources:page"),
    "organization": (_("Organizations"), "organization"),
}
EXCERPT = 240
BEFORE = 80
WORD = re.compile(r"\w+")
LEAST_IN_COMMON = 4
SHORTEST_BEGINNING = asking.SHORTEST_BEGINNING
SHOWN_OF_EACH = 6
JOINED = ("و", "ف", "ب", "ل")  # Arabic writes these to the front of a word


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

    @property
    def label(self):
        """The heading of its kind."""
        return KINDS[self.kind][0]


@dataclass
class Group:
    """The results of one kind."""

    kind: str
    label: str
    results: list = field(default_factory=list)
    amount: int = 0

    @property
    def has_more(self):
        return self.amount > len(self.results)


def kinds(reader, language):
    return [(kind, kind, label) for kind, (label, _name) in KINDS.items()]


FACETS = (
    Facet("kind", _("Kind"), "", kinds),
    Facet("objective", _("Objective"), "", objectives),
    Facet("process", _("Process"), "", processes),
    Years("year", _("Year"), ""),
    Languages("language", _("Language"), ""),
)


@dataclass
class Narrowing(Facets):
    """By what the search is narrowed, one value of each; what else there is was counted while finding."""

    def values(self):
        return {facet.name: value for facet, values in self.chosen.items() for value in values.values()}

    def _kept(self, what, make):
        return make()

    def amounts(self):
        return {facet: self.every.counts.get(facet.name, {}) for facet in self.chosen}

    def _choices(self, facet, amounts):
        chosen = [*self.chosen[facet].values()]
        known = facet.known({*(chosen or amounts)}, self.reader, self.language)
        return [
            Choice(label, self._amount(amounts, value), value in chosen, self._query(facet, word))
            for word, value, label in known
        ]

    def _amount(self, amounts, value):
        return None if self.every.is_many else amounts.get(value, 0)


@login_not_required
@require_safe
def search(request):
    """Find public things, and members' things for members, in four languages."""
    asked = searching.plain(request.GET.get("q", ""))
    facets = narrowing(request, asked)
    chosen = facets.values()
    facets.every = found = searching.find(
        asked,
        reader=request.reader,
        language=get_language(),
        narrowed=searching.Narrowed(**chosen),
        page=request.GET.get("page"),
        each=SHOWN_OF_EACH,
    )
    terms = asked_words(found.asked)
    context = {
        "found": found,
        "facets": facets,
        "language": get_language(),
        "groups": groups([result(row, terms) for row in found.here], found),
        "elsewhere": [result(row, terms) for row in found.elsewhere],
        "kind": chosen.get("kind"),
        "is_one_language": "language" in chosen,
    }
    return render(request, "portal/search.html", context)


@login_not_required
@require_safe
def suggestions(request):
    """Titles that what is being typed may become: a piece of the search page, empty where there are none."""
    asks = request.user.pk or get_adapter(request).get_client_ip(request)
    if not limits.take_typing(str(asks)):
        return HttpResponse(status=HTTPStatus.TOO_MANY_REQUESTS)
    found = searching.suggest(request.GET.get("q", ""), reader=request.reader, language=get_language())
    results = [Result(address_of(row), row.title, "", row.language, row.kind) for row in found]
    return HttpResponse(render_to_string("portal/_suggestions.html", {"results": results}).strip())


def narrowing(request, asked):
    """What the address chooses; of each facet the first value that means something."""
    facets = Narrowing(None, request.reader, get_language(), {"q": asked})
    for facet in FACETS:
        word = request.GET.get(facet.name)
        values = facet.read([word], request.reader, get_language()) if word else []
        facets.chosen[facet] = dict(zip([word], values, strict=False))
    return facets


def groups(results, found):
    """The results by kind, in the order of the kinds."""
    by_kind = {
        kind: Group(kind, label, amount=found.amounts.get(kind, 0)) for kind, (label, _name) in KINDS.items()
    }
    for row in results:
        by_kind[row.kind].results.append(row)
    return [group for group in by_kind.values() if group.results]


def asked_words(asked):
    """The words to be marked: those that were asked for, and those that mean the same."""
    words = WORD.findall(asked)
    families = [other for word in words for code in languages.CODES for other in synonyms.of(word, code)]
    return [bare(word) for word in [*words, *(part for other in families for part in WORD.findall(other))]]


def address_of(entry):
    _label, name = KINDS[entry.kind]
    return reverse(name, args=[entry.address])


def result(entry, terms):
    return Result(
        address=address_of(entry),
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
    """Whether a word of a text is one that was asked for, give or take its ending and what Arabic puts before it."""
    written = bare(word)
    without = written[1:] if written[:1] in JOINED and len(written) >= LEAST_IN_COMMON else written
    for term in terms:
        stem = term[: max(LEAST_IN_COMMON, len(term) - 3)]
        beginning = stem if len(term) >= LEAST_IN_COMMON else term
        if term in (written, without) or (
            len(term) >= SHORTEST_BEGINNING and any(form.startswith(beginning) for form in (written, without))
        ):
            return True
    return False


def bare(word):
    """A word as it is compared: folded, without an Arabic article; other scripts have none."""
    return synonyms.bare(word, "ar")
