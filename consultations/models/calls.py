"""Calls for input, and the themes that group what was said."""

import uuid

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from consultations.models.consultations import Consultation
from consultations.models.registrations import Registration
from portal import clock
from portal.models import Belongs, Organization, Process, Record, RecordQuerySet
from resources.models import Document


class CallQuerySet(RecordQuerySet):
    def taking(self, at):
        """Those that take contributions here at a moment."""
        return self.filter(
            Q(opens_at__isnull=True) | Q(opens_at__lte=at),
            Q(closes_at__isnull=True) | Q(closes_at__gt=at),
            status=Call.Status.OPEN,
        )

    def read_by(self, reader):
        """Those whose contributions this reader reads and sorts: as coordinator, or as a chosen rapporteur."""
        return self if reader.reports_everything else self.filter(Call.read_within(reader))


class Call(Record):
    """A question put to organizations: for input, feedback, practices or endorsement, within a window.

    Announced, it only says what is asked and where; opened, it takes contributions here until its deadline.
    """

    search_kind = "call"
    ABOVE = ("consultation", "process")

    class Kind(models.TextChoices):
        INPUT = "input", _("Call for input")
        SURVEY = "survey", _("Survey")
        FEEDBACK = "feedback", _("Call for feedback")
        PRACTICES = "practices", _("Call for practices")
        ENDORSEMENT = "endorsement", _("Call for endorsements")
        OTHER = "other", _("Other call")

    class Status(models.TextChoices):
        DRAFT = "draft", _("Draft")
        PUBLISHED = "published", _("Announced")
        OPEN = "open", _("Open")
        CLOSED = "closed", _("Closed")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    MOVES = {
        Status.DRAFT: {Status.PUBLISHED, Status.OPEN},
        Status.PUBLISHED: {Status.OPEN, Status.WITHDRAWN},
        Status.OPEN: {Status.CLOSED},
        Status.CLOSED: {Status.OPEN, Status.WITHDRAWN},
        Status.WITHDRAWN: {Status.PUBLISHED},
    }
    SHOWN = (Status.PUBLISHED, Status.OPEN, Status.CLOSED)

    class Answerers(models.TextChoices):
        MEMBERS = "members", _("Members only: verified organizations of civil society")
        VERIFIED = "verified", _("Every verified organization")
        PARTICIPANTS = "participants", _("Organizations confirmed for the consultation")

    class Shows(models.TextChoices):
        NOBODY = "nobody", _("Nobody but the organization itself, coordinators and rapporteurs")
        MEMBERS = "members", _("Members, once the call is closed")
        PUBLIC = "public", _("Everybody, once the call is closed")

    kind = models.CharField(_("kind"), max_length=12, choices=Kind.choices, default=Kind.INPUT)
    status = models.CharField(_("state"), max_length=12, choices=Status.choices, default=Status.DRAFT)
    kind_word = models.CharField(max_length=60, blank=True)
    process = models.ForeignKey(
        Process, on_delete=models.PROTECT, null=True, blank=True, related_name="calls"
    )
    consultation = models.ForeignKey(
        Consultation, on_delete=models.PROTECT, null=True, blank=True, related_name="calls"
    )
    document = models.ForeignKey(
        Document, on_delete=models.SET_NULL, null=True, blank=True, related_name="calls"
    )
    answer_languages = ArrayField(models.CharField(max_length=12), default=list, blank=True)
    opens_at = models.DateTimeField(_("opens"), null=True, blank=True)
    closes_at = models.DateTimeField(_("deadline"), null=True, blank=True)
    time_zone = models.CharField(_("time zone"), max_length=64, default="UTC")
    answerers = models.CharField(
        _("who may answer"), max_length=12, choices=Answerers.choices, default=Answerers.MEMBERS
    )
    takes_strangers = models.BooleanField(_("people without account may answer"), default=False)
    takes_networks = models.BooleanField(_("networks may answer for their members"), default=False)
    shows = models.CharField(
        _("who reads the contributions"), max_length=8, choices=Shows.choices, default=Shows.NOBODY
    )
    told_at = models.DateTimeField(null=True, blank=True, editable=False)
    # How many themes an organization may mark as urgent, and until when; None: that is not asked.
    urgent_most = models.PositiveSmallIntegerField(null=True, blank=True, editable=False)
    urgent_until = models.DateTimeField(null=True, blank=True, editable=False)

    objects = CallQuerySet.as_manager()

    class Meta(Record.Meta):
        verbose_name, verbose_name_plural = _("call"), _("calls")
        constraints = [
            *Record.Meta.constraints,
            models.CheckConstraint(
                name="call_closes_after_it_opens",
                condition=Q(opens_at__isnull=True)
                | Q(closes_at__isnull=True)
                | Q(closes_at__gt=models.F("opens_at")),
            ),
            models.CheckConstraint(
                name="call_open_has_deadline",
                condition=~Q(status="open") | Q(closes_at__isnull=False),
            ),
            models.CheckConstraint(
                name="call_urgent_has_deadline",
                condition=Q(urgent_most__isnull=True, urgent_until__isnull=True)
                | Q(urgent_most__gte=1, urgent_until__isnull=False),
            ),
            models.CheckConstraint(
                name="call_of_strangers_is_public",
                condition=Q(takes_strangers=False) | Q(access="public"),
            ),
            models.CheckConstraint(
                name="call_of_participants_has_consultation",
                condition=~Q(answerers="participants") | Q(consultation__isnull=False),
            ),
            models.CheckConstraint(
                name="call_shows_no_wider_than_itself",
                condition=Q(access="public")
                | Q(access="members", shows__in=["nobody", "members"])
                | Q(shows="nobody"),
            ),
        ]

    @classmethod
    def seen_by(cls, reader):
        """Also to those who coordinate or report on it or what it belongs to, and to whom a closed room is asked."""
        asked = Q(status__in=cls.SHOWN, answerers=cls.Answerers.PARTICIPANTS) & cls.asks(reader)
        return super().seen_by(reader) | cls.read_within(reader) | asked

    @classmethod
    def read_within(cls, reader):
        """The condition of being within the scope of a coordinator or rapporteur of something."""
        return (
            Q(pk__in=reader.reported_ids(cls))
            | Q(consultation_id__in=reader.reported_ids(Consultation))
            | Q(process_id__in=reader.reported_ids(Process))
            | Q(consultation__process_id__in=reader.reported_ids(Process))
        )

    @classmethod
    def asks(cls, reader):
        """The condition of asking an organization of the reader's that is confirmed for its consultation."""
        rows = Registration.objects.filter(
            consultation=OuterRef("consultation"),
            organization_id__in=reader.verified_ids,
            status=Registration.Status.CONFIRMED,
        )
        return Q(Exists(rows))

    def get_absolute_url(self):
        return reverse("consultations:call", args=[self.address_key])

    def is_open(self, at):
        """Whether contributions are taken here at a moment."""
        return (
            self.status == self.Status.OPEN
            and (self.opens_at is None or self.opens_at <= at)
            and (self.closes_at is None or self.closes_at > at)
        )

    def asks_what_is_urgent(self, at):
        """Whether organizations can mark themes at a moment."""
        return (
            self.status in (self.Status.OPEN, self.Status.CLOSED)
            and self.urgent_until is not None
            and self.urgent_until > at
        )

    def asks_still(self, at):
        """Whether it is open here or, where answers go elsewhere, its last moment or day has not passed."""
        if self.status != self.Status.PUBLISHED:
            return self.is_open(at)
        if (self.opens_at and self.opens_at > at) or (
            not self.opens_at and self.begins_on and self.begins_on > at.date()
        ):
            return False
        if self.closes_at is not None:
            return self.closes_at > at
        return self.ends_on is not None and self.ends_on >= at.date()

    @property
    def is_closed_room(self):
        """Nothing about it leaves in clear: by invitation itself, or asked of those in a room by invitation."""
        return self.access == self.Access.INVITED or (
            self.consultation_id is not None and self.consultation.is_closed_room
        )

    def admits(self, organization):
        """Whether an organization of this standing may answer."""
        if organization.status != Organization.Status.VERIFIED:
            return False
        if self.answerers == self.Answerers.PARTICIPANTS:
            return Registration.objects.filter(
                consultation=self.consultation_id,
                organization=organization,
                status=Registration.Status.CONFIRMED,
            ).exists()
        return organization.is_member or self.answerers == self.Answerers.VERIFIED


