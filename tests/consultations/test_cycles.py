"""The next cycle is made from an earlier one: its dates move along, its people and answers stay behind."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from consultations.models import Call, Consultation, Meeting, Question, Registration, RegistrationAnswer
from consultations.operations import consents, cycles
from portal.errors import Refused
from portal.models import LogEntry, Phase, Process
from tests import factories

pytestmark = pytest.mark.django_db
A_YEAR = timedelta(days=364)  # whole weeks


@pytest.fixture
def process():
    """A process of one phase and one consultation with a meeting, a registration and a join address."""
    made = factories.process("Cycle one", begins_on=date(2026, 3, 2), begins_precision="day", is_current=True)
    factories.phase("Rounds", process=made, begins_on=date(2026, 3, 9), begins_precision="day")
    consultation = factories.open_consultation("Listening", process=made)
    factories.registration(consultation)
    return made


def copied(process, *, begins_on=None, **changes):
    begins_on = begins_on or process.begins_on + A_YEAR
    titles = {"en": {"title": "Cycle two"}}
    return cycles.copy(process, titles=titles, begins_on=begins_on, **changes, by=factories.coordinator())


def test_all_goes_along_as_drafts_with_its_dates_moved(process):
    made = copied(process)
    assert (made.title_en, made.status, made.is_current) == ("Cycle two", Process.Status.DRAFT, False)
    assert made.begins_on == process.begins_on + A_YEAR
    phase = Phase.objects.get(process=made)
    assert (phase.title_en, phase.begins_on) == ("Rounds", date(2027, 3, 8))
    was, consultation = (Consultation.objects.get(process=one) for one in (process, made))
    assert (consultation.title_en, consultation.status) == ("Listening", Consultation.Status.DRAFT)
    assert consultation.closes_at - was.closes_at == A_YEAR


def test_no_person_registration_or_join_address_goes_along(process):
    made = copied(process)
    consultation = Consultation.objects.get(process=made)
    assert not Registration.objects.filter(consultation=consultation).exists()
    assert consultation.confirmed_count == 0
    assert [meeting.join_url for meeting in Meeting.objects.filter(consultation=consultation)] == [""]
    # The earlier cycle keeps all of it.
    was = Consultation.objects.get(process=process)
    assert (was.confirmed_count, was.meetings.get().join_url) == (1, "https://meet.example/secret-room")


def test_an_hour_stays_the_same_hour_where_the_clocks_change():
    process = factories.process("With summer time", begins_on=date(2026, 1, 5), begins_precision="day")
    room = factories.open_consultation("Berlin", process=process, time_zone="Europe/Berlin", meeting=False)
    meeting = Meeting.objects.create(
        consultation=room,
        title_en="Round",
        starts_at="2026-02-02T13:00:00Z",  # 14:00 in Berlin, in winter
        ends_at="2026-02-02T14:00:00Z",
        time_zone="Europe/Berlin",
    )
    copied(process, begins_on=process.begins_on + timedelta(days=182))
    later = Meeting.objects.exclude(pk=meeting.pk).get()
    assert later.starts_at.isoformat() == "2026-08-03T12:00:00+00:00"  # 14:00 in Berlin, in summer


def test_whole_weeks_keep_the_day_of_the_week(process):
    made = copied(process, begins_on=date(2027, 3, 2), keeps_weekdays=True)
    assert made.begins_on == date(2027, 3, 1)
    assert made.begins_on.weekday() == process.begins_on.weekday()


def test_what_is_withdrawn_or_called_off_stays_behind(process):
    factories.phase("Taken off", process=process, status=Phase.Status.WITHDRAWN)
    made = copied(process)
    assert [phase.title_en for phase in Phase.objects.filter(process=made)] == ["Rounds"]


def test_questions_options_and_the_newest_consent_text_go_along_without_answers(process):
    room = Consultation.objects.get(process=process)
    how = factories.question(room, "How?", kind="choice", options=["Train", "Boat"], prompt_ar="كيف؟")
    factories.question(room, "Retired?", kind="choice", options=["A", "B"], retired_at="2026-01-01T00:00Z")
    port = factories.question(room, "Which port?", shown_if=how, shown_for=["2"], is_required=True)
    RegistrationAnswer.objects.create(registration=room.registrations.get(), question=port, text="Bizerte")
    for version, words in enumerate(["You agree.", "You agree to more."]):
        consents.write(room, version=version, words={"en": words}, by=factories.coordinator())
    for call in (
        factories.call("Input", process=process),
        factories.call("Taken back", process=process, status="withdrawn"),
    ):
        factories.question(call, "What works?", kind="choices", options=["X", "Y"])

    made = copied(process)

    copy = Consultation.objects.get(process=made)
    first, second = Question.objects.of(copy)
    assert (first.prompt_en, first.prompt_ar, first.choices("en")) == (
        "How?",
        "كيف؟",
        [("1", "Train"), ("2", "Boat")],
    )
    assert (second.shown_if, second.shown_for, second.is_required) == (first, ["2"], True)
    assert first.key != how.key
    assert [text.words_en for text in copy.consent_texts.all()] == ["You agree to more."]
    call = Call.objects.get(process=made)
    assert [row.choices("en") for row in Question.objects.of(call)] == [[("1", "X"), ("2", "Y")]]
    assert RegistrationAnswer.objects.count() == 1


def test_a_process_without_any_date_is_refused_in_words():
    with pytest.raises(Refused, match="has a date yet"):
        copied(factories.process("Undated", begins_on=None, begins_precision=""), begins_on=date(2027, 1, 1))


def test_a_coordinator_first_sees_what_will_be_made_then_makes_it(client, process):
    client.force_login(factories.coordinator())
    address = reverse("process-copy", args=[process.key])
    asked = {"title_en": "Cycle two", "begins_on": "2027-03-01"}
    assert client.get(address).status_code == 200
    shown = client.post(address, asked | {"look": "1"})
    assert "364" in shown.content.decode()
    assert Process.objects.filter(title_en="Cycle two").count() == 0
    made = client.post(address, asked | {"make": "1"})
    found = Process.objects.get(title_en="Cycle two")
    assert made.status_code == 302
    assert made["Location"].endswith(found.get_absolute_url())
    assert LogEntry.objects.filter(act="process copied").exists()


def test_others_than_coordinators_cannot(client, process):
    client.force_login(factories.lead())
    answer = client.post(
        reverse("process-copy", args=[process.key]), {"title_en": "X", "begins_on": "2027-03-01"}
    )
    assert answer.status_code == 403
