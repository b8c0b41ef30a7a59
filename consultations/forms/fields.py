"""What the forms of consultations ask: names of people; moments and titled things as in the kernel's forms."""

from django import forms

from portal.forms.moments import LocalMomentField, TitledField, ZoneField, on_clock, shown_on_clock

__all__ = ["LocalMomentField", "NamesField", "TitledField", "ZoneField", "on_clock", "shown_on_clock"]


class NamesField(forms.CharField):
    """Names of people or bodies, one on each line; {"moderators": ["…"]} keeps them as a list."""

    def __init__(self, **kwargs):
        widget = forms.Textarea(attrs={"rows": 2, "dir": "auto"})
        super().__init__(required=False, max_length=2000, widget=widget, **kwargs)

    def to_python(self, value):
        lines = (" ".join(line.split()) for line in super().to_python(value).splitlines())
        return [line for line in lines if line]

    def validate(self, value):
        """Each line is a name; none has to be there."""

    def run_validators(self, value):
        super().run_validators("\n".join(value))

    def prepare_value(self, value):
        return "\n".join(value) if isinstance(value, list) else value
