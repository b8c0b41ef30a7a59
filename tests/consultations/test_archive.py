"""Loading archives: each rule of the form, as a sentence."""

from datetime import UTC, date, datetime

import pytest

from consultations.models import (
    AccreditationTrack,
    Call,
    Commitment,
    Consultation,
    Theme,
)
from portal.models import LogEntry, Notice, Organization, Phase, Process, SearchEntry, TextState, WorkingGroup
from portal.operations import reference, texts
from portal.operations import search as searching
from resources.models import Campaign, Document, Practice
from tests import archives, factories
from tests.archives import load, record

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module", autouse=True)
def _compact(django_db_setup, django_db_blocker):
    with archives.standing(django_db_blocker, reference.load):
        yield


def document(archive_id):
    return Document.objects.get(archive_id=archive_id)


# Titles and languages


def test_a_record_without_title_is_kept():
    paper = record()
    given = record("theme", title={"en": None}, summary="The paper has twelve themes.", document=paper["id"])
    assert archives.counts(load(given, paper)) == {"made": 2}
    theme = Theme.objects.get(archive_id=given["id"])
    assert (theme.has_title, theme.text("summary", "en").text) == (False, "The paper has twelve themes.")


@pytest.mark.parametrize("title", [None, {}, "", "  ", {"en": ""}, {"en": " \n "}])
def test_a_title_that_says_nothing_is_no_title(title):
    given = record(title=title)
    load(given)
    assert not document(given["id"]).has_title


def test_a_title_may_exist_only_in_another_language():
    given = record(
        "campaign", title={"es": "Resistir, reclamar y reconocer", "en": None}, summary="A campaign."
    )
    load(given)
    campaign = Campaign.objects.get(archive_id=given["id"])
    assert campaign.original_language == "es"
    shown = campaign.text("title", "ar")
    assert (shown.text, shown.language, shown.is_fallback) == ("Resistir, reclamar y reconocer", "es", True)
    assert campaign.text("summary", "en").text == "A campaign."


def test_a_title_in_a_language_that_the_interface_lacks_is_kept_with_its_code():
    given = record(title={"it": "Lettera aperta"}, summary={"it": "Una lettera."})
    load(given)
    letter = document(given["id"])
    title, summary = letter.text("title", "ar"), letter.text("summary", "fr")
    assert (title.text, title.language, title.direction) == ("Lettera aperta", "it", "ltr")
    assert (summary.text, summary.language) == ("Una lettera.", "it")


def test_an_organization_may_have_its_name_in_any_language():
    given = record("organisation", title={"de": "Netzwerk Hafenlicht"})
    load(given)
    made = Organization.objects.get(archive_id=given["id"])
    assert (made.text("name", "es").text, made.folded_name) == ("Netzwerk Hafenlicht", "netzwerk hafenlicht")


def test_a_plain_title_and_a_plain_summary_are_english():
    given = record(title="Plain title", summary="Plain summary.")
    load(given)
    assert (document(given["id"]).title_en, document(given["id"]).summary_en) == (
        "Plain title",
        "Plain summary.",
    )


def test_a_summary_may_be_given_per_language():
    given = record(summary={"en": "English.", "fr": "Français."})
    load(given)
    assert document(given["id"]).text("summary", "fr").text == "Français."


# Dates


@pytest.mark.parametrize(
    ("start", "begins", "precision"),
    [
        ("2021-11-18", date(2021, 11, 18), "day"),
        ("2021-11", date(2021, 11, 1), "month"),
        ("2021", date(2021, 1, 1), "year"),
        (2021, date(2021, 1, 1), "year"),
        ("20211118", date(2021, 11, 18), "day"),
        ("2021-11-18T10:00:00+01:00", date(2021, 11, 18), "day"),
        (None, None, "day"),
        ("", None, "day"),
        ("spring 2022", None, "day"),
        ("18/11/2021", None, "day"),
        ({"year": 2021}, None, "day"),
    ],
)
def test_a_date_is_kept_no_more_exactly_than_it_is_known(start, begins, precision):
    given = record(start=start)
    assert archives.counts(load(given))["made"] == 1
    made = document(given["id"])
    assert (made.begins_on, made.begins_precision) == (begins, precision)
    if begins is None and start:
        assert made.source_notes == {"start": start}


