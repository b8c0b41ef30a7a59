"""The meetings that a consultation is made of."""

import uuid

from django.db import models
from django.db.models import Case, Exists, OuterRef, Q, Value, When
from django.utils.translation import gettext_lazy as _

from consultations.models.consultations import Consultation
from consultations.models.registrations import Registration, confirmed_for
from portal.models import Translated


class MeetingQuerySet(models.QuerySet):
    def visible_to(self, reader):
        """Meetings of the consultations that the reader sees."""
        return self.filter(consultation__in=Consultation.objects.visible_to(reader))

    def in_order(self):
        return self.order_by(models.F("starts_at").asc(nulls_last=True), "round_number", "pk")

    def with_join_for(self, reader):
        """Each with `join`, the address where one joins: empty for whoever is not confirmed.

        The column itself is not even loaded, so that no page, file or feed can print it by mistake.
        """
        rows = Registration.objects.filter(consultation=OuterRef("consultation"))
        joins = Case(When(Exists(rows.filter(confirmed_for(reader))), then="join_url"), default=Value(""))
        return self.annotate(join=joins).defer("join_url")


class Meeting(Translated):
    """One sitting of a consultation: a round, for civil society alone or for the widened circle."""

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
            )
        ]

    def __str__(self):
        return self.text("title", "en").text or f"{self.consultation}, round {self.round_number}"

    @property
    def version(self):
        """What people were told: a new time is a new version, in notices and in calendars."""
        return self.sequence

    def is_over(self, at):
        """Whether it has ended, or begun where no end is known; one without a date is not over."""
        last = self.ends_at or self.starts_at
        return last is not None and last <= at
