"""The log: who did what to what, when. Rows are only added; the database refuses anything else."""

import uuid

from django.apps import apps
from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Q

from portal.models.records import Belongs


class Actor(models.Model):
    """The link from a random actor id to a person; erasing the link keeps the log whole and nameless."""

    key = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True)

    def __str__(self):
        return str(self.user or self.key)


def beneath(above):
    """The models whose rows belong to things of this one, each with the field that says to which: [(model, name)]."""
    return [
        (model, field.name)
        for model in apps.get_models()
        if issubclass(model, Belongs)
        for field in model._meta.fields
        if field.related_model is above and field.is_relation
    ]


class LogEntryQuerySet(models.QuerySet):
    def visible_to(self, reader, thing=None):
        """Whoever coordinates everything reads the log; whoever coordinates a thing, what was done with that."""
        if thing is not None:
            return self.about(thing) if reader.coordinates(thing) else self.none()
        return self if reader.coordinates_everything else self.none()

    def about(self, thing):
        """What was done with a thing, with what was merged into it, or with what belongs to it."""
        ids = [thing.pk, *getattr(thing, "former_ids", ())]
        wanted = Q(content_type=ContentType.objects.get_for_model(thing), object_id__in=ids)
        for model, name in beneath(type(thing)):
            rows = model._base_manager.filter(**{name: thing}).values("pk")
            wanted |= Q(content_type=ContentType.objects.get_for_model(model), object_id__in=rows)
        return self.filter(wanted)

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
