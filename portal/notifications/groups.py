"""What is told about joining a working group: that somebody asks, and what was answered."""

from django.utils.translation import gettext_lazy as _

from portal.models import JoinRequest, Recipient, User, WorkingGroup
from portal.models.groups import those_who_run
from portal.notifications.kinds import Kind, register


class OfJoining(Kind):
    """About one request to join a working group."""

    model = JoinRequest
    priority, can_be_left = 3, False
    beside = ("group",)

    @classmethod
    def rows(cls, reader):
        """Those to groups that the reader sees: a group may have closed its door since."""
        return super().rows(reader).filter(group__in=WorkingGroup.objects.visible_to(reader))

    @classmethod
    def sees(cls, reader, asked):
        return cls.rows(reader).filter(pk=asked.pk).exists()

    @staticmethod
    def title(asked, language):
        return asked.group.text("title", language)

    @staticmethod
    def is_neutral(asked):
        return asked.group.access == WorkingGroup.Access.INVITED

    @staticmethod
    def context(asked, language, recipient=None):
        return {"group": asked.group.text("title", language), "asked": asked}


@register
class GroupJoinAsked(OfJoining):
    """Told to those who run the group, while the request waits; who asks stands behind the button."""

    name = "group-join-asked"
    label = _("Somebody asks to join a working group that you run")
    action = _("Look at the request")
    why = _("you run this working group")
    can_be_left = True

    @staticmethod
    def recipients(asked):
        people = User.objects.filter(those_who_run(asked.group)).exclude(pk=asked.user_id)
        return Recipient.objects.of_people(people)

    @classmethod
    def sees(cls, reader, asked):
        return asked.status == JoinRequest.Status.WAITING and super().sees(reader, asked)


@register
class GroupJoinAnswered(OfJoining):
    """Told to the person who asked."""

    name = "group-join-answered"
    label = _("Your request to join a working group is answered")
    action = _("Open the working group")
    why = _("you asked to join this working group")

    @staticmethod
    def recipients(asked):
        return Recipient.objects.of_people([asked.user_id])
