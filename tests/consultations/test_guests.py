"""A dialogue with two closed rounds and a widened third: what guests of the third reach, and what they never do."""

import secrets
import uuid
from datetime import timedelta
from http import HTTPStatus

import pytest
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError
from django.test import Client
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from icalendar import Calendar

from consultations.models import Guest, Meeting
from consultations.operations import feeds, guests, materials, meetings
from portal import tokens
from portal.errors import Refused
from portal.models import Body, Membership, Reader
from portal.operations import delivery
from tests import factories
from tests.routes import FOREIGN, PARTS, routes
from tests.safety.exits import PAGES
from tests.safety.walk import read, secrets_in
from tests.safety.world import pdf

pytestmark = [pytest.mark.long, pytest.mark.django_db]
TELLING = {"en": {"title": "x"}}


class Dialogue:
    """Rounds 1 and 2 behind us, 3 widened, secrets everywhere; a State's mission and a person invited to round 3."""

    def __init__(self, access="members"):
        self.closed, self.shared = set(), set()
        self.coordinator = factories.coordinator()
        self.thing = factories.open_consultation(
            f"Dialogue {self.word(shared=True)}",
            summary_en=self.word(shared=True),
            access=access,
            meeting=False,
            people={"moderators": [self.word()]},
            process=factories.process(),
        )
        self.text(self.thing)
        self.first, self.second = self.meeting(1), self.meeting(2)
        self.third = self.meeting(3, circle="widened", days=9)
        self.mission = factories.lead(constituency="state")
        self.stranger = factories.user()
        self.members = factories.lead()
        self.registration = factories.registration(self.thing, self.members.organization)
        self.registration.delegate_set.update(name=self.word(), email=f"{self.word()}@sent.example")
        self.call = factories.call(self.word(), consultation=self.thing, access="members")
        self.draft = factories.document(self.word(), status="draft", process=self.thing.process)
        self.paper = factories.document(self.word(), access="members", process=self.thing.process)
        materials.attach(self.third, document=self.paper, by=self.coordinator)

    def word(self, *, shared=False):
        word = f"s3cr{secrets.token_hex(8)}"
        (self.shared if shared else self.closed).add(word)
        return word

    def text(self, thing, *, shared=False):
        word = self.word(shared=shared)
        Body.objects.create(thing=thing, language="en", markdown=word, html=f"<p>{word}</p>")

    def meeting(self, number, *, circle="civil-society", days=-20):
        shared, begins = circle == "widened", timezone.now() + timedelta(days=days + number)
        made = Meeting.objects.create(
            consultation=self.thing,
            round_number=number,
            circle=circle,
            title_en=f"Round {self.word(shared=shared)}",
            languages=["en"],
            starts_at=begins,
            ends_at=begins + timedelta(hours=2),
            people={"speakers": [self.word(shared=shared)]},
            join_url=f"https://meet.example/{number}-{self.word()}",
        )
        self.text(made, shared=shared)
        upload = SimpleUploadedFile("x.pdf", pdf(self.word(shared=shared)), "application/pdf")
        title = self.word(shared=shared)
        materials.attach(made, upload=upload, title=title, by=self.coordinator)
        return made

    def invite(self, **whom):
        return guests.invite(self.thing, meetings=[self.third], by=self.coordinator, **whom)

    def join(self):
        """The word in the address of the third round."""
        return self.third.join_url.rpartition("-")[2]

    def things(self):
        """What the addresses of things can be tried with, by the word that they have in the table of exits."""
        meetings = [self.first, self.second, self.third]
        return {
            "consultation": [self.thing],
            "meeting": meetings,
            "material": [row for meeting in meetings for row in meeting.materials.all()],
            "registration": [self.registration],
            "call": [self.call],
            "document": [self.draft, self.paper],
            "process": [self.thing.process],
            "organization": [self.members.organization],
        }

    def keys(self, name, turn):
        """Those of all things that an address is for, and one of another sort, in turn; all, if it has no row."""
        keys = {sort: [thing.key for thing in found] for sort, found in self.things().items()}
        sorts = {thing.partition("-")[0] for thing in PAGES[name].seen} if name in PAGES else set(keys)
        others = [key for sort, found in keys.items() if sort not in sorts for key in found]
        own = [key for sort in keys if sort in sorts for key in keys[sort]]
        return [*own, others[turn % len(others)]] if others else own

    def addresses(self, token):
        """Every address of the portal, those of things with the keys that may lead somewhere."""
        for turn, (name, pattern) in enumerate(routes()):
            given = PARTS | {"token": token, "paragraph": uuid.uuid4()}
            names = pattern.pattern.converters
            if not name or name.partition("_")[0] in {"account", "mfa"} or name in FOREIGN:
                continue
            for key in self.keys(name, turn) if "key" in names else [None]:
                try:
                    yield reverse(name, kwargs={part: (given | {"key": key})[part] for part in names})
                except NoReverseMatch:
                    continue


