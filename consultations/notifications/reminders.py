"""What the messages that a coordinator timed beforehand share."""

from consultations.models import Reminder
from portal.notifications import Kind


class OfReminder(Kind):
    """Leads to the consultation that is reminded of, and names it to nobody where its room is closed."""

    model = Reminder

    @staticmethod
    def is_neutral(reminder):
        return reminder.consultation.is_closed_room

    @staticmethod
    def address(reminder):
        return reminder.consultation.get_absolute_url()
