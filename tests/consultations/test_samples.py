"""The fictitious samples: clearly marked, in four languages, always something to register for, nobody told."""

import hashlib
import json
from datetime import timedelta
from io import StringIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.utils import timezone

from consultations.models import (
    Call,
    Comment,
    Consultation,
    Contribution,
    Endorsement,
    Meeting,
    Paper,
    Question,
    Registration,
    Reminder,
    Use,
)
from consultations.operations import contributions, sample_rows, samples
from portal import files, languages
from portal.models import Delivery, Notice, Organization, Phase, Process, Reader, Role, User
from portal.operations import reference, texts
from resources.models import Campaign, Document, Practice, ResourcePage
from resources.operations import documents
from tests import archives, factories

pytestmark = [pytest.mark.long, pytest.mark.django_db]

MARKS = {"en": "(sample)", "fr": "(exemple)", "es": "(ejemplo)", "ar": "(نموذج)"}
FOLDER = sample_rows.folder()


@pytest.fixture(scope="module", autouse=True)
def _samples(django_db_setup, django_db_blocker):
    with archives.standing(django_db_blocker, reference.load, samples.load):
        yield


def row(name, model=Consultation):
    return model.objects.get(key=sample_rows.key_of(name))


def today():
    return timezone.now().date()


# What ships


def test_every_sample_has_its_texts_in_four_languages_and_nothing_lies_about_unused():
    named = [name for sort in (*samples.MODELS, "papers") for name in sample_rows.story()[sort]]
    sections = [name for page in sample_rows.story()["pages"].values() for name in page.get("sections", ())]
    wanted = {f"{name}.{code}.md" for name in (*named, *sections) for code in languages.CODES}
    assert {path.name for path in (FOLDER / "texts").iterdir()} == wanted
    for name in named:
        said = sample_rows.wordings(name)
        assert all(text.title and text.summary for text in said.values()), name
        assert len({bool(text.body) for text in said.values()}) == 1, name


@pytest.mark.parametrize("code", MARKS)
def test_samples_are_marked_as_such_in_every_language(code):
    story = sample_rows.story()
    marked = [sort for sort in (*samples.MODELS, "papers") if sort not in {"phases", "pages"}]
    titles = [sample_rows.wordings(name)[code].title for sort in marked for name in story[sort]]
    titles += [facts["names"][code] for facts in story["organizations"].values() if code in facts["names"]]
    assert [title for title in titles if not title.endswith(MARKS[code])] == []


def test_nothing_fictitious_is_attributed_to_a_real_body():
    said = (
        "\n".join(path.read_text() for path in (FOLDER / "texts").iterdir())
        + (FOLDER / "samples.json").read_text()
        + (FOLDER / "papers.json").read_text()
    )
    real = [
        row for row in json.loads(archives.shipped("archive"))["records"] if row["kind"] == "organisation"
    ]
    named = [title for row in real for title in row["title"].values() if title and title in said]
    assert named == []
    assert [
        word for word in ("United Nations", "IMRF", "GFMD", "IOM", "ICMC", "Action Committee") if word in said
    ] == []


def test_the_files_are_printed_from_the_texts_as_they_stand_and_are_clean():
    printed = json.loads((FOLDER / "files" / "printed_from.json").read_text())
    documents = [f"{name}.{code}" for name in sample_rows.story()["documents"] for code in languages.CODES]
    assert sorted(printed) == sorted(documents)
    for name, digest in printed.items():
        assert hashlib.sha256((FOLDER / "texts" / f"{name}.md").read_bytes()).hexdigest() == digest, name
        content = (FOLDER / "files" / f"{name}.pdf").read_bytes()
        cleaned = files.clean(SimpleUploadedFile(f"{name}.pdf", content))
        assert cleaned.pages in {1, 2}, name
        assert len(content) < 60_000, name


# What a load makes


