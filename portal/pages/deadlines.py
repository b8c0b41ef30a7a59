"""What a coordinator's things come to in the next days: moments of every kind, and translations wanted before them."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import reduce
from operator import or_

from django.contrib.contenttypes.models import ContentType
from django.db.models import Count, Q
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _

from consultations.models import (
    Announcement,
    Call,
    CommentRound,
    Consultation,
    Paper,
    Registration,
    Submission,
)
from portal import dates, languages
from portal.models import Phase, TextState, Translated
from resources.models import ResourcePage

AHEAD = timedelta(days=30)
MOST = 20
Status = Consultation.Status


def _nothing(_thing):
    return ()


@dataclass(frozen=True)
class Sort:
    """A moment that things of a model come to: its field, which of them still come to it, and what is said of it."""

    model: type
    field: str
    words: Promise
    coming: Q
    place: str = ""  # the name of the address where one sees to it; "" for the thing's own
    notes: Callable = _nothing
    beside: tuple = ()

    def of(self, reader, now):
        """Those that this reader coordinates, the next first."""
        rows = self.model.objects.visible_to(reader).filter(self.model.coordinated_by(reader), self.coming)
        rows = rows.filter(**{f"{self.field}__gt": now, f"{self.field}__lte": now + AHEAD})
        if self.model is Consultation:
            waits = Q(registrations__status=Registration.Status.WAITLISTED)
            rows = rows.annotate(waiting_count=Count("registrations", filter=waits))
        rows = rows.select_related(*self.beside).prefetch_related("moved_dates")
        return [Deadline(self, row, now) for row in rows.order_by(self.field, "pk")[:MOST]]


@dataclass(frozen=True)
class Deadline:
    """A thing that comes to a moment."""

    sort: Sort
    thing: object
    now: datetime

    @property
    def at(self):
        return getattr(self.thing, self.sort.field)

    @property
    def zone(self):
        return self.thing.time_zone

    @property
    def title(self):
        return self.thing.text("title", get_language())

    @property
    def said(self):
        return self.sort.words % {"left": dates.from_now(self.at, self.now)}

    @property
    def notes(self):
        return [note for note in self.sort.notes(self.thing) if note]

    @property
    def languages(self):
        return getattr(self.thing, "languages", ())

    @property
    def address(self):
        if self.sort.place:
            return reverse(self.sort.place, args=[self.thing.key])
        return self.thing.get_absolute_url()


def _places(consultation):
    """How many places are taken, and who waits for one."""
    if consultation.places:
        taken = _("%(confirmed)s of %(places)s places taken")
    else:
        taken = ngettext(
            "%(number)s delegate confirmed", "%(number)s delegates confirmed", consultation.confirmed_count
        )
    number = consultation.waiting_count
    waiting = ngettext("%(number)s organization waits", "%(number)s organizations wait", number)
    confirmed = consultation.confirmed_count
    return (
        taken % {"confirmed": confirmed, "places": consultation.places, "number": confirmed},
        number and waiting % {"number": number},
    )


def _kind(thing):
    return (thing.get_kind_display(),)


def _process(thing):
    return (thing.process and thing.process.text("title", get_language()),)


SORTS = (
    Sort(
        Consultation,
        "opens_at",
        gettext_lazy("Registration opens %(left)s"),
        Q(status__in=[Status.ANNOUNCED, Status.OPEN]),
        notes=_kind,
    ),
    Sort(
        Consultation,
        "closes_at",
        gettext_lazy("Registration closes %(left)s"),
        Q(status=Status.OPEN),
        notes=_places,
    ),
    Sort(Call, "opens_at", gettext_lazy("The call opens %(left)s"), Q(status__in=Call.SHOWN), notes=_kind),
    Sort(
        Call,
        "closes_at",
        gettext_lazy("The call closes %(left)s"),
        Q(status__in=[Call.Status.PUBLISHED, Call.Status.OPEN]),
        notes=_kind,
    ),
    Sort(
        Call,
        "urgent_until",
        gettext_lazy("Organizations say until %(left)s what is urgent"),
        Q(status__in=[Call.Status.OPEN, Call.Status.CLOSED]),
        "consultations:urgent-result",
        _kind,
    ),
    Sort(
        CommentRound,
        "closes_at",
        gettext_lazy("Comments close %(left)s"),
        Q(closed_at=None),
        beside=("paper",),
    ),
    Sort(
        Paper,
        "sign_on_closes_at",
        gettext_lazy("Endorsement closes %(left)s"),
        Q(status=Paper.Status.SIGN_ON),
        "consultations:sign-on",
        _kind,
    ),
    Sort(Paper, "publish_at", gettext_lazy("The paper publishes itself %(left)s"), Q(), notes=_kind),
    Sort(ResourcePage, "publish_at", gettext_lazy("The page publishes itself %(left)s"), Q()),
    Sort(Announcement, "publish_at", gettext_lazy("The announcement is sent %(left)s"), Q()),
    Sort(
        Phase,
        "deadline_at",
        gettext_lazy("The phase ends %(left)s"),
        Q(status__in=Phase.SHOWN),
        notes=_process,
        beside=("process",),
    ),
    Sort(
        Submission,
        "due_at",
        gettext_lazy("To be handed over %(left)s"),
        Q(handed_over_on=None, outcomes=None) & ~Q(status=Submission.Status.WITHDRAWN),
        notes=lambda submission: (submission.addressee,),
    ),
)


def of(reader, now):
    """The moments of the next days, the next first."""
    found = [deadline for sort in SORTS for deadline in sort.of(reader, now)]
    return sorted(found, key=lambda deadline: deadline.at)


@dataclass(frozen=True)
class Wanted:
    """A text that comes to a moment and is not whole in every language."""

    deadline: Deadline
    missing: list
    stale: list

    @property
    def address(self):
        """Where its texts are written."""
        thing = self.deadline.thing
        app = "" if thing._meta.app_label == "portal" else f"{thing._meta.app_label}:"
        name = "page" if isinstance(thing, ResourcePage) else thing._meta.model_name
        return reverse(f"{app}{name}-edit", args=[thing.key])


def translations(found):
    """What is missing or out of date in these things before they come to their moments, each thing once."""
    first = {}
    for deadline in found:
        if isinstance(deadline.thing, Translated):
            first.setdefault((type(deadline.thing), deadline.thing.pk), deadline)
    stale = _stale(first)
    rows = (
        Wanted(
            deadline,
            [code for code in languages.CODES if code not in deadline.languages],
            stale.get(thing, []),
        )
        for thing, deadline in first.items()
    )
    return [row for row in rows if row.missing or row.stale]


def _stale(things):
    """{(model, id): [language]} of translations that the original has left behind."""
    of_models = {}
    for model, pk in things:
        of_models.setdefault(ContentType.objects.get_for_model(model), []).append(pk)
    if not of_models:
        return {}
    among = reduce(or_, (Q(content_type=kind, object_id__in=ids) for kind, ids in of_models.items()))
    rows = TextState.objects.filter(among, state=TextState.State.STALE).order_by("language")
    found = {}
    for row in rows.select_related("content_type"):
        codes = found.setdefault((row.content_type.model_class(), row.object_id), [])
        if row.language not in codes:
            codes.append(row.language)
    return found
