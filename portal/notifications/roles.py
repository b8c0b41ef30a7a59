"""What is told about what people may do: that a role ends soon."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from portal.models import Recipient, Role, User
from portal.notifications.kinds import Kind, register


@register
class RoleEnding(Kind):
    """Told to who has the role, and to the administrators, who alone can let it last."""

    name, model = "role-ending", Role
    label = _("A role ends soon")
    priority = 3
    action = _("Look at the role")
    why = _("this is your role, or you are an administrator")
    can_be_left = is_listed = False
    beside = ("user",)

    @staticmethod
    def recipients(role):
        administrators = Role.objects.current().filter(kind=Role.Kind.ADMINISTRATOR)
        people = User.objects.filter(Q(pk=role.user_id) | Q(pk__in=administrators.values("user")))
        return Recipient.objects.of_people(people)

    @staticmethod
    def context(role, language, recipient=None):
        return {"person": str(role.user), "kind": role.get_kind_display()}