def found_by(person, addresses, *, through=()):
    """The secrets that a person comes upon, by address; `through` are links followed first."""
    client, found = Client(raise_request_exception=False), {}
    if person is not None:
        client.force_login(person)
    for address in through:
        client.get(address)
    for address in addresses:
        for method in ("get", "post"):
            response = getattr(client, method)(address, follow=method == "get")
            for word in secrets_in(read(response), str(response.headers).encode()):
                found.setdefault(word, []).append(f"{method} {address}")
            if response.status_code == HTTPStatus.NOT_FOUND:
                break  # what is not there for reading is not there for an answer either
    return found


@pytest.mark.one_a_day("access")
@pytest.mark.parametrize("access", ["members", "invited"])
def test_a_mission_invited_to_the_third_round_finds_nothing_of_the_first_two_on_any_address(access):
    dialogue = Dialogue(access)
    guest = dialogue.invite(organization=dialogue.mission.organization)
    guests.accept(guest, by=dialogue.mission)
    feed = feeds.make(by=dialogue.mission).token
    found = found_by(dialogue.mission, dialogue.addresses(feed))
    assert found.keys() - dialogue.shared == {dialogue.join()}
    assert dialogue.shared - found.keys() == set()


def test_one_who_has_not_answered_sees_the_round_but_not_where_one_joins():
    dialogue = Dialogue()
    dialogue.invite(email=dialogue.stranger.email)
    address = dialogue.thing.get_absolute_url()
    found = found_by(dialogue.stranger, [address, f"{address}calendar.ics"])
    assert found.keys()
    assert found.keys() <= dialogue.shared


def test_the_holder_of_the_letter_learns_when_it_is_and_its_titles_alone():
    dialogue = Dialogue()
    guest = dialogue.invite(email="somebody@mission.example")
    letter = reverse("consultations:guest-letter", args=[tokens.make(Guest.PURPOSE, guest.nonce)])
    found = found_by(None, [reverse("consultations:guest-letter-open")], through=[letter])
    titles = {dialogue.thing.title_en.split()[1], dialogue.third.title_en.split()[1]}
    assert found.keys() == titles


def others(dialogue):
    """People who are no guests, by how they come near it."""
    again = dialogue.invite(organization=factories.organization(constituency="local-authority"))
    colleague_of_it = factories.user()
    Membership.objects.create(organization=again.organization, user=colleague_of_it)
    guests.withdraw(again, by=dialogue.coordinator)
    declined = factories.lead(constituency="private-sector")
    guests.decline(dialogue.invite(organization=declined.organization), by=declined)
    pending = factories.lead(constituency="state", status="verified")
    dialogue.invite(organization=pending.organization)
    pending.organization.status = "suspended"
    pending.organization.save()
    pretender = factories.user()
    dialogue.invite(email="minister@state.example")
    pretender.emailaddress_set.create(email="minister@state.example", verified=False)
    return {
        "withdrawn": colleague_of_it,
        "declined": declined,
        "suspended": pending,
        "unproven address": pretender,
        "another state": factories.lead(constituency="state"),
        "nobody": None,
    }


