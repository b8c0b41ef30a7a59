"""What a person looks for stands at the top: the mean reciprocal rank of the first right answer, language by language."""

import pytest
from django.contrib.contenttypes.models import ContentType
from django.db import connection

from portal.models import Reader
from portal.operations import publication, search
from resources.models import Document
from tests.relevance.texts import TEXTS, questions

pytestmark = pytest.mark.django_db

LEAST = 0.85
LEAST_UNSEEN = 0.7


@pytest.fixture
def library():
    """The language and key of each text by the number of its thing; all languages together, as in the portal."""
    content_type = ContentType.objects.get_for_model(Document)
    keys, rows = {}, []
    for language, texts in TEXTS.items():
        for key, kind, title, summary in texts:
            number = len(keys) + 1
            keys[number] = (language, key)
            rows.append(row(content_type, number, language, kind, title, summary))
    with connection.cursor() as cursor:
        cursor.executemany(publication.INDEX, rows)
    return keys


def row(content_type, number, language, kind, title, summary):
    """What the index keeps of a text."""
    return publication.BLANK | {
        "type": content_type.pk,
        "id": number,
        "language": language,
        "kind": kind,
        "title": title,
        "excerpt": summary,
        "address": str(number),
    }


def test_there_are_as_many_texts_and_questions_as_the_figures_are_of():
    assert {code: len({key for key, *_rest in texts}) for code, texts in TEXTS.items()} == dict.fromkeys(
        TEXTS, 75
    )
    assert {len(asked) for asked in questions("questions").values()} == {20}


@pytest.mark.parametrize(
    ("section", "least"), [("questions", LEAST), ("earlier", LEAST), ("unseen", LEAST_UNSEEN)]
)
def test_what_is_looked_for_stands_at_the_top(library, section, least):
    assert min(scores(library, questions(section)).values()) >= least


def scores(library, asked_in):
    """The mean reciprocal rank by language, printed with the questions that fell short."""
    means = {}
    for language, asked_here in asked_in.items():
        ranks = [(asked, reciprocal_rank(library, asked, language, keys)) for asked, keys in asked_here]
        means[language] = sum(rank for _asked, rank in ranks) / len(ranks)
        print(f"{language}: {means[language]:.3f}", [pair for pair in ranks if pair[1] < 1])
    return means


def reciprocal_rank(library, asked, language, keys):
    """One through the place of the first text that answers; 0 where none is found."""
    findings = search.find(asked, reader=Reader.nobody(), language=language)
    found = [library[row.object_id] for row in [*findings.here, *findings.elsewhere]]
    places = [found.index((language, key)) + 1 for key in keys if (language, key) in found]
    return 1 / min(places) if places else 0
