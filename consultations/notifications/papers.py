"""What is told of a published paper: that its meaning was corrected."""

from django.utils.translation import gettext_lazy as _

from consultations.models import Paper, PaperVersion
from consultations.notifications.sign_on import asked_again
from portal.models import Organization
from portal.notifications import Kind, register


@register
class PaperCorrected(Kind):
    """To every member but those that are asked whether they still stand behind it: they learn of it thereby."""

    name, model = "paper-corrected", PaperVersion
    label = _("A published paper was corrected in its meaning")
    priority = 8
    action = _("Read the corrected paper")
    why = _("your organization is a member")
    beside = ("paper",)

    @staticmethod
    def organizations(version):
        if version.paper.access == Paper.Access.INVITED:
            return Organization.objects.none()
        return Organization.objects.members().exclude(pk__in=asked_again(version).values("pk"))

    @staticmethod
    def title(version, language):
        return version.paper.text("title", language)

    @staticmethod
    def address(version):
        return version.paper.get_absolute_url()

    @staticmethod
    def context(version, language, recipient=None):
        note = version.change_note
        return {
            "title": version.paper.text("title", language),
            "note": note.get(language) or note.get(version.paper.original_language) or "",
        }
