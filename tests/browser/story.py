"""What the walk through the portal is about: who is there before it begins, and what is typed on the way."""

from dataclasses import dataclass, field
from zoneinfo import ZoneInfo

from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.utils import translation
from django.utils.translation import gettext

from consultations.models import Meeting
from portal import dates, languages
from portal.models import Recipient
from tests import factories

CONSULTATION = {"ar": "بدائل الاحتجاز", "en": "Alternatives to detention"}
ORGANIZATION = {"ar": "شبكة ضوء المرفأ", "en": "Harbour Light Network"}
DELEGATES = {
    "ar": [
        {"name": "ليلى بن سالم", "email": "layla@delegates.example", "language": "ar"}
        | {"interpretation": "ar", "need": "Sign language interpretation"},
        {"name": "Yves Ndiaye", "email": "yves@delegates.example", "language": "fr"}
        | {"interpretation": "en", "need": "Step-free access"},
    ],
    "en": [
        {"name": "Mary Okoro", "email": "mary@delegates.example", "language": "en"}
        | {"interpretation": "en", "need": "Live captions"},
        {"name": "هدى حداد", "email": "huda@delegates.example", "language": "ar"}
        | {"interpretation": "ar", "need": "Join by telephone"},
    ],
}
OUTCOME = {"ar": "ما سمعناه عن الاحتجاز", "en": "What we heard about detention"}
OBJECTIVE = 13
ASKED = {"ar": "بدائل قبل الاحتجاز", "en": "Alternatives come first"}
HEADING = {"ar": "ما طلبناه", "en": "What we asked for"}


@dataclass
class Members:
    """Whom an outcome reaches: {address: language}, and the names of their organizations."""

    readers: dict = field(default_factory=dict)
    organizations: set = field(default_factory=set)

    def add(self, address, language, organization):
        self.readers[address] = language
        self.organizations.add(organization)


@dataclass(frozen=True)
class Story:
    """One language's walk: its consultation, its coordinator, the document that comes of it."""

    language: str
    titles: dict
    outcomes: dict
    meeting: Meeting
    coordinator: str
    secret: str

    @property
    def title(self):
        return self.titles[self.language]

    @property
    def occasion(self):
        """When the meeting begins and ends, to the second, and where one joins."""
        begins, ends = (at.replace(microsecond=0) for at in (self.meeting.starts_at, self.meeting.ends_at))
        return begins, ends, self.meeting.join_url

    def confirmed(self, language):
        """The subject of the confirmation, as a reader of this language has it."""
        with translation.override(language):
            day = dates.day(self.meeting.starts_at.astimezone(ZoneInfo(self.meeting.time_zone)).date())
            said = {"day": day, "title": self.titles.get(language, self.titles["en"])}
            return gettext("Confirmed for %(day)s: %(title)s") % said

    def announced(self, language):
        """The subject of the news; a document that is not in this language bears the title of its original."""
        with translation.override(language):
            title = self.outcomes.get(language, self.outcomes[self.language])
            return gettext("Read now: %(title)s") % {"title": title}


def members():
    """Members of four languages, one with a shared mailbox; and some who are none, to whom nobody writes."""
    found = Members()
    for language in languages.CODES:
        person = factories.lead(language=language)
        found.add(person.email, language, person.organization.name_en)
    shared = factories.organization(mailbox="office@quay.example", mailbox_language="es")
    Recipient.objects.keep_for_mailbox(shared)
    found.add(shared.mailbox, "es", shared.name_en)
    for others in ({"status": "pending"}, {"status": "suspended"}, {"constituency": "state"}):
        factories.lead(language="fr", **others)
    return found


def story(language):
    """An open consultation, and a coordinator who has a second factor."""
    titles = {code: f"{words} {language}" for code, words in CONSULTATION.items()}
    consultation = factories.open_consultation(
        title_ar=titles["ar"], title_en=titles["en"], approval="by-hand", places_per_organization=3
    )
    coordinator, secret = (
        factories.coordinator(language=language, second_factor=False),
        generate_totp_secret(),
    )
    TOTP.activate(coordinator, secret)
    outcomes = {code: f"{words} {language}" for code, words in OUTCOME.items()}
    meeting = Meeting.objects.get(consultation=consultation)
    return Story(language, titles, outcomes, meeting, coordinator.email, secret)
