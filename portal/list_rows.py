"""What a row of a mailing list says of an organization, and what taking it in would do."""

from dataclasses import dataclass, field

from django.utils.translation import pgettext_lazy

from portal.models import ListedAddress, Organization


class Standing:
    """What taking a row in would do."""

    NEW, KNOWN, DOUBTFUL, BAD = "new", "known", "doubtful", "bad"
    LABELS = {
        NEW: pgettext_lazy("row of a list", "New"),
        KNOWN: pgettext_lazy("row of a list", "Known"),
        DOUBTFUL: pgettext_lazy("row of a list", "Doubtful"),
        BAD: pgettext_lazy("row of a list", "Cannot be taken in"),
    }


@dataclass
class Row:
    """What one row says, what is wrong or doubtful about it in words, and the organization that it names if known."""

    number: int
    name: str = ""
    acronym: str = ""
    address: str = ""
    language: str = ""
    is_guess: bool = False
    country: int | None = None
    website: str = ""
    consent: str = ListedAddress.Consent.UNKNOWN
    errors: list = field(default_factory=list)
    doubts: list = field(default_factory=list)
    organization: Organization | None = None
    same_as: int | None = None  # the number of an earlier row that names the same organization

    @property
    def standing(self):
        if self.errors:
            return Standing.BAD
        if self.organization is not None or self.same_as is not None:
            return Standing.KNOWN
        return Standing.DOUBTFUL if self.doubts else Standing.NEW

    @property
    def label(self):
        return Standing.LABELS[self.standing]

    @property
    def consent_label(self):
        return ListedAddress.Consent(self.consent).label
