"""Consultations and the meetings they are made of."""

from typing import NamedTuple

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from portal import instances, prepared
from portal.models import Organization, Phase, Process, Record, RecordQuerySet, Region
from resources.models import Document

ASKS = """
EXISTS (SELECT FROM consultations_question WHERE consultation_id = consultation.id AND retired_at IS NULL) AS asks_questions,
EXISTS (SELECT FROM consultations_consenttext WHERE consultation_id = consultation.id) AS asks_text
"""
ASKED = f"SELECT {ASKS} FROM consultations_consultation AS consultation WHERE id = %(consultation)s"  # noqa: S608 - constants only


# Most are open to everybody, or to every member: these are found by a question of two columns.
OPEN_TO = f"""
SELECT *, {ASKS} FROM consultations_consultation AS consultation
WHERE key = %(key)s AND status = ANY(%(shown)s) AND access = ANY(%(access)s)
"""  # noqa: S608 - constants only


class Asked(NamedTuple):
    """What is asked in registering, beside who comes."""

    questions: bool
    text: bool


def one_day():
    """When reminders are due, in hours before, until a coordinator sets other times."""
    return [24]


def three_days():
    return [72]


class ConsultationQuerySet(RecordQuerySet):
    def find_visible_to(self, reader, *, key):
        """The one with this key if this reader may see it, else None.

        What is open to the reader is asked first: that holds because `seen_by` only adds to it; a theme, say, also
        takes away.
        """
        shown, access = ([*map(str, names)] for names in (self.model.SHOWN, self.model.access_of(reader)))
        found = instances.of(self.model, OPEN_TO, {"key": key, "shown": shown, "access": access})
        if not found:
            return self.visible_to(reader).filter(key=key).first()
        found[0].asked_when_found = Asked(found[0].asks_questions, found[0].asks_text)
        return found[0]

    def open(self, at):
        """Open for registration at a moment."""
        return self.filter(
            Q(opens_at__isnull=True) | Q(opens_at__lte=at),
            Q(closes_at__isnull=True) | Q(closes_at__gt=at),
            status=Consultation.Status.OPEN,
        )

    def upcoming(self, at):
        """Open, or announced to open later, by what closes first."""
        return self.filter(
            Q(closes_at__isnull=True) | Q(closes_at__gt=at),
            status__in=[Consultation.Status.OPEN, Consultation.Status.ANNOUNCED],
        ).order_by(models.F("closes_at").asc(nulls_last=True), "pk")

    def as_rows(self):
        return super().as_rows().select_related("process")

    def as_page(self):
        """The prefetch plan of a consultation's own page, and of the form that changes it."""
        return (
            self.as_rows()
            .select_related("region", "phase")
            .prefetch_related("moved_dates", "bodies", "text_states")
        )

    def matching(self, *, objective=None, process=None, kind="", year="", language=""):
        """Narrow to what a person looks for in the list; what is not given does not narrow."""
        wanted = {
            "objectives": objective,
            "process": process,
            "kind": kind,
            "interpretation__contains": [language] if language else None,
        }
        rows = self.filter(**{name: value for name, value in wanted.items() if value})
        if year:
            rows = rows.filter(Q(begins_on__year=year) | Q(begins_on__isnull=True, ends_on__year=year))
        return rows

    def by_stage(self, at):
        """Each with `stage` at a moment: open now, then ahead of us by date, then behind us, newest first."""
        from consultations.models import stages  # noqa: PLC0415 - the two know each other

        return self.annotate(stage=stages.at(at)).order_by(*stages.ORDER)


