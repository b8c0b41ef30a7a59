"""Forms with which an organization names its delegates: rows are added and taken away without any script."""

from dataclasses import dataclass, field

from django import forms
from django.conf import settings
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from consultations.forms.answers import AsksQuestions
from consultations.forms.consents import AgreesToText
from consultations.models import Delegate
from portal import languages
from portal.forms.base import CreatingForm, OperationForm
from portal.forms.fields import LineField, PassageField
from portal.templatetags.portal import language_name

OWN_NAMES = [(code, languages.name(code)) for code, _name in settings.LANGUAGES]
ASKED = ("key", "name", "email", "language", "interpretation", "needs", "other_needs")


@dataclass
class Row:
    """The fields of one delegate, numbered from 1."""

    number: int
    fields: list = field(default_factory=list)

    @property
    def problems(self):
        """[(bound field, error)] of this delegate."""
        return [(bound, error) for bound in self.fields for error in bound.errors]


def fields_of_delegate(consultation, *, is_required):
    """The questions about one delegate."""
    spoken = [(code, language_name(code)) for code in consultation.interpretation]
    fields = {
        "name": LineField(
            label=_("Full name"),
            max_length=150,
            required=is_required,
            widget=forms.TextInput(attrs={"dir": "auto", "autocomplete": "off"}),
        ),
        "email": forms.EmailField(
            label=_("E-mail address"),
            max_length=254,
            required=is_required,
            help_text=_("Once the place is confirmed, the join address goes here."),
            widget=forms.EmailInput(attrs={"dir": "ltr", "autocomplete": "off"}),
        ),
        "language": forms.ChoiceField(label=_("Language of messages"), choices=OWN_NAMES),
        "interpretation": forms.ChoiceField(
            label=_("Interpretation"),
            choices=[*spoken, ("", pgettext_lazy("interpretation", "None needed"))],
            widget=forms.RadioSelect,
            required=False,
        ),
        "needs": forms.MultipleChoiceField(
            label=_("Access needs"),
            choices=Delegate.Need.choices,
            widget=forms.CheckboxSelectMultiple,
            required=False,
        ),
        "other_needs": PassageField(
            label=_("Other needs"),
            max_length=500,
            required=False,
            widget=forms.Textarea(attrs={"rows": 2, "dir": "auto"}),
        ),
    }
    if not spoken:
        del fields["interpretation"]
    fields["language"].initial = get_language()
    return fields


class NamesDelegates(forms.Form):
    """Delegates as numbered rows: name_1, email_1, …; `rows` says how many there are.

    Each row is a place; one without name and address is held for somebody who is named later.
    """

    rows = forms.IntegerField(widget=forms.HiddenInput, required=False)
    least = forms.TypedChoiceField(
        label=_("Do you also come if there are fewer places?"),
        coerce=int,
        empty_value=None,
        required=False,
        help_text=_("With how many at least. Whoever you name by name is among them."),
    )

    def __init__(self, *args, consultation, **kwargs):
        super().__init__(*args, **kwargs)
        self.consultation = consultation
        self.count = self._count()
        self.fields["rows"].initial = self.count
        for number in range(1, self.count + 1):
            self._add_row(number)
        self._offer_least()

    @property
    def most(self):
        """How many rows the form offers at most."""
        return max(self.consultation.places_per_organization, self.initial.get("rows") or 1)

    def _count(self):
        asked = self.data.get("rows") if self.is_bound else self.initial.get("rows")
        try:
            return min(max(int(asked or 1), 1), self.most)
        except ValueError:
            return 1

    def _add_row(self, number):
        """The questions about one delegate, whose name may not be known yet."""
        fields = {"key": forms.UUIDField(widget=forms.HiddenInput, required=False)}
        fields |= fields_of_delegate(self.consultation, is_required=False)
        self.fields |= {f"{name}_{number}": one for name, one in fields.items()}

    def _offer_least(self):
        """With how many it comes too; where an organization has one place there is nothing to ask."""
        if self.most < 2:
            del self.fields["least"]
            return
        numbers = [
            (number, pgettext_lazy("places", "At least %(number)s") % {"number": number})
            for number in range(1, self.most)
        ]
        self.fields["least"].choices = [("", _("No: with all of them, or not at all")), *numbers]

    @property
    def delegates(self):
        """The rows as the page shows them."""
        return [
            Row(number, [self[name] for name in self._names(number) if not self[name].is_hidden])
            for number in range(1, self.count + 1)
        ]

    @property
    def others(self):
        """The bound fields that belong to no delegate and are shown."""
        owned = {name for number in range(1, self.count + 1) for name in self._names(number)}
        return [self[name] for name in self.fields if name not in owned and not self[name].is_hidden]

    @property
    def can_grow(self):
        return self.count < self.most

    def _names(self, number):
        return [name for asked in ASKED if (name := f"{asked}_{number}") in self.fields]

    def clean(self):
        """Gather the rows as the operation takes them; two delegates share no address."""
        given = super().clean()
        others = {name: value for name, value in given.items() if name in self.base_fields and name != "rows"}
        seen, delegates = set(), []
        for number in range(1, self.count + 1):
            names = self._names(number)
            row = {name.rpartition("_")[0]: given[name] for name in names if name in given}
            if self._is_named(number, row):
                if row.get("email", "").lower() in seen:
                    self.add_error(f"email_{number}", _("Another delegate has this address already."))
                seen |= {row["email"].lower()} if row.get("email") else set()
                delegates.append(row)
        return others | {"delegates": delegates, "places": self.count}

    def _is_named(self, number, row):
        """Whether somebody stands in a row; whoever is named by half is asked for the rest."""
        asked = {name: row.get(name) for name in ("name", "email") if f"{name}_{number}" not in self.errors}
        if len(asked) == 2 and not any([*asked.values(), row.get("other_needs"), row.get("needs")]):
            return False
        for name, value in asked.items():
            if not value:
                self.add_error(f"{name}_{number}", self.fields[f"{name}_{number}"].error_messages["required"])
        return True

    def typed(self):
        """What was typed, by row: [{field: value}], not judged yet."""
        rows = []
        for number in range(1, self.count + 1):
            names = self._names(number)
            values = [
                self.fields[name].widget.value_from_datadict(self.data, self.files, name) for name in names
            ]
            rows.append(dict(zip((name.rpartition("_")[0] for name in names), values, strict=True)))
        return rows

    def rearranged(self):
        """What the form holds with a row more or a row fewer, as the button says, and everything else as typed."""
        rows, gone = self.typed(), self.data.get("remove", "")
        if gone.isdecimal() and len(gone) < len("1000") and len(rows) > 1:
            rows = [row for number, row in enumerate(rows, 1) if number != int(gone)]
        elif "add" in self.data and len(rows) < self.most:
            rows.append({})
        kept = {name: self[name].value() for name in self.base_fields if name in self.fields}
        return kept | as_initial(rows)

    @classmethod
    def is_rearranged(cls, data):
        """Whether a button was pressed that only adds or takes away a row."""
        return "add" in data or "remove" in data


