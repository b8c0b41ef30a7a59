"""Every public list as a table: its rows under the reader's rights and the list's own filters, its columns, how JSON tells one.

A file goes from hand to hand: beside the row itself it names only what everybody may know of.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.conf import settings
from django.db.models import Prefetch
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from consultations.models import PaperVersion
from consultations.views import commitments, consultations, papers, submissions
from portal import dates, languages
from portal.models import Objective, Process, Shown
from portal.pages import processes
from portal.pages.machines import public, things
from portal.templatetags.portal import language_name
from portal.views import organizations
from resources.views import campaigns, library, practices


@dataclass(frozen=True)
class Table:
    """A list: its name in addresses, the rows that a request asks for, what JSON tells of one, what stands in its columns."""

    name: str
    rows: Callable
    tell: Callable
    columns: tuple  # of (label, cell), the cell being made of a row and a language

    @property
    def labels(self):
        return [label for label, _cell in self.columns]

    def line(self, row, language):
        return [cell(row, language) for _label, cell in self.columns]


def text(field):
    return lambda row, language: row.text(field, language).text


def plain(name):
    def cell(row, _language):
        value = getattr(row, name)
        return "" if value is None else value

    return cell


def word(name):
    """The words for what is chosen from some choices."""
    return lambda row, _language: getattr(row, f"get_{name}_display")()


def day(name):
    """A day no more exact than it is known: 2027-09-09, 2027-09 or 2027."""
    return lambda row, _language: (
        things.day(getattr(row, f"{name}_on"), getattr(row, f"{name}_precision")) or ""
    )


def moment(name):
    """A moment on the clock of the thing's own zone, which stands in a column beside."""

    def cell(row, _language):
        value = getattr(row, name)
        return value.astimezone(dates.zone_of(row.time_zone)).strftime("%Y-%m-%d %H:%M") if value else ""

    return cell


def numbers(row, _language):
    return ", ".join(str(number) for number in things.numbers(row))


def process(row, language):
    return row.process.text("title", language).text if public.key_of(row.process) else ""


def country(row, language):
    return row.country.text("name", language).text if row.country else ""


def titles(name):
    return lambda row, language: "\n".join(
        each.text("title", language).text for each in getattr(row, name).all()
    )


def spoken(name):
    return lambda row, _language: "\n".join(language_name(code) for code in getattr(row, name))


def reports(name):
    """Dated words, the newest first, one on each line."""

    def cell(row, _language):
        told = reversed(things.reports(getattr(row, name)))
        return "\n".join(f"{one['on']}: {one['what']} {one['evidence']}".strip() for one in told)

    return cell


def address(row, _language):
    return settings.SITE_URL + row.get_absolute_url()


def files(row, _language):
    return "\n".join(settings.SITE_URL + one.get_absolute_url() for one in row.listed_files)


def shared_by(row, language):
    return row.organization.text("name", language).text if row.organization else row.organization_words


def shown(fact, cell):
    """What an organization says of itself, if it chose to show it."""
    return lambda row, language: cell(row, language) if fact in row.shown else ""


def yes_or_no(name):
    return lambda row, _language: _("Yes") if getattr(row, name) else _("No")


def papers_of(request):
    """The papers of the list, each with the versions that this reader may see."""
    versions = PaperVersion.objects.visible_to(request.reader).final().shown()
    rows = papers.narrowed(request)[1].select_related("consultation", "document")
    return rows.prefetch_related(Prefetch("versions", queryset=versions, to_attr="public_versions"))


def processes_of(request):
    return Process.objects.visible_to(request.reader).published().as_rows().order_by(*processes.NEWEST)


TITLE, SUMMARY = (_("Title"), text("title")), (_("Summary"), text("summary"))
KIND, PROCESS, OBJECTIVES = (_("Kind"), word("kind")), (_("Process"), process), (_("Objectives"), numbers)
BEGINS, ENDS = (_("Begins"), day("begins")), (_("Ends"), day("ends"))
PLACE, ZONE = (_("Place"), plain("place")), (_("Time zone"), plain("time_zone"))
SOURCE, ADDRESS = (_("Source"), plain("source_url")), (_("Address"), address)

