"""Every list of the JSON interface: its rows, how one is told, what one can ask for. Whoever adds a kind adds it here."""

from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import Prefetch

from consultations import models as work
from portal import models as kernel
from portal.models import Reader
from portal.pages.machines import public, things
from resources import models as library
from resources.models.documents import listed_files

IN_LANGUAGE = {"language": "languages__contains"}
ON_OBJECTIVE = {"objective": "objectives__number"}
IN_PROCESS = {"process": "process__in"}
OF_KIND = {"kind": "kind"}
SINCE = {"changed_since": "changed_at__gte"}
IN_YEAR = {"year": "begins_on__year"}
OF_RECORD = ON_OBJECTIVE | IN_YEAR | IN_LANGUAGE | SINCE


@dataclass(frozen=True)
class Shelf:
    """A list: its name and that of one thing on it, its public rows in no order, how one is told, what narrows it.

    `words` are the long texts, told only of one thing at a time.
    """

    name: str
    one: str
    rows: Callable
    tell: Callable
    schema: type
    filters: dict
    identity: str = "key"
    words: Callable | None = None
    words_of: tuple = ()

    @property
    def is_paged(self):
        """Lists of facts are short, and told whole."""
        return self.identity == "key"


def records(model, *related, more=()):
    """Public records of a model with what their telling reads."""

    def rows():
        return public.rows(model).select_related(*related).prefetch_related("objectives", *more)

    return rows


def facts(model, *more):
    return lambda: model.objects.prefetch_related(*more)


def phases():
    """Those of processes that everybody may see."""
    rows = records(kernel.Phase, "process")()
    return rows.filter(process__in=public.processes())


def meetings():
    return public.rows(work.Meeting).select_related("consultation").prefetch_related("objectives")


def versions_of_papers():
    return public.rows(work.PaperVersion).final().shown()


def papers():
    versions = Prefetch("versions", queryset=versions_of_papers(), to_attr="public_versions")
    related = ("process", "consultation", "document")
    return records(work.Paper, *related, more=[versions])()


def versions():
    return versions_of_papers().order_by().select_related("paper").with_texts()


def endorsements():
    rows = work.Endorsement.objects.visible_to(Reader.nobody())
    return rows.select_related("version__paper", "organization")


def page_sections():
    rows = public.rows(library.PageSection).standing()
    return rows.select_related("page", "process", "campaign").prefetch_related("objectives")


def organizations():
    return public.rows(kernel.Organization).directory().as_rows()


def shelf_of_records(name, one, model, tell, *related, filters=None, more=()):
    """A list of records with their long texts."""
    schema = getattr(things, model.__name__)
    asked = OF_RECORD | (IN_PROCESS if "process" in related else {}) | (filters or {})
    return Shelf(
        name,
        one,
        records(model, *related, more=more),
        tell,
        schema,
        asked,
        words=things.bodies,
        words_of=("bodies", "text_states"),
    )


def _shelf_of_facts(name, one, model, identity, *more):
    tell, schema = getattr(things, one), getattr(things, model.__name__)
    return Shelf(name, one, facts(model, *more), tell, schema, {}, identity=identity)


SHELVES = (
    _shelf_of_facts("objectives", "objective", kernel.Objective, "number"),
    _shelf_of_facts("principles", "principle", kernel.Principle, "number"),
    _shelf_of_facts("regions", "region", kernel.Region, "code"),
    _shelf_of_facts("countries", "country", kernel.Country, "iso2", "regions"),
    shelf_of_records("processes", "process", kernel.Process, things.process),
    Shelf("phases", "phase", phases, things.phase, things.Phase, OF_RECORD | IN_PROCESS),
    shelf_of_records(
        *("consultations", "consultation", work.Consultation, things.consultation, "process", "region"),
        filters=OF_KIND | {"state": "status"},
    ),
    Shelf(
        *("meetings", "meeting", meetings, things.meeting, things.Meeting),
        ON_OBJECTIVE | SINCE | {"process": "consultation__process__in", "year": "starts_at__year"},
    ),
    shelf_of_records(
        *("calls", "call", work.Call, things.call, "process", "consultation"),
        filters=OF_KIND | {"state": "status"},
    ),
    shelf_of_records(
        *("documents", "document", library.Document, things.document, "process"),
        filters=OF_KIND | {"language": "document_languages__contains"},
        more=[listed_files()],
    ),
    Shelf(
        *("papers", "paper", papers, things.paper, things.Paper),
        OF_RECORD | IN_PROCESS | OF_KIND | {"state": "status"},
    ),
    Shelf(
        *("versions", "version", versions, things.version, things.Version, {}),
        words=things.words_of_version,
    ),
    Shelf("endorsements", "endorsement", endorsements, things.endorsement, things.Endorsement, {}),
    shelf_of_records(
        *("commitments", "commitment", work.Commitment, things.commitment, "process", "country"),
        filters=OF_KIND,
        more=["updates"],
    ),
    shelf_of_records(
        *("submissions", "submission", work.Submission, things.submission, "process"), more=["outcomes"]
    ),
    shelf_of_records("practices", "practice", library.Practice, things.practice, filters=OF_KIND),
    shelf_of_records("campaigns", "campaign", library.Campaign, things.campaign, "process"),
    shelf_of_records("pages", "page", library.ResourcePage, things.resource_page, "process", "parent"),
    Shelf(
        *("page-sections", "page-section", page_sections, things.page_section, things.PageSection),
        ON_OBJECTIVE | IN_PROCESS | SINCE | {"page": "page__key"},
        words=things.bodies,
        words_of=("bodies", "text_states"),
    ),
    Shelf(
        *("organizations", "organization", organizations, things.organization, things.Organization),
        SINCE,
    ),
)