def test_who_is_no_guest_or_no_longer_one_sees_nothing_of_the_meeting():
    dialogue = Dialogue()
    people = others(dialogue)
    for name, person in people.items():
        reader = Reader.of(person) if person else Reader.nobody()
        assert not Meeting.objects.visible_to(reader).filter(consultation=dialogue.thing).exists(), name
        client = Client()
        if person:
            client.force_login(person)
        for address in (
            dialogue.thing.get_absolute_url(),
            reverse("consultations:calendar", args=[dialogue.thing.address_key]),
            dialogue.third.materials.first().get_absolute_url(),
        ):
            assert client.get(address).status_code == 404, (name, address)


def test_a_round_that_is_no_longer_widened_and_a_draft_are_closed_to_its_guests():
    dialogue = Dialogue()
    guests.accept(dialogue.invite(organization=dialogue.mission.organization), by=dialogue.mission)
    seen = Meeting.objects.visible_to(Reader.of(dialogue.mission))
    assert list(seen) == [dialogue.third]
    Meeting.objects.filter(pk=dialogue.third.pk).update(circle="civil-society")
    assert list(seen.all()) == []
    Meeting.objects.filter(pk=dialogue.third.pk).update(circle="widened")
    type(dialogue.thing).objects.filter(pk=dialogue.thing.pk).update(status="draft", slug=None)
    assert list(seen.all()) == []


def test_an_invitation_to_all_widened_rounds_holds_those_set_later_and_no_others():
    dialogue = Dialogue()
    organization = dialogue.mission.organization
    guests.invite(dialogue.thing, organization=organization, is_for_all=True, by=dialogue.coordinator)
    fourth, fifth = dialogue.meeting(4, circle="widened", days=20), dialogue.meeting(5, days=20)
    seen = set(Meeting.objects.visible_to(Reader.of(dialogue.mission)))
    assert seen == {dialogue.third, fourth}
    assert fifth not in seen


def test_a_repetition_for_guests_shows_the_agenda_of_the_round_it_repeats_and_no_other_round():
    dialogue = Dialogue()
    again = meetings.repeat(
        dialogue.third,
        starts_at=dialogue.third.starts_at + timedelta(hours=6),
        time_zone="Asia/Bangkok",
        by=dialogue.coordinator,
    )
    guest = guests.invite(
        dialogue.thing, email=dialogue.stranger.email, meetings=[again], by=dialogue.coordinator
    )
    assert list(Meeting.objects.visible_to(Reader.of(dialogue.stranger))) == [again]
    found = found_by(dialogue.stranger, [dialogue.thing.get_absolute_url()])
    agenda = dialogue.third.bodies.get().markdown
    assert agenda in found
    assert found.keys() <= dialogue.shared
    assert guest.is_open


# What guests are told


def told(dialogue):
    """What arrived since last asked: {address: [(subject, files)]}."""
    delivery.drain()
    found = {}
    for message in mail.outbox:
        for address in message.to:
            found.setdefault(address, []).append(message)
    mail.outbox.clear()
    return found


def files_of(message):
    return [file[1] if isinstance(file[1], bytes) else file[1].encode() for file in message.attachments]


def test_guests_are_told_of_a_move_a_join_address_and_a_cancellation_each_with_their_own_calendar():
    dialogue = Dialogue()
    guests.accept(dialogue.invite(organization=dialogue.mission.organization), by=dialogue.mission)
    dialogue.invite(email="unanswered@state.example")
    told(dialogue)
    later = dialogue.third.starts_at + timedelta(days=1)
    meetings.edit(dialogue.third, titles=TELLING, starts_at=later, ends_at=None, by=dialogue.coordinator)
    moved = told(dialogue)
    assert {dialogue.mission.email, "unanswered@state.example"} <= moved.keys()
    (entry,) = Calendar.from_ical(files_of(moved[dialogue.mission.email][0])[0]).walk("VEVENT")
    assert entry["DTSTART"].dt == later.replace(microsecond=0)
    assert dialogue.join() in str(entry["LOCATION"])
    (unanswered,) = Calendar.from_ical(files_of(moved["unanswered@state.example"][0])[0]).walk("VEVENT")
    assert "LOCATION" not in unanswered
    meetings.edit(dialogue.third, join_url="https://meet.example/new", by=dialogue.coordinator)
    given = told(dialogue)
    assert dialogue.mission.email in given
    assert "unanswered@state.example" not in given
    meetings.cancel(dialogue.third, by=dialogue.coordinator)
    off = told(dialogue)
    (entry,) = Calendar.from_ical(files_of(off[dialogue.mission.email][0])[0]).walk("VEVENT")
    assert str(entry["STATUS"]) == "CANCELLED"
    meetings.edit(dialogue.first, titles=TELLING, starts_at=later, ends_at=None, by=dialogue.coordinator)
    assert dialogue.mission.email not in told(dialogue)


