"""What a report of a process says: its figures in words and tables, as far as they may leave the house."""

from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from consultations.participation import FEWEST, Participation, outside
from consultations.printing import typesetting
from portal import dates, files, languages
from portal.models import Reader
from portal.templatetags.portal import list_text, number

PDF = "application/pdf"
LEFT_OUT = {"country"}  # its rows fill pages; which States are missing is said in a line
MOST_NAMED = 12


def content(report):
    """The file of a report, as `portal.files.Clean`."""
    counted = Participation(report.process, Reader.of(report.asked_by), report.before)
    with translation.override(report.language):
        data = told(report, counted)
        made = typesetting.pdf("report.typ", data)
        return files.Clean(files.clean_name(f"{data['title']}.x", ".pdf"), made, PDF, files.pages_of(made))


def told(report, counted):
    """What the template draws, in its order."""
    language, day = report.language, report.asked_at.date()
    title = report.process.text("title", language).text
    earlier = report.before.text("title", language).text if report.before else ""
    return {
        "title": title,
        "kind": _("Who took part"),
        "language": language,
        "direction": languages.direction(language),
        "date": [day.year, day.month, day.day],
        "facts": [dates.day(day)],
        "said": _sentence(counted),
        "amounts": [
            [str(row.label), number(row.here), number(row.before) if earlier else ""]
            for row in counted.amounts
        ],
        "missing": [
            [str(table.title), list_text([str(label) for label in table.unheard[:MOST_NAMED]])]
            for table in counted.tables
            if table.unheard
        ],
        "tables": [_table(table, earlier) for table in counted.tables if table.name not in LEFT_OUT],
        "earlier": earlier,
        "words": {
            "amounts": _("How much there was"),
            "missing": _("Who has not been heard"),
            "took_part": _("Took part"),
            "verified": pgettext("organizations", "Verified"),
            "here": pgettext("in this process", "Here"),
            "earlier": pgettext("in the process before", "Earlier"),
            "notes": _notes(earlier),
            "page": _("Page %(number)s of %(pages)s") % {"number": "{number}", "pages": "{pages}"},
        },
    }


def _sentence(counted):
    verified = len(counted.verified)
    return ngettext(
        "%(here)s of %(number)s verified organization took part: it registered, sent a contribution or endorsed a paper.",
        "%(here)s of %(number)s verified organizations took part: they registered, sent a contribution or endorsed a paper.",
        verified,
    ) % {"here": number(len(counted.here)), "number": number(verified)}


def _notes(earlier):
    said = [
        _("An organization counts once, and under each of its regions and languages."),
        _("A dash stands for a figure below %(fewest)s, and for one that would tell it.")
        % {"fewest": number(FEWEST)},
    ]
    return [*said, *([_("Earlier: %(process)s.") % {"process": earlier}] if earlier else [])]


def _table(table, earlier):
    rows = [
        {
            "label": str(row.label),
            "share": -1 if figure is None else round(100 * figure / row.verified),
            "figures": [
                _said(figure),
                number(row.verified),
                *([_said(outside(row.before))] if earlier else []),
            ],
        }
        for row, figure in table.guarded
    ]
    return {"title": str(table.title), "rows": rows}


def _said(figure):
    return "–" if figure is None else number(figure)
