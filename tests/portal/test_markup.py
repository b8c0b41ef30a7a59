"""People's text becomes HTML in one place, and nothing that runs comes out of it."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal import markup

ATTACKS = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<a href='javascript:alert(1)'>x</a>",
    "[x](javascript:alert(1))",
    "[x](JaVaScRiPt:alert(1))",
    "[x](data:text/html;base64,PHNjcmlwdD4=)",
    "[x](vbscript:msgbox)",
    "![x](https://tracker.example/p.gif)",
    '[x](https://a.example "onmouseover=alert(1)")',
    "<https://a.example/?\"onclick='alert(1)'>",
    "[x]: javascript:alert(1)\n\n[x]",
    "<svg><script>alert(1)</script></svg>",
    "```<script>\nalert(1)\n```",
    "| a |\n|---|\n| <iframe src=//evil.example> |",
    "&lt;script&gt;&#106;avascript:alert(1)",
]
TAG = re.compile(r"<(/?)([a-z0-9]+)([^>]*)>")
ATTRIBUTE = re.compile(r'\s([a-z-]+)="([^"]*)"')


def breaches(html, tags):
    """What stands in a piece of HTML that should not."""
    found = []
    for match in TAG.finditer(html):
        if match[2] not in tags:
            found.append(match[0])
        for name, value in ATTRIBUTE.findall(match[3]):
            if name not in {"dir", "lang", "href", "rel", "start"}:
                found.append(match[0])
            if name == "href" and ":" in value.split("/")[0] and not re.match(r"https?:|mailto:", value):
                found.append(match[0])
    return found


@pytest.mark.parametrize("text", ATTACKS)
def test_nothing_that_runs_gets_through(text):
    assert breaches(markup.coordinators(text), markup.LARGE) == []
    assert breaches(markup.everybody(text), markup.SMALL) == []
    assert breaches(markup.stored(text), markup.LARGE) == []


@given(st.text(alphabet=st.sampled_from("<>[]()!\"'`*_#|-:&;/= \n\tjavscriptonalerthfإa1"), max_size=80))
def test_no_mixture_of_signs_gets_through(text):
    assert breaches(markup.coordinators(text), markup.LARGE) == []
    assert breaches(markup.everybody(text), markup.SMALL) == []


def test_coordinators_write_headings_lists_tables_and_links():
    html = markup.coordinators(
        "# Title\n\nSome *text*, [a link](https://a.example).\n\n1. one\n2. two\n\n|a|\n|-|\n|b|"
    )
    assert '<h2 dir="auto">Title</h2>' in html
    assert '<a href="https://a.example" rel="noopener noreferrer">a link</a>' in html
    assert '<ol dir="ltr">' in html
    assert '<td dir="auto">b</td>' in html


def test_headings_keep_their_distance_below_the_title_of_the_page():
    html = markup.coordinators("## Second\n\n### Third")
    assert "<h2" in html
    assert "<h3" in html
    assert "<h1" not in markup.coordinators("# A\n\n## B")


def test_everybody_writes_paragraphs_lists_emphasis_and_links_only():
    html = markup.everybody("# no heading\n\n*yes*\n\n- item\n\n[link](https://a.example) <b>no</b>")
    assert "# no heading" in html
    assert "<em>yes</em>" in html
    assert '<li dir="auto">item</li>' in html
    assert 'rel="noopener noreferrer nofollow"' in html
    assert "<b>" not in html
    assert "mailto" not in markup.everybody("[x](mailto:a@b.example)")


def test_blocks_run_the_way_their_words_do():
    html = markup.coordinators("- العودة\n- الكرامة\n\n> return\n\nنص")
    assert '<ul dir="rtl">' in html
    assert '<blockquote dir="ltr">' in html
    assert '<p dir="auto">نص</p>' in html


def test_what_was_stored_comes_out_as_it_went_in():
    html = markup.coordinators("# Title\n\n1. عودة\n\n`code` [a](https://a.example)\n\n> quote")
    assert markup.stored(str(html)) == html
    assert markup.stored(None) == ""


def test_a_long_text_takes_less_than_a_second():
    assert len(markup.coordinators("*a _b " * 10_000)) > 10_000
