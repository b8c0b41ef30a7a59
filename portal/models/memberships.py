"""The people in organizations, and the letters that bring them in."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from portal.models.organizations import Organization


class Membership(models.Model):
    """A person in an organization; the lead speaks for it."""

    IS_IDLE_TWICE = True

    class Role(models.TextChoices):
        LEAD = "lead", _("Lead")
        COLLEAGUE = "colleague", _("Colleague")

    organization = models.ForeignKey(Organization, on_delete=models.CASCADE)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE)
    role = models.CharField(max_length=10, choices=Role.choices, default=Role.COLLEAGUE)
    since = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="membership_is_one_per_person", fields=["organization", "user"])
        ]

    def __str__(self):
        return f"{self.user} in {self.organization}"

    @property
    def is_at_home(self):
        """Whether the person writes from the domain of the organization's website."""
        return self.organization.is_home_of(self.user.email)


class Invitation(models.Model):
    """A letter that lets its holder join an organization once; only the token's hash is kept."""

    IS_IDLE_TWICE = True

    PURPOSE = "invitation"

    organization = models.ForeignKey(Organization, on_delete=models.CASCADE)
    email = models.EmailField(_("e-mail address"))
    language = models.CharField(max_length=8, choices=settings.LANGUAGES, default="en")
    nonce = models.CharField(max_length=64, editable=False)
    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    invited_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True, blank=True)
    recipient = models.ForeignKey(
        "portal.Recipient", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="invitation_is_open_once",
                fields=["organization", "email"],
                condition=Q(accepted_at__isnull=True),
            )
        ]

    def __str__(self):
        return f"{self.organization}: {self.email}"