class Consultation(Record):
    """A consultation: announced, opened for registration within a window, held in meetings, closed, archived.

    Places are delegates. `confirmed_count` counts the places that are held: by confirmed registrations, and by those
    to which places are offered for `offer_hours` (none: a free place is theirs at once). `next_seq` numbers
    registrations in order of arrival. Both change only under this row's lock.
    """

    search_kind = "consultation"
    ABOVE = ("process",)
    asked_when_found = None  # what `asked` answers, where it was read together with the row

    class Kind(models.TextChoices):
        CONSULTATION = "consultation", _("Consultation")
        DIALOGUE = "dialogue", _("Dialogue")
        ROUNDTABLE = "roundtable", _("Roundtable")
        TRAINING = "training", _("Training")
        BRIEFING = "briefing", _("Briefing")
        WEBINAR = "webinar", _("Webinar")
        HEARING = "hearing", _("Hearing")
        PREPARATORY = "preparatory-meeting", _("Preparatory meeting")
        FORUM = "forum", _("Forum or summit")
        SIDE_EVENT = "side-event", _("Side event")
        OTHER = "other", pgettext_lazy("consultation", "Other")

    class Mode(models.TextChoices):
        ONLINE = "online", _("Online")
        IN_PERSON = "in-person", _("In person")
        HYBRID = "hybrid", _("Online and in person")
        WRITTEN = "written", _("In writing, over some time")
        UNKNOWN = "unknown", _("Not known")

    class Attribution(models.TextChoices):
        ATTRIBUTED = "attributed", pgettext_lazy("consultation", "Attributed")
        NOT_ATTRIBUTED = "not-attributed", pgettext_lazy("consultation", "Not attributed")
        CONFIDENTIAL = "confidential", pgettext_lazy("consultation", "Confidential")

    class Status(models.TextChoices):
        DRAFT = "draft", pgettext_lazy("consultation", "Draft")
        ANNOUNCED = "announced", pgettext_lazy("consultation", "Announced")
        OPEN = "open", pgettext_lazy("consultation", "Open")
        CLOSED = "closed", pgettext_lazy("consultation", "Closed")
        ARCHIVED = "archived", pgettext_lazy("consultation", "Archived")

    MOVES = {
        Status.DRAFT: {Status.ANNOUNCED, Status.OPEN},
        Status.ANNOUNCED: {Status.OPEN, Status.CLOSED},
        Status.OPEN: {Status.CLOSED},
        Status.CLOSED: {Status.OPEN, Status.ARCHIVED},
        Status.ARCHIVED: set(),
    }
    SHOWN = (Status.ANNOUNCED, Status.OPEN, Status.CLOSED, Status.ARCHIVED)

    class Approval(models.TextChoices):
        AUTOMATIC = "automatic", _("At once, while places last")
        BY_HAND = "by-hand", _("By a coordinator")

    status = models.CharField(_("state"), max_length=12, choices=Status.choices, default=Status.DRAFT)
    kind = models.CharField(_("kind"), max_length=20, choices=Kind.choices, default=Kind.CONSULTATION)
    kind_word = models.CharField(max_length=60, blank=True)
    mode = models.CharField(_("mode"), max_length=10, choices=Mode.choices, default=Mode.ONLINE)
    mode_word = models.CharField(max_length=100, blank=True)
    process = models.ForeignKey(
        Process,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="consultations",
        verbose_name=_("process"),
    )
    phase = models.ForeignKey(
        Phase,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="consultations",
        verbose_name=_("phase"),
    )
    part_of = models.ForeignKey(
        "self",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="parts",
        verbose_name=_("part of"),
    )
    region = models.ForeignKey(
        Region, on_delete=models.PROTECT, null=True, blank=True, verbose_name=_("region")
    )
    place = models.CharField(_("place"), max_length=200, blank=True)
    attribution = models.CharField(
        _("attribution"), max_length=16, choices=Attribution.choices, default=Attribution.ATTRIBUTED
    )
    interpretation = ArrayField(
        models.CharField(max_length=12), default=list, blank=True, verbose_name=_("interpretation languages")
    )
    round_number = models.PositiveSmallIntegerField(null=True, blank=True)
    rounds_count = models.PositiveSmallIntegerField(null=True, blank=True)
    people = models.JSONField(default=dict, blank=True)

    approval = models.CharField(
        _("approval"), max_length=10, choices=Approval.choices, default=Approval.AUTOMATIC
    )
    takes_registrations = models.BooleanField(_("takes registrations"), default=False)
    places = models.PositiveIntegerField(_("places"), null=True, blank=True)
    places_per_organization = models.PositiveSmallIntegerField(_("places for one organization"), default=3)
    offer_hours = models.PositiveSmallIntegerField(
        _("hours for which a free place is offered"), null=True, blank=True
    )
    opens_at = models.DateTimeField(_("registration opens"), null=True, blank=True)
    closes_at = models.DateTimeField(_("registration closes"), null=True, blank=True)
    time_zone = models.CharField(_("time zone"), max_length=64, default="UTC")
    remind_before_deadline = ArrayField(models.PositiveSmallIntegerField(), default=three_days, blank=True)
    remind_before_meeting = ArrayField(models.PositiveSmallIntegerField(), default=one_day, blank=True)
    remind_to_name = ArrayField(models.PositiveSmallIntegerField(), default=three_days, blank=True)
    confirmed_count = models.PositiveIntegerField(default=0, editable=False)
    next_seq = models.PositiveIntegerField(default=1, editable=False)

    objects = ConsultationQuerySet.as_manager()

    class Meta(Record.Meta):
        verbose_name, verbose_name_plural = _("consultation"), _("consultations")
        constraints = [
            *Record.Meta.constraints,
            models.CheckConstraint(
                name="consultation_confirmed_within_places",
                condition=Q(places__isnull=True) | Q(confirmed_count__lte=models.F("places")),
            ),
            models.CheckConstraint(
                name="consultation_closes_after_it_opens",
                condition=Q(opens_at__isnull=True)
                | Q(closes_at__isnull=True)
                | Q(closes_at__gt=models.F("opens_at")),
            ),
            models.CheckConstraint(
                name="consultation_confidential_is_by_invitation",
                condition=~Q(attribution="confidential") | Q(access="invited"),
            ),
            models.CheckConstraint(
                name="consultation_open_has_deadline",
                condition=~Q(status="open", takes_registrations=True) | Q(closes_at__isnull=False),
            ),
            models.CheckConstraint(
                name="consultation_admits_at_least_one",
                condition=Q(places_per_organization__gte=1),
            ),
            models.CheckConstraint(
                name="consultation_offers_for_an_hour_at_least",
                condition=Q(offer_hours__isnull=True) | Q(offer_hours__gte=1),
            ),
        ]
        indexes = [models.Index(fields=["status", "closes_at"], name="consultation_due")]

    @classmethod
    def seen_by(cls, reader):
        """Also to who is registered for it or invited to, and to those who coordinate it or report on it."""
        seen = super().seen_by(reader) | cls.registered_by(reader) | cls.read_within(reader)
        return seen | cls.inviting(reader) if reader.verified_ids else seen

    @classmethod
    def inviting(cls, reader):
        """Open by invitation to one of the reader's organizations, until it has registered or the invitation ends."""
        from consultations.models.admissions import Admission  # noqa: PLC0415 - the two know each other

        rows = Admission.objects.open().filter(organization__in=reader.verified_ids)
        return Q(Exists(rows.filter(consultation=OuterRef("pk"))))

    @classmethod
    def read_within(cls, reader):
        """The condition of being within the scope of a coordinator or rapporteur of something."""
        in_process = Q(process_id__in=reader.reported_ids(Process))
        return Q(pk__in=reader.reported_ids(cls)) | in_process

    @classmethod
    def registered_by(cls, reader):
        """Registered (pending, confirmed or waiting) by one of the reader's organizations, or as delegate."""
        if reader.is_anonymous and reader.recipient is None:
            return Q(pk__in=[])
        from consultations.models.registrations import (  # noqa: PLC0415 - the two know each other
            Registration,
            confirmed_for,
        )

        rows = Registration.objects.filter(consultation=OuterRef("pk"))
        own = Q(organization_id__in=reader.organizations.keys(), status__in=Registration.HELD)
        return Q(Exists(rows.filter(own | confirmed_for(reader)))) & Q(status__in=cls.SHOWN)

    def save(self, *args, **kwargs):
        """Save all but the two counts of the line, which change by their own statements, under the lock.

        A page, a translator or an importer that read the row a moment ago must not turn them back.
        """
        if not self._state.adding and kwargs.get("update_fields") is None:
            names = {field.name for field in self._meta.concrete_fields if not field.primary_key}
            kwargs["update_fields"] = names - {"confirmed_count", "next_seq"}
        super().save(*args, **kwargs)

    def get_absolute_url(self):
        return reverse("consultations:consultation", args=[self.address_key])

    def search_parts(self):
        return self.meetings.all()

    def admits(self, organization):
        """Whether an organization of this standing may register; into an invited room only by an invitation."""
        if organization.status != Organization.Status.VERIFIED:
            return False
        if self.access == self.Access.PUBLIC:
            return True
        is_invited = self.access == self.Access.MEMBERS or self.admissions.open().filter(
            organization=organization
        )
        return organization.is_member and bool(is_invited)

    @property
    def is_closed_room(self):
        """By invitation only: nothing about it leaves in clear, no counts, no titles in messages (safety.md, D9)."""
        return self.access == self.Access.INVITED

    def asked(self):
        """Whether there are questions, and a text to agree to: most ask neither, and a crowd need not read them."""
        return self.asked_when_found or Asked(*prepared.rows(ASKED, {"consultation": self.pk})[0])

    def is_open(self, at):
        """Whether registration is possible at a moment."""
        return (
            self.takes_registrations
            and self.status == self.Status.OPEN
            and (self.opens_at is None or self.opens_at <= at)
            and (self.closes_at is None or self.closes_at > at)
        )

    @property
    def places_left(self):
        """Places that nobody holds; None where there is no limit."""
        return None if self.places is None else max(self.places - self.confirmed_count, 0)


class DocumentOrigin(models.Model):
    """Where a library document came from: the consultation it belongs to."""

    document = models.ForeignKey(Document, on_delete=models.CASCADE, related_name="origins")
    consultation = models.ForeignKey(Consultation, on_delete=models.CASCADE, related_name="document_links")

    class Meta:
        constraints = [
            models.UniqueConstraint(name="documentorigin_is_said_once", fields=["document", "consultation"])
        ]

    def __str__(self):
        return f"{self.document} from {self.consultation}"
