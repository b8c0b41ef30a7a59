"""A sample of the hostile files, and what pictures and PDFs tell; tests/drills/test_hostile_files.py takes all of them."""

import time
from pathlib import Path

import pytest

from portal import bounded, files
from portal.errors import Refused
from tests import hostile

SAMPLES = Path(files.__file__).parent / "reference" / "samples" / "files"
KINDS = ("pdf", "jpeg", "png")
SAMPLE = ("action JavaScript", "attached", "told", "noted", "jpeg that tells all", "png that tells all")
REFUSED = (
    "html as pdf",
    "svg as png",
    "locked",
    "pdf as png",
    "41 megapixels jpeg",
    "truncated jpeg",
    "truncated pdf",
    "svg",
)


@pytest.fixture(scope="module")
def corpus():
    return hostile.corpus()


def cleaned(given):
    name, content = given
    return files.clean(hostile.Upload(name, content), kinds=KINDS)


@pytest.mark.parametrize("name", SAMPLE)
def test_what_a_file_tells_of_its_maker_or_does_is_gone(corpus, name):
    assert hostile.tells(corpus[name][1])
    assert not hostile.tells(cleaned(corpus[name]).content)


@pytest.mark.parametrize("name", REFUSED)
def test_what_cannot_be_read_is_refused(corpus, name):
    with pytest.raises(Refused):
        cleaned(corpus[name])


def test_a_child_that_takes_too_long_too_much_or_falls_is_ended(tmp_path, monkeypatch):
    monkeypatch.setattr(bounded, "PATIENCE", 3)
    child = tmp_path / "child.py"
    for code, outcome in (
        ("import time; time.sleep(60)", bounded.Overrun),
        ("import os, signal; os.kill(os.getpid(), signal.SIGKILL)", bounded.Overrun),
        ("bytearray(300_000_000)", bounded.Broken),
        (f"with open({str(tmp_path / 'x')!r}, 'w') as made: made.write('x')", bounded.Broken),
        ("1 / 0", bounded.Broken),
    ):
        child.write_text(code)
        began = time.monotonic()
        with pytest.raises(outcome):
            bounded.ask(child, b"")
        assert time.monotonic() - began < bounded.PATIENCE + 1


def test_a_child_knows_nothing_of_our_environment(tmp_path, monkeypatch):
    monkeypatch.setenv("SECRET_KEY", hostile.WORD)
    child = tmp_path / "child.py"
    child.write_text("import os; print(dict(os.environ))")
    assert hostile.TOKEN not in bounded.ask(child, b"")


def test_a_cover_is_small_and_the_words_are_those_of_the_pdf(corpus):
    shipped = (SAMPLES / "briefing-recruitment.en.pdf").read_bytes()
    assert "who pays for recruitment" in files.words_of(shipped)
    cover, size = files.cover_of(corpus["told"][1], "x.pdf")
    assert (cover.media_type, cover.name, size) == ("image/webp", "x.webp", (320, 415))
    assert len(cover.content) < 12_000
    assert files.words_of(corpus["told"][1]) == ""