def test_an_end_known_only_by_its_year_or_month_may_hold_the_start():
    given = record(start="2021-05-13", end="2021"), record(start="2021-05-13", end="2021-05")
    assert archives.counts(load(*given)) == {"made": 2}
    assert [document(row["id"]).ends_precision for row in given] == ["year", "month"]


def test_an_end_before_the_start_is_kept_as_a_note_and_reported():
    given = record(start="2021-05-13", end="2021-05-10")
    report = load(given)
    assert report.remarks == [(given["id"], "end", "lies before the start; kept as a source note")]
    assert (document(given["id"]).ends_on, document(given["id"]).source_notes) == (
        None,
        {"end": "2021-05-10"},
    )


def test_what_was_announced_before_stays_visible_with_its_source():
    earlier = {"start": "2022-05-10", "end": "2022-05-13", "source": "https://earlier.example/"}
    given = record(
        "process", start="2022-05-17", end="2022-05-20", date_note="Moved.", previous_dates=[earlier]
    )
    load(given)
    process = Process.objects.get(archive_id=given["id"])
    moved = process.moved_dates.values_list("field", "was_start", "was_end", "source_url")
    assert list(moved) == [("dates", "2022-05-10", "2022-05-13", "https://earlier.example/")]
    assert process.date_note == "Moved."


def test_a_deadline_keeps_its_moment_and_its_zone():
    given = record("phase", deadline="2022-01-26T17:00:00-05:00", deadline_tz="America/New_York")
    load(given)
    phase = Phase.objects.get(archive_id=given["id"])
    assert phase.deadline_at == datetime(2022, 1, 26, 22, tzinfo=UTC)
    assert (phase.time_zone, phase.deadline_is_day) == ("America/New_York", False)


def test_a_deadline_without_hour_lasts_until_the_end_of_its_day():
    given = record("accreditation_track", deadline="2017-04-09", deadline_tz="Africa/Tunis")
    load(given)
    track = AccreditationTrack.objects.get(archive_id=given["id"])
    assert track.deadline_at == datetime(2017, 4, 9, 22, 59, tzinfo=UTC)
    assert track.deadline_is_day


@pytest.mark.parametrize(
    ("deadline", "moment"),
    [
        ("2027-03-01T12:00", datetime(2027, 3, 1, 15, tzinfo=UTC)),
        ("2027-03-01T12:00Z", datetime(2027, 3, 1, 12, tzinfo=UTC)),
        ("2027-03-01 12:00", datetime(2027, 3, 1, 15, tzinfo=UTC)),
    ],
)
def test_a_deadline_without_offset_is_read_in_its_zone(deadline, moment):
    given = record("call_for_input", deadline=deadline, deadline_tz="America/Montevideo")
    load(given)
    call = Call.objects.get(archive_id=given["id"])
    assert (call.closes_at, call.ends_on) == (moment, date(2027, 3, 1))


def test_an_event_still_ahead_is_announced_and_one_behind_us_is_archived():
    ahead, behind, undated = record("event", start="2199"), record("event", start="2021"), record("event")
    load(ahead, behind, undated)
    states = [Consultation.objects.get(archive_id=row["id"]).status for row in (ahead, behind, undated)]
    assert states == ["announced", "archived", "archived"]
    assert not Consultation.objects.get(archive_id=ahead["id"]).takes_registrations


# References


def test_references_lead_to_records_of_the_same_file_in_any_order():
    process, event = record("process"), record("event")
    event["process"] = process["id"]
    paper = record(event=event["id"], process=process["id"])
    theme = record("theme", document=paper["id"], theme_number=3)
    load(theme, paper, event, process)
    made = Theme.objects.get(archive_id=theme["id"])
    assert made.document.archive_id == paper["id"]
    assert made.document.process.archive_id == process["id"]
    assert [row.consultation.archive_id for row in made.document.origins.all()] == [event["id"]]
    assert Consultation.objects.get(archive_id=event["id"]).process == made.document.process


def test_references_lead_to_records_of_an_earlier_load():
    process = record("process")
    load(process)
    phase = record("phase", parent=process["id"])
    load(phase)
    assert Phase.objects.get(archive_id=phase["id"]).process.archive_id == process["id"]


def test_a_reference_in_plain_words_is_kept_as_text():
    given = record("practice", organisation="Centre for Indian Migrant Studies")
    report = load(given)
    practice = Practice.objects.get(archive_id=given["id"])
    assert (practice.organization, practice.organization_words) == (None, "Centre for Indian Migrant Studies")
    assert report.remarks == []


