"""Every kind of message in four languages: whole, readable by any mail program, in the reader's language alone."""

import re
from email.utils import parsedate_to_datetime
from functools import cache

import pytest
from django.test import override_settings
from django.utils import translation

from portal import languages
from portal.mail.letters import Addressee, Letter, Part, header
from portal.notifications import notify, registry
from portal.operations import delivery, writing
from portal.operations.cases import Told
from resources.notifications import DocumentPublished
from tests import factories, kinds
from tests.letters import ADDRESSEE, ALL, letter_of, parsed, parsed_elsewhere

NAMED = pytest.mark.parametrize("kind", ALL, ids=lambda kind: kind.name)
SITE_URL = "https://portal.example"
SPOKEN = pytest.mark.parametrize("language", languages.CODES)


@cache
def told(kind, language):
    """A message as it leaves a portal of this address: written once for all these tests."""
    with override_settings(SITE_URL=SITE_URL):
        return letter_of(kind, language)


def test_every_kind_has_its_example():
    assert set(kinds.EXAMPLES) == set(registry)


@pytest.mark.django_db
@pytest.mark.one_a_day("language")
@SPOKEN
@NAMED
def test_a_message_is_whole_and_well_formed(kind, language):
    letter = told(kind, language)
    for eight_bit in (True, False):
        data, message = parsed(letter, eight_bit=eight_bit)
        assert message.defects == []
        assert [part.defects for part in message.walk() if part.defects] == []
        assert len(data) < 40_000
        assert max(len(line) for line in data.split(b"\r\n")) <= 998
        assert b"\n" not in data.replace(b"\r\n", b"")
        if not eight_bit:
            assert data.isascii()
        plain, html = message.get_body(("plain",)).get_content(), message.get_body(("html",)).get_content()
        assert (message["Subject"], message["To"]) == (letter.subject, ADDRESSEE.address)
        assert message["Message-ID"] == ADDRESSEE.message_id
        assert message["Content-Language"] == language
        assert ADDRESSEE.name in plain
        assert "Amal العلي &amp; Söhne" in html
        assert f'<html lang="{language}" dir="{languages.direction(language)}">' in html
        assert read_elsewhere(data) == read_here(message)


def read_here(message):
    """What Python's own parser, by whose package the letters are made, finds in a message."""
    headers = {name: [str(value)] for name, value in message.items()}
    files = [(part.get_filename(), part.get_payload(decode=True)) for part in message.iter_attachments()]
    texts = [message.get_body((sort,)).get_content() for sort in ("plain", "html")]
    # Plain text first: the last of the alternatives is the one that a program prefers.
    sorts = ["multipart/alternative", "text/plain", "text/html"]
    return parsedate_to_datetime(message["Date"]), headers, texts, files, sorts


def read_elsewhere(data):
    """The same by fast-mail-parser, over Rust's mailparse, which shares no line with it."""
    mail, tree = parsed_elsewhere(data)
    # Where a header was folded there is one space; a no-break space is a letter of its own.
    headers = {
        name: [re.sub(r"[ \t\r\n]+", " ", value) for value in values] for name, values in mail.headers.items()
    }
    files = [(file.filename, file.content) for file in mail.attachments]
    alternatives = tree.children[0] if files else tree
    sorts = [part.content_type for part in (alternatives, *alternatives.children)]
    return mail.date_parsed.replace(tzinfo=None), headers, [*mail.text_plain, *mail.text_html], files, sorts


@pytest.mark.django_db
@pytest.mark.one_a_day("language")
@SPOKEN
@NAMED
def test_a_message_leads_only_to_the_portal_and_loads_nothing(kind, language):
    _data, message = parsed(told(kind, language))
    plain, html = message.get_body(("plain",)).get_content(), message.get_body(("html",)).get_content()
    own = f"{SITE_URL}/{language}/"
    links = re.findall(r"""(?:href|src|action|background)\s*=\s*["']([^"']+)""", html)
    written = re.findall(r"https?://[^\s<>\"']+", plain + re.sub(r"""<a [^>]*>""", "", html))
    files = "".join(part.get_payload(decode=True).decode() for part in message.iter_attachments())
    written += re.findall(r"https?://[^\s\\]+", files.replace("\r\n ", ""))
    given = {ADDRESSEE.leave_url, ADDRESSEE.settings_url, "https://meet.example/secret-room"}
    assert [link for link in links + written if not link.startswith(own) and link not in given] == []
    assert links
    assert not re.search(r"<(?:img|link|script|iframe|object|form)\b|url\(|@import|cid:", html)


