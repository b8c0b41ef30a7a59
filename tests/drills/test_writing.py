"""A hundred people save the same section from the same text at the same moment (G7)."""

from collections import Counter

import pytest
from django.urls import reverse
from django.utils.translation import override

from consultations.models import SectionEdit
from consultations.operations import drafting
from portal.models import Role
from tests import factories
from tests.drills import figures, web

pytestmark = pytest.mark.django_db(transaction=True)

WRITERS = 100
TEXT = "## What we ask\n\nOpen the doors."
# Writing without looking at who wrote meanwhile: the last one wins, and nobody learns of it.
HEEDLESS = """
from consultations.operations import drafting
drafting._refuse_older = lambda section, language, number: None
keep = drafting._keep
def kept(section, language, *, number, **values):
    return keep(section, language, number=drafting.last_number(section, language), **values)
drafting._keep = kept
"""


def together(section, language):
    """A hundred drafters with a text of their own each: [(address, form, session)]."""
    paper, jobs = section.paper, []
    with override("en"):
        name = "section" if language == paper.original_language else "section-translate"
        more = [] if name == "section" else [language]
        address = reverse(f"consultations:{name}", args=[section.key, *more])
    row = section.paragraphs.standing().get(is_heading=False)
    for number in range(WRITERS):
        form = {"number": drafting.last_number(section, language)}
        if name == "section":
            form |= {"markdown": f"## What we ask\n\nWords of writer {number}.", "changes_meaning": "yes"}
        else:
            form |= {
                "original": drafting.last_number(section, "ar"),
                f"text_{row.key}": f"Words of writer {number}.",
            }
        jobs.append((address, form, web.session_of(factories.role(Role.Kind.DRAFTER, paper))))
    return jobs


def saved(section, language, *, wound=""):
    """All of them save at once on a real server: (the answers, the edits that there are then)."""
    jobs = together(section, language)
    with web.Web(wound=web.PLAIN + wound) as server:
        answers = server.send_all(jobs, clients=WRITERS)
    edits = SectionEdit.objects.filter(section=section, language=language).order_by("number")
    return answers, list(edits)


@pytest.mark.parametrize("language", ["ar", "en", "fr", "es"])
def test_g7_one_of_a_hundred_wins_and_the_others_are_shown_both_texts(language):
    section = factories.paper(original_language="ar", sections=[TEXT]).sections.get()
    before = drafting.last_number(section, language)
    answers, edits = saved(section, language)
    figures.add(
        "G7",
        f"100 parallel saves of one section in {language}",
        **web.times(answers),
        won=sum(answer.status == 302 for answer in answers),
        shown_both=sum(answer.status == 409 for answer in answers),
    )
    assert Counter(answer.status for answer in answers) == {302: 1, 409: WRITERS - 1}
    winner = next(answer.job for answer in answers if answer.status == 302)
    won = f"Words of writer {winner}."
    assert [won in answer.body for answer in answers if answer.status == 409] == [True] * (WRITERS - 1)
    assert [
        f"Words of writer {answer.job}." in answer.body for answer in answers if answer.status == 409
    ] == [True] * (WRITERS - 1)
    # The history is whole: every number once, and the newest is what the section says.
    assert [edit.number for edit in edits] == list(range(1, before + 2))
    assert won in edits[-1].markdown
    assert won in drafting.working_text(section, language)


def test_control_without_the_number_most_texts_are_lost_unseen():
    section = factories.paper(original_language="ar", sections=[TEXT]).sections.get()
    answers, edits = saved(section, "ar", wound=HEEDLESS)
    assert sum(answer.status == 302 for answer in answers) > 1
    assert len(edits) > 2