class CallInvitationQuerySet(models.QuerySet):
    def visible_to(self, reader):
        """To calls that this reader sees: those sent to the reader's organizations, or all to who reads for the call."""
        to_own = self.model.organizations.through.objects.filter(
            callinvitation=OuterRef("pk"), organization__in=reader.organizations.keys()
        )
        is_read = Q(call__in=Call.objects.read_by(reader))
        return self.filter(is_read | Exists(to_own), call__in=Call.objects.visible_to(reader))


class CallInvitation(Belongs, models.Model):
    """Organizations that have not answered a call are asked to, before it closes."""

    ABOVE = ("call",)

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    call = models.ForeignKey(Call, on_delete=models.CASCADE, related_name="invitations")
    organizations = models.ManyToManyField(Organization, related_name="+")
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    invited_at = models.DateTimeField(default=clock.now, editable=False)

    objects = CallInvitationQuerySet.as_manager()

    def __str__(self):
        return f"{self.call}, {self.invited_at:%Y-%m-%d}"

    def get_absolute_url(self):
        return reverse("consultations:heard", args=[self.call.key])


class Theme(Record):
    """What several inputs have in common; it need not have a title."""

    ABOVE = ("call",)

    document = models.ForeignKey(
        Document, on_delete=models.CASCADE, null=True, blank=True, related_name="themes"
    )
    consultation = models.ForeignKey(
        Consultation, on_delete=models.CASCADE, null=True, blank=True, related_name="themes"
    )
    call = models.ForeignKey(Call, on_delete=models.CASCADE, null=True, blank=True, related_name="themes")
    number = models.PositiveSmallIntegerField(null=True, blank=True)
    evidence = models.CharField(max_length=40, blank=True)

    class Meta(Record.Meta):
        verbose_name, verbose_name_plural = _("theme"), _("themes")

    @classmethod
    def seen_by(cls, reader):
        """A theme of a call as the call is seen; its drafts by those who read for the call."""
        of_call = Q(call__in=Call.objects.read_by(reader))
        hidden = Q(call__isnull=False) & ~Q(call__in=Call.objects.visible_to(reader))
        return (super().seen_by(reader) & ~hidden) | of_call

    def get_absolute_url(self):
        if self.document:
            return f"{self.document.get_absolute_url()}#{self.key}"
        return self.call.get_absolute_url() if self.call else reverse("resources:documents")
