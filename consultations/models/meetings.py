"""The meetings that a consultation is made of."""

import uuid

from django.db import models
from django.db.models import Case, Exists, OuterRef, Q, Value, When
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from consultations.models.consultations import Consultation
from consultations.models.registrations import Registration, confirmed_for
from portal import dates, languages
from portal.models import Belongs, Objective, Searched, StoredFile, Translated
from resources.models import Document


def invited_to(reader, *statuses):
    """The condition on a meeting of being invited to it as a guest, with an answer as given."""
    from consultations.models.guests import Guest  # noqa: PLC0415 - the two know each other

    rows = Guest.objects.of(reader).filter(consultation=OuterRef("consultation"), status__in=statuses)
    rows = rows.filter(Q(is_for_all=True) | Q(meetings=OuterRef("pk")))
    shown = Q(circle=Meeting.Circle.WIDENED, consultation__status__in=Consultation.SHOWN)
    return shown & Q(Exists(rows))


class MeetingQuerySet(models.QuerySet):
    def visible_to(self, reader):
        """Meetings of the consultations that the reader sees, and those one is invited to as a guest.

        A guest sees the meeting and what belongs to it: the consultation itself stays hidden.
        """
        from consultations.models.guests import Guest  # noqa: PLC0415 - the two know each other

        seen = Q(consultation__in=Consultation.objects.visible_to(reader))
        return self.filter(seen | invited_to(reader, *Guest.OPEN))

    def in_order(self):
        return self.order_by(models.F("starts_at").asc(nulls_last=True), "round_number", "pk")

    def joined_by(self, reader):
        """Those that the reader may join: confirmed for the consultation, or a guest who has accepted."""
        return self.filter(joins(reader))

    def with_join_for(self, reader):
        """Each with `join`, the address where one joins: empty for whoever is neither confirmed nor a guest.

        The column itself is not even loaded, so that no page, file or feed can print it by mistake.
        """
        return self.annotate(join=Case(When(joins(reader), then="join_url"), default=Value(""))).defer(
            "join_url"
        )

    def as_agenda(self):
        """The prefetch plan of meetings on a page: moved dates, objectives, agendas, of repetitions too."""
        return self.select_related("repeats").prefetch_related(
            "moved_dates",
            "objectives",
            "bodies",
            "text_states",
            "repeats__bodies",
            "repeats__text_states",
        )


def joins(reader):
    """The condition on a meeting under which this reader has the address where one joins."""
    from consultations.models.guests import Guest  # noqa: PLC0415 - the two know each other

    rows = Registration.objects.filter(consultation=OuterRef("consultation"))
    is_confirmed = Q(Exists(rows.filter(confirmed_for(reader))))
    return is_confirmed | invited_to(reader, Guest.Status.ACCEPTED)


