"""Texts are given to those who translate them, taken back, reminded of, and over once they are translated."""

from datetime import timedelta
from itertools import groupby

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import BooleanField, Case, F, Q, When
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from portal import clock, ordering
from portal.errors import Refused
from portal.models import Assignment, Reader, Recipient, Role, User
from portal.models.assignments import sources
from portal.notifications import TranslationAssigned, TranslationDue, TranslationTakenBack, notify
from portal.operations import endings, log, records

AHEAD = timedelta(days=3)  # so long before its day a text is reminded of
TRANSLATING = (Role.Kind.TRANSLATOR, Role.Kind.COORDINATOR, Role.Kind.ADMINISTRATOR)
HELD = _("Somebody has this text already. Take it back first.")


@transaction.atomic
def give(thing, *, source, language, person, due_at, by):
    """Give a text to somebody who may translate it into a language, to be done by a day, and tell that person.

    With a whole goes what this person had of it already; what others have of it stays with them.
    """
    thing, now = records.lock(thing), clock.now()
    if due_at <= now:
        raise Refused(_("This day is over. Please choose a later one."), "due_at")
    if not able(thing, source, language).filter(pk=person.pk).exists():
        raise Refused(_("This person may not translate this text into this language."), "person")
    kind = ContentType.objects.get_for_model(thing)
    place = {"content_type": kind, "object_id": thing.pk, "language": language}
    given = Assignment.objects.open().filter(language=language)
    given.filter(source.given_within(thing), user=person).update(
        status=Assignment.Status.TAKEN_BACK, version=F("version") + 1
    )
    if given.holding(source, language, [thing]).exists():
        raise Refused(HELD)
    if given.filter(**place).exists():
        raise Refused(_("Somebody has its title and summary already. Take these back first."))
    values = {"source": source.name, "user": person, "due_at": due_at, "given_by": by, "given_at": now}
    assignment = Assignment.objects.create(**place, **values)
    log.record(f"translation into {language} given", thing, by=by)
    notify(TranslationAssigned, assignment, by=by)
    return assignment


@transaction.atomic
def take_back(thing, *, assignment, words="", by):
    """Take a text back from whom it was given to, by the key of that, and tell the person, with a word if there is one."""
    thing = records.lock(thing)
    kind = ContentType.objects.get_for_model(thing)
    rows = Assignment.objects.open().filter(content_type=kind, object_id=thing.pk, key=assignment)
    assignment = rows.select_for_update(of=["self"], no_key=True).first()
    if assignment is None:
        raise Refused(_("Somebody has just changed this. Please look at it again and retry."))
    assignment.move_to(Assignment.Status.TAKEN_BACK)
    assignment.words = words
    assignment.save(update_fields=["status", "version", "words"])
    log.record(f"translation into {assignment.language} taken back", thing, by=by)
    notify(TranslationTakenBack, assignment, by=by)
    return assignment


@transaction.atomic
def end_done():
    """End what waits no more: what is translated, what is gone, what the person may not translate any longer."""
    now, readers = clock.now(), {}
    rows = Assignment.objects.open().select_related("user").order_by("user", "source", "language", "pk")
    for (person, name, language), group in groupby(rows, lambda row: (row.user, row.source, row.language)):
        group = list(group)
        reader = readers.setdefault(person, Reader.of(person))
        kept = sources[name].kept([row.object_id for row in group], reader, language, now)
        over = [row.pk for row in group if row.object_id not in kept]
        Assignment.objects.open().filter(pk__in=over).update(
            status=Assignment.Status.OVER, version=F("version") + 1
        )


@transaction.atomic
def remind():
    """Tell, three days before, that a translation is due; one that was given for less than that is not reminded of."""
    endings.remind(TranslationDue, Assignment.objects.open(), end="due_at", ahead=AHEAD)


def able(thing, source, language):
    """The people who may translate a text into a language: all are asked in one statement."""
    roles = Role.objects.current().filter(kind__in=TRANSLATING, user__is_active=True)
    readers = Reader.of_recipients(
        Recipient.objects.filter(user__in=roles.values("user")).select_related("user")
    )
    may = {f"may_{reader.user.pk}": _whether(source.may(reader, language)) for reader in readers}
    found = (
        source.model._default_manager.filter(source.where, pk=thing.pk).annotate(**may).values(*may).first()
    )
    return User.objects.filter(
        pk__in=[reader.user.pk for reader in readers if found and found[f"may_{reader.user.pk}"]]
    ).order_by(ordering.by("name", get_language()), "pk")


def _whether(condition):
    """A condition as an expression; an empty one is always met."""
    return Case(When(condition or Q(pk__isnull=False), then=True), default=False, output_field=BooleanField())