def test_there_is_something_to_register_for_in_several_zones_and_ways():
    open_now = Consultation.objects.open(timezone.now())
    assert {item.slug.rpartition("-")[0] != "" for item in open_now} == {True}
    shapes = {(item.mode, item.access, item.approval) for item in open_now}
    assert shapes == {
        ("online", "public", "automatic"),
        ("online", "public", "by-hand"),
        ("online", "members", "automatic"),
        ("in-person", "public", "automatic"),
    }
    assert len({item.time_zone for item in open_now}) == len(open_now) == 4
    ahead = Consultation.objects.upcoming(timezone.now()).exclude(pk__in=open_now)
    assert {item.key for item in ahead} == {
        sample_rows.key_of("writing"),
        sample_rows.key_of("regularization"),
    }


def test_one_consultation_is_nearly_full_so_that_the_waiting_list_shows():
    detention = row("detention")
    assert detention.places_left == 1
    waiting = detention.registrations.with_place_in_line().filter(status="waitlisted").order_by("seq")
    assert [(item.delegates_count, item.line) for item in waiting] == [(2, 1), (1, 2)]


def test_one_consultation_waits_for_a_coordinator():
    states = list(row("recruitment").registrations.order_by("seq").values_list("status", flat=True))
    assert states == ["confirmed", "pending", "pending"]


def test_one_consultation_asks_three_questions_one_of_them_only_of_some_in_four_languages():
    day = row("harbour-day")
    childcare, children, travel = Question.objects.of(day)
    assert (children.shown_if, children.shown_for) == (childcare, ["yes"])
    things = [childcare, children, travel, *travel.in_order]
    fields = ["prompt"] * 3 + ["label"] * 3
    for code in languages.CODES:
        said = [thing.text(field, code) for thing, field in zip(things, fields, strict=True)]
        assert [text for text in said if text.language != code] == []
    answered = {
        registration.organization.key: len(registration.answers.all())
        for registration in day.registrations.all()
    }
    assert answered == {sample_rows.key_of("two-shores"): 3, sample_rows.key_of("rio"): 2}


def test_a_sample_question_that_was_taken_away_or_written_anew_stays_so():
    day = row("harbour-day")
    _childcare, _children, travel = Question.objects.of(day)
    travel.set_text("prompt", "en", "By which road?")
    travel.save()
    Question.objects.filter(pk=travel.pk).update(retired_at=timezone.now())
    samples.load()
    assert [question.is_asked for question in Question.objects.of(day)] == [True, True, False]
    assert Question.objects.of(day).last().prompt_en == "By which road?"


def test_the_library_holds_documents_with_files_and_light_texts_in_four_languages():
    papers = Document.objects.visible_to(Reader.nobody()).filter(archive_id=None, paper=None)
    assert papers.count() == 7
    for paper in papers:
        assert sorted(paper.files.values_list("language", flat=True)) == sorted(languages.CODES)
        assert sorted(paper.document_languages) == sorted(languages.CODES)
        for code in languages.CODES:
            assert texts.readable_body(paper, code).language == code
    assert row("outcome-listening", Document).origins.get().consultation == row("listening-round")


def test_practices_have_places_and_a_campaign_words_to_share_in_four_languages():
    places = {
        name: sorted(row(name, Practice).countries.values_list("iso2", flat=True))
        for name in sample_rows.story()["practices"]
    }
    assert places == {"practice-desk": ["MX"], "practice-wages": ["LK"], "practice-boat": ["ES", "MA"]}
    campaign = row("campaign-names", Campaign)
    shared = [campaign.share_text(code).language for code in languages.CODES]
    assert shared == list(languages.CODES)


def test_the_guidance_is_a_tree():
    below = {page.key: page.parent and page.parent.key for page in ResourcePage.objects.all()}
    top = sample_rows.key_of("page-taking-part")
    assert below[sample_rows.key_of("page-first-steps")] == top
    assert sorted(below.values(), key=str).count(top) == 6


