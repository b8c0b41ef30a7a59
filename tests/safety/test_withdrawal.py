"""A contribution and a voice that stood in many places are withdrawn: then no exit shows them, to nobody but their own.

Afterwards every address of the table of exits is asked for with the keys of all that has to do with them, in the suite
by one of the others, on another day by another, in the drill by each. Before, each of the same people comes upon every
word at the addresses of these things: what nobody could find would prove nothing.
"""

import secrets
from contextlib import suppress
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import NoReverseMatch, reverse
from django.utils import timezone

from consultations.operations import contributions, inputs, voices
from portal.operations import files
from tests import factories, samples
from tests.routes import PARTS, routes
from tests.safety.exits import PAGES
from tests.safety.walk import all_caches, ask, secrets_in, written_log
from tests.safety.world import pdf

pytestmark = [pytest.mark.long, pytest.mark.django_db]
OTHERS = ("stranger", "member", "coordinator")


SHOWN_AT = (
    "consultations:contribution",
    "consultations:input-file",
    "resources:document",
    "resources:campaign",
)


def word():
    return f"s3cr{secrets.token_hex(8)}"


class Given:
    """A contribution with a file, shown to everybody, used, grouped, merged with; a voice in a document and a campaign."""

    def __init__(self):
        self.words, self.inside, self.name, self.account, self.alias = (word() for _ in range(5))
        self.coordinator, self.lead, self.other = (
            factories.coordinator(),
            factories.lead(),
            factories.lead(),
        )
        self.process = factories.process()
        self.call = factories.open_call(
            process=self.process,
            consultation=factories.open_consultation(process=self.process),
            shows="public",
        )
        self.document = factories.document(process=self.process)
        self.campaign = factories.campaign()
        self.contribution = factories.contribution(self.call, self.lead.organization, said=self.words)
        self.answer = self.contribution.answers.get()
        self.alike = factories.contribution(self.call, self.other.organization, said="Much the same.")
        self.file = self.brings_a_file()
        self.goes_into_everything()
        self.speaks()
        type(self.call).objects.filter(pk=self.call.pk).update(status="closed", closes_at=timezone.now())
        self.people = {
            "stranger": None,
            "member": self.other,
            "coordinator": self.coordinator,
            "lead": self.lead,
        }

    def brings_a_file(self):
        upload = SimpleUploadedFile(f"{self.name}.pdf", pdf(self.inside), "application/pdf")
        asked = factories.question(self.call, "A paper", kind="file")
        stored = files.store(upload, by=self.lead)
        return self.contribution.answers.create(question=asked, file=stored)

    def goes_into_everything(self):
        """Under a theme, behind a section, the one that another input goes on in."""
        self.theme = inputs.tag([self.answer, self.file], title="Lights", by=self.coordinator)
        inputs.use([self.answer, self.file], document=self.document, section="4", by=self.coordinator)
        inputs.merge(self.alike.answers.get(), into=self.answer, by=self.coordinator)

    def speaks(self):
        today = timezone.localdate()
        self.voice = voices.give(
            self.lead.organization,
            purposes=["quotation", "campaign"],
            consent_language="en",
            text_version=1,
            agreed_on=today,
            ends_on=today + timedelta(days=9),
            language="en",
            text=f"{self.account} is what I saw.",
            alias=self.alias,
            process=self.process,
            by=self.lead,
        )
        quoted = {"purpose": "quotation", "document": self.document, "passage": self.account}
        self.uses = [
            voices.use(self.voice, **quoted, by=self.coordinator),
            voices.use(self.voice, purpose="campaign", campaign=self.campaign, by=self.coordinator),
        ]

    def keys(self, name):
        """The keys of all that an address may be for, by the sorts of things that its row in the table names."""
        things = {
            "contribution": [self.contribution, self.alike],
            "input": [self.answer, self.file, self.alike.answers.get()],
            "given": [self.file],
            "voice": [self.voice],
            "use": self.uses,
            "theme": [self.theme],
            "call": [self.call],
            "consultation": [self.call.consultation],
            "document": [self.document],
            "campaign": [self.campaign],
            "organization": [self.lead.organization, self.other.organization],
            "process": [self.process],
        }
        sorts = {thing.partition("-")[0] for thing in PAGES[name].seen}
        return [str(thing.key) for sort in sorts for thing in things.get(sort, [])]

    def addresses(self, *names):
        """Those of these names, or of all that is read and not only pressed; and a search for each word."""
        for name, pattern in routes():
            if name not in (names or PAGES) or PAGES[name].is_button:
                continue
            parts = pattern.pattern.converters
            for key in self.keys(name) if "key" in parts else [""]:
                with suppress(NoReverseMatch):
                    address = reverse(name, kwargs={part: (PARTS | {"key": key})[part] for part in parts})
                    yield name, key, address
                    for query in PAGES[name].queries:
                        yield name, key, f"{address}?{query}"
        for asked in (self.words, self.inside, self.name, self.account, self.alias):
            yield "search", "", f"{reverse('search')}?q={asked}"

    def found(self, *names, roles, seed=None):
        """What each comes upon, and where: {role: {planted word: [names of addresses]}}; a seed parts addresses."""
        met, addresses = {}, list(self.addresses(*names))
        for turn, role in enumerate(roles):
            client, met[role] = Client(raise_request_exception=False), {}
            if self.people[role] is not None:
                client.force_login(self.people[role])
            for where in samples.part(addresses, seed, turn, len(roles)):
                sought = {self.words, self.inside, self.name, self.account, self.alias}
                here = ask(client, where, role).secrets & sought
                # A search says again what it was asked for.
                for one in here - set(where[2].rpartition("?q=")[2:]):
                    met[role].setdefault(one, []).append(where[0])
        return met


def test_what_is_withdrawn_is_gone_from_every_exit_for_all_but_its_own_people(seed):
    with written_log() as log:
        given = Given()
        own = {given.words, given.inside, given.name}
        spoken = {given.account, given.alias}
        before = given.found(*SHOWN_AT, roles=given.people)
        assert {role: set(words) for role, words in before.items()} == dict.fromkeys(
            given.people, own | spoken
        )

        contributions.withdraw(given.contribution, by=given.lead)
        voices.withdraw(given.voice, everything=True, by=given.lead)
        assert given.found(roles=OTHERS, seed=seed) == {role: {} for role in OTHERS}
        assert set(given.found(*SHOWN_AT, roles=["lead"])["lead"]) == own
        assert secrets_in(log.getvalue().encode(), all_caches()) == frozenset()