def test_a_reference_that_looks_like_an_id_and_is_not_found_is_reported_and_the_record_kept():
    given = record("event", process="imrf-1999")
    report = load(given)
    assert report.made == [given["id"]]
    assert report.remarks == [(given["id"], "process", "“imrf-1999” names no record; kept as a source note")]
    made = Consultation.objects.get(archive_id=given["id"])
    assert (made.process, made.source_notes["process"]) == (None, "imrf-1999")


def test_a_reference_to_a_record_that_was_refused_is_reported():
    process = record("process", start="2021-02-30")
    given = record("event", process=process["id"])
    report = load(process, given)
    assert (report.made, report.refused[0][0]) == ([given["id"]], process["id"])
    assert report.remarks == [
        (given["id"], "process", f"“{process['id']}” names no record; kept as a source note")
    ]


def test_a_reference_of_the_wrong_kind_is_reported_and_links_nothing():
    paper = record()
    given = record("event", process=paper["id"])
    report = load(paper, given)
    assert report.remarks == [
        (given["id"], "process", f"“{paper['id']}” is a document; kept as a source note")
    ]


def test_a_reference_that_has_no_field_of_its_own_becomes_a_link():
    group = record("working_group")
    given = record("event", working_group=group["id"], hosted_by=group["id"])
    load(group, given)
    made = Consultation.objects.get(archive_id=given["id"])
    links = [(link.word, link.named) for link in _links(made)]
    named = WorkingGroup.objects.get(archive_id=group["id"])
    assert links == [("hosted_by", named), ("working_group", named)]


def _links(thing):
    from django.contrib.contenttypes.models import ContentType

    from portal.models import SourceLink

    here = {"content_type": ContentType.objects.get_for_model(thing), "object_id": thing.pk}
    return SourceLink.objects.filter(**here).order_by("word")


def test_a_part_of_an_event_belongs_to_the_process_of_the_whole():
    process = record("process")
    event = record("event", process=process["id"])
    roundtable = record("roundtable", event=event["id"])
    load(roundtable, event, process)
    made = Consultation.objects.get(archive_id=roundtable["id"])
    assert (made.kind, made.part_of.archive_id) == ("roundtable", event["id"])
    assert made.process.archive_id == process["id"]


@pytest.mark.parametrize(("kind", "field"), [("theme", "document"), ("phase", "parent")])
def test_what_no_page_would_show_is_reported(kind, field):
    given = record(kind, **{field: "some words"})
    report = load(given)
    assert report.made == [given["id"]]
    assert report.remarks == [(given["id"], field, "belongs to no record, so that no page shows it")]


def test_circles_of_references_are_broken_and_reported():
    one, two = record("event"), record("event")
    one["part_of"], two["part_of"] = two["id"], one["id"]
    itself = record(id="doc-itself", document="doc-itself")
    report = load(one, two, itself)
    assert len(report.made) == 3
    assert Consultation.objects.filter(archive_id__in=[one["id"], two["id"]], part_of=None).count() == 1
    assert document("doc-itself").about is None
    assert sorted(name for _key, name, _words in report.remarks) == ["document", "part_of"]


def test_principles_are_known_by_their_words_their_numbers_or_their_names():
    given = record("commitment", principles=["whole-of-society", 10, "Centrada en las personas", "kindness"])
    load(given)
    pledge = Commitment.objects.get(archive_id=given["id"])
    assert [row.number for row in pledge.principles.order_by("number")] == [1, 10]
    assert pledge.source_notes == {"principles": ["kindness"]}


# Unknown things


def test_unknown_fields_and_values_are_kept_as_source_notes_and_never_refused():
    given = record(
        colour="blue",
        nested={"a": [1, {"b": None}]},
        pages="many",
        has_endorser_list="perhaps",
        also="nowhere",
    )
    report = load(given)
    assert report.refused == []
    assert document(given["id"]).source_notes == {
        "colour": "blue",
        "nested": {"a": [1, {"b": None}]},
        "pages": "many",
        "has_endorser_list": "perhaps",
        "also": "nowhere",
    }


