"""The themes of a call: named in the reading room, worded and shown by its coordinators."""

from django.utils.translation import gettext_lazy as _

from consultations.forms.themes import ThemeForm
from consultations.models import Theme
from consultations.permissions import can_draft
from portal.views.records import Editor

editor = Editor(
    name="theme",
    model=Theme,
    form=ThemeForm,
    heads=(_("Name a theme"), _("Edit the theme")),
    listing="consultations:calls",
    may_begin=can_draft,
)
