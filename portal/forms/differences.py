"""What two editors did at once."""

from dataclasses import dataclass
from difflib import SequenceMatcher

from django import forms


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
