"""Which inputs resemble each other: a hint for those who read many of them, and no more than that."""

from django.db import connection

from consultations.models.inputs import COMPARED

MOST = 5

# The expression is that of the index "input_alike"; the operator takes what shares three trigrams of ten.
ALIKE = """
SELECT one.id, other.id, similarity(left(one.text, %(compared)s), left(other.text, %(compared)s)) AS likeness
FROM consultations_input one
JOIN LATERAL (
  SELECT id, text FROM consultations_input candidate
  WHERE candidate.question_id = one.question_id AND candidate.id <> one.id AND candidate.text <> ''
    AND left(candidate.text, %(compared)s) %% left(one.text, %(compared)s)
    AND EXISTS (SELECT FROM consultations_contribution given
                WHERE given.id = candidate.contribution_id AND given.status = 'sent')
) other ON true
WHERE one.id = ANY(%(inputs)s) AND one.text <> ''
ORDER BY one.id, likeness DESC, other.id
"""


def of(inputs):
    """{pk: [(pk of a similar answer to the same question, likeness from 0 to 1)]}, the most similar first."""
    found = {row.pk: [] for row in inputs}
    with connection.cursor() as cursor:
        cursor.execute(ALIKE, {"inputs": list(found), "compared": COMPARED})
        for one, other, likeness in cursor.fetchall():
            if len(found[one]) < MOST:
                found[one].append((other, likeness))
    return found
