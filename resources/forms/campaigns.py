"""What coordinators say of a campaign, what they put beside it, and how an organization says that it took part."""

import re

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from portal import languages
from portal.forms.base import CreatingForm, OperationForm
from portal.forms.fields import LineField, PassageField, WebAddressField
from portal.forms.groups import OrganizationField
from portal.forms.records import ProcessField, RecordForm
from portal.forms.words import LanguagePart
from portal.models import Organization
from portal.templatetags.portal import language_name
from resources.forms.attachments import AttachmentForm
from resources.models import Participation

# Letters of any script with their vowel signs, figures, and the low line; a figure alone is none.
HASHTAG = re.compile(r"#?(?=.*[^\W\d_])[\w\u064b-\u0652\u0670]{1,59}")
LONGEST_SHARE = 400


class HashtagField(LineField):
    """A hashtag in any script, kept with its sign."""

    def clean(self, value):
        value = super().clean(value)
        if value and not HASHTAG.fullmatch(value):
            raise ValidationError(
                _("A hashtag is one word of letters and figures, such as #ItTakesACommunity.")
            )
        return f"#{value.removeprefix('#')}" if value else ""


class CampaignPart(LanguagePart):
    """What is said of a campaign in one language."""

    NAMES = ("title", "summary", "share", "approved", "body", "approved_body")


class CampaignForm(RecordForm):
    """A campaign: its message and what one writes beside its link, its hashtag, its dates."""

    part = CampaignPart
    body_label = _("More about it, in %(language)s")

    hashtag = HashtagField(label=_("Hashtag"), max_length=60, required=False)
    process = ProcessField()

    SECTIONS = ((_("What it is"), ("hashtag", "process")), RecordForm.WHEN, RecordForm.ABOUT)

    def add_language(self, code):
        super().add_language(code)
        self.fields[f"share_{code}"] = PassageField(
            label=_("What one writes beside the link, in %(language)s") % {"language": language_name(code)},
            max_length=LONGEST_SHARE,
            required=False,
            widget=forms.Textarea(attrs={"rows": 2, "lang": code, "dir": languages.direction(code)}),
        )

    def clean(self):
        given = super().clean()
        told = {code: words for code, words in self.gathered("share").items() if words}
        return given | {"share_texts": told}

    def words_of(self, record):
        told = {f"share_{code}": record.share_texts.get(code, "") for code in languages.CODES}
        return super().words_of(record) | told


class MaterialForm(AttachmentForm):
    """A file to hand on, or the picture that stands for the campaign where it is shared."""

    is_share_picture = forms.BooleanField(
        label=_("A picture that stands for the campaign where it is shared in this language"), required=False
    )


class PartForm(forms.Form):
    """A line, a link, and who sees the name."""

    line = LineField(
        label=_("What you did, in a line"),
        max_length=300,
        required=False,
        help_text=_("It stands beside the name of your organization."),
    )
    link = WebAddressField(label=_("Where one can see it"), required=False, max_length=500)
    shown = forms.ChoiceField(
        label=_("Who sees the name of your organization?"),
        choices=Participation.Shown.choices,
        widget=forms.RadioSelect,
        help_text=_("You can change this at any time, and take it back."),
    )


class TakePartForm(PartForm, CreatingForm):
    """One of the organizations that one leads says that it took part."""

    organization = OrganizationField(
        label=_("Which organization took part?"), queryset=Organization.objects.none()
    )
    field_order = ("organization", *PartForm.base_fields)

    def __init__(self, *args, organizations, **kwargs):
        super().__init__(*args, **kwargs)
        field = self.fields["organization"]
        field.queryset = Organization.objects.filter(pk__in=organizations).order_by("pk")
        field.empty_label = None
        if len(organizations) == 1:
            field.initial, field.widget = next(iter(organizations)), forms.HiddenInput()


class ChangePartForm(PartForm, OperationForm):
    """The same, as it was said."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args, participation, **kwargs):
        names = ("line", "link", "shown", "version")
        kwargs.setdefault("initial", {name: getattr(participation, name) for name in names})
        super().__init__(*args, **kwargs)
