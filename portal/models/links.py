"""What the sources say belongs together, where the things themselves have no field for it."""

from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models


class SourceLink(models.Model):
    """A record names another under a word of its source, such as the working group that prepared a training."""

    content_type = models.ForeignKey(ContentType, on_delete=models.CASCADE, related_name="+")
    object_id = models.BigIntegerField()
    thing = GenericForeignKey()
    word = models.CharField(max_length=60)
    named_type = models.ForeignKey(ContentType, on_delete=models.CASCADE, related_name="+")
    named_id = models.BigIntegerField()
    named = GenericForeignKey("named_type", "named_id")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="sourcelink_is_said_once",
                fields=["content_type", "object_id", "word", "named_type", "named_id"],
            )
        ]
        indexes = [models.Index(fields=["named_type", "named_id"], name="sourcelink_named")]

    def __str__(self):
        return f"{self.word} {self.named_id}"
