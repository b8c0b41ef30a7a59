"""Who gets what at every exit, cell by cell (G10, G11): the long form of tests/safety/test_exits.py."""

import pytest

from tests.safety import exits, messages
from tests.safety import world as worlds
from tests.safety.test_exits import found_in

pytestmark = pytest.mark.django_db


def test_every_address_answers_each_role_as_the_table_says(walked):
    wrong = []
    for answer in walked.got:
        if answer.name in exits.PAGES:
            expected = exits.PAGES[answer.name].expected(answer.thing, answer.role)
            if answer.status != expected:
                wrong.append(f"{answer}: {answer.status} instead of {expected}")
    assert wrong == []


def test_every_form_is_taken_from_whom_the_table_says(walked):
    wrong = []
    for answer in walked.posted:
        row = exits.PAGES[answer.name]
        if row.posted is None:
            # A page without a form refuses one, or asks to sign in first; it never acts on it.
            allowed = {405, row.expected(answer.thing, answer.role)} if row.private else {405}
        else:
            allowed = {row.expected_of_post(answer.thing, answer.role)}
        if answer.status not in allowed:
            wrong.append(f"{answer}: {answer.status} instead of {allowed}")
    assert wrong == []


def test_nobody_is_shown_a_secret_of_others(walked):
    leaks = []
    for answer in (*walked.got, *walked.posted):
        for word in answer.secrets:
            secret = walked.world.secrets[word]
            if answer.role not in secret.may:
                leaks.append(f"{secret.name} is seen by {answer}")
    assert leaks == []


def test_everybody_is_shown_what_is_theirs(walked):
    """Else a wall that hides all would pass; the administrator stands for who coordinates everything."""
    seen = {role: set() for role in worlds.ROLES}
    for answer in walked.got:
        seen[answer.role] |= answer.secrets
    missing = [
        f"{role} nowhere sees {secret.name}"
        for word, secret in walked.world.secrets.items()
        for role in secret.must - ({"administrator"} if len(secret.must) > 1 else set())
        if word not in seen[role]
    ]
    assert missing == []


def test_messages_tell_each_reader_only_what_is_that_readers_own(walked):
    readers = messages.audience(walked.world)
    leaks = []
    for kind, sent in walked.messages.items():
        for message in sent:
            (address,) = message.to
            role, beside = readers[address]
            for word in found_in(message):
                secret = walked.world.secrets[word]
                if role not in secret.may and not secret.name.startswith(beside):
                    leaks.append(f"{secret.name} is told to {role or address} by {kind}")
    assert sorted(set(leaks)) == []
