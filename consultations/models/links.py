"""Links in messages that act for one registration without signing in: one purpose each, ending with it (safety.md, D8)."""

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext_lazy as _

from consultations.models.registrations import Registration
from portal import clock, tokens
from portal.models import Membership


class RegistrationLink(models.Model):
    """The link by which an offered place is taken or given back, or by which delegates name themselves.

    Only the hash of its token is kept; it is made from the nonce when a message or a page is written. A link made
    anew replaces the one before.
    """

    class Purpose(models.TextChoices):
        OFFER = "offer", _("To take or give back what is offered")
        DELEGATES = "delegates", _("For delegates to name themselves")

    # How a registration must stand for its link to lead anywhere; what became of an offer is still said.
    OPEN = {Purpose.OFFER: tuple(Registration.Status), Purpose.DELEGATES: Registration.HELD}

    registration = models.ForeignKey(Registration, on_delete=models.CASCADE, related_name="links")
    purpose = models.CharField(max_length=10, choices=Purpose.choices)
    nonce = models.CharField(max_length=64, editable=False)
    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, null=True, blank=True, related_name="+"
    )
    made_at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="registrationlink_is_one_per_purpose", fields=["registration", "purpose"]
            )
        ]

    def __str__(self):
        return f"{self.purpose} of {self.registration}"

    @classmethod
    def make(cls, registration, purpose, *, by):
        """Make the link anew: the one before leads nowhere from now on."""
        nonce = tokens.nonce()
        values = {"nonce": nonce, "token_hash": tokens.digest(tokens.make(purpose, nonce))}
        values |= {"made_by": by, "made_at": clock.now()}
        return cls.objects.update_or_create(registration=registration, purpose=purpose, defaults=values)[0]

    @classmethod
    def held_by(cls, token, purpose):
        """The link that this token belongs to, as long as its registration stands so; or None.

        What a lead passed on ends when she no longer speaks for the organization.
        """
        rows = cls.objects.filter(token_hash=tokens.digest(token), purpose=purpose)
        rows = rows.filter(registration__status__in=cls.OPEN[purpose])
        if purpose == cls.Purpose.DELEGATES:
            leads = Membership.objects.filter(user=OuterRef("made_by"), role=Membership.Role.LEAD)
            rows = rows.filter(Exists(leads.filter(organization=OuterRef("registration__organization"))))
        return rows.select_related("registration__consultation", "registration__organization").first()

    @property
    def token(self):
        return tokens.make(self.purpose, self.nonce)