class Meeting(Belongs, Searched, Translated):
    """One sitting of a consultation: a round, for civil society alone or for the widened circle.

    A round can be held again at another hour for other time zones: the repetition has its own time and join
    address, and shares the circle, the agenda and the materials. Groups break out of a meeting by objective.
    """

    ABOVE = ("consultation",)
    search_kind = "meeting"
    search_whole = "consultation"

    class Circle(models.TextChoices):
        CIVIL_SOCIETY = "civil-society", _("For civil society")
        WIDENED = "widened", _("For civil society and guests")

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    consultation = models.ForeignKey(Consultation, on_delete=models.CASCADE, related_name="meetings")
    title = models.CharField(_("title"), max_length=300, blank=True)
    round_number = models.PositiveSmallIntegerField(_("round"), default=1)
    circle = models.CharField(
        _("circle"), max_length=16, choices=Circle.choices, default=Circle.CIVIL_SOCIETY
    )
    starts_at = models.DateTimeField(_("begins"), null=True, blank=True)
    ends_at = models.DateTimeField(_("ends"), null=True, blank=True)
    time_zone = models.CharField(_("time zone"), max_length=64, default="UTC")
    join_url = models.URLField(_("join address"), max_length=500, blank=True)
    people = models.JSONField(default=dict, blank=True)
    repeats = models.ForeignKey(
        "self", on_delete=models.SET_NULL, null=True, blank=True, related_name="repetitions"
    )
    breakout_of = models.ForeignKey(
        "self", on_delete=models.SET_NULL, null=True, blank=True, related_name="breakouts"
    )
    objectives = models.ManyToManyField(Objective, blank=True, verbose_name=_("objectives"))
    sequence = models.PositiveIntegerField(default=0, editable=False)
    cancelled_at = models.DateTimeField(null=True, blank=True, editable=False)
    changed_at = models.DateTimeField(auto_now=True)

    objects = MeetingQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = _("meeting"), _("meetings")
        constraints = [
            models.CheckConstraint(
                name="meeting_ends_after_it_begins",
                condition=Q(starts_at__isnull=True)
                | Q(ends_at__isnull=True)
                | Q(ends_at__gt=models.F("starts_at")),
            ),
            models.CheckConstraint(
                name="meeting_repeats_another", condition=~Q(repeats=models.F("pk")) | Q(repeats__isnull=True)
            ),
            models.CheckConstraint(
                name="meeting_breaks_out_of_another",
                condition=~Q(breakout_of=models.F("pk")) | Q(breakout_of__isnull=True),
            ),
        ]

    def __str__(self):
        return self.text("title", "en").text or f"{self.consultation}, round {self.round_number}"

    def text(self, field, language):
        """A repetition is called as what it repeats, unless it has a title of its own."""
        own = super().text(field, language)
        return own if own or not self.repeats_id else self.repeats.text(field, language)

    def search_rows(self):
        """Found by its own title and its agenda, by whoever finds its consultation; not once it is called off."""
        whole = self.consultation
        if self.cancelled_at or not whole.is_found:
            return {}
        objectives = list(self.objectives.values_list("pk", flat=True))
        same = {
            "access": whole.access,
            "objectives": objectives,
            "process": whole.process_id,
            "year": self.starts_at.astimezone(dates.zone_of(self.time_zone)).year if self.starts_at else None,
            "address": whole.address_key,
        }
        bodies = self.search_bodies()
        return {
            code: same
            | {"title": title, "excerpt": whole.text("title", code).text, "body": bodies.get(code, "")}
            for code in self.languages
            if (title := getattr(self, f"title_{code}", None))
        }

    @property
    def version(self):
        """What people were told: a new time is a new version, in notices and in calendars."""
        return self.sequence

    def is_over(self, at):
        """Whether it has ended, or begun where no end is known; one without a date is not over."""
        last = self.ends_at or self.starts_at
        return last is not None and last <= at

    @property
    def told_by(self):
        """The meeting whose agenda and materials this one has: its own, or those of the one it repeats."""
        return self.repeats or self


class MaterialQuerySet(models.QuerySet):
    def visible_to(self, reader):
        """Those of the meetings that the reader sees; a document of the library only to who may read it."""
        meetings = Meeting.objects.visible_to(reader)
        of_them = Q(meeting__in=meetings) | Q(meeting__repetitions__in=meetings)
        readable = Q(document__isnull=True) | Q(
            document__in=Document.objects.visible_to(reader).published().values("pk")
        )
        return self.filter(of_them, readable).distinct()

    def in_order(self):
        return self.order_by("is_afterwards", "pk")


class Material(models.Model):
    """What belongs to a meeting: a file, or a document of the library, to read before it or given afterwards."""

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="materials")
    title = models.CharField(_("title"), max_length=200, blank=True)
    language = models.CharField(max_length=12, blank=True)
    is_afterwards = models.BooleanField(default=False)
    file = models.OneToOneField(StoredFile, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    document = models.ForeignKey(Document, on_delete=models.CASCADE, null=True, blank=True, related_name="+")
    added_at = models.DateTimeField(auto_now_add=True)

    objects = MaterialQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = _("material"), _("materials")
        constraints = [
            models.CheckConstraint(
                name="material_is_a_file_or_a_document",
                condition=Q(file__isnull=False, document__isnull=True)
                | Q(file__isnull=True, document__isnull=False),
            ),
            models.UniqueConstraint(name="material_is_linked_once", fields=["meeting", "document"]),
        ]

    def __str__(self):
        return self.title or str(self.file or self.document)

    def get_absolute_url(self):
        if self.document_id:
            return self.document.get_absolute_url()
        return reverse("consultations:material", args=[self.key])

    @property
    def direction(self):
        return languages.direction(self.language)
