"""Whatever is done with a right leaves one row in the log, in the transaction that does it, and no word of anybody (G31)."""

import ast
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection, transaction
from django.urls import reverse

from consultations.operations import admissions, consultations, outside_signers, registrations
from portal.models import Actor, LogEntry
from portal.operations import accounts, erasure, organizations, roles
from tests import factories, people, sessions

pytestmark = pytest.mark.django_db
APPS = ("portal", "resources", "consultations")
# Operations that are only a part of others, which record; and what nobody has to answer for.
PARTS = {
    "answers.keep_file",
    "answers.save",
    "consultations.keep_moved",
    "cycles.save",
    "delegates.recipients_of",
    "delegates.rename_all",
    "files.keep",
    "files.store",
    "inbox.mark_read",
    "limits.require_to_bring_organization",
    "limits.require_to_take_own_data",
    "limits.require_to_write",
    "log.entry",
    "log.has",
    "log.record_all",
    "moments.set_moment",
    "proposals.say",
    "records.keep_moved",
}
# They do nothing but record, or stand in the transaction of another.
OF_ONE_STATEMENT = {"accounts.note_own_data", "proofs.check_code", "admissions.use", "backups.make"}
OF_ONE_STATEMENT |= {"log.record"}
RECORDS = {"log.record", "log.entry", "log.record_all", "record_all"}


def functions():
    """Every function of the operations, as the code stands: {module.name: [definition in each app]}."""
    found = {}
    for app in APPS:
        for path in sorted(Path(settings.BASE_DIR, app, "operations").glob("*.py")):
            for node in ast.parse(path.read_text(encoding="utf-8")).body:
                if isinstance(node, ast.FunctionDef):
                    found.setdefault(f"{path.stem}.{node.name}", []).append(node)
    return found


def uses(name, node):
    """What a function names: others of its own module, and those of other modules."""
    module = name.partition(".")[0]
    for part in ast.walk(node):
        if isinstance(part, ast.Name):
            yield f"{module}.{part.id}"
        elif isinstance(part, ast.Attribute) and isinstance(part.value, ast.Name):
            yield f"{part.value.id}.{part.attr}"


def recorded(found):
    """The functions that record, or lead to one that does."""
    used = {name: {use for node in nodes for use in uses(name, node)} for name, nodes in found.items()}
    known, grown = set(), {name for name in used if used[name] & RECORDS}
    while grown - known:
        known |= grown
        grown = {name for name in used if used[name] & known}
    return known


def acts(node):
    return not node.name.startswith("_") and any(one.arg == "by" for one in node.args.kwonlyargs)


def test_every_operation_that_somebody_carries_out_is_recorded():
    found = functions()
    silent = {name for name, nodes in found.items() if any(map(acts, nodes))} - recorded(found)
    assert silent == PARTS


def test_the_row_is_written_in_the_transaction_of_its_act():
    found = functions()
    apart = {
        name
        for name, nodes in found.items()
        for node in nodes
        if acts(node)
        and RECORDS & set(uses(name, node))
        and "transaction.atomic" not in map(ast.unparse, node.decorator_list)
    }
    assert apart == OF_ONE_STATEMENT


def pending():
    return factories.organization("zqname Network", status="pending")


ACTS = {
    "role given: coordinator": lambda by: roles.give(factories.user(), kind="coordinator", by=by),
    "role taken: coordinator": lambda by: roles.take(factories.coordinator().role_set.get(), by=by),
    "account closed": lambda by: accounts.set_open(factories.user(name="zqname"), is_open=False, by=by),
    "second factor reset": lambda by: accounts.reset_second_factor(factories.coordinator(), by=by),
    "account erased": lambda by: erasure.erase(factories.user(name="zqname"), by=by),
    "organization verified": lambda by: organizations.verify(pending(), by=by),
    "organization suspended": lambda by: organizations.suspend(
        factories.organization(), reason="unclear", by=by
    ),
    "registration approved": lambda by: registrations.confirm(
        factories.registration(status="pending"), by=by
    ),
    "registration declined": lambda by: registrations.decline(
        factories.registration(status="pending"), reason="zqname", by=by
    ),
    "consultation closed": lambda by: consultations.close(factories.open_consultation("zqname"), by=by),
    "organization no longer invited": lambda by: admissions.withdraw(
        factories.admission(factories.open_consultation(), factories.organization()), by=by
    ),
    "signature declined": lambda by: outside_signers.decline(
        factories.signature(factories.paper_to_endorse(), "zqname"), answer="zqname", by=by
    ),
}


@pytest.mark.parametrize("act", ACTS)
def test_a_privileged_act_is_one_row_and_none_if_it_is_taken_back(act):
    by = factories.administrator()
    key = Actor.objects.get_or_create(user=by)[0].key
    with transaction.atomic():
        ACTS[act](by)
        rows = list(LogEntry.objects.filter(actor_key=key).values_list("act", flat=True))
        assert rows == [act]
        assert words_of_the_log() & {"zqname"} == set()
        transaction.set_rollback(True)
    assert not LogEntry.objects.filter(actor_key=key).exists()


def test_taking_a_list_of_people_away_is_one_row(client):
    person = factories.administrator()
    sessions.sign_in(client, person)
    consultation = factories.registration().consultation
    for address in (
        reverse("admin:portal_user_changelist"),
        reverse("consultations:registrations-file", args=[consultation.key]),
    ):
        before = LogEntry.objects.count()
        assert client.get(address).status_code == 200
        assert LogEntry.objects.count() == before + 1


def test_nothing_that_anybody_said_or_is_called_stands_in_the_log():
    person = people.everywhere()
    erasure.erase(person.user, by=person.user)
    assert words_of_the_log() & {*person.words} == set()


def words_of_the_log():
    with connection.cursor() as cursor:
        cursor.execute("SELECT t::text FROM portal_logentry t UNION ALL SELECT t::text FROM portal_actor t")
        rows = " ".join(row for (row,) in cursor.fetchall())
    return {*rows.replace("(", " ").replace(",", " ").replace('"', " ").split()}
