"""Dates, clocks, sizes and lists as each of the four languages says them."""

from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace
from zoneinfo import ZoneInfo

import pytest
from django.template import Context, Template
from django.utils import translation

from portal import dates
from portal.languages import Text
from portal.templatetags import portal as tags

DAY = date(2027, 9, 9)
MOMENT = datetime(2027, 9, 9, 20, 59, tzinfo=UTC)


def said(language, template, **context):
    with translation.override(language):
        return Template("{% load portal %}" + template).render(Context(context)).strip()


@pytest.mark.parametrize(
    ("language", "long", "month", "weekday"),
    [
        ("en", "9 September 2027", "September 2027", "Thursday"),
        ("fr", "9 septembre 2027", "septembre 2027", "jeudi"),
        ("es", "9 de septiembre de 2027", "septiembre de 2027", "jueves"),
        ("ar", "9 سبتمبر 2027", "سبتمبر 2027", "الخميس"),
    ],
)
def test_dates_are_said_as_the_language_says_them(language, long, month, weekday):
    assert said(language, "{{ d|day }}", d=DAY) == long
    assert said(language, "{{ d|partial_date:'month' }}", d=DAY) == month
    assert said(language, "{{ d|partial_date:'year' }}", d=DAY) == "2027"
    assert weekday in said(language, "{{ d|day:'full' }}", d=DAY)


def test_a_text_is_never_said_more_exactly_than_it_is():
    assert said("en", "{{ d|partial_date }}", d="2021-11") == "November 2021"
    assert said("en", "{{ d|partial_date:'day' }}", d="2021") == "2021"
    assert said("en", "{{ d|partial_date }}", d="spring 2021") == "spring 2021"


def test_a_period_names_both_ends_or_one():
    with translation.override("en"):
        assert (
            dates.period(date(2027, 2, 1), "month", date(2027, 5, 1), "month") == "February 2027 to May 2027"
        )
        assert dates.period(DAY, "day", DAY, "day") == "9 September 2027"
        assert dates.period(DAY, "day", date(2027, 9, 12), "day") == "9 to 12 September 2027"
        assert dates.period(DAY, "day", date(2027, 10, 1), "day") == "9 September to 1 October 2027"
        assert dates.period(DAY, "day", date(2028, 1, 2), "day") == "9 September 2027 to 2 January 2028"
        assert dates.period(None, "day", DAY, "year") == "2027"
        assert dates.period(None, "day", None, "day") == ""


def test_a_moment_stands_on_the_clock_of_its_zone():
    assert said("en", "{{ m|moment:'Asia/Amman' }}", m=MOMENT) == "9 September 2027, 23:59"
    assert said("ar", "{{ 'Asia/Amman'|zone_name }}") == "عمّان"
    assert said("en", "{{ 'Nowhere/Atlantis'|zone_name }}") == "UTC"
    assert "23:59" in said("ar", "{{ m|moment:'Asia/Amman' }}", m=MOMENT)


def test_each_different_clock_is_shown_once():
    begins = datetime(2027, 9, 21, 23, tzinfo=ZoneInfo("Asia/Amman"))
    ends = begins + timedelta(hours=2)
    lines = dates.zoned(begins, ends, "Asia/Amman", "America/Mexico_City")
    assert [(line.zone, line.begins.hour, line.shows_day) for line in lines] == [
        ("Asia/Amman", 23, True),
        ("UTC", 20, False),
        ("America/Mexico_City", 14, False),
    ]
    assert [line.ends_same_day for line in lines] == [False, True, True]
    assert [line.zone for line in dates.zoned(begins, None, "UTC", "Africa/Abidjan")] == ["UTC"]


@pytest.mark.parametrize(
    ("left", "words", "urgency"),
    [
        (timedelta(hours=5), "in 5 hours", "urgent"),
        (timedelta(days=2, hours=23), "in 2 days", "urgent"),
        (timedelta(days=10), "in 10 days", "due"),
        (timedelta(days=28), "in 4 weeks", ""),
        (timedelta(days=100), "in 3 months", ""),
        (-timedelta(days=3), "3 days ago", "past"),
    ],
)
def test_what_is_left_is_never_overstated(left, words, urgency):
    with translation.override("en"):
        assert dates.from_now(MOMENT + left, MOMENT) == words
    assert dates.urgency(MOMENT + left, MOMENT) == urgency


