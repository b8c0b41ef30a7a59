"""The search index: one row per thing and language, found under the reader's own rights."""

from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import Q


class SearchEntryQuerySet(models.QuerySet):
    def visible_to(self, reader):
        """Public rows for everybody, members' rows for members; what is by invitation is not indexed."""
        access = ["public", "members"] if reader.is_member or reader.coordinates_everything else ["public"]
        return self.filter(access__in=access)


class SearchEntry(models.Model):
    """The words of one thing in one language, folded for searching, with what a result row shows."""

    content_type = models.ForeignKey(ContentType, on_delete=models.CASCADE)
    object_id = models.BigIntegerField()
    thing = GenericForeignKey()
    language = models.CharField(max_length=12)
    access = models.CharField(max_length=8, default="public")
    kind = models.CharField(max_length=32)
    title = models.CharField(max_length=300)
    excerpt = models.TextField(blank=True)
    address = models.CharField(max_length=300)
    folded_title = models.TextField(blank=True)
    words = SearchVectorField(null=True)
    changed_at = models.DateTimeField(auto_now=True)

    objects = SearchEntryQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="searchentry_is_one_per_language", fields=["content_type", "object_id", "language"]
            ),
            models.CheckConstraint(
                name="searchentry_is_not_by_invitation", condition=Q(access__in=["public", "members"])
            ),
        ]
        indexes = [
            GinIndex(fields=["words"], name="searchentry_words"),
            GinIndex(fields=["folded_title"], name="searchentry_slips", opclasses=["gin_trgm_ops"]),
        ]

    def __str__(self):
        return f"{self.language}: {self.title}"
