"""Sessions in our own table: known by a digest of their key, ended by the person, over at last however much used."""

from datetime import UTC, datetime, timedelta

from django.conf import settings
from django.contrib.sessions.backends import db
from django.contrib.sessions.backends.base import CreateError
from django.contrib.sessions.exceptions import SessionInterrupted
from django.db import IntegrityError
from django.utils import timezone

BEGAN = "began"  # in a session: when its person signed in, which a new key does not change


class SessionStore(db.SessionStore):
    row = None

    @classmethod
    def get_model_class(cls):
        from portal.models import Session  # noqa: PLC0415 - the settings name this module before there are models

        return Session

    def _get_session_from_db(self):
        known = self.model.objects.lasting(timezone.now())
        self.row = known.filter(pk=self.model.digest(self.session_key)).first()
        if self.row is None:
            self._session_key = None
        return self.row

    def exists(self, session_key):
        return self.model.objects.filter(pk=self.model.digest(session_key)).exists()

    def save(self, must_create=False):
        """Keep the session. A key that is taken is tried anew; whoever was erased meanwhile has none any more."""
        try:
            super().save(must_create)
        except (CreateError, IntegrityError):
            if must_create and self.exists(self._session_key):
                raise
            raise SessionInterrupted("Whose session this was is gone.") from None

    def create_model_instance(self, data):
        now = timezone.now()
        began = datetime.fromtimestamp(data[BEGAN], UTC) if BEGAN in data else now
        self.row = self.model(
            session_key=self.model.digest(self._get_or_create_session_key()),
            session_data=self.encode(data),
            user_id=data.get("_auth_user_id"),
            began_at=began,
            seen_at=now,
            expire_date=min(self.get_expiry_date(), began + timedelta(seconds=settings.SESSION_COOKIE_AGE)),
        )
        return self.row

    def delete(self, session_key=None):
        key = session_key or self.session_key
        if key is not None:
            self.model.objects.filter(pk=self.model.digest(key)).delete()