def test_organizations_stand_in_all_regions_and_all_states():
    made = Organization.objects.filter(archive_id=None)
    assert made.count() == 15
    assert {code for item in made for code in item.regions.values_list("code", flat=True)} == {
        "africa",
        "arab-states",
        "asia-pacific",
        "europe-north-america",
        "latin-america-caribbean",
    }
    assert {item.status for item in made} == {"verified", "pending", "suspended"}
    assert all(item.membership_set.filter(role="lead").exists() for item in made)
    held = [item.name_en for item in made if item.held_because]
    assert held == ["Hárbour Light Network (sample)"]


def test_the_sample_process_is_the_current_one_and_its_road_is_under_way():
    process = Process.objects.get(is_current=True)
    assert process.key == sample_rows.key_of("process")
    here = Phase.objects.filter(process=process, begins_on__lte=today(), ends_on__gte=today())
    assert [phase.title_en for phase in here] == ["Global consultation rounds"]


def test_a_process_that_people_made_current_stays_so():
    Process.objects.update(is_current=False)
    other = factories.process("Ours", is_current=True)
    samples.load()
    assert Process.objects.get(is_current=True) == other


def test_there_is_one_account_for_each_role_and_each_signs_in_without_password():
    assert [account.role for account in samples.ACCOUNTS] == [
        "visitor without organization",
        "lead of an organization",
        "colleague in an organization",
        "coordinator",
        "coordinator of one process",
        "rapporteur of one call",
        "translator",
        "administrator",
    ]
    assert {account.language for account in samples.ACCOUNTS} == set(languages.CODES)
    for account in samples.ACCOUNTS:
        user = User.objects.get(email=account.address)
        assert (user.has_usable_password(), user.language) == (False, account.language)
        assert user.emailaddress_set.get().verified
    scoped = Role.objects.get(user__email="process@sample.example")
    assert scoped.scope == Process.objects.get(key=sample_rows.key_of("process"))
    assert User.objects.get(email="administrator@sample.example").is_staff


def test_the_samples_are_found_by_a_reader_in_each_language(client):
    for code in languages.CODES:
        page = client.get(f"/{code}/").content.decode()
        assert sample_rows.wordings("detention")[code].title in page
        assert sample_rows.wordings("outcome-listening")[code].title in page
        assert sample_rows.wordings("phase-rounds")[code].title in page


def test_a_load_tells_nobody():
    assert not Notice.objects.exists()
    assert not Delivery.objects.exists()


# Again, and later


def test_loading_again_on_the_same_day_changes_nothing():
    before = archives.everything()
    assert samples.load() == []
    assert archives.everything() == before


@pytest.mark.parametrize("days", [1, 45])
def test_a_later_load_moves_the_dates_along(days):
    before = row("detention").closes_at
    meeting = row("detention/round", Meeting)
    assert "detention" in samples.load(today=today() + timedelta(days=days))
    moved = row("detention/round", Meeting)
    assert row("detention").closes_at - before == timedelta(days=days)
    assert (moved.starts_at - meeting.starts_at, moved.sequence) == (
        timedelta(days=days),
        meeting.sequence + 1,
    )
    later = timezone.now() + timedelta(days=days)
    assert Consultation.objects.open(later).count() == 4
    assert row("detention").confirmed_count == 11
    assert not row("detention").moved_dates.exists()
    assert not Notice.objects.exists()


def test_what_is_owed_moves_along_too():
    owed = Reminder.objects.owed().filter(consultation=row("writing"), about=Reminder.About.OPENING).get()
    samples.load(today=today() + timedelta(days=2))
    moved = Reminder.objects.owed().filter(consultation=row("writing"), about=Reminder.About.OPENING).get()
    assert moved.due_at - owed.due_at == timedelta(days=2)


