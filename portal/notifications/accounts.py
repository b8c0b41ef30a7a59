"""What people are told about their own account by the portal itself; allauth tells of what they change themselves."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from portal.models import LogEntry, Recipient
from portal.notifications.kinds import Kind, register


@register
class SecondFactorReset(Kind):
    """Told to the person; each time is an entry of the log, since it can happen again."""

    name, model = "second-factor-reset", LogEntry
    label = _("A second factor was removed")
    priority = 1
    action = _("Set up a new one")
    can_be_left = is_listed = False

    @staticmethod
    def recipients(entry):
        return Recipient.objects.of_people([entry.object_id])

    @classmethod
    def sees(cls, reader, entry):
        return reader.user is not None and reader.user.pk == entry.object_id

    @staticmethod
    def address(entry):
        return reverse("mfa_index")