TABLES = (
    Table(
        "consultations",
        lambda request: consultations.narrowed(request, timezone.now())[1].select_related("region"),
        things.consultation,
        (
            *(KIND, TITLE, SUMMARY),
            (pgettext_lazy("of a consultation", "Where it stands"), word("status")),
            (_("How one takes part"), word("mode")),
            *(BEGINS, ENDS, PLACE),
            (_("Registration opens"), moment("opens_at")),
            (_("Registration closes"), moment("closes_at")),
            ZONE,
            (_("Interpretation into"), spoken("interpretation")),
            *(PROCESS, OBJECTIVES, SOURCE, ADDRESS),
        ),
    ),
    Table(
        "library",
        library.listed,
        things.document,
        (
            *(KIND, TITLE, SUMMARY),
            (_("Date"), day("begins")),
            (_("Symbol"), plain("symbol")),
            (_("Languages"), spoken("document_languages")),
            *(PROCESS, OBJECTIVES, SOURCE, ADDRESS),
            (_("Files"), files),
        ),
    ),
    Table(
        "papers",
        papers_of,
        things.paper,
        (
            *(KIND, TITLE, SUMMARY),
            (pgettext_lazy("of a paper", "Where it stands"), word("status")),
            (_("Endorse by"), moment("sign_on_closes_at")),
            ZONE,
            (_("Published"), moment("published_at")),
            (_("Licence"), plain("licence")),
            *(PROCESS, OBJECTIVES, ADDRESS),
        ),
    ),
    Table(
        "practices",
        lambda request: practices.narrowed(request)[1],
        things.practice,
        (
            *(KIND, TITLE, SUMMARY),
            (_("Shared by"), shared_by),
            (
                _("Countries"),
                lambda row, language: "\n".join(
                    one.text("name", language).text for one in row.countries.all()
                ),
            ),
            (_("Regions"), titles("regions")),
            *(BEGINS, ENDS, OBJECTIVES, ADDRESS),
        ),
    ),
    Table(
        "campaigns",
        lambda request: campaigns.listed(request.reader).select_related("process"),
        things.campaign,
        (*(TITLE, SUMMARY, BEGINS, ENDS), (_("Hashtag"), plain("hashtag")), *(PROCESS, OBJECTIVES, ADDRESS)),
    ),
    Table(
        "commitments",
        lambda request: commitments.narrowed(request)[1],
        things.commitment,
        (
            *(KIND, TITLE, SUMMARY),
            (_("By whom"), plain("made_by")),
            (_("State"), country),
            (_("Date"), day("begins")),
            *(PROCESS, OBJECTIVES),
            (_("What was reported"), reports("updates")),
            *(SOURCE, ADDRESS),
        ),
    ),
    Table(
        "submissions",
        lambda request: submissions.narrowed(request)[1],
        things.submission,
        (
            *(TITLE, SUMMARY),
            (_("Addressee"), plain("addressee")),
            PROCESS,
            (_("Due"), moment("due_at")),
            ZONE,
            (_("Handed over on"), plain("handed_over_on")),
            (_("By which door"), plain("door_words")),
            (pgettext_lazy("of a submission", "Where it stands"), lambda row, _language: row.stage.label),
            (_("What came of it"), reports("outcomes")),
            *(OBJECTIVES, ADDRESS),
        ),
    ),
    Table(
        "organizations",
        lambda request: organizations.narrowed(request)[1],
        things.organization,
        (
            (_("Name"), text("name")),
            (Shown.ACRONYM.label, shown(Shown.ACRONYM, plain("acronym"))),
            (Shown.SUMMARY.label, shown(Shown.SUMMARY, text("summary"))),
            (Shown.CONSTITUENCY.label, shown(Shown.CONSTITUENCY, word("constituency"))),
            (Shown.SORT.label, shown(Shown.SORT, word("sort"))),
            (Shown.IS_MIGRANT_LED.label, shown(Shown.IS_MIGRANT_LED, yes_or_no("is_migrant_led"))),
            (Shown.COUNTRY.label, shown(Shown.COUNTRY, country)),
            (Shown.REGIONS.label, shown(Shown.REGIONS, titles("regions"))),
            (Shown.SPOKEN.label, shown(Shown.SPOKEN, spoken("spoken"))),
            (Shown.WEBSITE.label, shown(Shown.WEBSITE, plain("website"))),
            (Shown.OBJECTIVES.label, shown(Shown.OBJECTIVES, numbers)),
            ADDRESS,
        ),
    ),
    Table(
        "objectives",
        lambda request: Objective.objects.order_by("number"),
        things.objective,
        (
            (pgettext_lazy("of an objective", "Number"), plain("number")),
            (_("In short"), text("label")),
            TITLE,
            (
                _("Languages whose wording was seen on an official page"),
                lambda row, _language: "\n".join(
                    language_name(code) for code in languages.CODES if row.is_verified(code)
                ),
            ),
            (_("Review roundtable"), plain("roundtable")),
            ADDRESS,
        ),
    ),
    Table(
        "processes",
        processes_of,
        things.process,
        (
            *(TITLE, SUMMARY, BEGINS, ENDS, PLACE),
            (_("The current one"), yes_or_no("is_current")),
            *(OBJECTIVES, SOURCE, ADDRESS),
        ),
    ),
)