@pytest.mark.django_db
@pytest.mark.one_a_day("language")
@SPOKEN
@NAMED
def test_one_leaves_by_one_click_what_one_may_leave(kind, language):
    _data, message = parsed(told(kind, language))
    said = "neutral" if kind.is_neutral(kinds.example(kind, factories.lead())[0]) else kind.name
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["List-Id"] == f"<{said}.portal.example>"
    assert message["Feedback-ID"] == f"{said}:notice:portal:portal.example"
    body = message.get_body(("plain",)).get_content()
    assert (ADDRESSEE.leave_url in body) == kind.can_be_left
    assert ADDRESSEE.settings_url in body


@pytest.mark.django_db
@pytest.mark.one_a_day("language")
@pytest.mark.parametrize("language", ["ar", "es"])
@NAMED
def test_no_message_is_in_the_language_of_whoever_acted(kind, language, mailoutbox):
    """A French coordinator acts on a French page; an Arabic and a Spanish reader each read their own language."""
    with translation.override("fr"):
        french = {str(kind.action), str(kind.why), kinds.TITLES["title_fr"]}
    thing, address = kinds.example(kind, factories.lead(language=language))
    mailoutbox.clear()
    with translation.override("fr"):
        notify(kind, thing, by=factories.coordinator(language="fr"))
        delivery.drain()
    (message,) = [message for message in mailoutbox if message.to == [address]]
    (html,) = [content for content, _media in message.alternatives]
    files = [str(content) for _name, content, _media in message.attachments]
    assert message.extra_headers["Content-Language"] == language
    assert f'<html lang="{language}" dir="{languages.direction(language)}">' in html
    assert [
        word for word in french for text in (message.subject, message.body, html, *files) if word in text
    ] == []
    if not kind.is_neutral(thing):
        with translation.override(language):
            assert str(kind.action) in message.body
            assert str(kind.why) in message.body


def letter(subject="العودة", **rest):
    return Letter(
        subject=subject,
        language="ar",
        text=Part("نص", "text/plain"),
        html=Part("<p>نص</p>", "text/html"),
        **rest,
    )


def test_a_long_arabic_subject_comes_back_whole():
    subject = (
        "سجّلوا قبل 9 سبتمبر: المشاورة التحضيرية، الجولة الثانية، من أجل عودة كريمة وآمنة لجميع المهاجرين"
    )
    data, message = parsed(letter(subject))
    assert message["Subject"] == subject
    assert max(len(line) for line in data.partition(b"\r\n\r\n")[0].split(b"\r\n")) <= 78


@pytest.mark.parametrize("bad", ["a\r\nBcc: all@people.example", "a\nb", "a\rb", "a\0b", "a\x0bb"])
def test_no_header_takes_a_line_break(bad):
    with pytest.raises(ValueError, match="would break the header"):
        header("Subject", bad)
    with pytest.raises(ValueError, match="would break the header"):
        letter().written(Addressee(address=f"x@people.example{bad}", message_id="<x@y>"))


def test_a_line_that_begins_with_a_dot_is_doubled_for_the_line_and_comes_back_single():
    dotted = Letter(subject="x", language="en", text=Part("one\n.two\n..three", "text/plain"))
    data = dotted.written(ADDRESSEE)
    assert b"\r\n..two\r\n...three\r\n" in data
    _data, message = parsed(dotted)
    assert message.get_content().splitlines()[:2] == ["one", ".two"]


def test_a_text_with_very_long_lines_goes_as_quoted_printable():
    long = Letter(subject="x", language="ar", text=Part("كلمة " * 400, "text/plain"))
    data, message = parsed(long)
    assert max(len(line) for line in data.split(b"\r\n")) <= 78
    assert message.get_content().strip() == ("كلمة " * 400).strip()


def test_a_file_travels_whole_under_a_name_in_any_script():
    content = bytes(range(256)) * 4
    with_file = letter(files=[("تقويم.ics", content, "text/calendar; method=PUBLISH; charset=utf-8")])
    _data, message = parsed(with_file)
    (part,) = message.iter_attachments()
    assert (part.get_filename(), part.get_payload(decode=True)) == ("تقويم.ics", content)
    assert (part.get_content_type(), part.get_param("method")) == ("text/calendar", "PUBLISH")
    assert message.get_body(("plain",)).get_content().strip() == "نص"


def test_the_same_letter_written_twice_has_the_same_bytes_in_its_body():
    bodies = {letter().written(ADDRESSEE).partition(b"\r\n\r\n")[2] for _ in range(3)}
    assert len(bodies) == 1


@pytest.mark.django_db
def test_the_no_break_spaces_of_a_french_subject_stay():
    document = factories.document(title_fr="Bilan\u00a0: 23\u202fobjectifs")
    letter = writing.letter(Told(notify(DocumentPublished, document, by=None)), "fr", named=False)
    assert letter.subject.endswith(" Bilan\u00a0: 23\u202fobjectifs")
    assert parsed(letter)[1]["Subject"] == letter.subject
