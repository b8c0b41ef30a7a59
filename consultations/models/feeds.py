"""The private address at which a calendar program fetches a person's meetings."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from portal import clock, tokens


class CalendarFeed(models.Model):
    """One address for each person who asked for one; a new one makes the old one dead.

    It dies with the account, and with each membership that the person had when it was made: whoever kept the
    address in a calendar of that organization then reads nothing any more.
    """

    PURPOSE = "calendar"

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="calendar_feed"
    )
    nonce = models.CharField(max_length=64, default=tokens.nonce, editable=False)
    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    organizations = ArrayField(models.BigIntegerField(), default=list, blank=True, editable=False)
    made_at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        verbose_name, verbose_name_plural = _("calendar address"), _("calendar addresses")

    def __str__(self):
        return str(self.user)

    @property
    def token(self):
        """The token; nothing where the secret key has changed since: then a new address is needed."""
        made = tokens.make(self.PURPOSE, self.nonce)
        return made if tokens.digest(made) == self.token_hash else ""

    def lives_for(self, reader):
        """Whether the person still is who asked for it: the account open, no membership ended since."""
        return reader.user is not None and set(self.organizations) <= reader.organizations.keys()
