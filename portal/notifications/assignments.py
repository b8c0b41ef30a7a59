"""What is told about texts given to translators."""

from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from portal.models import Assignment, Belongs, Recipient, Record
from portal.notifications.kinds import Kind, register


class _OfAssignment(Kind):
    """Told to the person to whom the text was given."""

    model = Assignment
    priority = 3
    why = _("a text was given to you to translate")
    can_be_left = is_listed = False

    @staticmethod
    def recipients(assignment):
        return Recipient.objects.of_people([assignment.user_id])

    @staticmethod
    def is_neutral(assignment):
        thing = assignment.thing
        above = thing.belongs_to() if isinstance(thing, Belongs) else ()
        return any(getattr(row, "access", "") == Record.Access.INVITED for row in (thing, *above))

    @staticmethod
    def title(assignment, language):
        return assignment.origin.title(assignment.thing, language)

    @classmethod
    def context(cls, assignment, language, recipient=None):
        return {"title": cls.title(assignment, language), "is_whole": assignment.origin.is_whole}


class _ToTranslate(_OfAssignment):
    """For as long as it is to be done, and that person may."""

    action = _("Translate it")

    @classmethod
    def sees(cls, reader, assignment):
        texts = assignment.origin.things(reader, assignment.language)
        is_open = Assignment.objects.open().filter(pk=assignment.pk).exists()
        return is_open and texts.filter(pk=assignment.object_id).exists()


@register
class TranslationAssigned(_ToTranslate):
    name = "translation-assigned"
    label = _("A text is given to you to translate")


@register
class TranslationDue(_ToTranslate):
    name = "translation-due"
    label = _("A translation that was given to you is due soon")


@register
class TranslationTakenBack(_OfAssignment):
    name = "translation-taken-back"
    label = _("A text that you were to translate is taken back")
    action = _("Open the translations")

    @staticmethod
    def address(assignment):
        return f"{reverse('translations')}?{urlencode({'language': assignment.language})}"
