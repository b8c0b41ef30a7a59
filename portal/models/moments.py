"""What publishes itself at a moment that somebody chose."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext


class Timed(models.Model):
    """Publishes itself at `publish_at`, in the name of who chose that; or misses its moment, and says why.

    A miss stands until another moment is chosen or none, or until the thing is published after all.
    """

    scheduled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        editable=False,
    )
    missed_at = models.DateTimeField(null=True, blank=True, editable=False)
    # The refusal as it stands in the catalogues, since each reader reads it in another language.
    missed_because = models.CharField(max_length=300, blank=True, editable=False)

    class Meta:
        abstract = True

    @property
    def why_missed(self):
        """Why it did not publish itself, in the reader's language; empty if it missed no moment."""
        return gettext(self.missed_because) if self.missed_because else ""
