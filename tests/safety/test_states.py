"""A room in every state and access, before every role: who does not see it finds nothing of it at any address.

The walk (test_exits.py) has one room of each access; here one room, with all that belongs to it, goes through all of
them. What is hidden is answered as what is not there. Of the roles every third comes to its page in a state, and of
what belongs to it half is asked for unless it is a draft, the others on another day; in the drill all.
"""

from collections import deque
from itertools import cycle, product

import pytest
from django.db import transaction

from consultations.models import Consultation
from tests import samples
from tests.safety import walk, world
from tests.safety.exits import NOT_FOUND, PAGES
from tests.safety.world import CONFIRMED, EVERYBODY, HERE, MEMBERS_HERE, NOBODY, ROLES

pytestmark = [pytest.mark.long, pytest.mark.django_db, pytest.mark.timeout(1800)]
ROOM, ITS_OWN = "consultation-closed", "-closed"
SHOWN_TO = {"public": EVERYBODY, "members": MEMBERS_HERE, "invited": CONFIRMED | HERE}
STATES = list(product(Consultation.Status.values, Consultation.Access.values))
# One of each standing, without a tie to the room; each address is asked by one of them, and in the next state by another.
OUTSIDERS = ("anonymous", "newcomer", "guest", "waitlisted", "coordinator-elsewhere")
PAGE = "consultations:consultation"
# Of the addresses of what belongs to the room, one of so many in a state: all of them in each status and each access.
PARTS = 3


def entitled(status, access):
    """Who sees a room in this state: a draft is its coordinators' alone."""
    return HERE if status == Consultation.Status.DRAFT else SHOWN_TO[access]


@pytest.fixture(scope="module")
def found(seed, django_db_setup, django_db_blocker):
    """{(status, access): (answers at the page, answers to outsiders at all that belongs to the room)}."""
    with django_db_blocker.unblock(), transaction.atomic():
        made, answers, turn = world.build(), {}, deque(OUTSIDERS)
        clients = {role: made.client(role) for role in ROLES}
        addresses = [where for where in walk.addresses(made) if where[1].endswith(ITS_OWN)]
        page = next(where for where in addresses if where[:2] == (PAGE, ROOM))
        for number, (status, access) in enumerate(STATES):
            part = addresses[(number + number // PARTS) % PARTS :: PARTS]
            if status != Consultation.Status.DRAFT:
                part = samples.part(part, seed, number, 2)
            secret = "confidential" if access == Consultation.Access.INVITED else "attributed"
            Consultation.objects.filter(pk=made.things[ROOM].pk).update(
                status=status, access=access, attribution=secret
            )
            turn.rotate()
            outside = [role for role in turn if role not in entitled(status, access)]
            answers[status, access] = (
                [
                    walk.ask(clients[role], page, role)
                    for role in samples.part(ROLES, seed, number + number // PARTS, PARTS)
                ],
                [walk.ask(clients[role], where, role) for where, role in zip(part, cycle(outside))],
            )
        nothing = (PAGE, "", page[2].replace(str(made.things[ROOM].key), walk.NOWHERE))
        answers["nothing"] = {role: walk.ask(clients[role], nothing, role).masked for role in ROLES}
        answers["secrets"] = made.secrets
        transaction.set_rollback(True)
    return answers


@pytest.mark.parametrize(("status", "access"), STATES)
def test_a_room_is_there_for_whom_its_state_says_and_for_nobody_else(found, status, access):
    page, _belongings = found[status, access]
    may = entitled(status, access)
    assert {answer.role: answer.status for answer in page} == {
        answer.role: 200 if answer.role in may else NOT_FOUND for answer in page
    }
    assert [
        answer.role for answer in page if answer.masked and answer.masked != found["nothing"][answer.role]
    ] == []


@pytest.mark.parametrize(("status", "access"), STATES)
def test_nothing_that_belongs_to_a_hidden_room_is_found_at_any_address(found, status, access):
    _page, belongings = found[status, access]
    wrong = [
        str(answer)
        for answer in belongings
        if answer.status != PAGES[answer.name].expected(answer.thing, answer.role)
    ]
    leaks = [
        f"{found['secrets'][word].name} is seen by {answer}"
        for answer in belongings
        for word in answer.secrets
        if answer.role not in found["secrets"][word].may
    ]
    assert (wrong, leaks) == ([], [])
    hidden_from = set(OUTSIDERS) - entitled(status, access)
    assert {answer.role for answer in belongings} == hidden_from
    assert bool(belongings) == (hidden_from != NOBODY)


def test_all_that_can_belong_to_a_room_is_asked_for(found):
    """The addresses of the room, its meetings, registrations, questions, quotas, messages and consent."""
    drafts = [
        answer for access in Consultation.Access for answer in found[Consultation.Status.DRAFT, access][1]
    ]
    sorts = {answer.thing.removesuffix(ITS_OWN) for answer in drafts}
    assert sorts >= {"consultation", "meeting", "registration", "question", "quota", "circular", "consent"}
    assert len({(answer.name, answer.thing) for answer in drafts}) == len(drafts) > 2 * PARTS