def test_no_message_to_a_guest_holds_anything_of_the_rounds_before():
    dialogue = Dialogue()
    guests.accept(dialogue.invite(organization=dialogue.mission.organization), by=dialogue.mission)
    later = dialogue.third.starts_at + timedelta(days=1)
    meetings.edit(dialogue.third, titles=TELLING, starts_at=later, ends_at=None, by=dialogue.coordinator)
    for message in told(dialogue)[dialogue.mission.email]:
        assert secrets_in(message.message().as_bytes(), *files_of(message)) <= dialogue.shared | {
            dialogue.join()
        }


def test_a_closed_room_invites_without_a_word_of_it_and_leads_behind_the_door():
    dialogue = Dialogue("invited")
    guest = dialogue.invite(email="somebody@state.example")
    (message,) = told(dialogue)["somebody@state.example"]
    assert message.subject == "There is something for you on the portal"
    assert secrets_in(message.message().as_bytes()) == set()
    assert guest.get_absolute_url() in message.body
    assert tokens.make(Guest.PURPOSE, guest.nonce) not in message.body
    client = Client()
    client.get(reverse("consultations:guest-letter", args=[tokens.make(Guest.PURPOSE, guest.nonce)]))
    response = client.get(reverse("consultations:guest-letter-open"), follow=True)
    assert secrets_in(response.content) == set()
    client.post(reverse("consultations:guest-letter-answer"), {"answer": "accept"})
    guest.refresh_from_db()
    assert guest.status == "invited"


# Answering


def test_only_the_buttons_answer_and_whoever_accepts_without_an_account_gets_the_address(client, mailoutbox):
    dialogue = Dialogue()
    guest = dialogue.invite(email="somebody@state.example", name="Somebody")
    letter = reverse("consultations:guest-letter", args=[tokens.make(Guest.PURPOSE, guest.nonce)])
    response = client.get(letter, follow=True)
    assert response.redirect_chain == [(reverse("consultations:guest-letter-open"), 302)]
    guest.refresh_from_db()
    assert guest.status == "invited"
    client.post(reverse("consultations:guest-letter-answer"), {"answer": "accept"})
    guest.refresh_from_db()
    assert guest.status == "accepted"
    delivery.drain()
    (message,) = [one for one in mailoutbox if one.subject.startswith("Confirmed")]
    assert dialogue.join().encode() in b"".join(files_of(message)).replace(b"\r\n ", b"")
    client.post(reverse("consultations:guest-letter-answer"), {"answer": "decline"})
    guest.refresh_from_db()
    assert guest.status == "declined"


@pytest.mark.parametrize("token", ["", "x", "A" * 43])
def test_a_token_of_nobody_or_of_another_purpose_opens_nothing(client, token):
    dialogue = Dialogue()
    guest = dialogue.invite(email="somebody@state.example")
    for wrong in (token or "-", tokens.make("invitation", guest.nonce), tokens.make("calendar", guest.nonce)):
        client.get(reverse("consultations:guest-letter", args=[wrong]))
        assert client.get(reverse("consultations:guest-letter-open")).status_code == 404
    guests.withdraw(guest, by=dialogue.coordinator)
    client.get(reverse("consultations:guest-letter", args=[tokens.make(Guest.PURPOSE, guest.nonce)]))
    assert client.get(reverse("consultations:guest-letter-open")).status_code == 404
    assert tokens.make(Guest.PURPOSE, guest.nonce) not in str(Guest.objects.values().get(pk=guest.pk))


