"""Themes, as a facet of the library: a document is on one by itself, by its call, or by a consultation it comes from."""

import uuid
from collections import Counter
from dataclasses import dataclass
from functools import reduce
from operator import or_

from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from consultations.models import Consultation, Theme
from portal.facets import Facet, register
from resources.models import Document

MOST = 30
BY_CONSULTATION = "consultation__document_links__document"
ROUTES = ("document", "call__document", BY_CONSULTATION)


def ties(reader, **narrowed):
    """[(theme, document)] querysets, one for each route, as far as this reader sees what lies on it."""
    themes = Theme.objects.visible_to(reader).published().filter(**narrowed).order_by()
    seen = Consultation.objects.visible_to(reader).published()
    rows = {route: themes.filter(**{f"{route}__isnull": False}) for route in ROUTES}
    rows[BY_CONSULTATION] = rows[BY_CONSULTATION].filter(consultation__in=seen)
    return {route: found.values_list("pk", route) for route, found in rows.items()}


@dataclass(frozen=True, eq=False)
class Themes(Facet):
    """The themes on which most documents are."""

    def known(self, values, reader, language):
        themes = Theme.objects.visible_to(reader).published().filter(pk__in=values)
        themes = themes.order_by(F("number").asc(nulls_last=True), "pk")
        return [(str(row.key), row.pk, row.text("title", language).text) for row in themes if row.has_title]

    def read(self, words, reader, language):
        keys = [key for key in map(as_key, words) if key]
        themes = Theme.objects.visible_to(reader).published().filter(key__in=keys)
        return list(themes.values_list("pk", flat=True))

    def narrow(self, rows, values, reader):
        found = ties(reader, pk__in=values)
        return rows.filter(reduce(or_, (Q(pk__in=pairs.values(route)) for route, pairs in found.items())))

    def counts(self, rows, reader):
        keys = rows.order_by().values("pk")
        found = [pairs.filter(**{f"{route}__in": keys}) for route, pairs in ties(reader).items()]
        counted = Counter(theme for theme, _document in found[0].union(*found[1:]))
        return dict(counted.most_common(MOST))


def as_key(word):
    try:
        return uuid.UUID(word)
    except ValueError:
        return None


register(Document, Themes("theme", _("Theme"), path=""))
