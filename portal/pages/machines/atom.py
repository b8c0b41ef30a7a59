"""Atom feeds: what is new, of everything, of one objective or of one process, in the language of the address.

A feed tells what can be read in its language. An entry keeps its id for good, whatever its address becomes.
"""

from operator import attrgetter
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from consultations.models import Announcement, Call, Commitment, Consultation, Paper, Submission
from portal import branding
from portal.converters import by_address
from portal.models import Objective, Process
from portal.pages.machines import public
from portal.pages.machines.answers import for_everybody
from resources.models import Campaign, Document, Practice, ResourcePage

MOST = 30
STARTED = "2026"  # the year that stands in the ids of feeds: it never changes
IN_PROCESS = (Document, Consultation, Call, Paper, Commitment, Submission, Campaign, ResourcePage)
TOLD = (*IN_PROCESS, Practice, Announcement)


class Feed(Atom1Feed):
    """A feed whose entries say in which language they are, and where they stand in others."""

    content_type = "application/atom+xml; charset=utf-8"

    def add_item_elements(self, handler, item):
        super().add_item_elements(handler, item)
        for code, address in item["others"].items():
            handler.addQuickElement("link", "", {"href": address, "rel": "alternate", "hreflang": code})


def newest(models, **of):
    """The rows that changed last, of several kinds, which can be read in the language of the address."""
    code, found = get_language(), []
    for model in models:
        rows = public.rows(model).filter(**of).order_by("-changed_at", "-pk")
        found += (rows.filter(languages__contains=[code]) | rows.filter(original_language=code))[:MOST]
    return sorted(found, key=attrgetter("changed_at"), reverse=True)[:MOST]


def answer(name, title, page, rows):
    """The feed as a file: its name is what its id is made of."""
    code, host = get_language(), urlsplit(settings.SITE_URL).hostname
    feed = Feed(
        title=title,
        link=settings.SITE_URL + page,
        description=_("What is new on the portal of civil society"),
        language=code,
        author_name=branding.name(),
        feed_url=settings.SITE_URL + reverse_of(name),
        feed_guid=f"tag:{host},{STARTED}:{code}/{name}",
    )
    for row in rows:
        add(feed, row, code)
    return HttpResponse(feed.writeString("utf-8"), content_type=Feed.content_type)


def reverse_of(name):
    """The address of a feed by its name: "everything", "objective/7", "process/the-key"."""
    kind, _slash, rest = name.partition("/")
    return reverse("feed") if kind == "everything" else reverse(f"{kind}-feed", args=[rest])


def add(feed, row, code):
    addresses = public.addresses(row)
    feed.add_item(
        title=row.text("title", code).text or row.get_absolute_url(),
        link=settings.SITE_URL + row.get_absolute_url(),
        description=row.text("summary", code).text or None,
        unique_id=row.key.urn,
        pubdate=row.created_at,
        updateddate=row.changed_at,
        categories=[row._meta.model_name],
        others={other: address for other, address in addresses.items() if other != code},
    )


@for_everybody
def everything(request):
    """What is new everywhere."""
    return answer("everything", branding.name(), reverse("home"), newest(TOLD))


@for_everybody
def of_objective(request, number):
    """What is new on one objective."""
    objective = get_object_or_404(Objective, number=number)
    label = objective.text("label", get_language())
    title = _("Objective %(number)s: %(label)s") % {"number": number, "label": label}
    page = objective.get_absolute_url()
    return answer(f"objective/{number}", title, page, newest(TOLD, objectives=objective))


@for_everybody
def of_process(request, key):
    """What is new in one process."""
    process = get_object_or_404(public.rows(Process), **by_address(key))
    title = process.text("title", get_language()).text
    page = process.get_absolute_url()
    return answer(f"process/{process.key}", title, page, newest(IN_PROCESS, process=process))
