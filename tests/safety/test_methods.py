"""Each address takes the methods that it is for, from a form of ours alone, and nothing else changes anything (G21).

And whatever comes, it answers soon, and not with an error of ours (G22; 200,000 inputs in the drills).
Whoever adds an address adds nothing here: it is found in the table of contents, and judged by the table of exits.
"""

import pytest
from django.db import transaction

from portal.pages import search
from tests.safety import exits, messages, methods, walk, world
from tests.safety.methods import OTHERS, READING, SENDING
from tests.safety.test_exits import may_be_written
from tests.safety.test_hosts import leads_away
from tests.strange import Door, Stranger

pytestmark = [pytest.mark.long, pytest.mark.django_db, pytest.mark.timeout(1800)]
ALLOWED = "GET, HEAD, POST"
# A mail program posts there without having seen a page (RFC 8058); the token in the address is its proof.
NEEDS_NO_TOKEN = {"stop-messages"}
# Signing in counts a HEAD among the attempts, and keeps the number.
COUNTER = {"portal_cacheentry"}
STRANGE = exits.FOREIGN | exits.UNWALKED
# Elsewhere the interface for machines refuses what it does not know, such as the address to be sent on to.
ASKED_NOTHING = {"api:api-root", "api:openapi-json"}
SIGN_IN, NOT_ALLOWED, WRONG_METHOD, NOT_UNDERSTOOD = 302, 403, 405, 422
INPUTS = 1_250  # a day; in four days, 5,000


@pytest.fixture(scope="module")
def made(django_db_setup, django_db_blocker):
    """A world of which nothing stays."""
    with django_db_blocker.unblock(), transaction.atomic(), walk.written_log():
        built = world.build()
        messages.tell(built, ("document-published", "registration-confirmed", "announcement-sent"))
        yield built
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def tried(made, seed):
    """Every method at every address, in the suite a sample of them; nothing that it does stays."""
    return list(methods.try_all(made, seed=seed))


def expected(one):
    """The statuses that a try may get: the rules first, then the table of exits."""
    answer, name = one.answer, one.answer.name
    if answer.method in OTHERS:
        return {WRONG_METHOD}
    if answer.method == SENDING and not one.has_token and name not in NEEDS_NO_TOKEN:
        return {NOT_ALLOWED}
    place = (answer.method == SENDING) * 2 + (answer.role != "anonymous")
    if name in exits.PAGES:
        return {expected_of_page(exits.PAGES[name], answer)}
    if name in STRANGE:
        return {STRANGE[name][place]}
    if name in exits.UNNAMED:
        return {WRONG_METHOD if answer.method == SENDING else exits.UNNAMED[name]}
    return {SIGN_IN, NOT_ALLOWED} if name == "admin:login" else {SIGN_IN}


def expected_of_page(row, answer):
    if answer.method in READING and answer.name.startswith("api:") and answer.name not in ASKED_NOTHING:
        return NOT_UNDERSTOOD
    if answer.method in READING:
        return row.expected(answer.thing, answer.role)
    if row.posted is not None:
        return row.expected_of_post(answer.thing, answer.role)
    return SIGN_IN if row.private and answer.role == "anonymous" else WRONG_METHOD


def test_every_address_is_tried_by_every_method_with_the_token_and_without():
    assert {*methods.asked_by("anonymous"), *methods.asked_by("coordinator")} | {("get", False)} == {
        (method, has_token) for method in (*READING, SENDING, *OTHERS) for has_token in (True, False)
    }


def test_every_method_gets_the_answer_that_is_meant_for_it(tried):
    names = {one.answer.name for one in tried}
    assert names >= {*exits.PAGES, *STRANGE, *exits.UNNAMED, "admin:index"}
    assert [
        f"{one} instead of {expected(one)}" for one in tried if one.answer.status not in expected(one)
    ] == []


def test_other_methods_are_told_which_there_are_and_get_no_echo(tried):
    others = [one for one in tried if one.answer.method in OTHERS]
    assert [
        str(one) for one in others if one.answer.allow != ALLOWED or methods.ECHO in one.answer.secrets
    ] == []


def test_only_a_form_with_its_token_changes_anything_and_only_where_there_is_one(tried):
    written = []
    for one in tried:
        answer = one.answer
        is_form = answer.name in STRANGE or getattr(exits.PAGES.get(answer.name), "posted", None)
        if answer.method == SENDING and is_form and (one.has_token or answer.name in NEEDS_NO_TOKEN):
            continue
        tables = {table for table in answer.written if not may_be_written(table, answer)}
        if answer.method == "head" and answer.name in exits.FOREIGN:
            tables -= COUNTER
        written += [f"{one} writes {table}" for table in tables]
    assert written == []


def test_the_forms_of_who_may_act_do_write(tried):
    """Else a wall against all methods would pass: buttons act on an empty form."""
    acted = {one.answer.name for one in tried if one.answer.method == SENDING and one.answer.written}
    buttons = {name for name, row in exits.PAGES.items() if row.is_button and row.posted == SIGN_IN}
    assert len(acted & buttons) > len(buttons) / 2, buttons - acted


def test_no_address_leads_away_or_names_the_host_that_was_asked(tried):
    """Each request came from a foreign page, for a foreign host, and asked to be sent on to one (G25)."""
    assert [f"{one} to {one.answer.location}" for one in tried if leads_away(one.answer.location)] == []
    assert [str(one) for one in tried if methods.ECHO in one.answer.secrets] == []


def test_nothing_strange_is_answered_late_or_with_an_error_of_ours(made, seed):
    answers = list(Stranger(made, seed=seed or 22).visit(INPUTS))
    assert [str(answer) for answer in answers if answer.is_bad] == []
    # Most come to a page and are judged there, not refused at the door.
    assert sum(answer.status in {200, 302, 422} for answer in answers) > len(answers) / 4


def test_a_page_that_falls_over_something_strange_is_seen(made, monkeypatch):
    """The control: words reach what only takes Latin ones."""
    monkeypatch.setattr(search, "asked_words", lambda asked: asked.encode("ascii"))
    page, stranger = Door("anonymous", "/en/search/", (), sends=False), Stranger(made, seed=22)
    assert any(answer.is_bad for answer in map(stranger.ask, [page] * 30))