def test_a_region_and_a_country_are_found_by_code_or_name_and_else_kept():
    known = record("organisation", country="Tunisie"), record("event", region="arab-states")
    unknown = record("organisation", country="Atlantis"), record("event", region="Mekong")
    report = load(*known, *unknown)
    assert Organization.objects.get(archive_id=known[0]["id"]).country.iso2 == "TN"
    assert Consultation.objects.get(archive_id=known[1]["id"]).region.code == "arab-states"
    assert Organization.objects.get(archive_id=unknown[0]["id"]).source_notes["country"] == "Atlantis"
    assert [(key, name) for key, name, _words in report.remarks] == [
        (unknown[0]["id"], "country"),
        (unknown[1]["id"], "region"),
    ]


# Words of kind


@pytest.mark.parametrize(
    ("kind", "field", "word", "model", "found"),
    [
        ("event", "event_type", "webinar", Consultation, ("webinar", "")),
        ("event", "event_type", "hearing", Consultation, ("hearing", "")),
        ("event", "event_type", "launch", Consultation, ("briefing", "")),
        ("event", "event_type", "Summit", Consultation, ("forum", "")),
        ("event", "event_type", "Side event", Consultation, ("side-event", "")),
        ("event", "event_type", "preparatory_meeting", Consultation, ("preparatory-meeting", "")),
        ("event", "event_type", "campaign day", Consultation, ("other", "campaign day")),
        ("event", "event_type", None, Consultation, ("other", "")),
        ("roundtable", "event_type", "summit", Consultation, ("roundtable", "")),
        ("document", "doc_type", "open letter", Document, ("open-letter", "")),
        ("document", "doc_type", "letter template", Document, ("other", "letter template")),
        ("call_for_input", "call_type", "feedback", Call, ("feedback", "")),
        ("call_for_input", "call_type", "essay prize", Call, ("other", "essay prize")),
        ("commitment", "commitment_type", "participation step", Commitment, ("participation", "")),
        ("commitment", "commitment_type", "vow", Commitment, ("other", "vow")),
    ],
)
def test_words_of_kind_become_the_portals_kinds_and_unknown_ones_keep_their_word(
    kind, field, word, model, found
):
    given = record(kind, **{field: word})
    load(given)
    made = model.objects.get(archive_id=given["id"])
    assert (made.kind, made.kind_word) == found


def test_a_word_that_becomes_a_broader_kind_stays_as_a_note():
    given = record("event", event_type="town hall")
    load(given)
    assert Consultation.objects.get(archive_id=given["id"]).source_notes == {"event_type": "town hall"}


@pytest.mark.parametrize(
    ("word", "sort", "kept", "constituency"),
    [
        ("NGO", "ngo", "", "civil-society"),
        ("trade union", "trade-union", "", "civil-society"),
        ("migrant-led", "migrant-led", "", "civil-society"),
        ("ministry", "other", "ministry", "state"),
        ("choir", "other", "choir", "other"),
        (None, "other", "", "other"),
    ],
)
def test_an_organization_says_its_kind_and_whose_it_is_only_where_the_file_tells(
    word, sort, kept, constituency
):
    given = record("organisation", org_type=word)
    load(given)
    made = Organization.objects.get(archive_id=given["id"])
    assert (made.sort, made.sort_word, made.constituency) == (sort, kept, constituency)
    assert made.is_migrant_led == (sort == "migrant-led")


@pytest.mark.parametrize(
    ("mode", "found"),
    [
        ("online", ("online", "")),
        ("online (Zoom breakout rooms)", ("online", "online (Zoom breakout rooms)")),
        ("online, asynchronous", ("written", "")),
        ("in person", ("in-person", "")),
        ("onlineish", ("unknown", "onlineish")),
        (None, ("unknown", "")),
    ],
)
def test_the_mode_of_an_event_is_known_by_how_its_words_begin(mode, found):
    given = record("event", mode=mode)
    load(given)
    made = Consultation.objects.get(archive_id=given["id"])
    assert (made.mode, made.mode_word) == found


# Organizations


def test_organizations_arrive_as_known_without_members_and_out_of_the_directory():
    given = record("organisation", relation="Signed the joint statements of 2018", city="Bern", start="2018")
    load(given)
    made = Organization.objects.get(archive_id=given["id"])
    assert (made.status, made.is_member, made.in_directory, made.mailbox) == ("known", False, False, "")
    assert not made.people.exists()
    assert made.relation == "Signed the joint statements of 2018"
    assert made.source_notes == {"city": "Bern", "start": "2018-01-01"}
    assert made not in Organization.objects.members()
    assert made not in Organization.objects.directory()


# Refused


