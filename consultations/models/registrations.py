"""Registrations of organizations with their delegates, and the places that they hold or wait for."""

import uuid

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Case, Count, Exists, OuterRef, Q, Subquery, When
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from consultations.models.consultations import Consultation
from portal import clock
from portal.models import Belongs, Moves, Organization, Process, Recipient


def sent_as(reader):
    """The delegates that a reader is: by the address we write to, or by one proven in signing in."""
    if reader.recipient is not None:
        return Delegate.objects.filter(recipient=reader.recipient)
    if reader.user is not None:
        proven = reader.user.emailaddress_set.filter(verified=True)
        return Delegate.objects.filter(Q(email__in=proven.values("email")) | Q(recipient__user=reader.user))
    return Delegate.objects.none()


def confirmed_for(reader):
    """The condition of being confirmed: through an organization of the reader's, or as one of its delegates."""
    own = Q(organization_id__in=reader.organizations.keys())
    sent = Q(Exists(sent_as(reader).filter(registration=OuterRef("pk"))))
    return Q(status=Registration.Status.CONFIRMED) & (own | sent)


class RegistrationQuerySet(models.QuerySet):
    def visible_to(self, reader):
        """Those of one's own organizations, those one coordinates, and, once confirmed, those one is sent by."""
        if reader.coordinates_everything:
            return self
        return self.filter(self._own(reader) | self._coordinated(reader))

    def confirmed_for(self, reader):
        """Those that give this reader a place: confirmed, of an organization of the reader's, or as a delegate."""
        return self.filter(confirmed_for(reader))

    def concerning(self, reader):
        """Those of the reader's own organizations, and those by which the reader is sent: not those coordinated."""
        return self.filter(self._own(reader))

    def coordinated_by(self, reader):
        """Those whose consultation this reader coordinates: by itself, by its process, or by everything."""
        return self if reader.coordinates_everything else self.filter(self._coordinated(reader))

    def _own(self, reader):
        sent = Exists(sent_as(reader).filter(registration=OuterRef("pk")))
        return Q(organization_id__in=reader.organizations.keys()) | Q(sent, confirmed_at__isnull=False)

    def _coordinated(self, reader):
        of_process = Q(consultation__process_id__in=reader.scope_ids(Process))
        return Q(consultation_id__in=reader.scope_ids(Consultation)) | of_process

    def held(self):
        """Those that count: pending, confirmed or waiting."""
        return self.filter(status__in=Registration.HELD)

    def waiting(self):
        """The waiting list, in order."""
        return self.filter(status=Registration.Status.WAITLISTED).order_by("seq")

    def with_room_for(self, reader):
        """Each with `shows_room`: whether this reader sees the consultation itself, which may have closed its door.

        A registration stays with its organization when it is declined or cancelled; what it was for need not.
        """
        rooms = Consultation.objects.visible_to(reader).filter(pk=OuterRef("consultation"))
        return self.annotate(shows_room=Exists(rooms))

    def with_place_in_line(self):
        """Each with `line`: its place in the waiting list, None for those that do not wait; in one query."""
        waiting = Registration.objects.filter(status=Registration.Status.WAITLISTED)
        before = waiting.filter(consultation=OuterRef("consultation"), seq__lte=OuterRef("seq")).order_by()
        count = before.values("consultation").annotate(rows=Count("pk")).values("rows")
        return self.annotate(line=Case(When(status=Registration.Status.WAITLISTED, then=Subquery(count))))


