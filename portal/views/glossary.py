"""The glossary: the agreed words, language beside language, all of them or those that hold what is asked for."""

from django.contrib.auth.decorators import login_not_required
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from portal import glossary as agreed
from portal import languages, names

TITLES = {"field": _("Migration and the United Nations"), "portal": _("The work on this portal")}


@login_not_required
@require_safe
def glossary(request):
    """Every term in four languages, the reader's first; narrowed by words of any of them."""
    asked, here = request.GET.get("q", "").strip()[: agreed.LONGEST_QUESTION], get_language()
    codes = sorted(languages.CODES, key=lambda code: code != here)
    found = sorted(agreed.find(asked), key=lambda term: names.fold(term.words[here]))
    groups = [(name, TITLES[name], [term for term in found if term.group == name]) for name in agreed.GROUPS]
    context = {
        "asked": asked,
        "codes": codes,
        "count": len(found),
        "groups": [(name, title, rows_of(rows, codes)) for name, title, rows in groups if rows],
    }
    return render(request, "portal/glossary.html", context)


def rows_of(found, codes):
    """Terms with their words in the order of some languages: [(term, the first, [the others])]."""
    rows = [(term, [languages.Text(term.words[code], code) for code in codes]) for term in found]
    return [(term, first, others) for term, (first, *others) in rows]
