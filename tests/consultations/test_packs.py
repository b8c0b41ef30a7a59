"""Round packs: small, in four languages, filled in with whatever is at hand, and read again with nothing lost."""

import html
import re
import time
import unicodedata

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from consultations import packs
from consultations.models import Question
from consultations.operations import contributions
from portal.errors import Refused
from tests import factories

pytestmark = pytest.mark.django_db
LANGUAGES = ("ar", "en", "fr", "es")


def asking():
    """A call with a question of each kind, worded in two languages."""
    call = factories.open_call("Lives at sea", title_ar="أرواح في البحر", questions=())
    factories.question(call, "Where?", prompt_ar="أين؟", kind="line", objective=factories.objective(8))
    factories.question(call, "What do you see?", prompt_ar="ماذا ترون؟", kind="paragraph", max_length=500)
    factories.question(call, "Who helps?", kind="choices", options=["Unions", "Towns", "Nobody"])
    asked = factories.question(call, "Is it safe?", kind="yes-no")
    factories.question(call, "Why not?", kind="paragraph", shown_if=asked, shown_for=["no"])
    factories.question(call, "A photograph", kind="file")
    return call


def questions(call):
    return list(Question.objects.of(call).asked().as_form().select_related("objective", "shown_if"))


def taken(call, language="en"):
    return packs.write(call, questions(call), language).decode("utf-8-sig").replace("\r\n", "\n")


def filled(call, language="en"):
    """As people fill it in: two answers under their lines, two boxes, one word put where no line asks for it."""
    text = taken(call, language)
    where, seen, *_others = (match.end() for match in re.finditer(r"^>>>$", text, re.M))
    text = f"{text[:seen]}\nBoats at night.\n\n### they say\nNo lights. <b>\n{text[seen:]}"
    text = f"{text[:where]} Port Said {text[where:]}"
    return text.replace("[ ] 1)", "[x] 1)").replace("[ ] 2)", "[ ✓ ] 2)").replace("[ ] no)", "[X] no)")


def read(call, content, name="pack.txt"):
    content = content if isinstance(content, bytes) else content.encode()
    return packs.read(SimpleUploadedFile(name, content), call, questions(call))


def said(call, pack):
    numbers = dict(call.questions.values_list("pk", "number"))
    return {numbers[pk]: value for pk, value in pack.answers.items()}


FILLED = {1: "Port Said", 2: "Boats at night.\n\n### they say\nNo lights. <b>", 3: ["1", "2"], 4: ["no"]}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_pack_is_small_and_an_untouched_one_says_nothing(language):
    call = factories.open_call("A title of some length", questions=())
    for number in range(1, 24):
        prompt = (
            f"{number}. What have you seen on this objective in the last two years, and who was heard on it?"
        )
        factories.question(call, prompt, kind="paragraph", help="Write what you have seen yourselves. " * 8)
    content = packs.write(call, questions(call), language)
    assert len(content) < 30_000
    found = read(call, content)
    assert (found.call, found.answers, found.strays) == (call.key, {}, [])


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_was_filled_in_is_read_again(language):
    call = asking()
    found = read(call, filled(call, language))
    assert said(call, found) == FILLED
    assert found.strays == []


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1256"], ids=str
)
def test_however_the_editor_saved_it(encoding):
    call = asking()
    text = taken(call, "ar").replace("\n>>>\n", "\n>>> قوارب في الليل\n", 1)
    for ends in ("\n", "\r\n", "\r"):
        content = text.replace("\n", ends).encode(
            encoding, errors="ignore" if encoding == "cp1256" else "strict"
        )
        assert said(call, read(call, content)) == {1: "قوارب في الليل"}


def test_however_an_editor_turned_its_signs():
    call = asking()
    text = filled(call)
    turned = text.replace(">>>", "»>").replace("### ", "\u200f# # #  ").replace("\n[", "\n   \u200e[")
    assert said(call, read(call, turned)) == FILLED | {2: FILLED[2].replace("### they", "\u200f# # #  they")}
    # Without any sign for the answer, what is not the pack's own is the answer.
    bare = re.sub(r"^>>>", "", text, flags=re.M)
    assert said(call, read(call, bare)) == FILLED


def test_saved_as_a_page_it_is_read_as_well():
    call = asking()
    lines = "".join(
        f"<p class=a>{line.replace('<', '&lt;').replace('>', '&gt;')}</p>"
        for line in filled(call).split("\n")
    )
    page = f"<html><head><style>p {{ color: red }}</style></head><body>{lines}</body></html>"
    assert said(call, read(call, page, "pack.html")) == FILLED


def test_words_at_other_places_are_given_back():
    call = asking()
    retired = factories.question(call, "Once?", kind="line")
    text = f"We are the Tide Watch.\n{filled(call)}\nGreetings from all of us."
    text = text.replace("[x] 1) Unions", "[x] 1) Unions\nand the teachers")
    text = re.sub(rf"(### \d+ {retired.key.hex[:12]}\nOnce\?\n>>>)", r"\1 Yes, once.", text)
    Question.objects.filter(pk=retired.pk).update(retired_at="2026-01-01T00:00Z")
    found = read(call, text)
    assert said(call, found) == FILLED
    assert [" ".join(words.split()) for words in found.strays] == [
        "We are the Tide Watch.",
        "and the teachers",
        "Once? >>> Yes, once.",
        "Greetings from all of us.",
    ]