@pytest.mark.parametrize(
    ("wrong", "field", "reason"),
    [
        ({"kind": None}, "kind", "a record needs a kind"),
        ({"kind": "podcast"}, "kind", "the kind “podcast” is not known"),
        ({"id": None}, "id", "a record needs an id"),
        ({"id": "  "}, "id", "a record needs an id"),
        ({"source": None}, "source", "a record needs a source"),
        ({"source": ""}, "source", "a record needs a source"),
        ({"objectives": [3, 24]}, "objectives", "24 is not one of the objectives 1 to 23"),
        ({"objectives": [0]}, "objectives", "0 is not one of the objectives 1 to 23"),
        ({"objectives": ["-1"]}, "objectives", "-1 is not one of the objectives 1 to 23"),
        ({"objectives": [2.5]}, "objectives", "2.5 is not one of the objectives 1 to 23"),
        ({"start": "2021-02-30"}, "start", "“2021-02-30” is not a possible date"),
        ({"end": "2021-13"}, "end", "“2021-13” is not a possible date"),
        ({"start": "31/02/2021"}, "start", "“31/02/2021” is not a possible date"),
        ({"start": "0000"}, "start", "“0000” is not a possible date"),
        (
            {"previous_dates": [{"start": "2021-00-10"}]},
            "previous_dates",
            "“2021-00-10” is not a possible date",
        ),
    ],
)
def test_refused_are_only_records_that_can_stand_for_nothing_and_the_others_load(wrong, field, reason):
    given, good = record() | wrong, record()
    report = load(given, good)
    assert report.refused == [
        ((wrong.get("id", given["id"]) and str(given["id"]).strip()) or "record 1", field, reason)
    ]
    assert report.made == [good["id"]]


@pytest.mark.parametrize("deadline", ["2022-02-30", "2022-01-26T25:00:00"])
def test_an_impossible_deadline_is_an_impossible_date(deadline):
    given = record("phase", deadline=deadline)
    report = load(given)
    assert report.refused == [(given["id"], "deadline", f"“{deadline}” is not a possible date")]


@pytest.mark.parametrize("objectives", [5, "5", ["5"], [5.0], [5, 5, "5"]])
def test_the_number_of_an_objective_may_be_written_in_any_way(objectives):
    given = record(objectives=objectives)
    load(given)
    assert [row.number for row in document(given["id"]).objectives.all()] == [5]


@pytest.mark.parametrize("objectives", [[True], ["detention"], [None], [[5]], [{"number": 5}], "all", False])
def test_what_is_no_number_is_no_objective_and_stays_as_a_note(objectives):
    given = record(objectives=objectives)
    assert load(given).refused == []
    assert not document(given["id"]).objectives.exists()
    if objectives is not False:
        kept = objectives if isinstance(objectives, list) else [objectives]
        assert document(given["id"]).source_notes == {"objectives": kept}


def test_another_record_with_the_same_id_is_refused_and_the_same_record_twice_is_one():
    given = record()
    report = load(given, given, given | {"title": "Another"})
    assert (report.made, report.refused) == (
        [given["id"]],
        [(given["id"], "id", "another record of this file has the same id")],
    )


def test_an_id_that_names_another_kind_already_is_refused():
    given = record("document", id="one-id")
    load(given)
    report = load(record("campaign", id="one-id"))
    assert report.refused == [("one-id", "id", "this id already names a document")]


# Again, and newer


def test_loading_twice_changes_nothing():
    process = record(
        "process", previous_dates=[{"start": "2022-05-10"}], objectives=[1, 2], start="2022", colour="blue"
    )
    event = record("event", process=process["id"], title={"en": "One", "fr": "Un"}, objectives=[4])
    pledge = record(
        "commitment", event=event["id"], principles=["whole-of-society"], last_update="2023-07-04"
    )
    files = {"ar": {process["id"]: {"title": "عملية", "summary": "ملخص"}}}
    load(process, event, pledge, record("organisation", country="TN"), texts=files)
    before = archives.everything()
    report = load(process, event, pledge, texts=files)
    assert archives.counts(report) == {"same": 3}
    assert archives.everything() == before