def test_what_people_changed_stays():
    coordinator = factories.coordinator()
    detention = row("detention")
    detention.closes_at += timedelta(days=9)
    detention.save()
    texts.save_texts(detention, {"en": {"title": "Ours now"}}, by=coordinator)
    texts.save_body(row("practice-desk", Practice), "fr", "À nous.", approve=True, by=coordinator)
    meeting = row("recruitment/round", Meeting)
    Meeting.objects.filter(pk=meeting.pk).update(cancelled_at=timezone.now())
    Campaign.objects.filter(key=sample_rows.key_of("campaign-names")).update(status="withdrawn")
    Organization.objects.filter(key=sample_rows.key_of("faro")).update(in_directory=False)
    left = Registration.objects.filter(consultation=detention, organization__key=sample_rows.key_of("faro"))
    left.update(status="cancelled")
    Role.objects.filter(user__email="translator@sample.example").delete()

    samples.load(today=today() + timedelta(days=3))

    again = row("detention")
    assert (again.closes_at, again.title_en) == (detention.closes_at, "Ours now")
    assert row("practice-desk", Practice).bodies.get(language="fr").markdown == "À nous."
    assert row("recruitment/round", Meeting).starts_at == meeting.starts_at
    assert row("campaign-names", Campaign).status == "withdrawn"
    assert row("faro", Organization).in_directory is False
    assert list(left.values_list("status", flat=True)) == ["cancelled"]
    assert not Role.objects.filter(user__email="translator@sample.example").exists()


def test_a_file_that_people_put_in_its_place_stays_and_an_older_one_of_ours_gives_way():
    paper = row("letter-funding", Document)
    ours, theirs = (paper.files.get(language=code) for code in ("fr", "es"))
    kept = paper.archive_values["files"]
    for code in ("fr", "es"):
        kept[code]["shipped"] = "of an earlier edition"
    Document.objects.filter(pk=paper.pk).update(archive_values=paper.archive_values)
    other = (FOLDER / "files" / "report-regions.es.pdf").read_bytes()
    documents.put_file(paper, "es", SimpleUploadedFile("ours.pdf", other), by=factories.coordinator())
    put = paper.files.get(language="es").file_id
    samples.load()
    assert paper.files.get(language="fr").file_id != ours.file_id
    assert put != theirs.file_id
    assert paper.files.get(language="es").file_id == put


def test_the_command_loads_archive_and_samples_and_says_who_may_sign_in():
    call_command("seed_demo", stdout=StringIO())
    before = archives.everything()
    call_command("seed_demo", stdout=(said := StringIO()))
    assert archives.everything() == before
    assert "Nothing changed.\n" in said.getvalue()
    assert "lead@sample.example" in said.getvalue()


def test_sample_calls_are_answered_sorted_and_used_each_answer_in_its_own_language():
    call = row("call-practices", Call)
    given = Contribution.objects.filter(call=call)
    assert sorted(given.values_list("status", flat=True)) == ["draft", *["sent"] * 5]
    assert set(given.values_list("language", flat=True)) == {"ar", "es", "fr"}
    assert set(given.sent().values_list("consent", flat=True)) == {"named", "kind", "never"}
    assert {str(theme.text("title", "en")) for theme in call.themes.all()} == {
        "Schools that enrol first and ask later (sample)",
        "Written agreements with towns (sample)",
    }
    assert Use.objects.count() == 1
    reader = Reader.of(User.objects.get(email="rapporteur@sample.example"))
    assert (reader.reports_on(call), reader.reports_on(row("call-recruitment", Call))) == (True, False)


def test_what_a_sample_organization_took_back_stays_so():
    call = row("call-practices", Call)
    given = Contribution.objects.filter(call=call, status="draft").get()
    contributions.discard(given, by=None)
    samples.load()
    assert Contribution.objects.filter(call=call).count() == 5


# Papers


def paper(name):
    return row(name, Paper)


