"""What a person may do beyond reading: a kind of work within a scope, for a time."""

import uuid

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class RoleQuerySet(models.QuerySet):
    def visible_to(self, reader):
        """Who coordinates everything sees who does what; everybody sees the own roles."""
        return self if reader.coordinates_everything else self.filter(user=reader.user)

    def lasting(self):
        """Administrators who can still sign in, and whose role has no end: one of them there is at all times."""
        return self.filter(kind=Role.Kind.ADMINISTRATOR, until__isnull=True, user__is_active=True)

    def current(self, at=None):
        return self.filter(Q(until__isnull=True) | Q(until__gt=at or timezone.now()))


class Role(models.Model):
    """A kind of work given to a person: for everything, for a language, or for one thing."""

    class Kind(models.TextChoices):
        COORDINATOR = "coordinator", _("Coordinator")
        TRANSLATOR = "translator", _("Translator")
        RAPPORTEUR = "rapporteur", _("Rapporteur")
        DRAFTER = "drafter", _("Drafter")
        ADMINISTRATOR = "administrator", _("Administrator")

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    version = models.PositiveIntegerField(
        default=1
    )  # raised when it is given anew: it then ends on another day
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE)
    kind = models.CharField(max_length=16, choices=Kind.choices)
    language = models.CharField(max_length=8, blank=True, choices=settings.LANGUAGES)
    content_type = models.ForeignKey(ContentType, on_delete=models.CASCADE, null=True, blank=True)
    object_id = models.BigIntegerField(null=True, blank=True)
    scope = GenericForeignKey()
    until = models.DateTimeField(null=True, blank=True)
    given_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    given_at = models.DateTimeField(auto_now_add=True)

    objects = RoleQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = _("role"), _("roles")
        constraints = [
            models.CheckConstraint(
                name="role_scope_is_whole",
                condition=Q(content_type__isnull=True, object_id__isnull=True)
                | Q(content_type__isnull=False, object_id__isnull=False, language=""),
            ),
            models.UniqueConstraint(
                name="role_is_given_once",
                fields=["user", "kind", "language", "content_type", "object_id"],
                nulls_distinct=False,
            ),
        ]

    def __str__(self):
        return f"{self.user}: {self.get_kind_display()}"

    def get_absolute_url(self):
        return reverse("role", args=[self.key])