def as_initial(rows):
    """Rows of delegates as the initial values of the form."""
    values = {f"{name}_{number}": value for number, row in enumerate(rows, 1) for name, value in row.items()}
    return values | {"rows": len(rows)}


class RegistrationForm(AgreesToText, AsksQuestions, NamesDelegates, CreatingForm):
    """An organization registers, with its delegates and their consent, and answers what a coordinator asks."""

    organization = forms.ChoiceField(label=_("Which organization do you register?"))

    def __init__(self, *args, organizations, person, **kwargs):
        self.organizations = {str(row.key): row for row in organizations}
        kwargs.setdefault("initial", {"rows": 1} | first_delegate(person))
        super().__init__(*args, **kwargs)
        field = self.fields["organization"]
        language = get_language()
        field.choices = [(key, row.text("name", language).text) for key, row in self.organizations.items()]
        if len(self.organizations) == 1:
            field.widget = forms.HiddenInput()
            field.initial = next(iter(self.organizations))

    def clean_organization(self):
        return self.organizations[self.cleaned_data["organization"]]


def first_delegate(person):
    """The lead often comes too: the first row is already hers, to be changed if not."""
    return {"name_1": person.name, "email_1": person.email, "language_1": person.language}


class DelegatesForm(NamesDelegates, CreatingForm):
    """An organization names other delegates, or asks for more or fewer places, from the version that was shown."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args, registration, **kwargs):
        rows = [
            {name: getattr(row, name) for name in ASKED} for row in registration.delegate_set.order_by("pk")
        ]
        rows += [{}] * (registration.delegates_count - len(rows))
        start = {"version": registration.version, "least": registration.least or ""}
        kwargs.setdefault("initial", start | as_initial(rows))
        super().__init__(*args, consultation=registration.consultation, **kwargs)
        if registration.is_seated:
            self.fields.pop("least", None)  # it has its places

    def follow(self, registration):
        """Go on from the version that somebody saved meanwhile, and return the delegates as they then were."""
        if self.data.get("version") == str(registration.version):
            return []
        self.data = self.data.copy()
        self.data["version"] = registration.version
        return list(registration.delegate_set.order_by("pk"))


class OneselfForm(CreatingForm):
    """A delegate names himself or herself, by the link that the lead passed on."""

    def __init__(self, *args, registration, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields |= fields_of_delegate(registration.consultation, is_required=True)


class DeclineForm(OperationForm):
    """Why a registration is declined; the organization reads it."""

    reason = LineField(
        label=_("Why is it declined?"),
        max_length=300,
        help_text=_("The organization is told, in these words."),
    )
