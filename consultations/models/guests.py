"""Guests: whoever is invited when the circle of a meeting widens, and was not there before."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from consultations.models.consultations import Consultation
from consultations.models.meetings import Meeting
from portal import clock, tokens
from portal.models import Belongs, Moves, Organization, Process, Recipient


class GuestQuerySet(models.QuerySet):
    def visible_to(self, reader):
        """Invitations of the reader's that stand, and those to what the reader coordinates."""
        if reader.coordinates_everything:
            return self
        own = Q(pk__in=self.model.objects.of(reader).standing().values("pk"))
        of_process = Q(consultation__process_id__in=reader.scope_ids(Process))
        return self.filter(own | of_process | Q(consultation_id__in=reader.scope_ids(Consultation)))

    def of(self, reader):
        """Those by which this reader is a guest: a verified organization's, or one's own address."""
        own = Q(organization_id__in=reader.verified_ids)
        if reader.recipient is not None:
            own |= Q(recipient=reader.recipient)
        if reader.user is not None:
            proven = reader.user.emailaddress_set.filter(verified=True)
            own |= Q(recipient__user=reader.user) | Q(recipient__address__in=proven.values("email"))
        return self.filter(own)

    def standing(self):
        """Not taken back, to a consultation that is shown."""
        return self.exclude(status=Guest.Status.WITHDRAWN).filter(consultation__status__in=Consultation.SHOWN)

    def of_meeting(self, meeting):
        """Those invited to a meeting, whatever they answered; to one that is not widened, nobody is."""
        if meeting.circle != Meeting.Circle.WIDENED:
            return self.none()
        invited = Q(is_for_all=True) | Q(meetings=meeting)
        return self.filter(invited, consultation=meeting.consultation_id).distinct()


class Guest(Moves, Belongs, models.Model):
    """An organization of another constituency, or a person of one, invited to widened meetings.

    A guest sees these meetings and what belongs to them while the invitation stands, and has the address where one
    joins once it is accepted. Guests are never members and see nothing else of the consultation.
    """

    ABOVE = ("consultation",)

    PURPOSE = "guest"

    class Status(models.TextChoices):
        INVITED = "invited", _("Not yet answered")
        ACCEPTED = "accepted", _("Accepted")
        DECLINED = "declined", _("Declined")
        WITHDRAWN = "withdrawn", _("Taken back")

    MOVES = {
        Status.INVITED: {Status.ACCEPTED, Status.DECLINED, Status.WITHDRAWN},
        Status.ACCEPTED: {Status.DECLINED, Status.WITHDRAWN},
        Status.DECLINED: {Status.ACCEPTED, Status.WITHDRAWN},
        Status.WITHDRAWN: set(),
    }
    OPEN = (Status.INVITED, Status.ACCEPTED)

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    consultation = models.ForeignKey(Consultation, on_delete=models.CASCADE, related_name="guests")
    is_for_all = models.BooleanField(default=False)
    meetings = models.ManyToManyField(Meeting, blank=True, related_name="guests")
    organization = models.ForeignKey(
        Organization, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    recipient = models.ForeignKey(
        Recipient, on_delete=models.PROTECT, null=True, blank=True, related_name="guests"
    )
    name = models.CharField(_("full name"), max_length=150, blank=True)
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.INVITED)
    version = models.PositiveIntegerField(default=1, editable=False)
    nonce = models.CharField(max_length=64, default=tokens.nonce, editable=False)
    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    invited_at = models.DateTimeField(default=clock.now, editable=False)
    accepted_at = models.DateTimeField(null=True, blank=True, editable=False)
    status_at = models.DateTimeField(default=clock.now, editable=False)

    objects = GuestQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = _("guest"), _("guests")
        constraints = [
            models.CheckConstraint(
                name="guest_is_an_organization_or_an_address",
                condition=Q(organization__isnull=False, recipient__isnull=True)
                | Q(organization__isnull=True, recipient__isnull=False),
            ),
            models.UniqueConstraint(
                name="guest_organization_is_invited_once",
                fields=["consultation", "organization"],
                condition=~Q(status="withdrawn"),
            ),
            models.UniqueConstraint(
                name="guest_address_is_invited_once",
                fields=["consultation", "recipient"],
                condition=~Q(status="withdrawn"),
            ),
        ]

    def __str__(self):
        return self.name or str(self.organization or self.recipient)

    def get_absolute_url(self):
        return reverse("consultations:guest", args=[self.key])

    @classmethod
    def held_by(cls, token):
        """The invitation whose letter brought this token, unless it was taken back; or None."""
        rows = cls.objects.filter(token_hash=tokens.digest(token)).standing()
        return rows.select_related("consultation", "organization").first()

    @property
    def is_open(self):
        """Whether it was not declined and not taken back."""
        return self.status in self.OPEN

    def invited_meetings(self):
        """The widened meetings that this is an invitation to."""
        widened = self.consultation.meetings.filter(circle=Meeting.Circle.WIDENED)
        return widened if self.is_for_all else widened.filter(guests=self)

    def is_over(self, at):
        """Whether all that it invites to has been held or called off: then there is nothing to answer."""
        ahead = [row for row in self.invited_meetings() if row.cancelled_at is None and not row.is_over(at)]
        return not ahead
