"""The table of exits is whole, and nobody finds in any of them what is not theirs (G10, G11, G12, G21)."""

import pytest

from portal.notifications import registry
from tests.routes import routes
from tests.safety import exits, messages
from tests.safety.walk import NOWHERE, secrets_in
from tests.safety.world import ROLES

# The walk is one long fixture: thousands of pages, as everybody.
pytestmark = [pytest.mark.django_db, pytest.mark.timeout(900)]
# What reading may write: the session that holds a followed link, and the log where looking is itself an act.
MAY_WRITE = {"django_session", "portal_logentry", "portal_actor"}
LOOKING_IS_AN_ACT = {"consultations:registrations", "consultations:registrations-file", "admin"}
FOLLOWED_LINKS = {"invitation", "stop-messages", "choices", "stop-messages-open", "choices-open"}
FOLLOWED_LINKS |= {"consultations:guest-letter"}


def names():
    return {name if name.rpartition(":")[2] else str(pattern.pattern) for name, pattern in routes()}


def test_every_address_has_its_row_and_every_row_its_address():
    assert names() == {*exits.PAGES, *exits.FOREIGN, *exits.UNNAMED, *exits.UNWALKED}


def test_pages_of_signing_in_answer_as_the_table_says(walked):
    got = {}
    for answer in walked.got:
        if answer.name in exits.FOREIGN:
            got.setdefault(answer.name, []).append(answer.status)
    assert {name: tuple(statuses) for name, statuses in got.items()} == exits.FOREIGN


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
    seen = {role: set() for role in ROLES}
    for answer in walked.got:
        seen[answer.role] |= answer.secrets
    missing = [
        f"{role} nowhere sees {secret.name}"
        for word, secret in walked.world.secrets.items()
        for role in secret.must - ({"administrator"} if len(secret.must) > 1 else set())
        if word not in seen[role]
    ]
    assert missing == []


# Messages


def test_every_kind_of_notice_has_its_row():
    assert registry.keys() == exits.MESSAGES.keys()


def found_in(message):
    """The secrets in a message as it goes over the wire, files and headers and all that is encoded in it."""
    whole = message.message()
    parts = [part.get_payload(decode=True) or b"" for part in whole.walk()]
    return secrets_in(whole.as_bytes(), *parts)


def test_messages_of_a_closed_room_name_nothing_of_it(walked):
    """What stands in a mailbox is read by others too: no title, no place, no people, not even to those who may know."""
    told = {
        f"{secret.name} is told by {kind}"
        for kind, sent in walked.messages.items()
        for message in sent
        for word in found_in(message)
        if (secret := walked.world.secrets[word]).name.startswith(
            ("consultation-closed", "registration-closed")
        )
        and not secret.name.endswith("delegate.email")
    }
    assert told == set()


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


def test_every_kind_reaches_somebody(walked):
    assert [kind for kind, sent in walked.messages.items() if not sent] == []


# Behind the pages


def test_neither_the_log_nor_a_cache_holds_a_secret(walked):
    assert len(walked.log) > 1000
    names = {walked.world.secrets[word].name for word in secrets_in(walked.log.encode(), walked.cached)}
    # The address of what is published carries its title; whoever typed it into a browser knew it.
    assert {name for name in names if not name.endswith(".title")} == set()


# Hidden and not there


def test_what_is_hidden_answers_as_what_does_not_exist(walked):
    """Status, headers and bytes, once the key in the address is put aside."""
    different = []
    for answer in walked.got:
        if answer.status == 404 and (answer.name, answer.role) in walked.nothing:
            nothing = walked.nothing[answer.name, answer.role]
            key = str(getattr(walked.world.things.get(answer.thing), "key", "-")).encode()
            if answer.masked.replace(key, b"KEY") != nothing.masked.replace(NOWHERE.encode(), b"KEY"):
                different.append(str(answer))
    assert different == []
    assert {answer.status for answer in walked.nothing.values()} <= {404, 302, 403, 405}


def test_reading_writes_nothing_but_sessions_and_the_log(walked):
    written = []
    for answer in walked.got:
        for table in answer.written:
            if table == "django_session" and answer.name in FOLLOWED_LINKS | exits.FOREIGN.keys():
                continue
            if table in MAY_WRITE - {"django_session"} and answer.name in LOOKING_IS_AN_ACT:
                continue
            written.append(f"{table} is written for {answer}")
    assert written == []


def test_a_page_without_a_form_writes_nothing_when_it_is_sent_one(walked):
    written = [
        f"{answer.written} for {answer}"
        for answer in walked.posted
        if exits.PAGES[answer.name].posted is None and answer.written
    ]
    assert written == []