def test_one_sample_paper_went_all_the_way_in_four_languages():
    doors = paper("paper-doors")
    assert doors.status == "published"
    assert list(doors.versions.order_by("number").values_list("purpose", flat=True)) == [
        "comments",
        "comments",
        "final",
    ]
    for version in doors.versions.all():
        assert {text.language for text in version.texts.all()} == set(languages.CODES)
    assert sorted(doors.document.document_languages) == sorted(languages.CODES)
    cards = doors.postcards.prefetch_related("texts")
    assert [{text.language for text in card.texts.all()} for card in cards] == [set(languages.CODES)] * 2


def test_what_was_proposed_landed_was_declined_or_was_carried_forward():
    said = Comment.objects.filter(round__paper=paper("paper-doors"))
    fates = {
        (comment.organization.key, comment.status): comment.round.number for comment in said.select_related()
    }
    assert fates == {
        (sample_rows.key_of(name), fate): number
        for name, fate, number in [
            ("rio", "adapted", 1),
            ("faro", "adapted", 1),
            ("two-shores", "adapted", 1),
            ("passerelles", "merged", 1),
            ("quiet-borders", "accepted", 1),
            ("diaspora", "declined", 1),
            ("table", "accepted", 2),
        ]
    }
    carried = said.get(organization__key=sample_rows.key_of("faro"))
    second = paper("paper-doors").comment_rounds.get(number=2)
    assert carried.decided_at > second.opens_at
    final = paper("paper-doors").versions.final().get()
    for comment in said.filter(status="accepted"):
        assert comment.proposed in final.texts.get(language=comment.language).markdown


def test_each_section_of_a_sample_paper_says_what_it_is_drawn_from():
    drawn = [
        {source.thing._meta.model_name for source in section.sources.all()}
        for section in paper("paper-doors").sections.standing().order_by("position")
    ]
    assert drawn == [
        {"input", "voice", "consultation", "document"},
        {"input"},
        {"input", "document"},
        {"input", "document"},
    ]


def test_organizations_stand_behind_a_sample_paper_in_each_way_of_being_shown():
    behind = Endorsement.objects.filter(version__paper=paper("paper-doors"))
    shown = list(behind.values_list("shown", flat=True))
    assert [shown.count(way) for way in ("public", "members", "withheld")] == [8, 2, 1]
    assert behind.filter(answer="reserved").count() == 1


def test_one_sample_paper_takes_comments_and_its_arabic_waits_for_a_translator():
    debts = paper("paper-debts")
    comment_round = debts.comment_rounds.get()
    assert comment_round.is_open(timezone.now())
    assert Comment.objects.undecided().filter(round=comment_round).count() == 4
    stale = [
        text.language
        for section in debts.sections.all()
        for paragraph in section.paragraphs.all()
        for text in paragraph.texts.filter(state="stale")
    ]
    assert stale == ["ar"]


def test_one_sample_letter_takes_endorsements_and_signatures_from_outside():
    letter = paper("letter-waiting")
    assert letter.takes_signatures(timezone.now())
    version = letter.versions.final().get()
    assert version.endorsements.count() == 6
    assert sorted(version.outside_signers.values_list("status", flat=True)) == [
        "accepted",
        "accepted",
        "waiting",
    ]
    leads = Organization.objects.get(key=sample_rows.key_of("harbour-light"))
    assert not version.endorsements.filter(organization=leads).exists()


def test_the_deadlines_of_sample_papers_move_along_unless_somebody_moved_them():
    debts, letter = paper("paper-debts"), paper("letter-waiting")
    before = debts.comment_rounds.get()
    Paper.objects.filter(pk=letter.pk).update(sign_on_closes_at=letter.sign_on_closes_at + timedelta(days=9))
    changed = samples.load(today=today() + timedelta(days=2))
    after = debts.comment_rounds.get()
    assert (after.closes_at - before.closes_at, after.remind_at - before.remind_at) == (
        timedelta(days=2),
    ) * 2
    assert paper("letter-waiting").sign_on_closes_at == letter.sign_on_closes_at + timedelta(days=9)
    assert ("paper-debts" in changed, "letter-waiting" in changed) == (True, False)
    assert not after.moved_dates.exists()
