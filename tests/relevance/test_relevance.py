"""What a person looks for stands at the top: the mean reciprocal rank of the first right answer, language by language."""

import pytest

from portal.models import Reader
from portal.operations import search
from tests import factories
from tests.relevance.texts import QUESTIONS, TEXTS, UNSEEN

pytestmark = pytest.mark.django_db

LEAST = 0.85
LEAST_UNSEEN = 0.7


@pytest.fixture
def library():
    """The key of each text by the primary key of its document; all languages together, as in the portal."""
    keys = {}
    for language, texts in TEXTS.items():
        for key, (title, summary) in texts.items():
            named = {f"title_{language}": title, f"summary_{language}": summary}
            document = factories.document(title, **{"title_en": None} | named, original_language=language)
            keys[document.pk] = (language, key)
    return keys


def test_what_is_looked_for_stands_at_the_top(library):
    assert min(scores(library, QUESTIONS).values()) >= LEAST


def test_questions_that_nobody_tuned_for_do_nearly_as_well(library):
    assert min(scores(library, UNSEEN).values()) >= LEAST_UNSEEN


def scores(library, asked_in):
    """The mean reciprocal rank by language, printed with the questions that fell short."""
    means = {}
    for language, questions in asked_in.items():
        ranks = [(asked, reciprocal_rank(library, asked, language, key)) for asked, key in questions]
        means[language] = sum(rank for _asked, rank in ranks) / len(ranks)
        print(f"{language}: {means[language]:.3f}", [pair for pair in ranks if pair[1] < 1])
    return means


def reciprocal_rank(library, asked, language, key):
    findings = search.find(asked, reader=Reader.nobody(), language=language)
    found = [library[row.object_id] for row in [*findings.here, *findings.elsewhere]]
    return 1 / (found.index((language, key)) + 1) if (language, key) in found else 0
