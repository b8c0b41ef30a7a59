"""What was given for a process goes when its time is over, not a day before; what was said in public stays."""

from datetime import timedelta

import pytest
from django.utils import timezone

from consultations.models import (
    Consultation,
    Contribution,
    Input,
    KeptFile,
    Meeting,
    RegistrationAnswer,
)
from consultations.models.endings import calls_over, consultations_over
from consultations.operations import retention
from consultations.tasks import tidy
from portal import settings as settings_module
from portal.models import LogEntry, StoredFile
from portal.operations import files
from tests import factories

pytestmark = pytest.mark.django_db
YEAR = timedelta(days=365)


def ago(**time):
    return timezone.now() - timedelta(**time)


def day(**time):
    return ago(**time).date()


def process(**facts):
    return factories.process(**facts)


def over(days, **facts):
    """A consultation of a process that ended so many days ago, as did its window and its meeting."""
    facts = {"process": process(ends_on=day(days=days))} | facts
    made = factories.open_consultation(opens_at=ago(days=days + 60), closes_at=ago(days=days + 30), **facts)
    made.meetings.update(starts_at=ago(days=days + 9), ends_at=ago(days=days + 9, hours=-2))
    return made


def answered(consultation):
    """A registration that answered in words and with a file."""
    registration = factories.registration(consultation)
    asked = factories.question(consultation, "What do you eat?")
    letter = factories.question(consultation, "A letter", kind="file")
    registration.answers.create(question=asked, text="No nuts.")
    registration.answers.create(question=letter, file=files.store(factories.pdf(), by=factories.user()))
    return registration


def contributed(call, *, status="sent"):
    """A contribution that says something and brings a file."""
    made = factories.contribution(call, said="We see much.", status=status)
    letter = call.questions.filter(kind="file").first() or factories.question(call, "A file", kind="file")
    Input.objects.create(
        contribution=made, question=letter, file=files.store(factories.pdf(), by=factories.user())
    )
    return made


def call_over(days, **facts):
    facts = {"process": process(ends_on=day(days=days)), "status": "closed"} | facts
    made = factories.open_call(**facts)
    type(made).objects.filter(pk=made.pk).update(closes_at=ago(days=days + 5), ends_on=day(days=days + 5))
    return made


def acts():
    return list(LogEntry.objects.order_by("pk").values_list("act", flat=True))


def test_answers_and_files_of_registrations_go_a_year_after_the_process_and_not_before(
    django_capture_on_commit_callbacks,
):
    gone, kept = answered(over(367)), answered(over(364))
    blob = gone.answers.get(file__isnull=False).file.blob
    with django_capture_on_commit_callbacks(execute=True):
        tidy.apply(throw=True)
    assert (gone.answers.count(), kept.answers.count()) == (0, 2)
    assert StoredFile.objects.get() == kept.answers.get(file__isnull=False).file
    assert not blob.storage.exists(blob.name)
    # That it took part stays known: who came for it, and what was asked besides, is forgotten.
    gone.refresh_from_db()
    assert (gone.status, gone.delegate_set.count()) == ("confirmed", 0)
    assert [(entry.act, entry.thing) for entry in LogEntry.objects.all()] == [("answers forgotten", gone)]

    retention.forget()
    assert acts() == ["answers forgotten"]


def test_how_long_they_are_kept_is_a_setting(settings):
    settings.KEEP_ANSWERS_DAYS = 30
    gone, kept = answered(over(32)), answered(over(29))
    retention.forget()
    assert (gone.answers.count(), kept.answers.count()) == (0, 2)


DEFAULTS = {
    "ANSWERS": 365,
    "DELEGATES": 183,
    "ATTENDANCE": 183,
    "VOICES": 365,
    "DELIVERIES": 30,
    "INBOX": 365,
}


@pytest.mark.parametrize(("name", "number"), DEFAULTS.items())
def test_where_nothing_is_set_what_the_house_has_decided_holds(name, number):
    assert getattr(settings_module, f"KEEP_{name}_DAYS") == number


@pytest.mark.parametrize("value", ["0", "-1", "a year", "1.5"])
def test_a_number_of_days_that_is_none_stops_the_start_in_words(monkeypatch, value):
    monkeypatch.setenv("KEEP_ANSWERS_DAYS", value)
    with pytest.raises(
        RuntimeError, match="KEEP_ANSWERS_DAYS is a number of days, 1 or more, and not"
    ) as said:
        settings_module.days("KEEP_ANSWERS_DAYS", 365)
    assert value in str(said.value)
    monkeypatch.setenv("KEEP_ANSWERS_DAYS", "")
    assert settings_module.days("KEEP_ANSWERS_DAYS", 365) == 365


def test_two_workers_that_forget_the_same_say_it_once():
    registration = answered(over(400))
    for _ in range(2):
        retention._forget(registration, registration.answers.all(), "answers forgotten")
    assert acts() == ["answers forgotten"]


