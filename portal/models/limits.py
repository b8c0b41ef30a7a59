"""What was used of each limit, and values of the cache that must outlive a lost Valkey (safety.md, D16)."""

from django.contrib.postgres.fields import ArrayField
from django.db import models


class Allowance(models.Model):
    """When a subject (an address, an account: a keyed hash, never itself) used up some of a limit."""

    name = models.CharField(max_length=40)
    subject = models.CharField(max_length=64)
    used_at = ArrayField(models.DateTimeField())
    ends_at = models.DateTimeField(db_index=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="allowance_is_one_per_subject", fields=["name", "subject"]),
            models.CheckConstraint(name="allowance_was_used", condition=models.Q(used_at__len__gte=1)),
        ]

    def __str__(self):
        return f"{self.name}: {len(self.used_at)}"


class CacheEntry(models.Model):
    """A value kept for a while by `portal.caches.LedgerCache`: attempts counted, codes already used."""

    key = models.CharField(max_length=250, primary_key=True)
    value = models.JSONField(null=True)
    ends_at = models.DateTimeField(null=True, blank=True, db_index=True)

    def __str__(self):
        return self.key
