"""A database that was copied elsewhere sends nothing until somebody says that it is at home (safety.md, D18)."""

import pytest
from django.core import mail
from django.core.management import CommandError, call_command

from portal import clock
from portal.errors import Refused
from portal.models import Delivery, Installation, LogEntry, Notice
from portal.notifications import notify
from portal.operations import delivery, installations
from resources.notifications import DocumentPublished
from tests import factories

pytestmark = pytest.mark.django_db


def copied(settings):
    """This database, found elsewhere: its home was another place."""
    assert installations.may_send()
    settings.INSTALLATION = "https://staging.example"


@pytest.fixture
def told():
    """A document of which a member is to be told."""
    factories.lead()
    document = factories.document("A guide")
    notify(DocumentPublished, document, by=None)
    return document


def test_a_new_database_is_at_home_where_it_is_first_asked(told):
    assert not installations.is_astray()
    assert not Installation.objects.exists()
    assert delivery.drain() == len(mail.outbox) == 1
    assert Installation.objects.count() == 1


@pytest.mark.parametrize(("answer", "sent"), [("send", 1), ("cancel", 0)])
def test_a_copy_sends_nothing_until_it_is_confirmed(told, settings, answer, sent):
    copied(settings)
    assert installations.is_astray()
    assert delivery.drain() == len(mail.outbox) == 0
    assert Notice.objects.get().expanded_at is None
    by = factories.administrator()
    installations.confirm(waiting=answer, by=by)
    assert not installations.is_astray()
    delivery.drain()
    assert len(mail.outbox) == sent
    entry = LogEntry.objects.get(act=f"installation confirmed: {answer}")
    assert (entry.thing, entry.actor_key) == (Installation.objects.get(), by.actor.key)
    with pytest.raises(Refused, match="already"):
        installations.confirm(waiting=answer, by=by)


def test_what_waited_in_a_copy_is_cancelled_whether_or_not_it_was_in_somebodys_hands(owed, settings):
    copied(settings)
    Delivery.objects.filter(pk=owed.pk).update(
        state="leased", lease_owner=owed.key, lease_until=clock.now(), attempts=1
    )
    installations.confirm(waiting="cancel", by=None)
    owed.refresh_from_db()
    assert (owed.state, owed.last_code, owed.lease_owner) == ("cancelled", "restored", None)


def test_a_restored_database_is_not_at_home_even_where_it_was_before(told):
    assert installations.may_send()
    installations.note_restored(clock.now())
    assert installations.is_astray()
    assert delivery.drain() == 0


def test_the_command_confirms_and_says_so_when_there_is_nothing_to_confirm(settings, capsys):
    copied(settings)
    call_command("confirm_installation", "--waiting", "send")
    assert "messages leave it" in capsys.readouterr().out
    with pytest.raises(CommandError, match="already"):
        call_command("confirm_installation", "--waiting", "send")