def test_a_newer_file_updates_what_came_from_the_archive():
    event, paper = (
        record("event"),
        record(
            start="2021", objectives=[1], summary="Old.", date_note="Old note.", also=["https://one.example/"]
        ),
    )
    load(event, paper, texts={"fr": {paper["id"]: {"title": "Ancien", "summary": "Ancien."}}})
    newer = {
        "kind": "document",
        "id": paper["id"],
        "title": {"en": "New"},
        "source": "https://new.example/",
        "start": "2021-06",
    }
    newer |= {"objectives": [2, 3], "summary": "New.", "event": event["id"], "doc_type": "report"}
    report = load(event, newer, texts={"fr": {paper["id"]: {"title": "Nouveau", "summary": "Nouveau."}}})
    assert (report.changed, report.same, report.remarks) == ([paper["id"]], [event["id"]], [])
    made = document(paper["id"])
    assert (made.title_en, made.summary_en, made.title_fr) == ("New", "New.", "Nouveau")
    assert (made.begins_precision, made.date_note, made.also, made.kind) == ("month", "", [], "report")
    assert [row.number for row in made.objectives.all()] == [2, 3]
    assert made.origins.get().consultation.archive_id == event["id"]
    assert made.text_states.get(language="fr").state == "approved"
    assert not made.moved_dates.exists()


def test_a_newer_file_leaves_what_people_edited_and_says_so():
    paper = record(objectives=[1], summary="Old.", process="proc-one", doc_type="report")
    one, two = record("process", id="proc-one"), record("process", id="proc-two")
    load(one, two, paper, texts={"ar": {paper["id"]: {"title": "قديم"}}})
    made, own = document(paper["id"]), factories.process()
    texts.save_texts(
        made, {"en": {"title": "As people wrote it"}, "ar": {"title": "كما كتبه الناس"}}, approve=True
    )
    made.process, made.kind = own, "statement"
    made.save()
    made.objectives.add(reference.Objective.objects.get(number=9))

    newer = paper | {
        "title": "New",
        "summary": "New.",
        "objectives": [2],
        "process": "proc-two",
        "doc_type": "guidance",
    }
    report = load(newer, texts={"ar": {paper["id"]: {"title": "جديد"}}})

    assert sorted(report.remarks) == [
        (paper["id"], name, "kept as people changed it")
        for name in ("kind", "objectives", "process", "title_ar", "title_en")
    ]
    made = document(paper["id"])
    assert (made.title_en, made.title_ar, made.kind, made.process) == (
        "As people wrote it",
        "كما كتبه الناس",
        "statement",
        own,
    )
    assert [row.number for row in made.objectives.all()] == [1, 9]
    assert made.summary_en == "New."
    before = archives.everything()
    assert load(newer, texts={"ar": {paper["id"]: {"title": "جديد"}}}).changed == []
    assert archives.everything() == before


def test_items_that_people_added_stay_beside_those_of_the_archive():
    given = record("commitment", last_update="2023-07-04", previous_dates=[{"start": "2022"}])
    load(given)
    pledge = Commitment.objects.get(archive_id=given["id"])
    pledge.updates.create(on=date(2024, 1, 1), what="Added by a person")
    load(given | {"last_update": "2025-01-01", "previous_dates": [{"start": "2021"}]})
    assert sorted(str(row.on) for row in pledge.updates.all()) == ["2024-01-01", "2025-01-01"]
    assert [row.was_start for row in pledge.moved_dates.all()] == ["2021"]


def test_dates_that_a_newer_file_moves_stay_visible():
    given = record("event", start="2025-02-12", end="2025-02-13")
    load(given)
    load(given | {"start": "2025-02-19", "end": "2025-02-20"})
    moved = Consultation.objects.get(archive_id=given["id"]).moved_dates.all()
    assert [(row.was_start, row.was_end, row.source_url) for row in moved] == [
        ("2025-02-12", "2025-02-13", "https://source.example/page")
    ]


def test_a_record_that_people_withdrew_stays_withdrawn():
    given = record()
    load(given)
    Document.objects.filter(archive_id=given["id"]).update(status="withdrawn")
    assert load(given).same == [given["id"]]
    assert document(given["id"]).status == "withdrawn"


def test_an_organization_claimed_by_its_people_keeps_what_they_made_of_it():
    given = record("organisation", relation="Old")
    load(given)
    Organization.objects.filter(archive_id=given["id"]).update(status="verified", in_directory=True)
    assert load(given | {"relation": "New"}).changed == [given["id"]]
    made = Organization.objects.get(archive_id=given["id"])
    assert (made.status, made.in_directory, made.relation) == ("verified", True, "New")


