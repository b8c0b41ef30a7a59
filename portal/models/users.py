"""People who sign in."""

import uuid

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models, transaction
from django.db.models.functions import Lower
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from portal.models.recipients import Recipient


class UserManager(BaseUserManager):
    """Makes people from an e-mail address, with the row by which we write to them; a password is never needed."""

    @transaction.atomic
    def create_user(self, email, password=None, **fields):
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password) if password else user.set_unusable_password()
        user.save(using=self._db)
        Recipient.objects.keep_for_person(user)
        return user

    def create_superuser(self, email, password=None, **fields):
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)

    def get_by_natural_key(self, email):
        return self.get(email__iexact=email)


class User(AbstractBaseUser, PermissionsMixin):
    """A person: signs in with an e-mailed code, reads in a language, lives in a time zone."""

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    email = models.EmailField(_("e-mail address"), unique=True)
    name = models.CharField(_("name"), max_length=150, blank=True)
    language = models.CharField(_("language"), max_length=8, choices=settings.LANGUAGES, default="en")
    time_zone = models.CharField(_("time zone"), max_length=64, default="UTC")
    is_staff = models.BooleanField(_("may open the administration"), default=False)
    is_active = models.BooleanField(_("active"), default=True)
    joined_at = models.DateTimeField(auto_now_add=True)
    session_nonce = models.CharField(max_length=64, blank=True, editable=False)

    objects = UserManager()

    EMAIL_FIELD = USERNAME_FIELD = "email"

    class Meta:
        verbose_name, verbose_name_plural = _("person"), _("people")
        constraints = [
            models.UniqueConstraint(Lower("email"), name="user_email_is_unique"),
            models.CheckConstraint(
                name="user_language_is_spoken",
                condition=models.Q(language__in=[code for code, _name in settings.LANGUAGES]),
            ),
        ]

    def __str__(self):
        return self.name or self.email

    def _get_session_auth_hash(self, secret=None):
        """What every session of this person carries: a new nonce, or password, ends them all (safety.md, D8)."""
        salt = "portal.models.User.get_session_auth_hash"
        return salted_hmac(
            salt, f"{self.password}:{self.session_nonce}", secret=secret, algorithm="sha256"
        ).hexdigest()

    def get_full_name(self):
        return self.name

    def get_short_name(self):
        return self.name
