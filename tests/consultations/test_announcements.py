"""Announcements: written, approved, sent once to whom the filters find, stopped, corrected, resumed; the archive."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from consultations import reach
from consultations.models import Announcement
from consultations.notifications import AnnouncementSent
from consultations.operations import announcements
from portal.errors import Refused
from portal.models import Choice, Delivery, Membership, Recipient
from portal.operations import alarms, delivery, digests, expansion, holding, leases, texts
from tests import drainers, factories, sessions

pytestmark = pytest.mark.django_db

WORDS = {
    "title_en": "Doors open",
    "title_fr": "Portes ouvertes",
    "title_ar": "الأبواب مفتوحة",
    "bodies": {"en": "Come *in*.", "fr": "Entrez.", "ar": "ادخلوا."},
}


@pytest.fixture
def _at_once(monkeypatch):
    monkeypatch.setattr(holding, "SETTLING", timedelta(0))


@pytest.fixture
def coordinator():
    return factories.coordinator()


def draft(**fields):
    return factories.announcement(status="draft", **{**WORDS, **fields})


def there(name, *arguments):
    return reverse(f"consultations:{name}", args=arguments)


def typed(**values):
    return {
        "once": str(uuid4()),
        "original_language": "en",
        "access": "public",
        "title_en": "Doors open",
        "body_en": "Come *in*.",
    } | values


def subjects():
    return sorted((message.to[0], message.subject) for message in mail.outbox)


def test_it_is_written_saved_looked_at_and_sent_with_its_consequence_said(client, coordinator):
    lead, other = factories.lead(language="fr"), factories.lead(language="en")
    factories.lead(status="pending")
    sessions.sign_in(client, coordinator)
    client.post(there("announcement-new"), typed(title_fr="Portes ouvertes", approved_fr="on"))
    made = Announcement.objects.get()
    page = client.get(made.get_absolute_url()).content.decode()
    assert "2 organizations" in page
    assert "Missing, or not approved: Arabic, French and Spanish" in page
    assert client.get(there("announcement-preview", made.key) + "?in=fr").status_code == 200

    page = client.get(there("announcement-send", made.key)).content.decode()
    assert "2 people and mailboxes are written to. A message that has left cannot be taken back" in page
    stale = client.post(there("announcement-send", made.key), {"version": made.version - 1})
    assert (stale.status_code, len(mail.outbox)) == (422, 0)
    for _twice in range(2):
        client.post(there("announcement-send", made.key), {"version": made.version})
    # The text is not in French: its readers get all of it in the original, with a note.
    assert subjects() == sorted(
        [(lead.email, "Annonce\u202f: Doors open"), (other.email, "Announcement: Doors open")]
    )
    french = next(message for message in mail.outbox if message.to == [lead.email])
    assert "Come *in*." in french.body
    assert made.get_absolute_url() != Announcement.objects.get().get_absolute_url()
    progress = client.get(there("announcement-progress", made.key)).content.decode()
    assert "2 messages sent" in progress


def test_two_who_edit_at_once_are_shown_both_texts(client, coordinator):
    made = draft()
    sessions.sign_in(client, coordinator)
    address, version = there("announcement-edit", made.key), made.version
    first = client.post(address, typed(title_en="Doors close", version=version))
    second = client.post(address, typed(title_en="Doors stand open", version=version))
    assert (first.status_code, second.status_code) == (302, 409)
    assert "Doors close" in second.content.decode()
    assert "Doors stand open" in second.content.decode()


def test_filters_find_organizations_by_what_they_are_and_by_what_they_did():
    objective, region = factories.objective(7), factories.region("africa")
    here, there_, third = (factories.organization(spoken=["en"]) for _ in range(3))
    here.objectives.add(objective)
    here.regions.add(region)
    there_.spoken = ["fr"]
    there_.constituency = "state"
    there_.save()
    consultation = factories.open_consultation()
    factories.registration(consultation, here)
    factories.registration(consultation, there_, status="cancelled")
    paper = factories.paper_to_endorse(by=factories.coordinator())
    factories.endorsement(paper, third)
    factories.endorsement(paper, here, shown="withheld")
    group = factories.working_group()
    group.organizations.add(third)
    found = {}
    for name, fields, many in (
        ("all", {}, {}),
        ("objective", {}, {"to_objectives": [objective]}),
        ("region", {}, {"to_regions": [region]}),
        ("spoken", {"to_spoken": ["fr"]}, {}),
        ("constituency", {"to_constituencies": ["state"]}, {}),
        ("group", {"to_group": group}, {}),
        ("registered", {"of_consultation": consultation, "registered": "with"}, {}),
        ("not registered", {"of_consultation": consultation, "registered": "without"}, {}),
        ("endorsed", {"of_paper": paper, "endorsed": "with"}, {}),
        ("not endorsed", {"of_paper": paper, "endorsed": "without"}, {}),
    ):
        made = draft(**fields)
        for field, values in many.items():
            getattr(made, field).set(values)
        found[name] = set(made.audience()) & {here, there_, third}
    assert found == {
        "all": {here, there_, third},
        "objective": {here},
        "region": {here},
        "spoken": {there_},
        "constituency": {there_},
        "group": {third},
        "registered": {here},
        "not registered": {there_, third},
        "endorsed": {third},
        "not endorsed": {here, there_},
    }


def test_the_reach_says_who_gets_which_language_and_who_nothing(django_assert_max_num_queries):
    readers = [factories.lead(language=code) for code in ("en", "fr", "es", "es", "en", "en")]
    Choice.objects.create(recipient=readers[4].recipient, kind=AnnouncementSent.name, how="never")
    Recipient.objects.filter(user=readers[5]).update(suppressed_at=timezone.now())
    factories.organization()
    made = draft()
    with django_assert_max_num_queries(24):
        found = reach.of(made)
    told = {row.language: (row.count, row.words.language, len(row.sample)) for row in found.readers}
    assert told == {"en": (1, "en", 1), "fr": (1, "fr", 1), "es": (2, "en", 2), "ar": (0, "ar", 0)}
    assert (found.organizations, found.silent, found.told) == (7, 1, 4)
    assert (found.ends["left"], found.ends["unreachable"]) == (1, 1)


def test_a_trial_goes_to_oneself_alone(client, coordinator):
    factories.lead()
    made = draft()
    sessions.sign_in(client, coordinator)
    client.post(there("announcement-try", made.key), {"once": str(uuid4())})
    assert subjects() == [(coordinator.email, "Trial for you alone: Doors open")]
    assert Announcement.objects.get().status == "draft"


@pytest.mark.parametrize("closed", ["access", "of_consultation", "of_paper", "to_group"])
def test_of_what_is_by_invitation_no_word_stands_in_a_mailbox(coordinator, closed):
    lead = factories.lead()
    about = {
        "access": lambda: {"access": "invited"},
        "of_consultation": lambda: {
            "of_consultation": factories.open_consultation(access="invited"),
            "registered": "without",
        },
        "of_paper": lambda: {"of_paper": factories.paper(access="invited"), "endorsed": "without"},
        "to_group": lambda: {"to_group": factories.working_group(access="invited")},
    }
    made = draft(**about[closed]())
    if closed == "to_group":
        made.to_group.organizations.add(lead.organization)
    announcements.try_out(made, by=coordinator)
    announcements.send(made, by=coordinator)
    delivery.drain()
    assert {message.to[0] for message in mail.outbox} == {lead.email, coordinator.email}
    for message in mail.outbox:
        assert "oors" not in message.subject + message.body + message.alternatives[0][0]
        assert "ome " not in message.body


def test_where_it_is_set_a_second_person_approves_before_anything_leaves(client, settings, coordinator):
    settings.APPROVE_ANNOUNCEMENTS = True
    factories.lead()
    made, second = draft(), factories.coordinator()
    with pytest.raises(Refused, match="second person"):
        announcements.send(made, by=coordinator)
    sessions.sign_in(client, coordinator)
    client.post(there("announcement-ask", made.key), {"version": made.version})
    version = Announcement.objects.get().version
    with pytest.raises(Refused, match="Somebody else approves"):
        announcements.approve(made, version=version, by=coordinator)
    sessions.sign_in(client, second)
    assert "Approve it or hand it back" in client.get(reverse("desk")).content.decode()
    client.post(there("announcement-approve", made.key), {"version": version})
    assert Announcement.objects.get().status == "approved"
    client.post(there("announcement-edit", made.key), typed(version=version + 1, title_en="Doors close"))
    assert Announcement.objects.get().status == "draft"
    made = announcements.ask_approval(made, version=None, by=coordinator)
    # The second person has written in it by now, whoever asked: a third one approves it.
    with pytest.raises(Refused, match="Somebody else approves"):
        announcements.approve(made, version=made.version, by=second)
    assert "a second coordinator gives it" in client.get(made.get_absolute_url()).content.decode()
    announcements.approve(made, version=made.version, by=factories.coordinator())
    announcements.send(made, by=coordinator)
    assert Announcement.objects.get().status == "published"


def test_it_is_sent_at_the_moment_that_was_set_for_it(client, coordinator):
    lead = factories.lead()
    made = draft()
    sessions.sign_in(client, coordinator)
    there_is = timezone.now() + timedelta(days=3)
    moment = {"at": there_is.strftime("%Y-%m-%dT%H:%M"), "time_zone": "Africa/Tunis"}
    assert client.post(there("announcement-schedule", made.key), moment).status_code == 422
    stale = client.post(there("announcement-schedule", made.key), moment | {"version": made.version - 1})
    assert "Somebody else changed this announcement" in stale.content.decode()
    client.post(there("announcement-schedule", made.key), moment | {"version": made.version})
    client.post(there("announcement-edit", made.key), typed(title_fr="Portes", version=made.version))
    made.refresh_from_db()
    assert made.publish_at is None  # what is sent by itself is what somebody chose to send
    client.post(there("announcement-schedule", made.key), moment | {"version": made.version})
    assert announcements.send_due() == 0
    assert "Will be sent on" in client.get(made.get_absolute_url()).content.decode()
    desk = client.get(reverse("desk")).content.decode()
    assert "The announcement is sent" in desk
    assert there("announcement-edit", made.key) in desk  # Spanish is wanted before
    Announcement.objects.update(publish_at=timezone.now() - timedelta(seconds=1))
    assert announcements.send_due() == 1
    assert announcements.send_due() == 0
    delivery.drain()
    assert subjects() == [(lead.email, "Announcement: Doors open")]


def test_what_misses_its_moment_says_so_on_the_desk_and_holds_nobody_up(client, coordinator, monkeypatch):
    lead, gone = factories.lead(), factories.coordinator()
    late, broken, good = draft(title_en="Late"), draft(title_en="Broken"), draft(title_en="Good")
    ahead = timezone.now() + timedelta(days=1)
    for made, by in ((late, gone), (broken, coordinator), (good, coordinator)):
        announcements.schedule(made, version=made.version, at=ahead, time_zone="UTC", by=by)
    gone.role_set.all().delete()
    # Whoever saves it afterwards is not who sends it.
    Announcement.objects.update(publish_at=timezone.now() - timedelta(seconds=1), changed_by=coordinator)
    words = Announcement.words
    monkeypatch.setattr(
        Announcement, "words", lambda made, code: 1 / 0 if made == broken else words(made, code)
    )
    assert announcements.send_due() == 1
    monkeypatch.undo()
    delivery.drain()
    assert subjects() == [(lead.email, "Announcement: Good")]
    broken.refresh_from_db()
    assert broken.publish_at is not None

    sessions.sign_in(client, coordinator)
    why = "Who set the moment does not coordinate this any more."
    assert why in client.get(reverse("desk")).content.decode()
    page = client.get(late.get_absolute_url()).content.decode()
    assert why in page
    assert there("announcement-unschedule", late.key) in page
    client.post(there("announcement-unschedule", late.key), {"version": late.version})
    assert why not in client.get(reverse("desk")).content.decode()


def test_a_translation_of_what_the_original_says_no_more_is_not_sent(client, coordinator):
    lead = factories.lead(language="fr")
    made = draft()
    texts.save_texts(made, {"en": {"title": "Doors close"}})
    assert (made.words("fr").subject, made.missing()) == ("Doors close", ["ar", "fr", "es"])
    # Whoever changes the original beside its translations and leaves them approved has seen both.
    sessions.sign_in(client, coordinator)
    edited = typed(version=made.version, body_en="Go *out*.", title_fr="Portes closes", body_fr="Entrez.")
    ticked = {"approved_fr": "on", "approved_body_fr": "on"}
    client.post(there("announcement-edit", made.key), edited | ticked)
    made = Announcement.objects.get()
    assert (made.words("fr").subject, made.missing()) == ("Portes closes", ["ar", "es"])

    texts.save_body(made, "en", "Stay *where you are*.", by=coordinator)
    announcements.send(made, by=coordinator)
    delivery.drain()
    assert "Stay *where you are*." in mail.outbox[0].body
    client.force_login(lead)
    page = client.get("/fr" + made.get_absolute_url().removeprefix("/en"), follow=True).content.decode()
    assert "Entrez." not in page


def test_nobody_is_told_where_the_filters_find_nobody(coordinator):
    with pytest.raises(Refused, match="Nobody would be told"):
        announcements.send(draft(), by=coordinator)


@pytest.mark.usefixtures("_at_once")
def test_stopped_half_way_corrected_and_resumed_nobody_is_told_twice(client, monkeypatch, coordinator):
    wanted = drainers.crowd(40)
    made = draft(title_es="Puertas", bodies=WORDS["bodies"] | {"es": "Entren."})
    sessions.sign_in(client, coordinator)
    announcements.send(made, by=coordinator)
    answers = iter([True] * 20 + [False] * 1000)
    delivery.drain(may_go_on=lambda: next(answers))
    told = {message.to[0] for message in mail.outbox}
    assert 0 < len(told) < 40
    version = Announcement.objects.get().version
    corrected = {"subject": "Portes grandes ouvertes", "text": "Entrez vite.", "version": version}
    refused = client.post(there("announcement-correct", made.key, "fr"), corrected)
    assert "Stop the sending first" in refused.content.decode()

    client.post(there("announcement-stop", made.key))
    assert (delivery.drain(), alarms.oldest_due()) == (0, None)
    page = client.get(there("announcement-progress", made.key)).content.decode()
    assert "Stopped: nothing leaves until you resume" in page
    assert "hx-get" not in page
    client.post(there("announcement-correct", made.key, "fr"), corrected)
    stale = client.post(there("announcement-correct", made.key, "fr"), corrected | {"text": "Entrez !"})
    assert stale.status_code == 409
    client.post(there("announcement-resume", made.key))
    delivery.drain()

    assert sorted(message.to[0] for message in mail.outbox) == sorted(wanted)
    french = {message.to[0]: message.subject for message in mail.outbox if wanted[message.to[0]] == "fr"}
    early = {address for address in french if address in told}
    assert early
    assert all("grandes" in subject for address, subject in french.items() if address not in early)
    assert all("grandes" not in french[address] for address in early)
    correction = made.corrections.get()
    assert (correction.told, correction.readers, correction.was_text) == (len(early), ["fr"], "Entrez.")
    names = Membership.objects.filter(user__email__in=early).values_list("organization__name_en", flat=True)
    listed = client.get(correction.get_absolute_url()).content.decode()
    assert all(name in listed for name in names)
    assert Delivery.objects.filter(state="sent").count() == 40


@pytest.mark.usefixtures("_at_once")
def test_where_it_is_set_a_second_person_approves_each_correction_too(client, settings, coordinator):
    lead, late, second = factories.lead(), factories.lead(), factories.coordinator()
    made = announcements.send(draft(), by=coordinator)
    expansion.step()
    Delivery.objects.filter(recipient=late.recipient).update(not_before=timezone.now() + timedelta(hours=1))
    delivery.drain()
    settings.APPROVE_ANNOUNCEMENTS = True
    sessions.sign_in(client, coordinator)
    client.post(there("announcement-stop", made.key))
    assert "stopped half-way" in client.get(reverse("desk")).content.decode()
    words = {"subject": "Doors burn", "text": "Run.", "version": Announcement.objects.get().version}
    correct = there("announcement-correct", made.key, "en")
    page = client.post(correct, words, follow=True).content.decode()
    assert "You wrote it: a second coordinator approves it." in page
    assert client.post(correct, words).status_code == 422  # one waits already
    waiting = made.corrections.get()
    page = client.get(there("announcement-progress", made.key)).content.decode()
    assert there("announcement-resume", made.key) not in page
    with pytest.raises(Refused, match="A correction waits"):
        announcements.resume(made, by=second)
    with pytest.raises(Refused, match="Somebody else approves"):
        announcements.approve_correction(waiting, by=coordinator)
    assert Announcement.objects.get().words("en").subject == "Doors open"
    client.post(there("announcement-correction-drop", waiting.key))
    client.post(correct, words)

    sessions.sign_in(client, second)
    waiting = made.corrections.get()
    assert waiting.get_absolute_url() in client.get(reverse("desk")).content.decode()
    client.post(there("announcement-correction-approve", waiting.key))
    assert Announcement.objects.get().words("en").subject == "Doors burn"
    with pytest.raises(Refused, match="does not wait any more"):
        announcements.drop_correction(waiting, by=second)
    # Long after, which messages left is forgotten; who read the earlier words is not.
    Delivery.objects.filter(state="sent").delete()
    page = client.get(waiting.get_absolute_url()).content.decode()
    assert str(lead.organization) in page
    assert str(late.organization) not in page
    client.post(there("announcement-resume", made.key))
    Delivery.objects.update(not_before=timezone.now())
    delivery.drain()
    assert subjects() == sorted(
        [(lead.email, "Announcement: Doors open"), (late.email, "Announcement: Doors burn")]
    )


@pytest.mark.usefixtures("_at_once")
def test_how_long_it_was_stopped_counts_against_no_message(coordinator):
    factories.lead()
    made = announcements.send(draft(), by=coordinator)
    expansion.step()
    announcements.stop(made, by=coordinator)
    Delivery.objects.update(attempts=3, tried_at=timezone.now() - timedelta(days=5))
    announcements.resume(made, by=coordinator)
    row = Delivery.objects.get()
    assert (row.state, row.attempts, row.tried_at) == ("queued", 0, None)


@pytest.mark.usefixtures("_at_once")
def test_what_a_summary_tells_is_stopped_corrected_and_known_like_the_rest(coordinator, monkeypatch):
    monkeypatch.setattr(digests, "ring", lambda: None)
    early, late = factories.lead(language="fr"), factories.lead(language="fr")
    for person in (early, late):
        Choice.objects.create(recipient=person.recipient, kind=AnnouncementSent.name, how="daily")
    made = announcements.send(draft(), by=coordinator)
    expansion.step()
    parts = Delivery.objects.filter(notice=made.notice)
    parts.update(created_at=timezone.now() - timedelta(days=2))
    assert digests.gather() == 2
    Delivery.objects.filter(recipient=late.recipient).update(not_before=timezone.now() + timedelta(hours=1))
    delivery.drain()
    announcements.stop(made, by=coordinator)
    Delivery.objects.update(not_before=timezone.now())
    delivery.drain()
    assert [message.to[0] for message in mail.outbox] == [early.email]
    assert parts.get(recipient=early.recipient).lang == "fr"
    correction = announcements.correct(
        made, language="fr", subject="Portes", text="Sortez.", version=made.version, by=coordinator
    )
    assert (correction.told, list(correction.organizations.all())) == (1, [early.organization])
    announcements.resume(made, by=coordinator)
    assert digests.gather() == 1
    delivery.drain()
    assert [message.to[0] for message in mail.outbox] == [early.email, late.email]
    assert "Portes\n" in mail.outbox[1].body


@pytest.mark.usefixtures("_at_once")
@pytest.mark.parametrize("does", ["stop", "withdraw"])
def test_what_is_stopped_while_a_summary_is_in_hand_is_not_in_it(coordinator, monkeypatch, does):
    monkeypatch.setattr(digests, "ring", lambda: None)
    person = factories.lead()
    Choice.objects.create(recipient=person.recipient, kind=AnnouncementSent.name, how="daily")
    made, other = (
        announcements.send(draft(title_en=title), by=coordinator) for title in ("Doors open", "Windows open")
    )
    while expansion.step():
        pass
    parts = Delivery.objects.filter(channel="daily")
    parts.update(created_at=timezone.now() - timedelta(days=2))
    digests.gather()
    written, letter = [], delivery.Drainer._letter

    def stop_once_written(*args):
        written.append(letter(*args))
        if len(written) == 1:
            version = {"version": made.version} if does == "withdraw" else {}
            getattr(announcements, does)(made, **version, by=coordinator)
        return written[-1]

    monkeypatch.setattr(delivery.Drainer, "_letter", stop_once_written)
    delivery.drain()
    digests.settle()
    [message] = mail.outbox
    assert ("Doors open" in message.body, "Windows open" in message.body) == (False, True)
    assert parts.get(notice=other.notice).state == "sent"
    part = parts.get(notice=made.notice)
    assert (part.state, part.digest) == ("queued" if does == "stop" else "cancelled", None)
    if does == "stop":
        announcements.resume(made, by=coordinator)
        digests.gather()
        delivery.drain()
        assert "Doors open" in mail.outbox[1].body


def test_a_language_that_was_missing_is_added_for_those_not_told_yet(coordinator):
    lead = factories.lead(language="es")
    made = announcements.send(draft(), by=coordinator)
    announcements.stop(made, by=coordinator)
    with pytest.raises(Refused, match="stopped already"):
        announcements.stop(made, by=coordinator)
    correction = announcements.correct(
        made, language="es", subject="Puertas", text="Entren.", version=made.version, by=coordinator
    )
    assert (correction.readers, correction.told, correction.was_text) == (["es"], 0, "")
    assert Announcement.objects.get().words("es").subject == "Puertas"
    assert lead.recipient.deliveries.count() == 0


def test_nothing_is_corrected_while_a_message_is_in_somebodys_hand(coordinator):
    factories.lead()
    made = announcements.send(draft(), by=coordinator)
    expansion.step()
    announcements.stop(made, by=coordinator)
    leases.claim(uuid4(), timedelta(minutes=1))
    assert Delivery.objects.get().state == "queued"
    Delivery.objects.update(
        state="leased", lease_owner=uuid4(), lease_until=timezone.now() + timedelta(minutes=1)
    )
    words = {"language": "en", "subject": "Doors", "text": "In.", "version": made.version}
    with pytest.raises(Refused, match="at this moment"):
        announcements.correct(made, **words, by=coordinator)
    Delivery.objects.update(lease_until=timezone.now() - timedelta(minutes=1))
    assert announcements.correct(made, **words, by=coordinator).told == 0


def test_withdrawn_it_is_gone_for_its_readers_and_what_waits_never_leaves(client, coordinator):
    lead = factories.lead()
    factories.organization(lead=coordinator)
    made = announcements.send(draft(access="invited"), by=coordinator)
    expansion.step()
    announcements.stop(made, by=coordinator)
    sessions.sign_in(client, lead)
    assert client.get(made.get_absolute_url()).status_code == 200
    announcements.withdraw(made, version=made.version, by=coordinator)
    delivery.drain()
    assert client.get(made.get_absolute_url()).status_code == 404
    assert mail.outbox == []


def test_the_archive_holds_what_everybody_may_read_in_list_feed_and_search(client, cost):
    zebra = factories.announcement("Zebra doors", to=[])
    factories.announcement("Hidden doors", access="invited")
    page = client.get(there("announcements")).content.decode()
    assert "Zebra doors" in page
    assert "Hidden doors" not in page
    assert "Zebra doors" in client.get(reverse("feed")).content.decode()
    assert zebra.get_absolute_url() in client.get(reverse("search"), {"q": "zebra"}).content.decode()
    one = cost(there("announcements"))
    for _ in range(9):
        factories.announcement()
    assert one == cost(there("announcements")) <= 12


def test_who_does_not_coordinate_everything_writes_none(client):
    process = factories.process()
    sessions.sign_in(client, factories.coordinator_of(process))
    assert client.get(there("announcement-new")).status_code == 403
