"""Whom a publication will reach, counted before it is told."""

from dataclasses import dataclass

from django.contrib.contenttypes.models import ContentType
from django.db.models import Count, Exists, OuterRef

from portal import languages
from portal.models import Membership, Notice, Recipient
from resources.models import Document
from resources.notifications import DocumentPublished


@dataclass(frozen=True)
class Readers:
    """How many addresses read a language, and whether the document can be read in it."""

    language: str
    count: int
    can_read: bool


@dataclass(frozen=True)
class Audience:
    """The organizations that are told, the readers by language, and organizations that nobody reads for."""

    organizations: int
    readers: list
    silent: int

    @property
    def reached(self):
        return self.organizations - self.silent


def of(document, editions):
    """The Audience of a document's publication, as things stand; three queries."""
    told = DocumentPublished.recipients(document).reachable()
    counted = (
        Recipient.objects.filter(pk__in=told.values("pk")).values("language").annotate(count=Count("pk"))
    )
    counts = dict(counted.order_by().values_list("language", "count"))
    there = {edition.language for edition in editions if edition.exists}
    members = DocumentPublished.organizations(document)
    reachable = Recipient.objects.reachable()
    people = Membership.objects.filter(
        organization=OuterRef("pk"), user__is_active=True, user__recipient__in=reachable
    )
    silent = members.filter(~Exists(people), ~Exists(reachable.filter(organization=OuterRef("pk"))))
    return Audience(
        organizations=members.count(),
        readers=[Readers(code, counts.get(code, 0), code in there) for code in languages.CODES],
        silent=silent.count(),
    )


def notice_of(document, **narrow):
    """The newest notice of the document's publication, or None."""
    kind = ContentType.objects.get_for_model(Document)
    notices = Notice.objects.filter(
        kind=DocumentPublished.name, content_type=kind, object_id=document.pk, **narrow
    )
    return notices.order_by("pk").last()
