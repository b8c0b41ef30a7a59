"""What a coordinator says of a quota: how it is called, how many places, for whom."""

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from consultations.forms.trials import ShowsWhoMoves
from portal import languages
from portal.forms.base import CreatingForm, OperationForm
from portal.forms.fields import LineField, TitlesField
from portal.models import Organization, Region
from portal.templatetags.portal import language_name


class QuotaForm(ShowsWhoMoves, CreatingForm):
    """A quota, made or changed; with the titles per language that there are."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    places = forms.IntegerField(label=_("Places at most"), min_value=1, max_value=1_000_000)
    regions = TitlesField(
        label=_("Organizations of these regions"),
        queryset=Region.objects.order_by("code"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    constituency = forms.ChoiceField(label=_("Organizations of this constituency"), required=False)
    is_migrant_led = forms.BooleanField(label=_("Only organizations led by migrants"), required=False)

    def __init__(self, *args, consultation, quota=None, **kwargs):
        if quota is not None:
            kwargs.setdefault("initial", values_of(quota))
        super().__init__(*args, **kwargs)
        self.consultation = consultation
        self.fields["constituency"].choices = [
            ("", pgettext_lazy("constituency", "Any")),
            *Organization.Constituency.choices,
        ]
        if quota is None:
            del self.fields["version"]
        original = consultation.original_language
        for code in sorted(languages.CODES, key=lambda code: code != original):
            self.fields[f"title_{code}"] = LineField(
                label=_("Title in %(language)s") % {"language": language_name(code)},
                max_length=120,
                required=code == original,
                widget=forms.TextInput(attrs={"lang": code, "dir": languages.direction(code)}),
            )

    def clean(self):
        given = super().clean()
        values = {name: given[name] for name in given if not name.startswith("title_")}
        return values | {"titles": {code: given.get(f"title_{code}", "") for code in languages.CODES}}


class RemoveQuotaForm(ShowsWhoMoves, OperationForm):
    """A quota is done without; nothing is asked but whether what would move was seen."""

    def __init__(self, *args, consultation, **kwargs):
        super().__init__(*args, **kwargs)
        self.consultation = consultation


def values_of(quota):
    """What the form of a quota shows at first."""
    values = {name: getattr(quota, name) for name in ("version", "places", "constituency", "is_migrant_led")}
    values |= {f"title_{code}": getattr(quota, f"title_{code}") or "" for code in languages.CODES}
    return values | {"regions": [region.pk for region in quota.regions.all()]}
