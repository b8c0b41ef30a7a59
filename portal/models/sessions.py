"""Where people are signed in: by which moments alone, no address and no browser's name (safety.md, D8)."""

import hashlib
import uuid

from django.conf import settings
from django.contrib.sessions.base_session import AbstractBaseSession, BaseSessionManager
from django.db import models
from django.utils import timezone


class SessionQuerySet(models.QuerySet):
    def visible_to(self, reader):
        """One's own alone."""
        return self.filter(user=reader.user) if reader.user else self.none()

    def lasting(self, at):
        """Those whose time is not over."""
        return self.filter(expire_date__gt=at)


class Session(AbstractBaseSession):
    """One browser's visit, of somebody who signed in or of nobody. The key that opens it stands nowhere, only its digest."""

    session_key = models.UUIDField(primary_key=True)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, null=True, related_name="sessions"
    )
    began_at = models.DateTimeField(default=timezone.now)
    seen_at = models.DateTimeField(default=timezone.now)

    objects = BaseSessionManager.from_queryset(SessionQuerySet)()

    class Meta(AbstractBaseSession.Meta):
        pass

    def __str__(self):
        return f"{self.began_at:%Y-%m-%d %H:%M}"

    @property
    def key(self):
        """What its address says: from a digest nobody gets back to the key."""
        return self.session_key

    @staticmethod
    def digest(key):
        """What stands in the table for the key that a browser holds: 128 bits of SHA-256."""
        return uuid.UUID(bytes=hashlib.sha256(key.encode(errors="replace")).digest()[:16])

    @classmethod
    def get_session_store_class(cls):
        from portal.session_store import SessionStore  # noqa: PLC0415 - it imports this module

        return SessionStore