def test_of_what_was_sent_to_a_call_the_files_go_and_the_words_stay():
    gone, kept = contributed(call_over(367)), contributed(call_over(364))
    retention.forget()
    assert [row.text for row in gone.answers.all()] == ["We see much."]
    assert [row.text for row in kept.answers.order_by("pk")] == ["We see much.", ""]
    assert StoredFile.objects.count() == 1
    assert acts() == ["files forgotten"]


@pytest.mark.parametrize("status", ["draft", "withdrawn"])
def test_what_nobody_sent_or_was_withdrawn_goes_with_every_word(status):
    gone, kept = contributed(call_over(367), status=status), contributed(call_over(364), status=status)
    retention.forget()
    assert [*Contribution.objects.all()] == [kept]
    assert (Input.objects.filter(contribution=gone).exists(), StoredFile.objects.count()) == (False, 1)
    assert acts() == ["contribution discarded"]


def test_what_is_many_goes_in_several_goes(monkeypatch):
    monkeypatch.setattr(retention, "MOST", 2)
    consultation = over(400)
    asked = factories.question(consultation)
    for _ in range(3):
        factories.registration(consultation).answers.create(question=asked, text="Yes.")
    left = []
    for _ in range(3):
        retention.forget()
        left.append(RegistrationAnswer.objects.count())
    assert left == [1, 0, 0]


def test_a_file_of_an_unsent_form_is_no_business_of_the_process():
    kept = KeptFile.objects.create(
        file=files.store(factories.pdf(), by=factories.user()), sent_by=factories.user()
    )
    over(400)
    retention.forget()
    assert [*KeptFile.objects.all()] == [kept]


@pytest.mark.parametrize(
    ("facts", "is_over"),
    [
        ({"process": {"ends_on": 400}}, True),
        ({"process": {"ends_on": 360}}, False),
        # A month or a year ends with its last day.
        ({"process": {"ends_on": 390, "ends_precision": "month"}}, False),
        ({"process": {"ends_on": 400, "ends_precision": "month"}}, True),
        ({"process": {"ends_on": 700, "ends_precision": "year"}}, False),
        ({"process": {"ends_on": 740, "ends_precision": "year"}}, True),
        # Without a known end of the process the own one counts, unless the process is the current one.
        ({"process": {}}, True),
        ({"process": {"is_current": True}}, False),
        ({}, True),
        # What comes after the process counts too.
        ({"process": {"ends_on": 400}, "closes": 300}, False),
        ({"process": {"ends_on": 400}, "ends": 300}, False),
        ({"process": {"ends_on": 400}, "meeting": 300}, False),
        ({"process": {"ends_on": 400}, "meeting_without_end": 300}, False),
        # What has no date of its own is over with its process, and else never.
        ({"process": {"ends_on": 400}, "closes": None, "meeting": None}, True),
        ({"closes": None, "meeting": None}, False),
        ({"closes": None, "meeting": None, "ends": 400}, True),
        ({"closes": None, "meeting_without_end": 400}, True),
    ],
)
def test_when_a_consultation_is_over(facts, is_over):
    facts = {"closes": 400, "meeting": 400, "ends": None, "meeting_without_end": None} | facts
    belongs = None
    if "process" in facts:
        ends = facts["process"].get("ends_on")
        belongs = process(**facts["process"] | ({"ends_on": day(days=ends)} if ends else {}))
    made = factories.open_consultation(process=belongs, meeting=False)
    closes, ends = facts["closes"], facts["ends"]
    Consultation.objects.filter(pk=made.pk).update(
        status="closed",
        opens_at=None,
        closes_at=closes and ago(days=closes),
        ends_on=ends and day(days=ends),
    )
    if number := facts["meeting_without_end"] or facts["meeting"]:
        begins = ago(days=number, hours=2)
        until = None if facts["meeting_without_end"] else ago(days=number)
        Meeting.objects.create(consultation=made, title_en="One", starts_at=begins, ends_at=until)
    assert [*consultations_over(timezone.now() - YEAR)] == ([made] if is_over else [])


def test_a_call_is_over_with_its_process_and_the_consultation_that_it_belongs_to():
    long_over, lately = over(400), over(300)
    found = {
        "process": call_over(400),
        "process lately": call_over(300),
        "no process": call_over(400, process=None),
        "no process, lately": call_over(300, process=None),
        "consultation": call_over(400, process=None, consultation=long_over),
        "consultation lately": call_over(400, process=None, consultation=lately),
        "of the current process": call_over(400, process=process(is_current=True)),
    }
    later = call_over(400)
    type(later).objects.filter(pk=later.pk).update(closes_at=ago(days=300))
    gone = set(calls_over(timezone.now() - YEAR))
    assert {name for name, call in found.items() if call in gone} == {"process", "no process", "consultation"}
    assert later not in gone
