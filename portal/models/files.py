"""Files that people give: kept under random names outside any web root, handed out only by a guarded view."""

import uuid

from django.conf import settings
from django.db import models


def stored_path(_file, _name):
    """A name that tells nothing: safety.md, D14."""
    random = uuid.uuid4().hex
    return f"files/{random[:2]}/{random}"


class StoredFile(models.Model):
    """A file by content: its type as parsed, its size in bytes, its SHA-256, its pages where it has them."""

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    name = models.CharField(max_length=200)
    blob = models.FileField(upload_to=stored_path, max_length=120)
    media_type = models.CharField(max_length=100)
    size = models.PositiveIntegerField()
    pages = models.PositiveIntegerField(null=True, blank=True)
    checksum = models.CharField(max_length=64)
    created_at = models.DateTimeField(auto_now_add=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        indexes = [models.Index(fields=["checksum"], name="storedfile_checksum")]

    def __str__(self):
        return self.name
