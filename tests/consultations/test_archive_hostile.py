"""Archives that nobody meant well: whatever a file holds, the load ends in words, and the good records load."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from consultations.models import Consultation
from consultations.operations import archive, archive_kinds
from consultations.operations import archive_values as values
from portal.errors import Refused
from portal.models import Process
from portal.operations import reference
from resources.models import Document
from tests import archives, samples
from tests.archives import load, record

pytestmark = [pytest.mark.long, pytest.mark.django_db]

JUNK = [
    None,
    True,
    False,
    0,
    -1,
    3.7,
    10**17,
    float("nan"),
    float("inf"),
    "",
    " ",
    "word",
    "x" * 5_000,
    "\x00\x07\x1b[31m",
    "\ud800",
    "a\u202eb\u2066c",
    "<script>alert(1)</script>",
    "2021-02-28",
    "9999-12-31T23:59:59-23:59",
    "javascript:alert(1)",
    "http://[half",
    [],
    {},
    [[[[]]]],
    [None, "a", 1, {"b": [True]}],
    {"en": {"deep": "er"}},
    {"en": 5, "xx-not-a-language-at-all": "t", "": "u", "fr": None},
    {"\x00": "\x00"},
]
FIELDS = sorted(
    [
        "title",
        "summary",
        "start",
        "end",
        "objectives",
        "also",
        "date_note",
        "previous_dates",
        "deadline",
        "deadline_tz",
        "place",
        "mode",
        "region",
        "event_type",
        "round",
        "rounds",
        "languages",
        "moderators",
        "speaker",
        "doc_type",
        "symbol",
        "pages",
        "has_endorser_list",
        "theme_number",
        "evidence",
        "made_by",
        "commitment_type",
        "principles",
        "updates",
        "last_update",
        "requires",
        "hashtag",
        "call_type",
        "org_type",
        "country",
        "relation",
        "acronym",
        "website",
        "constituency",
        "practice_type",
        "process",
        "event",
        "document",
        "parent",
        "organisation",
        "part_of",
        "related",
        "status",
        "unknown",
    ]
)


@pytest.fixture(scope="module", autouse=True)
def _compact(django_db_setup, django_db_blocker):
    with archives.standing(django_db_blocker, reference.load):
        yield


def refused_by_the_database(report):
    return [row for row in report.refused if row[1] == "record"]


REFUSING = {"start", "end", "objectives", "previous_dates", "deadline", "last_update", "updates"}


@pytest.fixture
def some_junk(seed):
    """Every second piece, on another day the others; in the drill all."""
    return samples.part(JUNK, seed, 0, 2)


def hostile(kind, junk):
    """For each piece of junk, a record that holds it in every field for which nothing is refused."""
    bearing = [field for field in FIELDS if field not in REFUSING]
    return [
        record(kind, **dict.fromkeys(bearing, piece), id=f"{kind}-{number}")
        for number, piece in enumerate(junk)
    ]


@pytest.mark.parametrize("kind", sorted(archive_kinds.MODELS))
def test_junk_in_any_field_of_any_kind_is_borne(kind, some_junk):
    report = load(*hostile(kind, some_junk))
    assert report.refused == []
    assert archives.counts(load(*hostile(kind, some_junk)))["same"] == len(report.made) == len(some_junk)


@pytest.mark.parametrize("field", sorted(REFUSING))
def test_junk_in_dates_and_objectives_is_refused_for_what_it_is_or_borne(field, some_junk):
    rows = [record("commitment" if "update" in field else "phase", **{field: piece}) for piece in some_junk]
    report = load(*rows)
    assert {name for _key, name, _reason in report.refused} <= {field}
    assert len(report.made) + len(report.refused) == len(rows)
    assert archives.counts(load(*rows))["same"] == len(report.made)


@pytest.mark.parametrize("field", ["kind", "id", "source"])
def test_junk_instead_of_what_a_record_must_have_is_refused_or_borne(field):
    rows = [record(**{field: junk}) for junk in JUNK]
    report = load(*rows)
    assert refused_by_the_database(report) == []
    assert len(report.made) + len(report.refused) == len(rows)


@pytest.mark.parametrize("junk", JUNK)
def test_junk_instead_of_a_record_is_refused(junk):
    if junk == {}:
        junk = {"kind": None}
    assert [name for _key, name, _reason in load(junk, record()).refused] == ["kind"]


anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=40) | st.dates().map(str),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=10), inner, max_size=4),
    max_leaves=12,
)


@settings(
    max_examples=12,
    deadline=None,
    print_blob=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    rows=st.lists(
        st.fixed_dictionaries(
            {
                "kind": st.sampled_from(sorted(archive_kinds.MODELS)),
                "id": st.text(max_size=200),
                "source": st.text(min_size=1),
            },
            optional=dict.fromkeys(FIELDS, anything),
        ),
        max_size=4,
    ),
    texts=st.dictionaries(st.text(max_size=10), anything, max_size=3),
)
def test_whatever_is_drawn_loads_or_is_refused_in_words(rows, texts):
    report = archive.load({"records": rows}, [{"language": "ar", "records": texts}], dry_run=True)
    assert refused_by_the_database(report) == []
    assert all(reason for _key, _name, reason in report.refused)


def test_values_longer_than_their_columns_are_cut_and_kept_whole_as_notes():
    long = "word " * 200
    given = record(title=long, symbol=long, date_note=long)
    assert archives.counts(load(given))["made"] == 1
    made = Document.objects.get(archive_id=given["id"])
    assert (len(made.title_en), len(made.symbol), len(made.date_note)) == (300, 60, 400)
    assert made.title_en.endswith("…")
    assert made.source_notes["symbol"] == long.strip()
    assert made.source_notes["title"] == {"en": long.strip()}


def test_texts_without_end_are_cut_before_they_reach_the_search_index():
    given = record(summary="endless " * 300_000)
    assert archives.counts(load(given)) == {"made": 1}
    assert len(Document.objects.get(archive_id=given["id"]).summary_en) == values.LONGEST_TEXT


def test_ids_longer_than_their_column_stay_apart():
    one, two = record(id="x" * 500 + "1"), record(id="x" * 500 + "2")
    two["document"] = one["id"]
    assert archives.counts(load(one, two))["made"] == 2
    assert archives.counts(load(one, two)) == {"same": 2}


def test_an_id_may_be_a_number():
    assert load(record("process", id=7), record("event", id=8, process=7)).made == ["7", "8"]
    assert Consultation.objects.get(archive_id="8").process == Process.objects.get(archive_id="7")


def test_invisible_and_turning_characters_do_not_reach_titles():
    given = record(title="pa\u202eper\u0000 \ud800of\u200b all")
    load(given)
    assert Document.objects.get(archive_id=given["id"]).title_en == "pa per of all"


def test_pages_of_what_hostile_files_hold_still_answer(client, some_junk):
    load(*hostile("process", some_junk))
    for code in ("en", "ar"):
        assert client.get(f"/{code}/processes/").status_code == 200
    for process in Process.objects.filter(archive_id__startswith="process-"):
        page = client.get(process.get_absolute_url())
        assert page.status_code == 200
        assert "<script>alert(1)" not in page.content.decode()


# Files


UNREADABLE = {
    "empty": (b"", "This file is empty."),
    "blank": (b"\xef\xbb\xbf \n", "This file is empty."),
    "not-json": (b'{"records": [', "This file is not JSON: line 1, column 14."),
    "words": (b"Dear all,", "This file is not JSON: line 1, column 1."),
    "latin": ('{"records": ["é"]}'.encode("latin-1"), "This file is not text in UTF-8."),
    "wide": ('{"records": []}'.encode("utf-16"), "This file is not text in UTF-8."),
    "deep": (b"[" * 200_000 + b"]" * 200_000, "This file is nested too deeply to be read."),
    "shape": (b'{"rows": []}', "This file is not an archive: it holds no list named “records”."),
    "number": (b"5", "This file is not an archive: it holds no list named “records”."),
    "texts": (
        b'{"language": "ar", "records": {}}',
        "This file holds texts, not records: give it with --texts.",
    ),
}


@pytest.mark.parametrize("name", UNREADABLE)
def test_a_file_that_is_no_archive_is_refused_in_a_sentence(name, tmp_path):
    content, sentence = UNREADABLE[name]
    path = tmp_path / "archive.json"
    path.write_bytes(content)
    with pytest.raises(CommandError) as refusal:
        call_command("import_archive", path)
    assert (str(refusal.value), refusal.value.returncode) == (sentence, 2)


@pytest.mark.parametrize(
    "content",
    [
        b"{}",
        b'{"language": "ar"}',
        b'{"language": "pt", "records": {}}',
        b"[]",
        b'{"language": 5, "records": {}}',
    ],
)
def test_a_file_of_texts_that_is_none_is_refused_in_a_sentence(content):
    with pytest.raises(Refused, match="This file is not a file of texts"):
        archive.load_files(b'{"records": []}', [content])


def test_a_file_that_is_not_there_is_refused_in_a_sentence(tmp_path):
    with pytest.raises(CommandError, match="No such file or directory"):
        call_command("import_archive", tmp_path / "nowhere.json")
    with pytest.raises(CommandError, match="Is a directory"):
        call_command("import_archive", tmp_path)


def written(path, *records):
    path.write_bytes(b"\xef\xbb\xbf" + json.dumps({"records": records}).encode())
    return path


def test_a_byte_order_mark_and_numbers_without_end_are_borne(tmp_path):
    path = tmp_path / "archive.json"
    path.write_bytes(
        b'\xef\xbb\xbf{"records": [{"kind": "document", "id": "d-1", "source": "s", "pages": '
        + b"9" * 9_999
        + b"}]}"
    )
    call_command("import_archive", path, stdout=StringIO())
    assert Document.objects.get(archive_id="d-1").pages is None


def test_the_command_reports_id_field_and_reason_and_its_exit_status_says_so(tmp_path):
    good, bad = record(id="doc-good"), record(id="doc-bad", objectives=[24])
    said = StringIO()
    with pytest.raises(CommandError) as refusal:
        call_command("import_archive", written(tmp_path / "a.json", good, bad), stdout=said)
    assert said.getvalue().splitlines() == [
        "refused: doc-bad, objectives: 24 is not one of the objectives 1 to 23",
        "1 made, 0 changed, 0 same, 1 refused",
    ]
    assert refusal.value.returncode == 1
    assert Document.objects.filter(archive_id="doc-good").exists()


def test_the_command_says_when_nothing_changed(tmp_path):
    path, texts = written(tmp_path / "a.json", record(id="doc-good")), tmp_path / "t.json"
    texts.write_text('{"language": "fr", "records": {"doc-good": {"title": "Bon"}}}')
    call_command("import_archive", path, "--texts", texts, "--dry-run", stdout=(dry := StringIO()))
    assert not Document.objects.filter(archive_id="doc-good").exists()
    assert dry.getvalue() == "1 made, 0 changed, 0 same, 0 refused (dry run: nothing was changed)\n"
    call_command("import_archive", path, "--texts", texts, stdout=StringIO())
    call_command("import_archive", path, "--texts", texts, stdout=(again := StringIO()))
    assert again.getvalue() == "0 made, 0 changed, 1 same, 0 refused\nNothing changed.\n"
    assert reverse("resources:documents")
