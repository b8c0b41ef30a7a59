"""Voices: shown only for what the person agreed to, for as long as she does, and then nowhere."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from consultations.models import Voice, VoiceConsent
from consultations.operations import voices
from portal import clock
from portal.errors import Refused
from portal.models import LogEntry, Membership, Reader, SearchEntry
from tests import factories

pytestmark = pytest.mark.django_db

WORDS = "They kept my papers. I slept in the kitchen for two years."


def agreement(**values):
    today = timezone.localdate()
    given = {
        "consent_language": "ar",
        "text_version": 1,
        "agreed_on": today,
        "ends_on": today + timedelta(days=90),
    }
    return given | {"purposes": ["quotation"]} | values


def given(lead=None, *, purposes=("quotation",), **facts):
    lead = lead or factories.lead()
    facts = {"language": "en", "text": WORDS, "alias": "Amina"} | facts
    return voices.give(lead.organization, **agreement(purposes=purposes), **facts, by=lead)


def sees(person):
    return list(Voice.objects.visible_to(Reader.of(person)))


def test_an_organization_writes_a_voice_down_with_what_the_person_agreed_to(client):
    lead = factories.lead()
    client.force_login(lead)
    address = reverse("consultations:voice-new")
    form = client.get(address).context["form"]
    today = timezone.localdate()
    values = {
        "organization": lead.organization.pk,
        "language": "en",
        "text": WORDS,
        "alias": "Amina",
        "place": "Port Said",
        "purposes": ["quotation", "briefing-note"],
        "consent_language": "ar",
        "agreed_on": str(today),
        "ends_on": str(today + timedelta(days=100)),
        "agreed": "on",
        "once": str(form["once"].value()),
    }
    assert client.post(address, values | {"agreed": ""}).status_code == 422
    assert client.post(address, values).status_code == 302
    voice = Voice.objects.get()
    assert (voice.alias, voice.place) == ("Amina", "")  # a place finer than a country only where it is wanted
    rows = voice.consents.order_by("purpose").values_list("purpose", "language", "text_version")
    assert list(rows) == [("briefing-note", "ar", 1), ("quotation", "ar", 1)]


def test_the_database_keeps_no_place_that_is_not_wanted_and_no_word_of_what_is_withdrawn():
    voice = given()
    with pytest.raises(IntegrityError, match="voice_place_is_wanted"), transaction.atomic():
        Voice.objects.filter(pk=voice.pk).update(place="Port Said")
    with pytest.raises(IntegrityError, match="voice_withdrawn_is_empty"), transaction.atomic():
        Voice.objects.filter(pk=voice.pk).update(withdrawn_at=timezone.now())


def test_leads_and_who_wrote_it_down_see_a_voice_and_coordinators_only_while_a_consent_stands():
    process = factories.process()
    lead = factories.lead()
    colleague, writer = factories.user(), factories.user()
    for person in (colleague, writer):
        Membership.objects.create(organization=lead.organization, user=person)
    voice = voices.give(
        lead.organization, **agreement(), language="en", text=WORDS, alias="A", process=process, by=writer
    )
    here, elsewhere = factories.coordinator_of(process), factories.coordinator_of(factories.process())
    everywhere = factories.coordinator()
    people = [lead, writer, colleague, here, everywhere, elsewhere, factories.role("rapporteur", process)]
    assert [bool(sees(who)) for who in people] == [True, True, False, True, True, False, False]
    VoiceConsent.objects.update(ends_on=timezone.localdate() - timedelta(days=1), agreed_on="2020-01-01")
    assert [bool(sees(who)) for who in people] == [True, True, False, False, False, False, False]
    assert voice.consents.count() == 1


def test_a_voice_stands_in_a_document_until_the_consent_is_withdrawn_or_over(client):
    lead, by = factories.lead(), factories.coordinator()
    voice = given(lead, country=factories.country(regions=[]))
    document = factories.document("What we heard")
    voices.use(voice, purpose="quotation", document=document, passage="They kept my papers.", by=by)

    def shown():
        text = client.get(document.get_absolute_url()).content.decode()
        return [words in text for words in ("They kept my papers.", "slept", "Amina", "Tunisia")]

    assert shown() == [True, False, True, True]
    assert str(lead.organization) not in client.get(document.get_absolute_url()).content.decode()
    VoiceConsent.objects.update(ends_on=timezone.localdate() - timedelta(days=1), agreed_on="2020-01-01")
    assert shown() == [False] * 4
    voices.consent(voice, **agreement(), by=lead)
    assert shown() == [True, False, True, True]
    voices.withdraw(voice, purposes=["quotation"], by=lead)
    assert shown() == [False] * 4
    voice.refresh_from_db()
    assert (voice.text, voice.uses.count()) == (WORDS, 0)


def test_withdrawn_altogether_the_words_are_gone_from_here_too(client):
    lead = factories.lead()
    voice = given(lead, purposes=["publication", "campaign"], wants_place=True, place="Port Said")
    document, campaign = factories.document(), factories.campaign()
    by = factories.coordinator()
    voices.use(voice, purpose="publication", document=document, by=by)
    voices.use(voice, purpose="campaign", campaign=campaign, by=by)
    assert all(
        WORDS in client.get(thing.get_absolute_url()).content.decode() for thing in (document, campaign)
    )

    client.force_login(lead)
    address = reverse("consultations:voice-withdraw", args=[voice.key])
    assert client.post(address, {"sent": "1"}).status_code == 422
    assert client.post(address, {"everything": "on"}).status_code == 302
    assert not any(
        WORDS in client.get(thing.get_absolute_url()).content.decode() for thing in (document, campaign)
    )
    voice.refresh_from_db()
    assert (voice.text, voice.alias, voice.place, voice.uses.count()) == ("", "", "", 0)
    assert client.get(voice.get_absolute_url()).status_code == 200
    with pytest.raises(Refused, match="withdrawn"):
        voices.consent(voice, **agreement(), by=lead)


def test_a_voice_is_used_only_for_what_the_person_agreed_to_and_in_her_own_words():
    voice, by = given(text=WORDS * 20), factories.coordinator()
    note, other = factories.document(kind="briefing-note"), factories.document()
    with pytest.raises(Refused, match="not agreed"):
        voices.use(voice, purpose="publication", document=other, by=by)
    with pytest.raises(Refused, match="600 characters"):
        voices.use(voice, purpose="quotation", document=other, by=by)
    with pytest.raises(Refused, match="do not stand"):
        voices.use(voice, purpose="quotation", document=other, passage="They burned my papers.", by=by)
    voices.consent(voice, **agreement(purposes=["briefing-note"]), by=by)
    with pytest.raises(Refused, match="briefing note"):
        voices.use(voice, purpose="briefing-note", document=other, by=by)
    assert voices.use(voice, purpose="briefing-note", document=note, by=by).words == WORDS * 20


def test_a_passage_that_the_person_changes_is_used_no_more_and_one_that_stays_follows():
    lead, by = factories.lead(), factories.coordinator()
    voice = given(lead, purposes=["quotation", "publication"])
    document = factories.document()
    for passage in ("They kept my papers.", "two years"):
        voices.use(voice, purpose="quotation", document=document, passage=passage, by=by)
    voices.use(voice, purpose="publication", document=document, by=by)
    changed = "Listen. I slept in the kitchen for two years."
    facts = {"language": "en", "alias": "Amina"}
    voices.edit(voice, version=1, text=changed, **facts, by=lead)
    voice.refresh_from_db()
    assert sorted(use.words for use in voice.uses.all()) == [changed, "two years"]
    with pytest.raises(Refused, match="Somebody else"):
        voices.edit(voice, version=1, text="Other", **facts, by=lead)


def test_a_consent_ends_and_not_in_the_far_future():
    lead, today = factories.lead(), timezone.localdate()
    for values in ({"ends_on": today - timedelta(days=1)}, {"ends_on": today + timedelta(days=2000)}):
        with pytest.raises(Refused, match="three years"):
            voices.give(
                lead.organization, **agreement(**values), language="en", text=WORDS, alias="A", by=lead
            )


def test_nobody_has_agreed_on_a_day_that_has_come_nowhere():
    facts = {"language": "en", "text": WORDS, "alias": "Amina"}
    lead, latest = factories.lead(), clock.latest_day()
    voice = voices.give(lead.organization, **agreement(agreed_on=latest), **facts, by=lead)
    assert voice.consents.get().agreed_on == latest
    with pytest.raises(Refused, match="This day is still to come") as refused:
        voices.consent(voice, **agreement(agreed_on=latest + timedelta(days=1)), by=lead)
    assert refused.value.field == "agreed_on"


def test_that_a_coordinator_reads_a_voice_stands_in_the_log_and_its_words_nowhere_else(client):
    lead = factories.lead()
    voice = given(lead)
    client.force_login(lead)
    client.get(voice.get_absolute_url())
    assert not LogEntry.objects.filter(act="voice read").exists()
    client.force_login(factories.coordinator())
    assert WORDS in client.get(voice.get_absolute_url()).content.decode()
    assert LogEntry.objects.filter(act="voice read", object_id=voice.pk).count() == 1
    assert not SearchEntry.objects.exists()


def test_what_nobody_may_use_for_a_year_is_forgotten(settings):
    old, standing, fresh = given(), given(), given()
    long_ago = timezone.now() - timedelta(days=800)
    Voice.objects.filter(pk__in=[old.pk, standing.pk]).update(given_at=long_ago)
    VoiceConsent.objects.filter(voice=old).update(
        agreed_on="2020-01-01", ends_on=timezone.localdate() - timedelta(days=366)
    )
    VoiceConsent.objects.filter(voice=fresh).update(withdrawn_at=timezone.now())
    settings.KEEP_VOICES_DAYS = 367
    voices.forget()
    assert {voice.text for voice in Voice.objects.all()} == {WORDS}
    settings.KEEP_VOICES_DAYS = 365
    voices.forget()
    texts = {voice.pk: voice.text for voice in Voice.objects.all()}
    assert texts == {old.pk: "", standing.pk: WORDS, fresh.pk: WORDS}


def test_only_people_of_a_verified_organization_write_voices_down(client):
    client.force_login(factories.lead(status="pending"))
    assert client.get(reverse("consultations:voice-new")).status_code == 403
    with pytest.raises(Refused, match="verified"):
        given(factories.lead(status="pending"))


def test_an_organization_that_may_not_act_any_more_speaks_nowhere_and_its_voice_can_be_withdrawn(client):
    lead, coordinator = factories.lead(), factories.coordinator()
    voice, document = given(lead), factories.document()
    voices.use(voice, purpose="quotation", document=document, passage=WORDS, by=coordinator)
    address = document.get_absolute_url()
    assert "I slept in the kitchen" in client.get(address).content.decode()
    lead.organization.status = "suspended"
    lead.organization.save()
    assert "I slept in the kitchen" not in client.get(address).content.decode()
    client.force_login(coordinator)
    assert client.get(reverse("consultations:voice-edit", args=[voice.key])).status_code == 403
    sent = {"purposes": ["quotation"]}
    assert client.post(reverse("consultations:voice-withdraw", args=[voice.key]), sent).status_code == 302
    assert not voice.consents.filter(withdrawn_at=None).exists()


def test_a_quotation_never_grows_into_the_whole_account():
    voice, document = given(), factories.document()
    voices.use(voice, purpose="quotation", document=document, passage=WORDS, by=None)
    voices.edit(voice, version=voice.version, text=WORDS + " And then." * 200, by=None)
    assert not voice.uses.exists()


def test_the_page_of_two_editors_keeps_what_was_typed_as_it_was_typed(client):
    lead = factories.lead()
    voice = given(lead)
    client.force_login(lead)
    address = reverse("consultations:voice-edit", args=[voice.key])
    form = client.get(address).context["form"]
    sent = {
        "version": voice.version,
        "text": "Typed words",
        "alias": "Amina",
        "language": form["language"].value(),
    }
    voices.edit(voice, version=voice.version, text="Saved meanwhile", by=lead)
    page = client.post(address, sent)
    assert page.status_code == 409
    assert page.context["form"]["text"].value() == "Typed words"
