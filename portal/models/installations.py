"""Which installation this database belongs to, and which backups were made of it (safety.md, D18)."""

from django.conf import settings
from django.db import models


class Installation(models.Model):
    """The one row that says where this database is at home: whoever copies it elsewhere takes the old mark along.

    Nothing leaves while the mark is not that of the place where the database is found (portal/operations/installations.py).
    """

    id = models.SmallIntegerField(primary_key=True, default=1)
    mark = models.CharField(max_length=64, blank=True)
    confirmed_at = models.DateTimeField(null=True, blank=True)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    restored_at = models.DateTimeField(null=True, blank=True)
    restored_from = models.DateTimeField(null=True, blank=True)  # when the backup was made
    secret_mark = models.CharField(
        max_length=64, blank=True
    )  # tells one secret key from the next, and nothing of it
    secret_since = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.CheckConstraint(name="installation_is_one", condition=models.Q(pk=1))]

    def __str__(self):
        return self.mark[:8]


class Backup(models.Model):
    """A backup that was finished: when, how large, of how many files, and its checksum; where it lies stands nowhere."""

    made_at = models.DateTimeField()
    size = models.BigIntegerField()
    files = models.PositiveIntegerField()
    checksum = models.CharField(max_length=64)

    class Meta:
        get_latest_by = "made_at"

    def __str__(self):
        return f"{self.made_at:%Y-%m-%d %H:%M}"