def test_sizes_numbers_and_lists():
    assert said("en", "{{ n|filesize }}", n=184_320) == "184 kB"
    assert said("fr", "{{ n|filesize }}", n=1_450_000) == "1,4\u202fMo"
    assert said("ar", "{{ n|filesize }}", n=12_000) == "12 كيلوبايت"
    assert said("es", "{{ n|number }}", n=12_345) == "12.345"
    assert said("ar", "{{ names|list_text }}", names=["أ", "ب"]) == "أ وب"
    assert said("fr", "{{ codes|languages_list }}", codes=["ar", "en", "pt"]) == "arabe, anglais et portugais"
    assert said("en", "{{ names|list_text }}", names=["<b>", "a"]) == "&lt;b&gt; and a"
    names = ["ليلى", "Yves {0}", "<b>"]
    apart = "<bdi>ليلى</bdi> و<bdi>Yves {0}</bdi> و<bdi>&lt;b&gt;</bdi>"
    assert said("ar", "{{ names|list_names }}", names=names) == apart
    assert said("fr", "{{ names|list_names }}", names=[]) == ""


@pytest.mark.parametrize(("language", "name"), [("en", "Fijian"), ("ar", "الفيجية"), ("fr", "fidjien")])
def test_a_language_without_data_of_its_own_has_its_name(language, name):
    with translation.override(language):
        assert tags.language_name("fj") == name
        assert tags.language_name("x-nothing") == "x-nothing"


def test_chips_say_in_words_which_languages_are_there():
    with translation.override("en"):
        chips = tags.language_chips(["ar", "en", "pt"])
        assert [(chip.short, chip.is_there) for chip in chips] == [
            ("ع", True),
            ("EN", True),
            ("FR", False),
            ("ES", False),
            ("PT", True),
        ]
        assert tags.chips_label(chips) == "In Arabic, English and Portuguese; not yet in French and Spanish"


def test_chips_are_markup_and_not_words():
    with translation.override("en"):
        drawn = Template("{% load portal %}{% chips codes %}").render(Context({"codes": ["ar", "en"]}))
    assert drawn.count('<span class="langs"') == 1
    assert "&lt;" not in drawn


def test_a_text_in_another_language_says_so_with_its_direction():
    page = '{% include "components/text.html" with text=text only %}'
    assert said("en", page, text=Text("عودة", "ar", True)) == '<span lang="ar" dir="rtl">عودة</span>'
    assert said("ar", page, text=Text("عودة", "ar", False)) == "عودة"
    longer = (
        '{% include "components/in_language.html" with text="Hello" language="en" direction="ltr" only %}'
    )
    assert "in-language" not in said("en", longer)
    assert '<div lang="en" dir="ltr">' in said("fr", longer)


def test_a_date_block_shows_no_more_than_is_known():
    year = datetime.now(UTC).year
    block = '{% include "components/date.html" with date=d precision=p was=w only %}'
    assert f'datetime="{year}-03-05"><b>5</b> Mar</time>' in said(
        "en", block, d=date(year, 3, 5), p="day", w=""
    )
    assert '<b class="is-word">Mar</b> 2021' in said("en", block, d=date(2021, 3, 5), p="month", w="")
    assert "<b>2021</b>" in said("en", block, d=date(2021, 3, 5), p="year", w="")
    assert "</span>4 Mar 2021</s>" in said("en", block, d=date(2021, 3, 5), p="day", w="2021-03-04")
    assert "</span>4 Mar</s>" in said(
        "en", block, d=date(year, 3, 5), p="day", w=f"{year}-03-04T23:59:00+00:00"
    )
    assert "No date" in said("en", block, d=None, p="day", w="")


def test_the_newest_move_of_a_date_is_the_one_that_is_said():
    rows = [
        SimpleNamespace(pk=1, field="begins_on", moved_at=None),
        SimpleNamespace(pk=2, field="begins_on", moved_at=MOMENT),
        SimpleNamespace(pk=3, field="ends_on", moved_at=MOMENT),
    ]
    thing = SimpleNamespace(moved_dates=SimpleNamespace(all=lambda: rows))
    assert tags.moved(thing, "begins_on").pk == 2
    assert tags.moved(thing, "closes_at") is None


def test_a_qr_code_is_drawn_in_the_page():
    code = tags.qr_code('<svg viewBox="0 0 45 45"><path d="M4,4H5V5z" fill="#000"/></svg>')
    assert (code.box, code.path) == ("0 0 45 45", "M4,4H5V5z")
