"""By what the library can be narrowed; consultations add themes."""

import re

from django.utils.translation import gettext_lazy as _

from portal.facets import ArrayFacet, Facet, ManyFacet, register
from portal.models import Objective, Principle, Process, Region
from portal.templatetags.portal import language_name
from resources.models import Document

CODE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})?")


def objectives(reader, language):
    rows = Objective.objects.order_by("number")
    return [(str(row.number), row.pk, f"{row.number} {row.text('label', language)}") for row in rows]


def principles(reader, language):
    rows = Principle.objects.order_by("number")
    return [(str(row.number), row.pk, row.text("title", language).text) for row in rows]


def regions(reader, language):
    rows = Region.objects.order_by("code")
    return [(row.code, row.pk, row.text("title", language).text) for row in rows]


def processes(reader, language):
    rows = Process.objects.visible_to(reader).newest_first()
    return [(row.address_key, row.pk, row.text("title", language).text) for row in rows]


def kinds(reader, language):
    return [(value, value, label) for value, label in Document.Kind.choices]


class Years(Facet):
    """The years of the documents' days, the latest first."""

    def known(self, values, reader, language):
        return [(str(year), year, str(year)) for year in sorted(values, reverse=True)]

    def read(self, words, reader, language):
        return [int(word) for word in words if re.fullmatch("[12][0-9]{3}", word)]


class Languages(ArrayFacet):
    """The languages in which the documents can be read."""

    def known(self, values, reader, language):
        return sorted(((code, code, language_name(code)) for code in values), key=lambda row: row[2])

    def read(self, words, reader, language):
        return [word for word in words if CODE.fullmatch(word)]


for facet in (
    Facet("kind", _("Kind"), "kind", kinds),
    ManyFacet("objective", _("Objective"), "objectives", objectives),
    ManyFacet("principle", _("Guiding principle"), "principles", principles),
    Facet("process", _("Process"), "process", processes),
    ManyFacet("region", _("Region"), "regions", regions),
    Languages("language", _("Language"), "document_languages"),
    Years("year", _("Year"), "begins_on__year"),
):
    register(Document, facet)