def test_a_dry_run_changes_nothing_and_reports_the_same():
    given = [record(), record(start="2021-02-30"), record("event", process="no-such-process")]
    before = archives.everything()
    dry = load(*given, dry_run=True)
    assert archives.everything() == before
    assert dry == load(*given)
    assert archives.counts(dry) == {"made": 2, "refused": 1, "remarks": 1}


# Texts


def test_texts_enter_as_approved_translations_that_are_ours_and_not_official():
    given = record(summary="A letter.")
    load(given, texts={"ar": {given["id"]: {"title": "رسالة", "summary": "رسالة مفتوحة."}}})
    made = document(given["id"])
    state = made.text_states.get(language="ar")
    assert (state.state, state.note, state.is_official) == (
        TextState.State.APPROVED,
        "ours, not official",
        False,
    )
    assert (made.text("title", "ar").text, made.languages) == ("رسالة", ["ar", "en"])


def test_a_title_that_a_record_carries_itself_wins():
    given = record(title={"en": "Ten Acts", "fr": "Dix Actes"}, summary="Acts.")
    load(given, texts={"fr": {given["id"]: {"title": "Dix actions", "summary": "Des actes."}}})
    made = document(given["id"])
    assert (made.title_fr, made.summary_fr) == ("Dix Actes", "Des actes.")
    assert made.text_states.get(language="fr").note == "title from the source; summary ours, not official"


def test_texts_may_come_later_and_loading_without_them_takes_none_away():
    given = record()
    load(given)
    assert load(texts={"es": {given["id"]: {"title": "Después"}}}).changed == [given["id"]]
    assert load(given).same == [given["id"]]
    assert document(given["id"]).text("title", "es").text == "Después"
    assert load(texts={"es": {given["id"]: {"title": "Después"}}}).same == [given["id"]]


def test_texts_of_no_record_and_texts_that_are_none_are_reported():
    report = load(
        texts={
            "es": {
                "no-such-record": {"title": "Nada"},
                "another": "words",
                "third": {"title": 5, "summary": []},
            }
        }
    )
    assert report.remarks == [
        ("another", "es", "not a pair of title and summary; left out"),
        ("no-such-record", "texts", "no record has this id; left out"),
        ("third", "texts", "no record has this id; left out"),
    ]


def test_a_new_original_makes_its_translations_stale_until_they_come_again():
    given = record(summary="Old.")
    fr = {"title": "Titre", "summary": "Ancien."}
    load(given, texts={"fr": {given["id"]: fr}})
    load(given | {"summary": "New."}, texts={"fr": {given["id"]: fr}})
    assert document(given["id"]).text_states.get(language="fr").state == "stale"
    load(given | {"summary": "New."}, texts={"fr": {given["id"]: fr | {"summary": "Nouveau."}}})
    assert document(given["id"]).text_states.get(language="fr").state == "approved"


# What follows from a load


def test_what_is_loaded_is_found_by_search_in_its_languages():
    given = record("working_group", title={"en": "Group on orchards"}, summary="Orchards and their workers.")
    load(given, texts={"fr": {given["id"]: {"title": "Groupe sur les vergers", "summary": "Les vergers."}}})
    from portal.models import Reader

    for asked, language in (("orchards", "en"), ("vergers", "fr")):
        found = searching.find(asked, reader=Reader.nobody(), language=language)
        assert [row.object_id for row in found.here] == [WorkingGroup.objects.get(archive_id=given["id"]).pk]
    assert SearchEntry.objects.filter(kind="working-group").count() == 2


def test_a_load_writes_the_log_and_tells_nobody():
    notices, entries = Notice.objects.count(), LogEntry.objects.count()
    given = record(), record("event")
    load(*given)
    load(given[0] | {"title": "New"}, given[1])
    acts = list(LogEntry.objects.order_by("pk").values_list("act", "actor_key"))[entries:]
    assert acts == [("archive record made", None)] * 2 + [("archive record changed", None)]
    assert Notice.objects.count() == notices


def test_the_address_of_a_page_is_the_only_thing_that_becomes_a_link():
    given = record(
        source="javascript:alert(1)", also=["data:text/html,x", "https://good.example/", "//bad.example/"]
    )
    load(given)
    made = document(given["id"])
    assert (made.source_url, made.also) == ("", ["https://good.example/"])
    assert made.source_notes["source"] == "javascript:alert(1)"
