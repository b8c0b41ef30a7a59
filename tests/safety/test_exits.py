"""The table of exits is whole, and nobody finds in any of them what is not theirs (G10, G11, G12, G21)."""

from datetime import date

import pytest

from consultations.printing import papers
from consultations.printing.papers import PrintedPaper, Section
from consultations.word_texts import WrittenPaper
from portal import word_files
from portal.notifications import registry
from tests.routes import routes
from tests.safety import exits, messages
from tests.safety.askers import refusal, standing, standing_at
from tests.safety.walk import secrets_in
from tests.safety.world import EVERYBODY, ROLES

# The walk is one long fixture: thousands of pages, as everybody.
pytestmark = [pytest.mark.django_db, pytest.mark.timeout(1800)]
LOG = {"portal_logentry", "portal_actor"}
LOOKING_IS_AN_ACT = {"consultations:registrations", "consultations:registrations-file", "admin"}
LOOKING_IS_AN_ACT |= {"consultations:registrations-workbook", "consultations:attendance"}
LOOKING_IS_AN_ACT |= {"log", "log-file", "log-workbook"}
LOOKING_IS_AN_ACT |= {"resources:campaign-file", "consultations:voice", "consultations:contributions-file"}
LOOKING_IS_AN_ACT |= {"consultations:paper-comments-file", "consultations:paper-comments-workbook"}
LOOKING_IS_AN_ACT |= {
    "consultations:contributions-workbook",
    "consultations:heard",
    "consultations:admissions",
}
# What a preview writes is undone before it answers (tests/portal/test_previews.py).
UNDONE = {"preview-consultation", "preview-page"}
FOLLOWED_LINKS = {"invitation", "stop-messages", "choices", "stop-messages-open", "choices-open"}
FOLLOWED_LINKS |= {"consultations:guest-letter", "consultations:offer"}
FOLLOWED_LINKS |= {"consultations:delegation-letter", "consultations:admission-letter"}
FOLLOWED_LINKS |= {"consultations:arrival-letter"}
FOLLOWED_LINKS |= {"consultations:endorse-letter", "consultations:signature-letter"}
# Who comes back for what is kept no more is told so on the next page.
TOLD_ON_THE_NEXT_PAGE = {"unsent"}


def names():
    return {name if name.rpartition(":")[2] else str(pattern.pattern) for name, pattern in routes()}


def test_every_address_has_its_row_and_every_row_its_address():
    assert names() == {*exits.PAGES, *exits.FOREIGN, *exits.UNNAMED, *exits.UNWALKED}


def test_pages_of_signing_in_answer_as_the_table_says(walked):
    got = {}
    for answer in walked.got:
        if answer.name in exits.FOREIGN:
            got.setdefault(answer.name, []).append(answer.status)
    assert {name: tuple(statuses) for name, statuses in got.items()} == {
        name: statuses[:2] for name, statuses in exits.FOREIGN.items()
    }


def test_every_address_answers_each_role_as_the_table_says(walked):
    wrong = []
    for answer in walked.got:
        if answer.name in exits.PAGES:
            expected = exits.PAGES[answer.name].expected(answer.thing, answer.role)
            if answer.status != expected:
                wrong.append(f"{answer}: {answer.status} instead of {expected}")
    assert wrong == []


def test_every_form_is_taken_from_whom_the_table_says(walked):
    """What takes no form refuses one from everybody: test_methods.py."""
    wrong = []
    for answer in walked.posted:
        expected = exits.PAGES[answer.name].expected_of_post(answer.thing, answer.role)
        if answer.status != expected:
            wrong.append(f"{answer}: {answer.status} instead of {expected}")
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
    """Else a wall that hides all would pass; one of those who stand alike sees it for all, in a sample one of all."""
    assert [
        f"none of {sorted(roles)} sees {walked.world.secrets[word].name}" for word, roles in walked.unseen()
    ] == []


