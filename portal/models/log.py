"""The log: who did what to what, when. Rows are only added; the database refuses anything else."""

import uuid

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models


class Actor(models.Model):
    """The link from a random actor id to a person; erasing the link keeps the log whole and nameless."""

    key = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True)

    def __str__(self):
        return str(self.user or self.key)


class LogEntryQuerySet(models.QuerySet):
    def visible_to(self, reader):
        """Whoever coordinates everything reads the log."""
        return self if reader.coordinates_everything else self.none()

    def matching(self, *, person=None, act="", kind=None, since=None, until=None):
        """Narrow to what is looked for; what is not given does not narrow. `act` is a regular expression."""
        wanted = {
            "actor_key": person,
            "act__regex": act and f"^{act}$",
            "content_type": kind,
            "at__date__gte": since,
            "at__date__lte": until,
        }
        return self.filter(**{name: value for name, value in wanted.items() if value})


class LogEntry(models.Model):
    """One act: a verb phrase, the thing, the actor, the moment; no content, no address (safety.md, D19)."""

    act = models.CharField(max_length=80)
    actor_key = models.UUIDField(null=True, blank=True)
    content_type = models.ForeignKey(ContentType, on_delete=models.PROTECT, related_name="+")
    object_id = models.BigIntegerField()
    thing = GenericForeignKey()
    at = models.DateTimeField()

    objects = LogEntryQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["content_type", "object_id"]), models.Index(fields=["-at"])]

    def __str__(self):
        return f"{self.at:%Y-%m-%d %H:%M} {self.act}"
