"""What two editors did at once."""

from dataclasses import dataclass
from difflib import SequenceMatcher

from django import forms
from django.utils.choices import flatten_choices
from django.utils.translation import gettext_lazy as _

from portal.forms.moments import ZoneField


@dataclass
class Difference:
    """A field in which two editors part: its label, what is saved, what the other typed."""

    field: forms.BoundField
    saved: str
    mine: str

    @property
    def passages(self):
        """The lines in which the two part, side by side: [(saved, mine)]."""
        saved, mine = self.saved.split("\n"), self.mine.split("\n")
        matcher = SequenceMatcher(None, saved, mine)
        return [
            ("\n".join(saved[a:b]), "\n".join(mine[c:d]))
            for tag, a, b, c, d in matcher.get_opcodes()
            if tag != "equal"
        ]


class ShowsDifferences:
    """A form of something that two people may edit at once."""

    def compared_with(self, saved, *, version):
        """Where what was typed and {field: value} as saved meanwhile part; saving again then counts as decided."""
        self.data = self.data.copy()
        self.data["version"] = version
        pairs = [
            (self[name], self._words(name, value), self._words(name, self[name].value()))
            for name, value in saved.items()
            if name in self.fields and name != "version"
        ]
        return [Difference(*pair) for pair in pairs if pair[1] != pair[2]]

    def _words(self, name, value):
        """A value as a person reads it."""
        field = self.fields[name]
        if isinstance(field, forms.BooleanField):
            return str(_("Yes") if value else _("No"))
        if hasattr(field, "choices") and not isinstance(field, ZoneField):
            chosen = value if isinstance(value, list | tuple) else [value]
            chosen = {str(getattr(one, "pk", one) or "") for one in chosen}
            return "\n".join(
                str(label) for key, label in flatten_choices(field.choices) if str(key) in chosen
            )
        value = field.prepare_value(value)
        return str("" if value is None else value).replace("\r\n", "\n").strip()