def test_everybody_comes_to_every_sort_of_thing(walked):
    """Of those with one kind of right one asks; none is spared for good, and in a sample nobody's standing."""
    who, been = (lambda role: role) if walked.seed is None else standing, {}
    for answer in (*walked.got, *walked.posted):
        if answer.name in exits.PAGES:
            thing = walked.world.things.get(answer.thing)
            been.setdefault(type(thing).__name__, set()).add(who(answer.role))
    everybody = set(map(who, EVERYBODY))
    assert {sort: everybody - roles for sort, roles in been.items() if roles != everybody} == {}


def test_every_exit_is_tried_by_each_kind_of_right(walked):
    """Whoever is let in at an address comes to it, whoever is refused to the sort of thing; in the drill, everywhere."""

    def came(way, name, thing, role):
        row = exits.PAGES[name]
        is_let_in, alike = row.lets_in(way, thing, role), standing_at(row, role)
        if walked.seed is None:
            return way, name, thing, alike, is_let_in
        if is_let_in:
            return way, name, alike
        return refusal(name, type(walked.world.things.get(thing)).__name__, role)

    ways = {"read": walked.got, "sent": walked.posted}
    been = {
        came(way, answer.name, answer.thing, answer.role)
        for way, answers in ways.items()
        for answer in answers
        if answer.name in exits.PAGES
    }
    missing = []
    for name, thing in walked.exits:
        asking = [(way, role) for way in exits.PAGES[name].ways for role in ROLES]
        missing += [
            f"nobody like {role} has {way} {name} {thing}"
            for way, role in asking
            if came(way, name, thing, role) not in been
        ]
    assert missing == []


def test_the_walk_reads_what_is_printed_and_what_is_packed():
    """Else names could stand in a PDF or a Word file, and nobody would notice."""
    word = f"s3cr{'0f' * 8}"
    section = Section("One", f"Doors {word}.")
    printed = papers.pdf(PrintedPaper("Doors", "Statement", "en", date(2027, 8, 30), (section,)))
    written = word_files.write(WrittenPaper("Doors", "en", (section,)))
    assert word.encode() not in printed + written
    assert (secrets_in(printed), secrets_in(written)) == ({word}, {word})


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
            assert address in readers, f"{kind} is sent to a stranger"
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
    """One page for each person, headers and bytes, whichever address was asked: of a hidden thing or of none.

    Addresses without a language stand apart: their answers vary with the browser's, or are made for programs.
    """
    pages = {}
    for answer in (*walked.got, *walked.posted, *walked.nothing):
        if answer.status == 404 and answer.name in exits.PAGES:
            asking = answer.role, answer.address.startswith("/en/"), answer.address.startswith("/api/")
            pages.setdefault(asking, {}).setdefault(answer.masked, []).append(str(answer))
    assert {role for role, *_where in pages} == EVERYBODY
    different = [[some[0] for some in found.values()] for found in pages.values() if len(found) > 1]
    assert different == []
    assert {answer.status for answer in walked.nothing} <= {404, 302, 403, 405}


def test_every_form_that_is_refused_comes_back_with_all_that_was_typed(walked):
    assert len(walked.refused) > 10
    assert [one for one in walked.refused if not one.keeps_all] == []


def may_be_written(table, answer):
    """What reading may write: a session that holds a followed link or a word, and the log where looking is an act."""
    if answer.name in UNDONE:
        return True
    if table == "portal_session":
        return answer.name in FOLLOWED_LINKS | TOLD_ON_THE_NEXT_PAGE | exits.FOREIGN.keys()
    return table in LOG and answer.name in LOOKING_IS_AN_ACT


def test_reading_writes_nothing_but_sessions_and_the_log(walked):
    written = [
        f"{table} is written for {answer}"
        for answer in walked.got
        for table in answer.written
        if not may_be_written(table, answer)
    ]
    assert written == []
