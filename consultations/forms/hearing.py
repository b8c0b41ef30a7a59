"""What one looks for among those who are asked, and who reads for a call."""

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from consultations.forms.filters import Filters
from portal import languages
from portal.forms.base import OperationForm
from portal.templatetags.portal import language_name


class HearingFilters(Filters):
    """Organizations by what they work on, where, in which language, and who leads them."""

    ALL = {"region": _("All regions"), "language": _("All languages"), "led": _("All organizations")}

    objective = forms.ChoiceField(label=_("Objective"), required=False)
    region = forms.ChoiceField(label=_("Region"), required=False)
    language = forms.ChoiceField(label=_("Language"), required=False)
    led = forms.ChoiceField(label=_("Only"), required=False)

    def __init__(self, data, *, regions, call, **offers):
        here = get_language()
        super().__init__(
            data,
            region=[(row.code, str(row.text("title", here))) for row in regions],
            language=[(code, language_name(code)) for code in call.answer_languages or languages.CODES],
            led=[("migrants", _("Led by migrants"))],
            **offers,
        )
        self.things["region"] = {row.code: row for row in regions}


class RapporteurForm(OperationForm):
    """A person with an account, by the address with which she or he signs in."""

    email = forms.EmailField(
        label=_("E-mail address"), max_length=254, widget=forms.EmailInput(attrs={"dir": "ltr"})
    )