class Registration(Moves, Belongs, models.Model):
    """An organization asks for places for its delegates; it is confirmed or waits as a whole."""

    ABOVE = ("consultation",)

    class Status(models.TextChoices):
        PENDING = "pending", _("Waiting for a coordinator")
        CONFIRMED = "confirmed", _("Confirmed")
        WAITLISTED = "waitlisted", _("On the waiting list")
        DECLINED = "declined", _("Declined")
        CANCELLED = "cancelled", _("Cancelled")

    MOVES = {
        Status.PENDING: {Status.CONFIRMED, Status.WAITLISTED, Status.DECLINED, Status.CANCELLED},
        Status.WAITLISTED: {Status.CONFIRMED, Status.DECLINED, Status.CANCELLED},
        Status.CONFIRMED: {Status.CANCELLED},
        Status.DECLINED: set(),
        Status.CANCELLED: set(),
    }
    HELD = (Status.PENDING, Status.CONFIRMED, Status.WAITLISTED)

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    consultation = models.ForeignKey(Consultation, on_delete=models.PROTECT, related_name="registrations")
    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="registrations")
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.PENDING)
    version = models.PositiveIntegerField(default=1, editable=False)
    seq = models.PositiveIntegerField(editable=False)
    delegates_count = models.PositiveSmallIntegerField(editable=False)
    reason = models.CharField(max_length=300, blank=True)
    registered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    # Which text the lead agreed to for the delegates, and in which language it was read; when is created_at.
    # Without a text of the consultation it was the portal's own, in the version that the form then had.
    consent_text = models.ForeignKey(
        "consultations.ConsentText",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        editable=False,
    )
    consent_version = models.PositiveSmallIntegerField(default=0, editable=False)
    consent_language = models.CharField(max_length=12, blank=True, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)
    status_at = models.DateTimeField(default=timezone.now, editable=False)
    confirmed_at = models.DateTimeField(null=True, blank=True)

    objects = RegistrationQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = _("registration"), _("registrations")
        constraints = [
            models.UniqueConstraint(
                name="registration_is_one_per_organization",
                fields=["consultation", "organization"],
                condition=Q(status__in=["pending", "confirmed", "waitlisted"]),
            ),
            models.UniqueConstraint(name="registration_seq_is_unique", fields=["consultation", "seq"]),
            models.CheckConstraint(name="registration_has_delegates", condition=Q(delegates_count__gte=1)),
            models.CheckConstraint(
                name="registration_confirmed_has_moment",
                condition=~Q(status="confirmed") | Q(confirmed_at__isnull=False),
            ),
        ]

    def __str__(self):
        return f"{self.organization}: {self.consultation}"

    def get_absolute_url(self):
        return reverse("consultations:registration", args=[self.key])

    @property
    def is_held(self):
        """Whether it counts: pending, confirmed or waiting."""
        return self.status in self.HELD

    def delegates_for(self, reader):
        """Its delegates as a reader may know them: all to its organization and its coordinators, else oneself alone."""
        everybody = self.delegate_set.order_by("pk")
        if self.organization_id in reader.organizations or reader.coordinates(self):
            return everybody
        return everybody.filter(pk__in=sent_as(reader).values("pk"))

    def place_in_line(self):
        """How many stand before this one in the waiting list, plus one; None when it does not wait."""
        if self.status != self.Status.WAITLISTED:
            return None
        before = Registration.objects.filter(consultation=self.consultation_id, seq__lt=self.seq)
        return before.filter(status=self.Status.WAITLISTED).count() + 1


class Delegate(Belongs, models.Model):
    """A person whom an organization sends: how to reach and how to seat that person."""

    ABOVE = ("registration",)

    class Need(models.TextChoices):
        CAPTIONS = "captions", _("Live captions")
        SIGN = "sign", _("Sign language interpretation")
        PHONE = "phone", _("Join by telephone")
        STEP_FREE = "step-free", _("Step-free access")

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    registration = models.ForeignKey(Registration, on_delete=models.CASCADE)
    name = models.CharField(_("full name"), max_length=150)
    email = models.EmailField(_("e-mail address"))
    language = models.CharField(
        _("language of messages"), max_length=8, choices=settings.LANGUAGES, default="en"
    )
    interpretation = models.CharField(_("interpretation"), max_length=12, blank=True)
    needs = ArrayField(
        models.CharField(max_length=12, choices=Need.choices),
        default=list,
        blank=True,
        verbose_name=_("access needs"),
    )
    other_needs = models.CharField(_("other needs"), max_length=500, blank=True)
    recipient = models.ForeignKey(
        Recipient, on_delete=models.PROTECT, null=True, blank=True, related_name="delegates"
    )
    named_at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        verbose_name, verbose_name_plural = _("delegate"), _("delegates")
        constraints = [
            models.UniqueConstraint(models.F("registration"), Lower("email"), name="delegate_is_named_once")
        ]

    def __str__(self):
        return self.name

    @property
    def said_needs(self):
        """The access needs in words."""
        return [self.Need(need).label for need in self.needs]


class FormerDelegateQuerySet(models.QuerySet):
    def visible_to(self, reader):
        """Those that are about the reader, who has not been named again; the registration itself is hidden by now."""
        again = Delegate.objects.filter(
            registration=OuterRef("registration"), recipient=OuterRef("recipient")
        )
        if reader.recipient is not None:
            return self.filter(~Exists(again), recipient=reader.recipient)
        return self.filter(~Exists(again), recipient__user=reader.user) if reader.user else self.none()


class FormerDelegate(models.Model):
    """Somebody who had a place as a delegate and is no longer named: all that is kept is whom to tell."""

    registration = models.ForeignKey(Registration, on_delete=models.CASCADE, related_name="former_delegates")
    recipient = models.ForeignKey(Recipient, on_delete=models.CASCADE, related_name="+")
    removed_at = models.DateTimeField(default=clock.now, editable=False)

    objects = FormerDelegateQuerySet.as_manager()

    def __str__(self):
        return f"{self.removed_at:%Y-%m-%d %H:%M}"