def test_another_calls_pack_and_what_is_none_are_refused_in_a_sentence():
    call, other = asking(), asking()
    for content, words in (
        (filled(other), "another call"),
        ("Dear all, here is what we think.", "no round pack"),
        (b"PK\x03\x04....", "Word file"),
        (b"{\\rtf1 ", "Word file"),
        (b"%PDF-1.7", "PDF"),
        (b"x" * 500_000, "too large"),
        (b"", "no round pack"),
        (b"\x00" * 1000, "no round pack"),
    ):
        with pytest.raises(Refused, match=words):
            read(call, content)


HOSTILE = {  # what uploads of the largest size are made of, so as to be read over and over
    "never closed": "<p><script ",
    "heads": "<p><head ",
    "broken lines": "<p><br",
    "tags": "<p <",
    "closings": "<p><script>" + "</script " * 9,
    "marks": "\u0301\u0323",
    "marks in one": "\u0f73",
    "sections": "### {section}\nx\n",
}


@pytest.mark.parametrize("part", HOSTILE.values(), ids=HOSTILE)
def test_no_upload_is_read_over_and_over(part):
    call = asking()
    section = call.questions.get(number=2).key.hex[:12]
    text = f"<p>### {call.key} en\n### {section}\n" + part.format(section=section) * 400_000
    content = text.encode()[: packs.LARGEST].decode(errors="ignore")
    began = time.process_time()
    read(call, content)
    assert time.process_time() - began < 10  # a second or so; read from each of its signs, many minutes


def test_what_a_page_never_closes_takes_no_answer_with_it():
    call = asking()
    lines = "".join(f"<p>{html.escape(line)}</p>" for line in filled(call).split("\n"))
    for page in (f"<html><head><title>x</title>{lines}", f"<html><head><body>{lines}<script>alert(1)"):
        found = read(call, page)
        assert (said(call, found), found.strays) == (FILLED, [])
    assert said(call, read(call, f"<p>&#{'9' * 5000};</p>{lines}")) == FILLED


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    answer=st.text(
        st.characters(codec="utf-8", exclude_categories=["Cc", "Cf", "Cs", "Zl", "Zp", "Co", "Cn"]),
        max_size=300,
    ),
    language=st.sampled_from(LANGUAGES),
)
def test_any_answer_comes_back_as_it_was_written(answer, language):
    call = Question.objects.filter(call__isnull=False).first()
    call = call.call if call else asking()
    text = taken(call, language)
    at = list(re.finditer(r"^>>>$", text, re.M))[1].end()
    found = said(call, read(call, f"{text[:at]}\n{answer}\n{text[at:]}"))
    assert found.get(2, "") == unicodedata.normalize("NFC", answer).strip()


# Through the pages


def test_a_lead_takes_a_pack_away_fills_it_in_and_sends_it_twice(client):
    call, lead = asking(), factories.lead()
    client.force_login(lead)
    address = reverse("consultations:round-pack", args=[call.key, "fr"])
    assert address in client.get(call.get_absolute_url()).content.decode()
    answer = client.get(address)
    assert (answer["Content-Type"], answer.content[:3]) == ("text/plain; charset=utf-8", b"\xef\xbb\xbf")
    made = contributions.begin(call, organization=lead.organization, language="fr", by=lead)
    upload = reverse("consultations:contribution-upload", args=[made.key])
    for _time in range(2):
        sent = client.post(upload, {"file": SimpleUploadedFile("p.txt", filled(call, "fr").encode())})
        assert sent.status_code == 302
    assert {row.question.number: row.text or row.chosen for row in made.answers.all()} == FILLED
    made.refresh_from_db()
    assert made.status == "draft"
    wrong = client.post(upload, {"file": SimpleUploadedFile("p.txt", filled(asking()).encode())})
    assert (wrong.status_code, "another call" in wrong.content.decode()) == (422, True)


def test_what_was_written_on_the_page_meanwhile_is_kept_beside_the_pack(client):
    call, lead = asking(), factories.lead()
    made = contributions.begin(call, organization=lead.organization, language="en", by=lead)
    second = call.questions.get(number=2)
    contributions.save(made, answers={second.pk: "Written on the page."}, by=lead)
    client.force_login(lead)
    upload = reverse("consultations:contribution-upload", args=[made.key])
    page = client.post(upload, {"file": SimpleUploadedFile("p.txt", filled(call).encode())})
    assert "What do you see?" in page.content.decode()
    text = made.answers.get(question=second).text
    assert text == f"Written on the page.\n\n* * *\n\n{FILLED[2]}"
    again = client.post(upload, {"file": SimpleUploadedFile("p.txt", filled(call).encode())})
    assert (again.status_code, made.answers.get(question=second).text) == (302, text)


def test_the_pack_of_a_call_that_one_does_not_see_is_not_there(client):
    call = factories.open_call(access="members")
    address = reverse("consultations:round-pack", args=[call.key, "en"])
    assert client.get(address).status_code == 404
    assert client.get(reverse("consultations:round-pack", args=[asking().key, "xx"])).status_code == 404


def test_a_question_answered_twice_in_one_file_keeps_both_answers_and_a_line_stays_a_line():
    call = asking()
    found = said(
        call, read(call, filled(call) + "\n" + filled(call).replace("Port Said", "Bizerte\nand Tunis"))
    )
    assert found[1] == "Port Said Bizerte and Tunis"
    assert found[2].count("Boats at night.") == 2