def test_the_lead_answers_for_an_organization_and_a_colleague_only_looks(client):
    dialogue = Dialogue()
    guest = dialogue.invite(organization=dialogue.mission.organization)
    colleague = factories.user()
    Membership.objects.create(organization=dialogue.mission.organization, user=colleague)
    answer = reverse("consultations:guest-answer", args=[guest.key])
    client.force_login(colleague)
    assert client.post(answer, {"answer": "accept"}).status_code == 403
    client.force_login(dialogue.mission)
    assert client.post(answer, {"answer": "accept"}).status_code == 302
    guest.refresh_from_db()
    assert guest.status == "accepted"


def test_what_is_over_is_answered_no_more():
    dialogue = Dialogue()
    guest = dialogue.invite(organization=dialogue.mission.organization)
    past = timezone.now() - timedelta(days=1)
    Meeting.objects.filter(pk=dialogue.third.pk).update(starts_at=past, ends_at=past + timedelta(hours=1))
    with pytest.raises(Refused, match="over"):
        guests.accept(guest, by=dialogue.mission)


# Inviting


def test_who_and_what_cannot_be_invited():
    dialogue = Dialogue()
    by = dialogue.coordinator
    mission = dialogue.mission.organization
    with pytest.raises(Refused, match="widened"):
        guests.invite(dialogue.thing, organization=mission, meetings=[dialogue.first], by=by)
    with pytest.raises(Refused, match="civil society"):
        dialogue.invite(organization=dialogue.members.organization)
    with pytest.raises(Refused, match="not verified"):
        dialogue.invite(organization=factories.organization(constituency="state", status="pending"))
    with pytest.raises(Refused, match="one of the two"):
        dialogue.invite()
    with pytest.raises(Refused, match="one of the two"):
        dialogue.invite(organization=mission, email="x@y.example")
    with pytest.raises(Refused, match="which meetings"):
        guests.invite(dialogue.thing, organization=mission, by=by)
    dialogue.invite(organization=mission)
    with pytest.raises(Refused, match="already invited"):
        dialogue.invite(organization=mission)
    with pytest.raises(IntegrityError, match="guest_organization_is_invited_once"):
        Guest.objects.create(consultation=dialogue.thing, organization=mission, token_hash="y")


def test_a_stranger_is_written_to_by_invitations_only_a_few_times():
    dialogue = Dialogue()
    for _ in range(3):
        guests.withdraw(dialogue.invite(email="poor@state.example"), by=dialogue.coordinator)
    with pytest.raises(Refused, match="several times"):
        dialogue.invite(email="poor@state.example")


def test_a_coordinator_invites_from_the_page_and_takes_back(client):
    dialogue = Dialogue()
    client.force_login(dialogue.coordinator)
    address = reverse("consultations:guests", args=[dialogue.thing.key])
    sent = {
        "organization": dialogue.mission.organization.pk,
        "language": "fr",
        "meetings": [dialogue.third.pk],
        "once": "0d4ff8c5-7b3b-4b06-8a0a-5b0e5ad1d0f2",
    }
    assert client.post(address, sent | {"meetings": [dialogue.first.pk]}).status_code == 422
    assert client.post(address, sent).status_code == 302
    assert client.post(address, sent).status_code == 302
    guest = Guest.objects.get()
    assert list(guest.meetings.all()) == [dialogue.third]
    assert client.post(reverse("consultations:guest-withdraw", args=[guest.key])).status_code == 302
    guest.refresh_from_db()
    assert guest.status == "withdrawn"
    client.force_login(dialogue.members)
    assert client.get(address).status_code == 403


def test_the_list_of_guests_costs_the_same_for_one_and_for_twenty(cost):
    dialogue = Dialogue()
    dialogue.invite(organization=dialogue.mission.organization)
    address = reverse("consultations:guests", args=[dialogue.thing.key])
    one = cost(address, dialogue.coordinator)
    for _ in range(19):
        dialogue.invite(organization=factories.organization(constituency="state"))
    assert cost(address, dialogue.coordinator) == one
